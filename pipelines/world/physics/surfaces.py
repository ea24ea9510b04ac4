"""How the ground and walls answer to what meets them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Surface:
    lively: float  # share of a body's own bounce that it gives back, 0 to 1
    grip: float  # friction
    rolling: float  # deceleration of what rolls on it, as a share of gravity


SURFACES: dict[str, Surface] = {
    "wood": Surface(1.0, 0.6, 0.02),
    "stone": Surface(1.0, 0.7, 0.02),
    "asphalt": Surface(0.98, 0.8, 0.022),
    "tile": Surface(1.0, 0.5, 0.014),
    "metal": Surface(0.95, 0.4, 0.014),
    "glass": Surface(0.92, 0.4, 0.014),
    "rim": Surface(0.75, 0.4, 0.014),
    "backboard": Surface(0.92, 0.4, 0.014),
    "wall": Surface(0.9, 0.6, 0.02),
    "gravel": Surface(0.5, 0.8, 0.07),
    "grass": Surface(0.8, 0.7, 0.05),
    "leaves": Surface(0.55, 0.7, 0.08),
    "carpet": Surface(0.82, 0.8, 0.035),
    "sand": Surface(0.5, 0.9, 0.1),
    "snow": Surface(0.3, 0.4, 0.1),
    "water": Surface(0.1, 0.1, 0.02),
}
PLAIN = Surface(0.9, 0.6, 0.03)
STILL, FULL = 0.12, 1.0  # m/s: below STILL nothing bounces, from FULL on everything does as much as it can


def surface_named(material: str) -> Surface:
    """The surface of that name, or a plain one."""
    return SURFACES.get(material, PLAIN)


def kept(bounce: float, speed: float) -> float:
    """Share of the approach speed (m/s) that is kept: felt and dust eat the last small hops."""
    return bounce * min(1.0, max(0.0, (speed - STILL) / (FULL - STILL)))
