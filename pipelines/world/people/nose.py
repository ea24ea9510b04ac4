"""The nose: a ball, two wings and one soft side; simple reads better than exact."""

from dataclasses import dataclass

import skia

from pipelines.world.geometry import Point3, clamp, mix, oval, smooth
from pipelines.world.people.loft import View
from pipelines.world.people.look import Look
from pipelines.world.styles.painter import Painter


@dataclass(frozen=True)
class Nose:
    height: float  # y of its tip
    tip: float  # how far the tip stands out
    size: float
    profile: tuple[Point3, ...]  # from the bridge to under the tip

    @staticmethod
    def of(look: Look, eye: float) -> "Nose":
        """The nose of a look; `eye` is the height of the eyes."""
        child, feminine = look.childhood, look.feminine
        tip = 0.25 * look.nose * (1 - 0.35 * child) * (1 - 0.15 * feminine)
        y = 0.40 - 0.03 * child
        profile = (
            (0.0, eye - 0.06, 0.93), (0.0, eye + 0.12, 0.99 + tip * 0.3), (0.0, y - 0.05, 0.99 + tip),
            (0.0, y + 0.05, 0.985 + tip * 0.85), (0.0, y + 0.15, 0.98),
        )  # fmt: skip
        return Nose(y, tip, look.nose * (1 - 0.25 * child) * (1 - 0.22 * feminine), profile)


def draw_nose(painter: Painter, look: Look, nose: Nose, view: View, head: skia.Path) -> None:
    """Paints the nose on a head of that outline."""
    size, y, tip_out, s = view.size, nose.height, nose.tip, nose.size
    shade, light = mix(look.skin, (112, 44, 62), 0.36), mix(look.skin, (255, 238, 214), 0.45)
    flush = (min(255, look.skin[0] * 1.03 + 6), look.skin[1] * 0.90, look.skin[2] * 0.88)
    tip, radius = view((0, y, 0.99 + tip_out * 0.55)), size * 0.155 * s
    dx = painter.light.key_towards[0]
    side = (1 if dx < 0 else -1) if abs(view.yaw) < 0.25 else (-1 if view.yaw > 0 else 1)
    with painter.clipped(head):
        x, row = view((side * 0.12 * s, y - 0.08, 0.97))
        painter.tone(x, row, size * 0.09, size * 0.20, shade, 0.34)
        painter.tone(tip[0] + side * size * 0.02, tip[1] + radius, radius * 1.3, radius * 0.5, shade, 0.55)
    if size < 11:
        painter.patch(oval(tip[0], tip[1] + radius * 0.2, radius, radius * 0.8), mix(look.skin, shade, 0.5), 0.7)
        return
    wings = [view((w * 0.135 * s, y + 0.07, 0.97 + tip_out * 0.2)) for w in (-1, 1)]
    ball = oval(tip[0], tip[1], radius, radius * 0.92)
    wing_paths = [oval(w[0], w[1], radius * 0.56, radius * 0.46) for w in wings]
    for path in wing_paths:
        painter.patch(path, mix(flush, shade, 0.28))
    painter.body(ball, flush, radius, rim=0.0, form=0.55)
    if size > 15:
        under = [
            (wings[0][0], wings[0][1] + radius * 0.34),
            (tip[0], tip[1] + radius * 0.95),
            (wings[1][0], wings[1][1] + radius * 0.34),
        ]
        painter.line(under, mix(shade, (90, 30, 40), 0.3), size * 0.022, 0.55)
        gleam = clamp(size / 60, 0.5, 1)
        painter.tone(
            tip[0] + dx * radius * 0.42,
            tip[1] - radius * 0.40,
            radius * 0.28,
            radius * 0.2,
            (255, 252, 240),
            0.7 * gleam,
        )
        bridge = [
            view((0, nose.profile[0][1] + 0.06, 0.95)),
            view((0, 0.22, 1.0 + tip_out * 0.3)),
            (tip[0], tip[1] - radius * 0.6),
        ]
        painter.line(smooth(bridge, closed=False), light, size * 0.055 * s, 0.22)
