"""Signs of life that every animal shows: breath, blinks, glances, and when it calls."""

import math
from functools import lru_cache

import numpy as np

from pipelines.sound.mouth import mouth_at
from pipelines.world.actor import Role
from pipelines.world.geometry import bump, ease

BLINK = 0.07  # seconds from open to closed


@lru_cache(maxsize=256)
def _times(seed: tuple[int, ...], seconds: float, shortest: float, longest: float) -> tuple[float, ...]:
    rng = np.random.default_rng(list(seed))
    times, t = [], float(rng.uniform(0.25, longest))
    while t < seconds + longest:
        times.append(round(t, 4))
        t += float(rng.uniform(shortest, longest))
    return tuple(times)


def moments(role: Role, salt: int, shortest: float, longest: float) -> tuple[float, ...]:
    """Times in the shot that are `shortest` to `longest` seconds apart, the role's own."""
    return _times((role.seed, role.index, salt), role.seconds, shortest, longest)


def blink(role: Role, t: float) -> float:
    """How far the lids are closed by a passing blink, 0 to 1."""
    return max((bump(t, at, BLINK) for at in moments(role, 1, 1.3, 3.4) if abs(t - at) < 0.3), default=0.0)


def glance(role: Role, t: float) -> tuple[float, float]:
    """(yaw, pitch) in −1 to 1 of a head that looks about: it rests, turns within half a second, rests."""
    times = (0.0, *moments(role, 2, 0.9, 2.2))
    i = max(n for n, at in enumerate(times) if at <= max(t, 0.0))
    k = ease(min(1.0, (t - times[i]) / 0.42))
    (a, b), (c, d) = _target(role, i - 1), _target(role, i)
    return a + (c - a) * k, b + (d - b) * k


@lru_cache(maxsize=512)
def _glances(seed: int, index: int, number: int) -> tuple[float, float]:
    rng = np.random.default_rng([seed, index, 3, number + 5])
    return float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))


def _target(role: Role, number: int) -> tuple[float, float]:
    if number < 0:
        return 0.0, 0.0
    yaw, pitch = _glances(role.seed, role.index, number)
    return (abs(yaw) if number % 2 == 0 else -0.3 * yaw), 0.7 * pitch


def breath(t: float, pace: float = 0.4) -> float:
    """−1 to 1: one breath in and out; `pace` is breaths per second."""
    return math.sin(2 * math.pi * pace * t)


def calls(role: Role, shortest: float, longest: float, first: float = 0.8) -> tuple[float, ...]:
    """When the animal calls, within the shot."""
    times = tuple(first - 0.25 + at for at in moments(role, 4, shortest, longest))
    return tuple(at for at in times if at < role.seconds - 0.3)


def calling(times: tuple[float, ...], t: float, seconds: float) -> float:
    """How far the mouth is open because of a call, 0 to 1; it opens just before the sound."""
    for at in times:
        since = t - at + 0.04
        if 0 <= since < seconds + 0.1:
            return math.sin(math.pi * min(1.0, since / (seconds + 0.1))) ** 0.6
    return 0.0


def speaking(role: Role, t: float) -> float | None:
    """How far the mouth is open for its lines, 0 to 1; None while it does not speak."""
    for cue in role.cues:
        if -0.2 <= t - cue.time <= cue.speech.seconds + 0.2:
            return mouth_at(cue.speech, t - cue.time).open
    return None
