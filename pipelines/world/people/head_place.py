"""Where a head is: what everybody who paints a head, or a part of one, is told."""

from dataclasses import dataclass

from pipelines.world.geometry import Point
from pipelines.world.people.loft import View
from pipelines.world.people.pose import Face

FAR = 17  # pixels of half-width below which only what reads is painted


@dataclass(frozen=True)
class HeadPlace:
    """Where and how a head is seen."""

    view: View  # turned as the camera sees it; its unit is half the head's width
    face: Face
    t: float  # seconds
    wind: float  # 0 to 1
    drift: Point = (0.0, 0.0)  # how far what hangs from it trails behind, in half-widths
