"""The lengths of a body, from its look."""

from dataclasses import dataclass

from pipelines.world.geometry import lerp
from pipelines.world.people.look import Look

ADULT_LEG = 0.415  # metres: a bone of the leg of somebody of 1.75 m, to which usual speeds belong
Row = tuple[float, float, float]  # place along the spine (0 pelvis, 1 shoulders), half-width, half-depth in metres


@dataclass(frozen=True)
class Measures:
    """All lengths in metres."""

    height: float
    head: float  # half the width of the head
    shoulder_height: float
    hip_height: float
    ankle: float  # height of the ankle
    leg: float  # each of its two bones
    upper_arm: float
    forearm: float
    hand: float
    shoulder: float  # half the distance between the shoulders
    hip: float  # half the distance between the hips
    limb: float  # unit of thickness
    rows: tuple[Row, ...]  # the torso
    heel: float  # from under the ankle back to the heel
    ball: float  # from under the ankle forward to the ball of the foot
    toe: float

    @property
    def spine(self) -> float:
        return self.shoulder_height - self.hip_height

    @property
    def arm(self) -> float:
        """From shoulder to wrist."""
        return self.upper_arm + self.forearm

    @property
    def pace(self) -> float:
        """How fast it goes, relative to an adult: by the square root of the legs' length (Froude's law)."""
        return (self.leg / ADULT_LEG) ** 0.5


def measures_of(look: Look) -> Measures:
    """The body that belongs to a look."""
    height, child, feminine = look.height, look.childhood, look.feminine
    head = look.head_unit
    shoulders = height - 2.535 * head - 0.024 * height
    hips = shoulders * lerp(0.630, 0.585, child)
    ankle = 0.046 * height
    shoulder = 0.112 * height * (1 - 0.13 * feminine) * (1 - 0.04 * child) * (0.5 + 0.5 * look.build)
    foot = height * lerp(1.0, 1.12, child)
    return Measures(
        height,
        head,
        shoulders,
        hips,
        ankle,
        (hips - ankle) / 2 * 1.012,
        0.168 * height,
        0.152 * height,
        0.090 * height * (1 - 0.08 * feminine) * (1 + 0.08 * child),
        shoulder,
        0.046 * height * (1 + 0.10 * feminine),
        height * look.build * (1 - 0.10 * feminine) * (1 + 0.12 * child),
        _torso(look, shoulder),
        0.030 * foot,
        0.066 * foot,
        0.108 * foot,
    )


def _torso(look: Look, shoulder: float) -> tuple[Row, ...]:
    """Pelvis, waist, chest, shoulders, neck."""
    thick, feminine, child, belly = look.height * look.build, look.feminine, look.childhood, look.belly
    hips = (0.086 + 0.010 * feminine) * thick
    return (
        (-0.30, 0.92 * hips, 0.056 * thick),
        (-0.10, 1.00 * hips, (0.060 + 0.006 * feminine) * thick),
        (0.12, 0.97 * hips, (0.060 + 0.010 * belly) * thick),
        (0.40, (0.077 - 0.013 * feminine + 0.012 * child + 0.020 * belly) * thick, (0.056 + 0.030 * belly) * thick),
        (0.64, (0.090 - 0.012 * feminine) * thick, (0.062 + 0.010 * belly) * thick),
        (0.80, 0.95 * shoulder, 0.058 * thick),
        (0.90, 0.88 * shoulder, 0.050 * thick),
        (0.965, 0.68 * shoulder, 0.042 * thick),
        (1.015, 0.44 * shoulder, 0.036 * thick),
        (1.06, 0.27 * shoulder, 0.032 * thick),
        (1.10, 0.030 * look.height * look.build, 0.030 * thick),
    )
