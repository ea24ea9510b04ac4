"""Footsteps first: feet that never slide by construction, and a pelvis that follows both of them."""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.world.geometry import clamp, curve, ease, lerp
from pipelines.world.people.measures import Measures
from pipelines.world.people.pose import Foot
from pipelines.world.people.skeleton import ankle_of

RATE = 48  # samples a second of the pelvis's height
STRETCH = 0.985  # of a leg's length that a step may use: straighter knees would snap


@dataclass(frozen=True)
class Step:
    """A foot leaves the ground, travels and lands."""

    side: int  # 0 or 1
    lift: float  # seconds
    land: float
    foot: Foot  # where it lands, flat
    rise: float = 0.06  # metres
    strike: float = 0.0  # radians that the toes are up when the heel lands
    push: float = 0.35  # radians that the heel is up when the foot leaves
    kick: float = 0.0  # radians that the foot turns up further behind, as in a run


_HIGH_EARLY = ((0.0, 0.0), (0.36, 1.0), (0.72, 0.42), (1.0, 0.0))  # the path of a running foot


class Footsteps:
    """Where both feet are at any time."""

    def __init__(self, start: tuple[Foot, Foot], steps: Sequence[Step]) -> None:
        self.start = start
        self.steps = tuple([s for s in sorted(steps, key=lambda s: s.lift) if s.side == i] for i in (0, 1))
        self._lifts = tuple([s.lift for s in steps] for steps in self.steps)

    def foot(self, side: int, t: float) -> Foot:
        """One foot at a time in seconds."""
        i = bisect_right(self._lifts[side], t) - 1
        steps = self.steps[side]
        following = steps[i + 1] if i + 1 < len(steps) else None
        if i < 0:
            return replace(self.start[side], pitch=_heel_off(t, following))
        step = steps[i]
        if t < step.land:
            return self._in_air(steps[i - 1].foot if i else self.start[side], step, t)
        strike = -step.strike * (1 - ease((t - step.land) / 0.11))
        return replace(step.foot, pitch=step.foot.pitch + strike + _heel_off(t, following))

    def _in_air(self, origin: Foot, step: Step, t: float) -> Foot:
        k = (t - step.lift) / (step.land - step.lift)
        e = ease(k) * 0.75 + k * 0.25
        height = curve(k, _HIGH_EARLY) if step.kick else math.sin(math.pi * k**0.85)
        pitch = lerp(step.push, -step.strike, ease(k * 1.15 - 0.1)) + step.kick * math.sin(math.pi * clamp(k * 1.35))
        target = step.foot
        return Foot(
            lerp(origin.x, target.x, e), lerp(origin.z, target.z, e), step.rise * height,
            lerp(origin.heading, target.heading, e), pitch + target.pitch * k,
        )  # fmt: skip

    def feet(self, t: float) -> tuple[Foot, Foot]:
        return self.foot(0, t), self.foot(1, t)

    def planted(self, side: int, t: float) -> bool:
        """Whether the foot carries weight."""
        i = bisect_right(self._lifts[side], t) - 1
        return i < 0 or t >= self.steps[side][i].land

    def landings(self) -> list[Step]:
        return sorted((s for steps in self.steps for s in steps), key=lambda s: s.land)

    def mean(self, t: float, window: float = 0.24) -> tuple[float, float]:
        """(x, z) between the feet, smoothed over the seconds of the window to both sides."""
        feet = [self.foot(i, t + window * d) for d in (-1, -0.6, -0.2, 0.2, 0.6, 1) for i in (0, 1)]
        return sum(f.x for f in feet) / 12, sum(f.z for f in feet) / 12


def _heel_off(t: float, following: Step | None) -> float:
    """Radians that the heel has risen before the foot leaves."""
    if following is None:
        return 0.0
    return following.push * ease(1 - (following.lift - t) / 0.22)


class PelvisHeight:
    """The height of the pelvis through a shot: smooth, and never higher than the planted legs reach."""

    def __init__(
        self,
        steps: Footsteps,
        over: Callable[[float], tuple[float, float]],
        measures: Measures,
        seconds: float,
        wish: Callable[[float], float] | None = None,
        blur: float = 0.09,
    ) -> None:
        """`over(t)` is (x, z) of the pelvis; `wish(t)` the height it would like (metres), none: as high as it can;
        `blur` seconds of smoothing."""
        margin = 0.5
        times = np.arange(-margin, seconds + margin, 1 / RATE)
        reach = np.array([_reach(steps, over(t), measures, t) for t in times])
        kernel = np.exp(-0.5 * (np.arange(-12, 13) / (blur * RATE)) ** 2)
        even = np.convolve(np.pad(reach, 12, "edge"), kernel / kernel.sum(), "valid")
        heights = even if wish is None else np.minimum(even, [wish(t) for t in times])
        if wish is not None:
            heights = np.convolve(np.pad(heights, 12, "edge"), kernel / kernel.sum(), "valid")
        excess = np.maximum(heights - reach, 0)
        heights = heights - np.convolve(np.pad(_spread(excess), 12, "edge"), kernel / kernel.sum(), "valid")
        self._start, self._heights = -margin, heights

    def at(self, t: float) -> float:
        place = clamp((t - self._start) * RATE, 0, len(self._heights) - 1.001)
        i, k = int(place), place - int(place)
        return float(self._heights[i] + (self._heights[i + 1] - self._heights[i]) * k)


def _spread(values: np.ndarray, reach: int = 12) -> np.ndarray:
    """The largest value within ± reach samples of each."""
    padded = np.pad(values, reach, "edge")
    return np.max(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)


def _reach(steps: Footsteps, over: tuple[float, float], m: Measures, t: float) -> float:
    """The highest pelvis in metres that the planted legs allow."""
    highest = m.hip_height
    for side in (0, 1):
        if not steps.planted(side, t):
            continue
        ankle = ankle_of(steps.foot(side, t), m)
        aside = math.hypot(ankle[0] - over[0], ankle[2] - over[1])
        length = 2 * m.leg * STRETCH
        highest = min(highest, ankle[1] + math.sqrt(max(0.05, length * length - aside * aside)) + 0.01 * m.height)
    return highest
