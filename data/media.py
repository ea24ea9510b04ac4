"""Stored files: clips, posters, previews and uploads, in a local folder or in Supabase Storage.

Every file is listed in the database before its first byte is written (store_media, store_upload), and a read asks the
database first. Paths are random, so that none can be guessed from another; a file never changes once it is written.
"""

import os
import pathlib
import re
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from data.client import SERVICE, Caller, Database
from data.errors import DataError, NotFound
from data.stored_media import forget_media, known_media, media_access, media_to_delete

CHUNK = 256 * 1024  # bytes
ORPHAN_AGE = 24 * 3600  # seconds; an unlisted file this old belongs to nobody
PATH = re.compile(r"[a-z]+/[0-9a-f]{32}[a-z0-9._-]{0,40}")  # as the database demands, so that none leads elsewhere

TYPES = {
    ".mp4": "video/mp4",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".webm": "video/webm",
    ".wav": "audio/wav",
}


class MediaError(DataError):
    """A file could not be written or read; the message says why."""


def new_path(purpose: Literal["clip", "poster", "preview", "upload"], suffix: str) -> str:
    """A path that nobody can guess, such as clips/….mp4."""
    return f"{purpose}s/{uuid.uuid4().hex}{suffix}"


def checked_path(path: str) -> str:
    """The path itself. Raises NotFound for one that could lead elsewhere."""
    if not PATH.fullmatch(path):
        raise NotFound("There is no such file.")
    return path


class MediaStorage(Protocol):
    """Where the bytes are."""

    def write(self, path: str, source: BinaryIO) -> None:
        """Stores a new file, whole or not at all. Raises MediaError."""
        ...

    def size(self, path: str) -> int:
        """Its length in bytes. Raises NotFound."""
        ...

    def read(self, path: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to and without `end`, in pieces."""
        ...

    def delete(self, paths: Iterable[str]) -> None:
        """Removes files; one that is gone already is as well."""
        ...

    def old_paths(self) -> Iterator[str]:
        """Every stored path that is older than a day."""
        ...


class LocalMedia:
    """Files in a folder."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder

    def write(self, path: str, source: BinaryIO) -> None:
        """See MediaStorage.write. Written beside its place, flushed to the disk, then renamed."""
        target = self._file(path)
        unfinished = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.unfinished")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(unfinished, "wb") as file:
                shutil.copyfileobj(source, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        except OSError as error:
            raise MediaError(f"The file could not be stored: {error.strerror}.", hint="Is the disk full?") from error
        finally:
            unfinished.unlink(missing_ok=True)

    def size(self, path: str) -> int:
        """See MediaStorage.size."""
        try:
            return self._file(path).stat().st_size
        except FileNotFoundError as error:
            raise NotFound("There is no such file.") from error

    def read(self, path: str, start: int, end: int) -> Iterator[bytes]:
        """See MediaStorage.read."""
        with open(self._file(path), "rb") as file:
            file.seek(start)
            while start < end and (piece := file.read(min(CHUNK, end - start))):
                start += len(piece)
                yield piece

    def delete(self, paths: Iterable[str]) -> None:
        """See MediaStorage.delete."""
        for path in paths:
            self._file(path).unlink(missing_ok=True)

    def old_paths(self) -> Iterator[str]:
        """See MediaStorage.old_paths. Half-written files count: whoever wrote them was killed."""
        before = time.time() - ORPHAN_AGE
        for file in self._folder.glob("*/*"):
            if file.is_file() and file.stat().st_mtime < before:
                yield file.relative_to(self._folder).as_posix()

    def _file(self, path: str) -> pathlib.Path:
        return self._folder / checked_path(path)


@dataclass(frozen=True)
class MediaAnswer:
    """What an HTTP route sends: status, headers, and the bytes in pieces."""

    status: int  # 200 all, 206 a part, 304 what the browser has, 416 no such part
    headers: dict[str, str]
    body: Iterator[bytes] = field(default_factory=lambda: iter(()))


def read_media(
    database: Database,
    storage: MediaStorage,
    user: Caller,
    path: str,
    *,
    range_header: str | None = None,
    known: str | None = None,
    link: str | None = None,
) -> MediaAnswer:
    """A file, or the part that a Range header asks for, if the caller may read it now; nothing but a yes for what the
    browser has already (`known`: its If-None-Match header). Raises NotFound."""
    access = media_access(database, user, path, link=link) if PATH.fullmatch(path) else None
    if access is None:
        raise NotFound("There is no such file.", hint="It may have been taken down.")
    size = storage.size(path)
    headers = {
        "Content-Type": TYPES.get(pathlib.PurePosixPath(path).suffix, "application/octet-stream"),
        "Accept-Ranges": "bytes",
        # May be kept, but each use asks again: what is taken down is gone from every cache at that moment.
        "Cache-Control": "public, no-cache" if access["public"] else "private, no-store",
        "ETag": f'"{pathlib.PurePosixPath(path).stem}"',  # a path never gets other bytes
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
    }
    if access["public"] and known is not None and headers["ETag"] in known:
        return MediaAnswer(304, {name: headers[name] for name in ("Cache-Control", "ETag")})
    wanted = parse_range(range_header, size)
    if wanted is None:
        return MediaAnswer(200, headers | {"Content-Length": str(size)}, storage.read(path, 0, size))
    start, end = wanted
    if start >= end:
        return MediaAnswer(416, headers | {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
    part = {"Content-Range": f"bytes {start}-{end - 1}/{size}", "Content-Length": str(end - start)}
    return MediaAnswer(206, headers | part, storage.read(path, start, end))


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(start, end) without the end, empty when nothing of it exists; None for the whole file.

    As RFC 9110 allows, a header that is malformed or asks for several parts is answered with the whole file.
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (header or "").replace(" ", ""))
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:  # the last so many bytes
        return max(0, size - int(match[2])), size
    start = int(match[1])
    if match[2] and int(match[2]) < start:
        return None
    end = min(size, int(match[2]) + 1) if match[2] else size
    return start, max(start, end) if start < size else start


def sweep(database: Database, storage: MediaStorage) -> int:
    """Deletes every file whose time has come, and old ones that nobody lists; how many files those were."""
    count = 0
    while due := media_to_delete(database, SERVICE):
        storage.delete(due)
        count += forget_media(database, SERVICE, due)
    old = list(storage.old_paths())
    for start in range(0, len(old), 500):
        page = old[start : start + 500]
        orphans = sorted(set(page) - set(known_media(database, SERVICE, page)))
        storage.delete(orphans)
        count += len(orphans)
    return count
