"""Four-legged animals walk on the ground, not over it."""

import numpy as np
import pytest

from pipelines.world.actor import Role, Shadow
from pipelines.world.animals.gait import landings_of
from pipelines.world.animals.legs import leg_pose
from tests.pipelines.world.animals.stages import QUADRUPEDS, animal

RATE = 24  # frames per second
SLIP = 0.005  # metres that a planted foot may move
GAITS = [(kind, action) for kind in QUADRUPEDS for action in ("walk", "run")]


@pytest.mark.parametrize(("kind", "action"), GAITS)
@pytest.mark.parametrize("heading", [1, -1])
def test_a_foot_on_the_ground_stays_where_it_landed(kind: str, action: str, heading: int) -> None:
    actor = animal(kind, action, heading=heading)
    placed: dict[int, float] = {}
    for frame in range(2 * RATE * 4):
        t = frame / (RATE * 4)
        standing = {limb: (x, y) for limb, x, y in actor.planted(t)}
        for limb, (x, y) in standing.items():
            assert abs(y) <= SLIP, f"{kind}: foot {limb} floats {y:.3f} m over the ground at {t:.2f} s"
            assert abs(x - placed.setdefault(limb, x)) <= SLIP, f"{kind}: foot {limb} slides at {t:.2f} s"
        placed = {limb: x for limb, x in placed.items() if limb in standing}


@pytest.mark.parametrize(("kind", "action"), GAITS)
def test_the_drawn_leg_reaches_its_planted_foot(kind: str, action: str) -> None:
    actor = animal(kind, action)
    for frame in range(RATE):
        pose = actor.pose(frame / RATE)
        for limb in range(4):
            if not pose.feet[limb].planted:
                continue
            leg = leg_pose(actor.build, pose, limb)
            upper, lower = np.hypot(*np.subtract(leg.knee, leg.joint)), np.hypot(*np.subtract(leg.ankle, leg.knee))
            bones = actor.build.fore if limb < 2 else actor.build.hind
            grown = (upper + lower) / (bones.upper + bones.lower)
            assert grown < 1.35, f"{kind} {action}: leg {limb} is stretched {grown:.2f} times"


@pytest.mark.parametrize(("kind", "action"), GAITS)
def test_it_travels_at_a_steady_speed_the_way_it_faces(kind: str, action: str) -> None:
    right, left = animal(kind, action, heading=1, x=2.0), animal(kind, action, heading=-1, x=2.0)
    for t in (0.0, 1.3, 4.0):
        assert right.position(t)[0] == pytest.approx(2.0 + right.speed * t)
        assert left.position(t)[0] == pytest.approx(2.0 - left.speed * t)
    assert right.speed > 0.3


def test_a_run_is_faster_than_a_walk_and_a_dog_gallops_at_five_and_a_half_metres_a_second() -> None:
    for kind in QUADRUPEDS:
        assert animal(kind, "run").speed > 1.5 * animal(kind, "walk").speed
    assert animal("dog", "run").speed == pytest.approx(5.5)
    assert animal("horse", "run").speed == pytest.approx(9.0)


@pytest.mark.parametrize(("kind", "action"), GAITS)
def test_a_step_is_heard_when_its_foot_lands(kind: str, action: str) -> None:
    actor = animal(kind, action, surface="wood", seconds=3.0)
    steps = [h for h in actor.happenings() if h.kind == "footstep"]
    expected = sorted(at for limb in range(4) for at in landings_of(actor.gait, limb, 3.0) if at < 3.0)
    assert [h.time for h in steps] == pytest.approx(expected)
    for step in steps:
        assert step.material == "wood"
        assert step.struck_by == ("hoof" if kind in ("horse", "sheep", "cow") else "paw")
        just_before, just_after = step.time - 0.002, step.time + 0.002
        landed = {limb for limb, _, _ in actor.planted(just_after)} - {
            limb for limb, _, _ in actor.planted(just_before)
        }
        assert landed, f"{kind}: a step is heard at {step.time:.3f} s but no foot lands"
        feet = [x for limb, x, _ in actor.planted(just_after) if limb in landed]
        assert min(abs(step.position[0] - x) for x in feet) < 0.03


@pytest.mark.parametrize("kind", QUADRUPEDS)
@pytest.mark.parametrize(
    "action", ["walk", "run", "stand", "sit", "sleep", "eat", "talk", "dance", "jump", "play", "swim"]
)
def test_nothing_pops_from_one_frame_to_the_next(kind: str, action: str) -> None:
    actor = animal(kind, action)
    tall = actor.build.shoulders[1]
    limit = 0.34 * tall if action in ("run", "jump", "dance", "play") or kind == "rabbit" else 0.16 * tall
    before = actor.pose(0.0)
    for frame in range(1, 4 * RATE):
        now = actor.pose(frame / RATE)
        for name in ("hips", "shoulders"):
            moved = np.hypot(*np.subtract(getattr(now, name), getattr(before, name)))
            assert moved < limit, f"{kind} {action}: {name} jump {moved:.3f} m at frame {frame}"
        for name in ("neck", "head_yaw", "head_pitch", "tail", "ears"):
            assert abs(getattr(now, name) - getattr(before, name)) < 0.75, (
                f"{kind} {action}: {name} pops at frame {frame}"
            )
        before = now


def test_a_jump_leaves_the_ground_and_lands_with_a_sound() -> None:
    actor = animal("dog", "jump", seconds=3.2)
    heights = [min(foot.y for foot in actor.pose(n / RATE).feet) for n in range(int(3.2 * RATE))]
    assert max(heights) > 0.25
    landings = {h.time for h in actor.happenings() if h.kind == "footstep"}
    for at in landings:
        assert min(f.y for f in actor.pose(at - 0.06).feet) > 0.01 > min(f.y for f in actor.pose(at + 0.01).feet)


def test_a_shadow_stays_below_and_fades_while_the_animal_is_in_the_air() -> None:
    actor = animal("dog", "jump")
    on_ground, in_air = actor.shadows(0.0)[0], actor.shadows(0.75)[0]
    assert isinstance(on_ground, Shadow)
    assert on_ground.height == 0.0 < in_air.height
    assert len(actor.shadows(0.0)) == 5  # the body's and one for each paw


def test_a_happy_dog_barks_and_opens_its_mouth_for_it() -> None:
    actor = animal("dog", "run", attributes=("happy",), seconds=5.0)
    barks = [h for h in actor.happenings() if h.kind == "call"]
    assert 1 <= len(barks) <= 3
    assert all(h.material == "dog" and 0 < h.time < 5 for h in barks)
    assert max(actor.pose(barks[0].time + dt).jaw for dt in (0.05, 0.1, 0.15)) > 0.6


def test_a_sleeping_animal_lies_low_with_its_eyes_shut_and_breathes() -> None:
    for kind in QUADRUPEDS:
        asleep, awake = animal(kind, "sleep"), animal(kind, "stand")
        assert asleep.extent()[1] < 0.9 * awake.extent()[1]
        assert asleep.pose(1.0).lids == 1.0
        assert not asleep.happenings()
        lifts = [asleep.pose(t).arch for t in np.linspace(0, 4, 40)]
        assert max(lifts) > min(lifts)


def test_the_young_have_bigger_heads_and_shorter_legs() -> None:
    for kind, child in (("dog", "puppy"), ("cat", "kitten"), ("horse", "foal"), ("cow", "calf")):
        grown, small = animal(kind), animal(kind, attributes=(child,))
        assert small.build.head.radius > grown.build.head.radius
        assert small.build.hips[1] < grown.build.hips[1]


def test_small_animals_step_quicker_and_still_do_not_slide() -> None:
    puppy = animal("dog", "run", attributes=("puppy",), scale=0.72)
    assert puppy.gait.period < animal("dog", "run").gait.period
    places = [x for limb, x, _ in puppy.planted(0.02) if limb == 2] + [
        x for limb, x, _ in puppy.planted(0.05) if limb == 2
    ]
    assert len(places) == 2 and abs(places[0] - places[1]) < SLIP


def test_an_action_that_no_animal_knows_is_standing() -> None:
    actor = animal("dog", "juggle")
    assert actor.action == "stand"
    assert actor.position(3.0) == actor.position(0.0)


def test_joy_and_sorrow_show_in_the_face() -> None:
    assert (
        animal("dog", attributes=("happy",)).pose(1.0).smile
        > 0.5
        > -0.5
        > animal("dog", attributes=("sad",)).pose(1.0).smile
    )


def test_two_of_a_kind_differ_in_their_coats() -> None:
    first, second = (animal("dog", index=n).coat for n in (0, 1))
    assert first != second


def test_a_colour_of_the_role_becomes_the_coat() -> None:
    black, white = animal("cat", colours=("black",)).coat, animal("horse", colours=("white",)).coat
    assert sum(black.base) < 200 and sum(white.base) > 660
    assert animal("cow", colours=("white", "brown")).coat.patches is not None


def test_a_role_with_lines_moves_its_mouth_with_the_words() -> None:
    from pipelines.sound.speech import Phoneme, Speech
    from pipelines.world.actor import Cue

    speech = Speech(
        np.zeros(0, np.float32), (Phoneme(0.0, 0.25, "a"), Phoneme(0.25, 0.5, "m"), Phoneme(0.5, 0.9, "a")), ()
    )
    said = Role("dog", "stand", seed=5, cues=(Cue(1.0, speech),))
    actor = animal("dog", "stand", cues=said.cues)
    assert actor.pose(1.12).jaw > 0.4
    assert actor.pose(1.40).jaw < 0.3
    assert actor.pose(3.0).jaw < 0.1
    assert not [h for h in actor.happenings() if h.kind == "call"]
