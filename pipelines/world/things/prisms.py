"""Things with edges: an outline with depth, seen in perspective, so that a side and the top show."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from pipelines.world.geometry import Colour, Point, mix, polygon
from pipelines.world.things.thing import Seen

LIGHTER, DARKER = (255, 248, 232), (26, 14, 52)


def prism(
    seen: Seen, outline: Sequence[Point], depth: float, pigment: Colour, front: Callable[[], None] | None = None
) -> None:
    """Paints a convex outline (metres, counter-clockwise, along the thing's own axes) that reaches `depth` metres along
    z; `front` paints marks on the face towards the camera."""
    near = [seen.at(x, y, -depth / 2) for x, y in outline]
    far = [seen.at(x, y, depth / 2) for x, y in outline]
    hull = cv2.convexHull(np.array(near + far, np.float32))[:, 0]
    scale = seen.spot[2]
    size = max(max(abs(x), abs(y)) for x, y in outline) * scale

    def faces() -> None:
        for i in range(len(outline)):
            _side(seen, outline, near, far, i, pigment)
        seen.painter.patch(polygon(near), pigment)
        if front is not None:
            front()

    seen.painter.body(polygon([(float(x), float(y)) for x, y in hull]), pigment, size * 0.6, detail=faces, form=0.0)


def _side(seen: Seen, outline: Sequence[Point], near: list[Point], far: list[Point], i: int, pigment: Colour) -> None:
    """Paints the face over one edge of the outline, if the camera sees it, by how it faces the light."""
    j = (i + 1) % len(outline)
    a, b = near[i], near[j]
    c = far[j]
    turning = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    if turning >= 0:
        return
    length = max(np.hypot(b[0] - a[0], b[1] - a[1]), 1e-6)
    normal = ((b[1] - a[1]) / length, -(b[0] - a[0]) / length)  # in the frame, outwards
    dx, dy = seen.painter.light.key_towards
    facing = -(normal[0] * dx + normal[1] * dy)
    shade = mix(pigment, LIGHTER, 0.38 * facing) if facing > 0 else mix(pigment, DARKER, 0.18 - 0.34 * facing)
    seen.painter.patch(polygon([a, b, c, far[i]]), shade)


def strip(seen: Seen, left: float, bottom: float, right: float, top: float, z: float, pigment: Colour) -> None:
    """Paints a rectangle on a face, in metres along the thing's own axes."""
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    seen.painter.patch(polygon([seen.at(x, y, z) for x, y in corners]), pigment)
