"""Where a clip is put: checked before the work, written beside its place, moved there whole or not at all."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BITS_PER_PIXEL = 0.5  # of H.264 at our quality in the worst case, heavy rain; calm clips need a tenth
DISK_MARGIN = 8 * 1024 * 1024  # bytes that the disk keeps free beside the clip
UNFINISHED = ".hibari-unfinished-"  # begins the names of folders for clips in the making
ABANDONED_AFTER = 24 * 3600  # seconds; no clip takes so long
DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class MediaError(RuntimeError):
    """The clip could not be written; the message says where, why, and what to do."""


class BadTarget(MediaError):
    """Nothing can be written there, as could be seen before the work began."""


def poster_beside(path: Path) -> Path:
    return path.with_suffix(".jpg")


def preview_beside(path: Path) -> Path:
    return path.with_suffix(".preview.mp4")


def check_target(path: Path, width: int, height: int, frame_count: int) -> None:
    """Raises BadTarget if a clip of that size cannot be written to `path`. Writes nothing."""
    if path.suffix.lower() != ".mp4":
        raise BadTarget(f"The clip is an MP4 file, so its name must end in .mp4; {path.name!r} does not.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise BadTarget(f"There is no folder {folder}. Create it, or choose another place for the clip.")
    for file in (path, poster_beside(path), preview_beside(path)):
        if file.is_dir():
            raise BadTarget(f"{file} is a folder. Choose another name for the clip.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadTarget(f"The folder {folder} cannot be written to. Choose another, or change its permissions.")
    needed = int(width * height * frame_count * BITS_PER_PIXEL / 8) + DISK_MARGIN
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BadTarget(
            f"The disk of {folder} has {_megabytes(free)} free; the clip may need {_megabytes(needed)}. "
            "Free some space, or choose another place."
        )


@contextmanager
def kept_whole(path: Path) -> Iterator[Path]:
    """Gives a folder to write the clip's files in under their final names; at the end moves all of them beside `path`.

    After any error nothing is left and nothing is moved. Raises MediaError when the folder or the files cannot be
    written.
    """
    with disk_errors_named(path):
        _sweep(path.absolute().parent)
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=path.absolute().parent))
    try:
        yield folder
        with disk_errors_named(path):
            _move_all(folder, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def disk_errors_named(path: Path) -> Iterator[None]:
    """Turns the system's errors about a file into a MediaError that says what to do."""
    try:
        yield
    except OSError as error:
        folder = path.absolute().parent
        if error.errno in DISK_IS_FULL:
            raise MediaError(
                f"The disk of {folder} is full, so the clip could not be written. "
                "Free some space, or choose another place."
            ) from error
        reason = error.strerror or str(error)
        raise MediaError(f"The clip could not be written to {path}: {reason}. Choose another place.") from error


def _sweep(folder: Path) -> None:
    """Removes what a generation left that was killed long ago, before it could tidy up."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _move_all(folder: Path, path: Path) -> None:
    """Moves the files of `folder` beside `path`, the clip itself last: where it stands, the others stand too."""
    moved: list[Path] = []
    files = sorted(folder.iterdir(), key=lambda file: file.name == path.name)
    try:
        for file in files:
            os.replace(file, path.parent / file.name)
            moved.append(path.parent / file.name)
    except OSError:
        for file in moved:
            with suppress(OSError):  # the first error is the one to tell
                file.unlink()
        raise


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"
