"""What a viewer sees of animals: in every style, at the right size, facing the right way, moving, repeatable."""

import subprocess
import sys
import zlib

import numpy as np
import pytest

from pipelines.storyboard import Style
from pipelines.world.actor import kinds
from tests.pipelines.world.animals.stages import ALL, actions_of, animal, camera_on, covered, picture

SMALL = 96  # pixels


def test_every_promised_animal_is_cast_and_knows_a_home() -> None:
    for kind in ALL:
        assert kinds()[kind].family == "animal"
        assert kinds()[kind].home


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("kind", ALL)
def test_every_action_is_drawn_and_moves(kind: str, style: Style) -> None:
    for action in actions_of(kind):
        actor = animal(kind, action)
        camera = camera_on(actor, 0.4, SMALL)
        frames = [picture(actor, t, style, camera, SMALL) for t in (0.4, 0.65)]
        share = covered(frames[0]).mean()
        assert share > 0.02, f"{kind} {action} in {style}: almost nothing is drawn"
        assert (frames[0] != frames[1]).any(), f"{kind} {action} in {style} does not move"


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("action", [None, "run", "sit", "swim", "fly"])
def test_the_drawing_has_the_size_that_it_tells_the_camera(kind: str, action: str | None) -> None:
    actor = animal(kind, action)
    long, tall = actor.extent()
    lefts, rights, tops = [], [], []
    for t in (0.3, 0.8, 1.15, 1.9):
        camera = camera_on(actor, t)
        seen = covered(picture(actor, t, camera=camera))
        columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
        scale = camera.scale_at(actor.position(t)[2])
        foot, middle = camera.project(actor.position(t))[1], camera.centre
        lefts.append((middle - columns[0]) / scale)
        rights.append((columns[-1] - middle) / scale)
        tops.append((foot - rows[0]) / scale)
    assert max(max(lefts), max(rights)) < 0.72 * long, f"{kind} {action} sticks out of its box"
    assert max(lefts) + max(rights) > 0.5 * long, f"{kind} {action} is much shorter than it says"
    assert 0.5 * tall < max(tops) < 1.3 * tall, f"{kind} {action} is {max(tops):.2f} m tall and says {tall:.2f}"


@pytest.mark.parametrize("kind", ALL)
def test_an_animal_that_faces_left_is_the_mirror_image(kind: str) -> None:
    right, left = animal(kind, "stand", heading=1), animal(kind, "stand", heading=-1)
    shapes = [covered(picture(actor, 0.5, camera=camera_on(actor, 0.5))) for actor in (right, left)]
    overlap = (shapes[0] & shapes[1][:, ::-1]).sum() / (shapes[0] | shapes[1]).sum()
    mirrored = (shapes[0] & shapes[1][:, ::-1]).sum() / (shapes[0] | shapes[1][:, ::-1]).sum()
    assert mirrored > 0.93
    assert overlap <= mirrored + 0.05


@pytest.mark.parametrize("item", ["bandana_red", "scarf_blue", "hat", "crown", "glasses", "bow", "cap", "collar"])
@pytest.mark.parametrize("kind", ["dog", "penguin"])
def test_what_an_animal_wears_is_seen(kind: str, item: str) -> None:
    bare, dressed = animal(kind, "stand"), animal(kind, "stand", attributes=(item,))
    camera = camera_on(bare, 0.5)
    changed = (
        np.abs(picture(bare, 0.5, camera=camera).astype(int) - picture(dressed, 0.5, camera=camera)).sum(axis=2) > 30
    )
    assert changed.sum() > 12


def test_a_red_bandana_is_red() -> None:
    dog = animal("dog", "run", attributes=("bandana_red",))
    image = picture(dog, 0.5).astype(int)
    assert ((image[..., 2] > 150) & (image[..., 1] < 80) & (image[..., 0] < 90)).sum() > 40


@pytest.mark.parametrize(
    "attribute", ["dalmatian", "husky", "poodle", "labrador", "dachshund", "corgi", "striped", "spotted"]
)
def test_breeds_and_markings_look_different(attribute: str) -> None:
    plain, special = animal("dog"), animal("dog", attributes=(attribute,))
    camera = camera_on(plain, 0.5)
    assert (
        np.abs(picture(plain, 0.5, camera=camera).astype(int) - picture(special, 0.5, camera=camera)).sum(axis=2) > 30
    ).mean() > 0.008


def test_an_animal_at_any_distance_is_drawn_without_fail() -> None:
    for kind in ALL:
        actor = animal(kind)
        for pixels in (24, 400):
            assert covered(picture(actor, 0.5, Style.CINEMATIC, pixels=pixels)).any()


def test_the_same_moment_is_the_same_picture_in_any_process() -> None:
    cast = [("dog", "run"), ("owl", "fly"), ("whale", "swim")]
    program = (
        "import zlib\n"
        "from pipelines.storyboard import Style\n"
        "from tests.pipelines.world.animals.stages import animal, picture\n"
        "frames = [picture(animal(k, a), 0.7, Style.CINEMATIC).tobytes() for k, a in "
        f"{cast}]\n"
        "print(zlib.crc32(b''.join(frames)))"
    )
    here = [
        picture(animal(k, a), 0.7, Style.CINEMATIC).tobytes()
        for k, a in (("dog", "run"), ("owl", "fly"), ("whale", "swim"))
    ]
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(there.stdout) == zlib.crc32(b"".join(here))


def test_frames_do_not_depend_on_which_were_drawn_before() -> None:
    first, second = animal("dog", "run"), animal("dog", "run")
    for t in (0.1, 0.9, 0.3):
        picture(first, t)
    assert (picture(first, 0.5) == picture(second, 0.5)).all()
