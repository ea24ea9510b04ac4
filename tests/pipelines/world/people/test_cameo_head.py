"""A real person's head in the world engine: known again, alive, in every style, and cheap."""

import time

import cv2
import numpy as np
import pytest
import skia

from pipelines.cameo.faces import describe, distance, face_of, find_faces, landmarks_of
from pipelines.sound.mouth import SHAPES, Mouth
from pipelines.storyboard import Camera, Framing, Line, Shot, Style, Subject, Time, Weather
from pipelines.world.light import light_for
from pipelines.world.people.cameo_head import CameoHead
from pipelines.world.people.head import DrawnHead, Head
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.loft import View
from pipelines.world.people.look import Look
from pipelines.world.people.pose import Face
from pipelines.world.raster import surface
from pipelines.world.scene import Scene
from pipelines.world.staging import stage
from pipelines.world.styles import painter_for
from tests.pipelines.cameo.likenesses import likeness_of

REST = Face()


def painted(head: Head, style: Style, face: Face = REST, yaw: float = 0.0, size: float = 90) -> np.ndarray:
    """(400, 400, 3) uint8: a head on an even ground."""
    pixels, target = surface(400, 400)
    canvas = target.getCanvas()
    canvas.clear(skia.Color(150, 160, 170))
    painter = painter_for(style)(canvas, light_for(Time.DAY, Weather.CLEAR))
    head.draw(painter, HeadPlace(View(200, 200, size, yaw), face, 0.0, 0.0))
    return pixels[..., :3].copy()


def seen(picture: np.ndarray) -> np.ndarray | None:
    boxes = find_faces(picture, searched=400)
    return describe(picture, landmarks_of(picture, boxes[0])) if boxes else None


@pytest.mark.parametrize("style", list(Style))
def test_a_stranger_recognises_the_person_in_every_style(style: Style) -> None:
    ann, ben = likeness_of("astronaut"), likeness_of("stranger")
    known = {"ann": face_of(ann), "ben": face_of(ben)}
    for name, likeness in (("ann", ann), ("ben", ben)):
        face = seen(painted(CameoHead(likeness, Look()), style))
        assert face is not None, "a face is found"
        assert min(known, key=lambda other: distance(face, known[other])) == name
        drawn = [seen(painted(DrawnHead(Look(hair_style=hair)), style)) for hair in ("short", "bob")]
        others = [distance(other, known[name]) for other in drawn if other is not None]
        assert distance(face, known[name]) < min([0.45, *others])


def test_the_person_is_known_in_a_whole_clip_and_wears_their_colours() -> None:
    ann = likeness_of("astronaut")
    shot = Shot(
        seconds=1,
        place="meadow",
        camera=Camera(framing=Framing.CLOSE),
        subjects=(Subject(kind="person", action="stand", cameo="ann"),),
    )
    staged = stage(shot, 3, 540 / 960, {"ann": ann})
    frame = Scene(staged, 540, 960).frame(12)
    face = seen(frame)
    assert face is not None and distance(face, face_of(ann)) < 0.35
    assert staged.roles[0].likeness is ann
    bare = Scene(stage(shot, 3, 540 / 960), 540, 960).frame(12)
    other = seen(bare)
    assert other is None or distance(other, face_of(ann)) > 0.4, "without the likeness it is nobody in particular"


def test_the_person_speaks_with_their_own_voice() -> None:
    ann = likeness_of("astronaut")
    shot = Shot(
        seconds=2,
        subjects=(Subject(kind="person", cameo="ann"), Subject(kind="person", cameo="ben")),
        lines=(Line(text="Hello", speaker="ben"), Line(text="Hi", speaker="ann")),
    )
    staged = stage(shot, 3, 0.5, {"ann": ann, "ben": likeness_of("stranger")})
    first, second = staged.roles
    assert (len(first.cues), len(second.cues)) == (1, 1)
    assert second.cues[0].time < first.cues[0].time, "each says their own line"


@pytest.mark.parametrize("style", list(Style))
def test_the_face_lives(style: Style) -> None:
    head = CameoHead(likeness_of("astronaut"), Look())
    rest = painted(head, style).astype(int)

    def change(**face: object) -> np.ndarray:
        return np.abs(painted(head, style, Face(**face)).astype(int) - rest).sum(2)

    blink, speech = change(blink=1.0), change(mouth=SHAPES["open"])
    rows = np.arange(400)
    eyes = float((blink.sum(1) * rows).sum() / blink.sum())
    mouth = float((speech.sum(1) * rows).sum() / speech.sum())
    assert 180 < eyes < 230 < 245 < mouth < 320
    assert (speech > 40).sum() > 300, "the mouth opens visibly"
    assert not change(mouth=SHAPES["rest"]).any()
    half = change(mouth=Mouth(open=0.4))
    assert 0 < (half > 40).sum() < (speech > 40).sum()


def test_it_turns_without_a_jump_and_shows_its_back() -> None:
    head = CameoHead(likeness_of("astronaut"), Look())
    pictures = [painted(head, Style.CINEMATIC, yaw=yaw).astype(int) for yaw in np.arange(-1.6, 1.65, 0.05)]
    steps = [np.abs(b - a).mean() for a, b in zip(pictures, pictures[1:], strict=False)]
    assert max(steps) < 9.0, "mean change of a pixel from one small turn to the next"
    assert seen(painted(head, Style.CINEMATIC, yaw=np.pi)) is None, "from behind there is hair"


@pytest.mark.parametrize("yaw", [-1.2, 1.2])
def test_a_head_seen_from_the_side_stands_on_its_neck(yaw: float) -> None:
    """Hair lies behind the face over where the neck comes from, which is below the middle of the head."""
    head = CameoHead(likeness_of("astronaut"), Look())
    ground = np.abs(painted(head, Style.CINEMATIC, yaw=yaw).astype(int) - (150, 160, 170)[::-1]).max(2) < 40
    columns = np.flatnonzero((~ground)[170:200].all(0))
    behind, before = (200 - columns[0], columns[-1] - 200) if yaw > 0 else (columns[-1] - 200, 200 - columns[0])
    assert behind > 60 and before > 60, "pixels of a head of 90 to each side"
    assert not ground[150:250, 195:205].any(), "no hole between"


def test_the_same_head_gives_the_same_pixels() -> None:
    one, two = (CameoHead(likeness_of("astronaut"), Look()) for _ in range(2))
    for style in Style:
        painted(two, style, Face(blink=0.5), 0.4, 40)  # whatever was painted before
        assert np.array_equal(painted(one, style, yaw=0.3), painted(two, style, yaw=0.3))


def test_a_head_of_ones_own_costs_no_more_than_a_drawn_one() -> None:
    own, drawn = CameoHead(likeness_of("astronaut"), Look()), DrawnHead(Look())
    assert cost(own) < 1.3 * cost(drawn)


def cost(head: Head) -> float:
    """Seconds of processor time for frames in which the head turns, blinks and speaks, at the size of a medium shot."""
    pixels, target = surface(540, 960)
    painter = painter_for(Style.CINEMATIC)(target.getCanvas(), light_for(Time.DAY, Weather.CLEAR))
    places = [
        HeadPlace(View(270, 300, 45, 0.02 * i), Face(blink=i % 2, mouth=SHAPES["open"]), 0.0, 0.0) for i in range(20)
    ]
    head.draw(painter, places[0])
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for place in places:
            head.draw(painter, place)
        best = min(best, time.process_time() - start)
    return best


def test_hats_are_worn_on_it() -> None:
    likeness = likeness_of("astronaut")
    bare = painted(CameoHead(likeness, Look()), Style.FLAT)
    hat = painted(CameoHead(likeness, Look(hat="hat", hat_colour=(220, 30, 30))), Style.FLAT)
    red = (hat[..., 2].astype(int) - hat[..., 1] > 90) & (bare[..., 2].astype(int) - bare[..., 1] <= 90)
    assert red.sum() > 1500
    assert cv2.countNonZero(red[:150].astype(np.uint8)) > 0.5 * red.sum(), "on top of the head"
