"""People move as people do: feet stay where they stand, bodies go smoothly, footsteps are heard when they land."""

import math

import pytest

from pipelines.world.people.limbs import sole_height
from pipelines.world.people.motion import motions
from pipelines.world.people.skeleton import ankle_of, foot_point, solve
from tests.pipelines.world.people.people import person

RATE = 24
STEPPING = ("walk", "run", "dance", "spin", "stand", "talk", "wave")
FRAMES = [i / RATE for i in range(0, 4 * RATE)]


def contact(foot, m):
    """The point that a foot stands on: its ball, or its heel while the toes are still up."""
    return foot_point(foot, m, m.ball if foot.pitch > 0 else -m.heel, 0.0)


@pytest.mark.parametrize("action", STEPPING)
def test_a_planted_foot_stays_where_it_is(action):
    actor = person("woman", action, seed=3)
    m, checked = actor.measures, 0
    for side in (0, 1):
        for before, after in zip(FRAMES, FRAMES[1:], strict=False):
            a, b = actor.pose(before).feet[side], actor.pose(after).feet[side]
            if a.y == 0 and b.y == 0:
                assert math.hypot(a.x - b.x, a.z - b.z) < 0.003, f"the foot slides at {after:.2f} s"
                assert abs(contact(b, m)[1]) < 0.005
                checked += 1
    assert checked > 20


@pytest.mark.parametrize("action", ["walk", "run", "dance", "stand", "sit", "fall", "kick"])
@pytest.mark.parametrize("kind", ["man", "girl"])
def test_no_foot_floats_or_sinks(action, kind):
    actor = person(kind, action, seed=5)
    for t in FRAMES:
        for foot in actor.pose(t).feet:
            assert foot.y >= -1e-6
            if foot.y == 0:
                assert abs(sole_height(foot, actor.measures)) < 0.005
        if action in ("stand", "sit"):
            assert min(f.y for f in actor.pose(t).feet) == 0


@pytest.mark.parametrize("action", sorted(set(motions()) - {"jump", "bounce", "skate", "slide", "fall", "topple"}))
def test_the_body_goes_smoothly(action):
    actor = person("man", action, seed=2, surface="grass")
    speed = actor.motion.speed
    for before, after in zip(FRAMES, FRAMES[1:], strict=False):
        a, b = actor.pose(before).root, actor.pose(after).root
        moved = math.dist((b[0] - speed / RATE, b[1], b[2]), a)
        assert moved < 0.04, f"the pelvis jumps {moved * 100:.1f} cm at {after:.2f} s"


@pytest.mark.parametrize("action", ["walk", "run", "dance", "talk", "wave", "throw", "swim", "skate"])
def test_joints_do_not_pop(action):
    """No knee or elbow goes faster than a fast runner's."""
    actor = person("man", action, seed=4)
    previous = None
    for t in [i / 48 for i in range(0, 192)]:
        bones = solve(actor.pose(t), actor.measures)
        joints = [limb.joint for limb in (*bones.legs, *bones.arms)]
        if previous:
            fastest = max(math.dist(a, b) for a, b in zip(previous, joints, strict=True)) * 48
            assert fastest < 12, f"a joint goes {fastest:.0f} m/s at {t:.2f} s"
        previous = joints


@pytest.mark.parametrize("action", ["walk", "run"])
def test_legs_reach_their_feet(action):
    actor = person("woman", action, seed=8)
    for t in FRAMES:
        pose = actor.pose(t)
        bones = solve(pose, actor.measures)
        for leg, foot in zip(bones.legs, pose.feet, strict=True):
            assert math.dist(leg.end, ankle_of(foot, actor.measures)) < 0.02


def test_a_walker_goes_as_fast_as_people_walk():
    man, child = person("man", "walk"), person("boy", "walk")
    assert man.position(4)[0] - man.position(0)[0] == pytest.approx(1.35 * 4, rel=0.08)
    assert child.motion.speed < 0.95 * man.motion.speed
    assert person("man", "run").motion.speed == pytest.approx(3.6, rel=0.08)


def test_the_body_travels_with_its_position():
    for action in ("walk", "run", "skate", "swim"):
        actor = person("man", action, x=2.0, heading=-1)
        for t in (0.0, 1.3, 3.7):
            assert abs(actor.pose(t).root[0] - actor.position(t)[0]) < 0.15
        assert actor.position(2)[0] < actor.position(0)[0]


def test_a_footstep_is_heard_the_moment_it_lands_and_where():
    actor = person("woman", "walk", seed=6, surface="wood")
    steps = [h for h in actor.happenings() if h.kind == "footstep"]
    assert 7 <= len(steps) <= 11 and {s.material for s in steps} == {"wood"}
    for step in steps:
        before, after = actor.pose(step.time - 0.02).feet, actor.pose(step.time + 0.005).feet
        landed = [i for i in (0, 1) if before[i].y > 0 and after[i].y == 0]
        assert len(landed) == 1
        assert step.position[0] == pytest.approx(after[landed[0]].x, abs=0.003)


def test_runners_are_louder_and_jumpers_land():
    loud = max(h.strength for h in person("man", "run").happenings())
    assert loud > max(h.strength for h in person("man", "walk").happenings())
    jumper = person("boy", "jump")
    landings = [h.time for h in jumper.happenings() if h.kind == "impact"]
    assert landings
    for time in landings:
        assert jumper.pose(time - 0.05).feet[0].y > 0 and jumper.pose(time + 0.03).feet[0].y < 1e-6


def test_dancers_step_on_the_beat():
    steps = [h.time for h in person("woman", "dance", seed=1, seconds=8).happenings()]
    on_beat = [t for t in steps if min(t % 0.5, 0.5 - t % 0.5) < 0.03]
    assert len(on_beat) > 0.5 * len(steps)


def test_a_couple_mirrors():
    left, right = person("man", "dance", seed=9), person("man", "dance", seed=9, heading=-1)
    for t in (0.4, 2.2, 5.1):
        a, b = left.pose(t), right.pose(t)
        assert b.root[0] == pytest.approx(-a.root[0]) and b.yaw == pytest.approx(-a.yaw)
        assert b.feet[0].x == pytest.approx(-a.feet[1].x)


def test_swimmers_float_on_water_and_dive_elsewhere():
    above, below = person("man", "swim", surface="water"), person("man", "swim", surface="sand")
    assert abs(above.pose(1.0).root[1]) < 0.2 and below.pose(1.0).root[1] > 0.8
    assert any(h.kind == "splash" for h in above.happenings())
    assert not above.shadows(1.0)


def test_a_skateboard_rolls_pops_and_lands():
    heard = person("boy", "skate", seconds=6.0).happenings()
    assert {h.kind for h in heard} >= {"roll", "impact"}
    for roll in (h for h in heard if h.kind == "roll"):
        assert roll.seconds > 0.1


def test_an_unknown_action_is_standing():
    assert person("man", "photosynthesise", seed=3).pose(1.0) == person("man", "stand", seed=3).pose(1.0)
    assert person("man", None, seed=3).pose(1.0) == person("man", "stand", seed=3).pose(1.0)


def test_what_happens_lies_within_the_shot():
    for action in motions():
        for surface in ("grass", "water"):
            for h in person("woman", action, seconds=3.0, surface=surface).happenings():
                assert 0 <= h.time < 3.0


@pytest.mark.parametrize("action", ["dance", "spin", "walk", "run", "look", "throw", "stand", "sit"])
def test_no_head_turns_further_than_a_neck_allows(action):
    actor = person("woman", action, seed=3, seconds=8.0)
    for t in [i / RATE for i in range(8 * RATE)]:
        pose = actor.pose(t)
        turned = pose.face.yaw - pose.yaw - pose.twist
        assert abs(math.remainder(turned, 2 * math.pi)) < 1.6
