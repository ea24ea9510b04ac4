"""Clips are made from clips: the pictures and sounds of the sources, in order, marked and signed as what they are."""

from pathlib import Path

import numpy as np
import pytest

from pipelines.cutting import joined, trimmed
from pipelines.director.remix import continued
from pipelines.engines.editing import BLEND, Chain
from pipelines.generate import Clip, generate
from pipelines.materials import NOTHING, Materials
from pipelines.media import MediaError
from pipelines.media.footage import fitted, footage
from pipelines.provenance import open_provenance
from pipelines.provenance.verify import verify
from pipelines.request import Edit, RequestError, make_request
from pipelines.storyboard import Shot, Storyboard
from tests.pipelines.clips import files_in, pictures, samples
from tests.pipelines.square_engine import SquareEngine

TALL, WIDE = {"width": 180, "height": 320}, {"width": 320, "height": 180}


def made(path: Path, seconds: float, size: dict = TALL, seed: int = 5, maker: str = "ada") -> Clip:
    storyboard = Storyboard(shots=(Shot(seconds=seconds),))
    request = make_request(prompt="a square", seconds=seconds, seed=seed, **size)
    return generate(request, path, storyboard=storyboard, engine=SquareEngine(), maker=maker)


@pytest.fixture(scope="module")
def clips(tmp_path_factory) -> tuple[Clip, Clip]:
    folder = tmp_path_factory.mktemp("sources")
    return made(folder / "tall.mp4", 2), made(folder / "wide.mp4", 1, WIDE, seed=9)


def edited(path: Path, storyboard: Storyboard, edit: Edit, *sources: Clip, size: dict = TALL) -> Clip:
    request = make_request(prompt="cut", seed=5, edit=edit, **size)
    files = tuple(source.path for source in sources)
    materials = Materials(parent=files[0], sources=files)
    return generate(request, path, storyboard=storyboard, engine=SquareEngine(), materials=materials, maker="ben")


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Mean difference of pictures in levels of 255, the visible mark apart."""
    half = slice(one.shape[-3] // 4, one.shape[-3] * 3 // 4)
    return float(np.abs(one[..., half, :, :].astype(int) - other[..., half, :, :]).mean())


def test_a_trimmed_clip_shows_and_sounds_like_its_part_of_the_source(clips, tmp_path):
    source, _ = clips
    cut = edited(
        tmp_path / "cut.mp4", trimmed(source.storyboard, 0.5, 1.75), Edit(kind="trim", start=0.5, end=1.75), source
    )
    assert cut.seconds == 1.25 and files_in(tmp_path) == ["cut.jpg", "cut.mp4", "cut.preview.mp4"]
    before, after = pictures(source.path), pictures(cut.path)
    assert len(after) == 30
    for index in (0, 12, 29):
        assert apart(after[index], before[12 + index]) < 4
    assert apart(after[0], before[0]) > 6  # the square has moved on since then
    heard, all_heard = samples(cut.path), samples(source.path)
    assert abs(np.abs(heard).max() - np.abs(all_heard[24000:84000]).max()) < 0.15


def test_a_cut_clip_keeps_its_light(clips, tmp_path):
    source, _ = clips
    cut = edited(tmp_path / "cut.mp4", trimmed(source.storyboard, 0, 1), Edit(kind="trim", end=1), source)
    assert abs(pictures(cut.path)[:24].mean() - pictures(source.path)[:24].mean()) < 1.5


def test_joined_clips_follow_each_other_and_the_second_is_shown_whole(clips, tmp_path):
    tall, wide = clips
    both = edited(tmp_path / "both.mp4", joined([tall.storyboard, wide.storyboard]), Edit(kind="join"), tall, wide)
    shown = pictures(both.path)
    assert (both.seconds, shown.shape[1:3]) == (3.0, (320, 180))
    assert apart(shown[20], pictures(tall.path)[20]) < 6
    inside = fitted(pictures(wide.path)[10], 180, 320)
    assert np.abs(shown[58].astype(int) - inside).mean() < 6


def test_a_clip_goes_on_after_its_last_picture(clips, tmp_path):
    source, _ = clips
    storyboard = continued(source.storyboard).storyboard
    storyboard = storyboard.model_copy(
        update={"shots": (storyboard.shots[0], storyboard.shots[1].model_copy(update={"seconds": 1.0}))}
    )
    longer = edited(tmp_path / "longer.mp4", storyboard, Edit(kind="extend", kept=1), source)
    shown, before = pictures(longer.path), pictures(source.path)
    assert longer.seconds == 3.0 and apart(shown[40], before[40]) < 6
    fresh = pictures(made(tmp_path / "fresh.mp4", 1).path)
    assert apart(shown[48 + BLEND + 4], fresh[BLEND + 4]) < 6
    # the first new picture is nearly the last old one
    assert apart(shown[48], before[47]) < apart(shown[48], fresh[0])


def test_a_cut_clip_names_its_sources_and_carries_a_mark_of_its_own(clips, tmp_path):
    tall, wide = clips
    both = edited(tmp_path / "both.mp4", joined([tall.storyboard, wide.storyboard]), Edit(kind="join"), tall, wide)
    assert both.credential["state"] == "Trusted" and both.mark not in (tall.mark, wide.mark)
    sources = verify(both.path, open_provenance()).tree.children
    assert [(one.role, one.maker, one.state) for one in sources] == [
        ("parent", "ada", "intact"),
        ("input", "ada", "intact"),
    ]


def test_what_is_no_clip_or_too_short_or_too_long_is_told(clips, tmp_path):
    tall, wide = clips
    fake = tmp_path / "fake.mp4"
    fake.write_bytes(b"not a clip at all" * 100)
    with pytest.raises(MediaError, match="cannot be read"):
        footage(fake)
    many = joined([tall.storyboard] * 2)
    with pytest.raises(RequestError, match="Two clips or more"):
        edited(tmp_path / "one.mp4", tall.storyboard, Edit(kind="join"), tall)
    with pytest.raises(RequestError, match="1 to 20 seconds"):
        edited(tmp_path / "long.mp4", many, Edit(kind="join"), *[tall] * 11)
    with pytest.raises(RequestError, match="1 to 20 seconds"):
        edited(tmp_path / "short.mp4", tall.storyboard, Edit(kind="trim", start=1.9, end=2), tall)
    with pytest.raises(RequestError, match="what happens next"):
        edited(tmp_path / "same.mp4", tall.storyboard, Edit(kind="extend", kept=1), tall)
    with pytest.raises(RequestError, match="No clip was given"):
        request = make_request(prompt="cut", edit=Edit(kind="trim"), **TALL)
        generate(request, tmp_path / "no.mp4", storyboard=tall.storyboard, engine=SquareEngine(), materials=NOTHING)
    assert files_in(tmp_path) == ["fake.mp4"]


def test_closing_a_chain_ends_pieces_that_were_never_begun():
    closed = []

    def piece(name: str):
        try:
            for _ in range(3):
                yield np.zeros((2, 2, 3), np.uint8)
        finally:
            closed.append(name)

    class Held:
        """Frames that hold something from the start, as those of renderers do."""

        def __iter__(self):
            return self

        def __next__(self):
            raise AssertionError("never asked")

        def close(self) -> None:
            closed.append("held")

    chain = Chain([piece("first"), Held()])
    next(chain)
    chain.close()
    assert sorted(closed) == ["first", "held"]
