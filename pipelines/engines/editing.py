"""Clips made from clips: one is cut, several are joined, or one goes on where it ended."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.engines import SAMPLE_RATE, Engine, Rendering
from pipelines.materials import NOTHING, Materials
from pipelines.media.footage import Footage, fitted, footage
from pipelines.progress import Progress
from pipelines.request import FRAMES_PER_SECOND, MAX_SECONDS, MIN_SECONDS, Edit, GenerationRequest, RequestError
from pipelines.storyboard import Storyboard

BLEND = 6  # frames in which the last picture of a clip gives way to how it goes on
SOFTENED = 0.02  # seconds of sound that fade at each cut, so that it does not click


@dataclass(frozen=True)
class Piece:
    """A part of a clip."""

    footage: Footage
    start: float  # seconds
    frame_count: int


class EditEngine:
    """Gives the frames and sound of an edit. What is new in it is drawn by another engine, whose name it bears."""

    def __init__(self, inner: Engine) -> None:
        self._inner = inner
        self.name, self.version = inner.name, inner.version

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        """See Engine.render."""
        assert request.edit is not None, "without an edit there is nothing to cut"
        progress.report("stage")
        sources = [footage(path) for path in materials.sources]
        pieces = _pieces(request.edit, sources)
        count = sum(piece.frame_count for piece in pieces)
        seen = [_shown(piece, request.width, request.height) for piece in pieces]
        if request.edit.kind != "extend":
            _check_length(count)
            return _rendering(request, count, Chain(seen), lambda: _joined([_heard(piece) for piece in pieces]))
        rest = storyboard.model_copy(update={"shots": storyboard.shots[request.edit.kept :]})
        if not rest.shots:
            raise RequestError("Nothing is told of how the clip goes on. Say what happens next.")
        _check_length(count + round(rest.seconds * FRAMES_PER_SECOND))
        new = self._inner.render(rest, request, progress, materials)

        def sound() -> np.ndarray:
            follows = new.sound() if callable(new.sound) else new.sound
            return _joined([*(_heard(piece) for piece in pieces), follows])

        frames = Chain([*seen, new.frames], blend=BLEND)
        return _rendering(request, count + new.frame_count, frames, sound, marked=count, missed=new.coverage_missed)


def _rendering(
    request: GenerationRequest,
    count: int,
    frames: "Chain",
    sound: Callable[[], np.ndarray],
    *,
    marked: int | None = None,
    missed: tuple[str, ...] = (),
) -> Rendering:
    return Rendering(
        width=request.width,
        height=request.height,
        frames_per_second=FRAMES_PER_SECOND,
        frame_count=count,
        frames=frames,
        sound=sound,
        coverage_missed=missed,
        marked_frames=count if marked is None else marked,
    )


def _pieces(edit: Edit, sources: Sequence[Footage]) -> list[Piece]:
    """What is taken of each source. Raises RequestError."""
    needed = 2 if edit.kind == "join" else 1
    if len(sources) < needed:
        raise RequestError("Two clips or more are joined; choose another one." if needed == 2 else "No clip was given.")
    if edit.kind != "trim":
        return [Piece(source, 0.0, round(source.seconds * FRAMES_PER_SECOND)) for source in sources]
    end = min(edit.end, sources[0].seconds)
    return [Piece(sources[0], edit.start, max(0, round((end - edit.start) * FRAMES_PER_SECOND)))]


def _check_length(frame_count: int) -> None:
    seconds = frame_count / FRAMES_PER_SECOND
    if not MIN_SECONDS - 0.05 <= seconds <= MAX_SECONDS + 0.5:
        limits = f"A clip lasts {MIN_SECONDS:g} to {MAX_SECONDS:g} seconds"
        raise RequestError(f"{limits}; this one would last {seconds:.1f}. Choose another length.")


class Chain:
    """Frames of several pieces, one after the other; closing it ends what each of them holds."""

    def __init__(self, pieces: Sequence[Iterator[np.ndarray]], *, blend: int = 0) -> None:
        """blend: over so many frames the last picture of a piece gives way to the next piece."""
        self._pieces, self._blend = list(pieces), blend
        self._frames = self._all()

    def __iter__(self) -> Iterator[np.ndarray]:
        return self

    def __next__(self) -> np.ndarray:
        return next(self._frames)

    def close(self) -> None:
        """Lets go of every piece, those that were not begun, too."""
        self._frames.close()
        for piece in self._pieces:
            piece.close()

    def _all(self) -> Iterator[np.ndarray]:
        before: np.ndarray | None = None
        for piece in self._pieces:
            last = before
            for index, frame in enumerate(piece):
                if last is not None and index < self._blend:
                    share = (index + 1) / (self._blend + 1)
                    frame = np.rint(last * (1 - share) + frame * share).astype(np.uint8)
                if self._blend:
                    before = frame.copy()  # the frame itself is the receiver's to draw on
                yield frame


def _shown(piece: Piece, width: int, height: int) -> Iterator[np.ndarray]:
    """The frames of a piece in the size of the clip."""
    for frame in piece.footage.frames(piece.start, piece.frame_count, FRAMES_PER_SECOND):
        yield np.ascontiguousarray(fitted(frame, width, height))


def _heard(piece: Piece) -> np.ndarray:
    """(n, 2) float32: the sound of a piece."""
    return piece.footage.sound(piece.start, piece.frame_count / FRAMES_PER_SECOND)


def _joined(sounds: Sequence[np.ndarray]) -> np.ndarray:
    """(n, 2) float32: sounds one after the other, soft at the cuts between them."""
    ramp = np.linspace(0, 1, round(SOFTENED * SAMPLE_RATE), dtype=np.float32)[:, None]
    softened = [sound.copy() for sound in sounds]
    for before, after in zip(softened, softened[1:], strict=False):
        length = min(len(ramp), len(before), len(after))
        before[len(before) - length :] *= ramp[:length][::-1]
        after[:length] *= ramp[:length]
    return np.concatenate(softened)
