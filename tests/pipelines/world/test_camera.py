"""The camera: a pinhole with a shifting lens, so that what faces it only scales and moves."""

import numpy as np
import pytest

from pipelines.world.camera import Camera, handheld

CAMERA = Camera(x=0.4, y=1.2, z=-4.0, focal=1100, centre=280, horizon=500, width=540, height=960)


def test_a_point_twice_as_far_is_seen_half_as_large():
    near, far = CAMERA.project((0, 0, 0))[2], CAMERA.project((0, 0, 4))[2]
    assert near == pytest.approx(2 * far)


def test_what_is_at_eye_height_lies_on_the_horizon_at_any_distance():
    assert CAMERA.project((3, 1.2, 0))[1] == pytest.approx(500)
    assert CAMERA.project((-9, 1.2, 200))[1] == pytest.approx(500)


def test_the_homography_of_a_plane_and_the_projection_of_its_points_agree():
    matrix = CAMERA.plane((-2, 3, 5), (0.6, 0, 0.8), (0, -1, 0))
    column, row, weight = matrix @ (1.5, 0.7, 1)
    expected = CAMERA.project((-2 + 0.6 * 1.5, 3 - 0.7, 5 + 0.8 * 1.5))
    assert (column / weight, row / weight) == pytest.approx(expected[:2])


def test_the_ground_under_a_row_projects_back_to_that_row():
    z = CAMERA.ground_at(800)
    assert CAMERA.project((0, 0, z))[1] == pytest.approx(800)


def test_a_smaller_frame_shows_the_same_view():
    half = CAMERA.scaled(0.5)
    assert np.multiply(half.project((1, 2, 3)), 2) == pytest.approx(CAMERA.project((1, 2, 3)))


def test_a_hand_holds_the_camera_within_a_few_centimetres():
    offsets = np.array([handheld(t / 24, 1.0) for t in range(480)])
    assert 0.01 < np.abs(offsets).max() < 0.05
    assert np.abs(np.diff(offsets, axis=0)).max() < 0.006  # no jerk from one frame to the next
