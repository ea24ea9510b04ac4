"""The third dimension of a staged ball: a rim is a ring, so that a touch off its middle turns the way of the ball.

What is simulated in one plane is swung about the upright through that touch. Speeds, heights, bounces and rolling stay
as they were; the plane of the flight is another.
"""

import math

import numpy as np

from pipelines.world.physics.contacts import RATE, Flight
from pipelines.world.things.thing import about_y, about_z

STEPS_IN = 3  # swings tried per degree
LEAST, MOST = 24, 72  # degrees
NEAREST = 2.8  # metres that it may come towards the camera
NARROWS = 0.2  # metres that the view narrows on each side per metre nearer to the camera


def swung(flight: Flight, after: float, left: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """((steps,) x, (steps,) z in metres, (steps, 3, 3) float32 rotations) of body 0, turned towards the camera from a
    time on, just so far that it ends in the view that begins at `left` metres."""
    begin = min(round(after * RATE) + 1, len(flight.positions) - 1)
    x, angles = flight.positions[:, 0, 0].copy(), flight.angles[:, 0]
    pivot = x[begin]
    swing = math.radians(_swing(pivot, x[-1] - pivot, left))
    way = x[begin:] - pivot
    z = np.zeros(len(x))
    x[begin:], z[begin:] = pivot + way * math.cos(swing), way * math.sin(swing)
    turns = np.array([about_z(float(angle)) for angle in angles])
    plane = about_y(-swing)
    turns[begin:] = plane @ turns[begin:] @ np.linalg.inv(turns[begin]) @ plane.T @ turns[begin]
    return x, z, turns.astype(np.float32)


def _swing(pivot: float, way: float, left: float) -> float:
    """Degrees, the fewest that bring the end of the way into view."""
    for degrees in np.arange(LEAST, MOST, 1 / STEPS_IN):
        aside, nearer = way * math.cos(math.radians(degrees)), -way * math.sin(math.radians(degrees))
        if pivot + aside > left + NARROWS * nearer or nearer > NEAREST:
            return float(degrees)
    return float(MOST)
