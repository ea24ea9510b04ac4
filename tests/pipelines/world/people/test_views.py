"""Heads and bodies from all sides, near and far."""

import math
from dataclasses import replace

import numpy as np
import pytest

from pipelines.world.geometry import wrap_angle
from pipelines.world.people.loft import View
from pipelines.world.people.look import Look
from pipelines.world.people.person import Person
from pipelines.world.people.skull import skull
from tests.pipelines.world.people.people import person, picture

TURNS = [i * math.pi / 6 for i in range(12)]


@pytest.mark.parametrize("style", ["long", "afro", "short", "ponytail", "braids", "bald", "bun"])
def test_hair_is_drawn_from_every_side(style):
    base = person("woman", "stand", seed=4)
    for yaw in TURNS:
        actor = Person(base.role, replace(base.look, hair_style=style))
        pose = actor.pose
        actor.pose = lambda t, yaw=yaw, pose=pose: replace(pose(t).with_face(yaw=yaw), yaw=yaw)
        pixels = picture(actor, 1.0, "flat", 80, 120, near=2.6)
        assert (pixels[..., 3] > 200).mean() > 0.1


def test_an_outline_is_symmetric_from_the_front_and_as_wide_as_the_head():
    points = skull(Look()).outline(View(0, 0, 100))
    xs = [x for x, _ in points]
    assert max(xs) == pytest.approx(-min(xs), rel=0.02) and max(xs) == pytest.approx(100, rel=0.06)


def test_marks_turn_with_the_head():
    loft = skull(Look())
    front, turned = View(0, 0, 100)(loft.at(0, 0)), View(0, 0, 100, yaw=0.8)(loft.at(0, 0))
    assert abs(front[0]) < 1e-6 and turned[0] > 50
    assert View(0, 0, 100, yaw=math.pi).nearness(loft.at(0, 0)) < 0
    assert View(0, 0, 100, yaw=math.pi).away


def test_a_spinning_dancer_shows_her_back_once():
    actor = person("woman", "spin", seed=2, seconds=4)
    backs = [math.cos(wrap_angle(actor.pose(i / 24).yaw)) < -0.5 for i in range(96)]
    assert sum(b and not a for a, b in zip(backs, backs[1:], strict=False)) == 1


@pytest.mark.parametrize("size", [(24, 36), (480, 720)])
def test_people_read_near_and_far(size):
    pixels = picture(person("girl", "walk", seed=3), 1.0, "cinematic", *size)
    solid = pixels[..., 3] > 128
    assert 0.04 < solid.mean() < 0.5 and np.isfinite(pixels).all()
