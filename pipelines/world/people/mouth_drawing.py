"""The mouth: lips on the head's surface; inside, the dark, tongue and upper teeth. Speech changes six numbers."""

from collections.abc import Callable

import skia

from pipelines.world.geometry import Point, mix, oval, smooth
from pipelines.world.people.loft import Loft, View
from pipelines.world.people.look import Look
from pipelines.world.people.pose import Face
from pipelines.world.styles.painter import Painter

Place = Callable[[float, float], Point]  # a point of the mouth: across it, down; both from its middle


def draw_mouth(painter: Painter, look: Look, loft: Loft, view: View, face: Face) -> None:
    """Paints the mouth of a face; the painter should be clipped to the head."""
    mouth, child, size = face.mouth, look.childhood, view.size
    y, smile = 0.715 - 0.07 * child, face.smile
    grin = max(0.0, smile)
    width = (0.285 + 0.085 * mouth.wide - 0.13 * mouth.round + 0.055 * grin) * (1 - 0.16 * child)
    opened = mouth.open * 0.36
    pout = 0.03 + 0.07 * mouth.round - 0.02 * mouth.closed
    corner = -0.075 * smile * (1 - 0.4 * mouth.round)

    def on(x: float, dy: float) -> Point:
        return view(loft.at(x * width, y + dy, pout))

    sag = 0.035 * grin * (1 - min(1.0, opened * 8))
    top = [
        (-1, corner),
        (-0.5, -0.012 - opened * 0.10 + 0.25 * corner + sag),
        (-0.16, -0.030 - opened * 0.16 + sag),
        (0, -0.020 - opened * 0.16 + sag),
        (0.16, -0.030 - opened * 0.16 + sag),
        (0.5, -0.012 - opened * 0.10 + 0.25 * corner + sag),
        (1, corner),
    ]
    low = opened + 0.02 * (1 - mouth.closed) + sag
    bottom = [
        (0.74, 0.014 + opened * 0.52 + 0.5 * corner + sag),
        (0.42, 0.022 + low * 0.88 + sag * 0.3),
        (0.0, 0.026 + low),
        (-0.42, 0.022 + low * 0.88 + sag * 0.3),
        (-0.74, 0.014 + opened * 0.52 + 0.5 * corner + sag),
    ]
    _lips(painter, look, on, top, bottom, opened, size)
    inner_top = [on(x * 0.94, dy * 0.85 + 0.004) for x, dy in top]
    if opened > 0.018:
        inner_bottom = [on(x * 0.92, dy - 0.026) for x, dy in bottom]
        inside = smooth(inner_top + inner_bottom)
        with painter.clipped(inside):
            _inside(painter, on, mouth.teeth, mouth.tongue, opened, width, inside, size)
        painter.line(inside, (86, 30, 38), size * 0.018, 0.6)
    else:
        painter.line(inner_top, (104, 40, 44), max(size * (0.028 + 0.008 * mouth.closed), 0.8 * painter.unit), 0.9)
    if grin > 0.2 and size > 15:
        shade = mix(look.skin, (112, 44, 62), 0.4)
        for side in (-1, 1):
            dimple = [on(side * 1.10, corner - 0.05), on(side * 1.16, corner), on(side * 1.12, corner + 0.05)]
            painter.line(dimple, shade, size * 0.022, 0.5 * grin)


def _lips(
    painter: Painter, look: Look, on: Place, top: list[Point], bottom: list[Point], opened: float, size: float
) -> None:
    thick = 0.45 + 0.6 * look.feminine
    skin = mix(look.skin, (140, 60, 64), 0.22)
    colour = mix(skin, look.lips, 0.45 + 0.5 * look.feminine)
    shade = mix(look.skin, (112, 44, 62), 0.4)
    x, row = on(0, 0.17 + opened)
    painter.tone(x, row, size * 0.22, size * 0.06, shade, 0.35)
    upper = [on(x * 1.02, dy * 1.1 - 0.026 * thick * (abs(x) < 0.9)) for x, dy in top]
    lower = [on(x, dy + 0.036 * thick) for x, dy in bottom]
    a, b = on(0, -0.08), on(0, 0.12 + opened)
    painter.blend(
        smooth(upper + lower),
        a,
        b,
        ((0, mix(colour, shade, 0.30), 0.92), (1, mix(colour, (255, 214, 196), 0.16), 0.92)),
    )
    if size > 30:
        x, row = on(0.12 * painter.light.key_towards[0], 0.055 + opened)
        painter.tone(x, row, size * 0.09, size * 0.018, (255, 238, 226), 0.45)


def _inside(
    painter: Painter,
    on: Place,
    teeth: float,
    tongue: float,
    opened: float,
    width: float,
    inside: skia.Path,
    size: float,
) -> None:
    painter.patch(inside, (66, 18, 30))
    if tongue > 0.02 or opened > 0.08:
        x, row = on(0, 0.03 + opened * (0.95 - 0.45 * tongue))
        painter.patch(oval(x, row, size * width * 0.72, size * (0.05 + 0.22 * opened + 0.06 * tongue)), (206, 92, 96))
    if teeth > 0.05:
        edge = 0.016 + 0.018 * teeth
        curve = [
            (-1, -0.07 - opened * 0.1),
            (0, -0.08 - opened * 0.2),
            (1, -0.07 - opened * 0.1),
            (0.8, edge),
            (0, edge + 0.016),
            (-0.8, edge),
        ]
        painter.patch(smooth([on(x * 0.85, dy) for x, dy in curve]), (250, 242, 228), 0.97)
