"""Heads: a replaceable part. Who draws one gets a HeadPlace and paints what hangs behind the body, then the rest."""

from collections.abc import Sequence
from typing import Protocol

import skia

from pipelines.world.geometry import Colour, Point, Point3, mix, smooth, union
from pipelines.world.people.bows import draw_bow
from pipelines.world.people.eyes import draw_brow, draw_eye
from pipelines.world.people.facial_hair import draw_beard, draw_moustache, draw_stubble
from pipelines.world.people.hair import draw_back_hair, draw_front_hair
from pipelines.world.people.hats import draw_hat, hides_hair
from pipelines.world.people.head_place import FAR, HeadPlace
from pipelines.world.people.loft import View
from pipelines.world.people.look import Look
from pipelines.world.people.mouth_drawing import draw_mouth
from pipelines.world.people.nose import Nose, draw_nose
from pipelines.world.people.skull import skull
from pipelines.world.styles.painter import Painter


class Head(Protocol):
    """Paints one person's head."""

    def draw_behind(self, painter: Painter, place: HeadPlace) -> None:
        """What hangs behind the shoulders, such as long hair."""

    def draw(self, painter: Painter, place: HeadPlace) -> None:
        """The head itself."""


class DrawnHead:
    """The usual head, drawn from a look."""

    def __init__(self, look: Look) -> None:
        self.look, self.loft = look, skull(look)
        self.eye_height = 0.03 + 0.10 * look.childhood
        self.nose = Nose.of(look, self.eye_height)
        skin = look.skin
        self.shade: Colour = mix(skin, (112, 44, 62), 0.36)
        self.light: Colour = mix(skin, (255, 238, 214), 0.4)
        self.flush: Colour = (min(255, skin[0] * 1.06 + 8), skin[1] * 0.76, skin[2] * 0.78)

    def draw_behind(self, painter: Painter, place: HeadPlace) -> None:
        if not hides_hair(self.look.hat):
            draw_back_hair(painter, self.look, place.view, place)

    def draw(self, painter: Painter, place: HeadPlace) -> None:
        """Paints the head at its place."""
        look, view, face = self.look, place.view, place.face
        size = view.size
        draw_hat(painter, look, view, place, back=True)
        covered = look.hair_style in ("long", "bob", "waves", "ringlets", "afro")
        near = [side for side in (-1, 1) if view.nearness(self.loft.at(side * 1.6, 0)) >= 0.12]
        if not covered:
            for side in (-1, 1):
                if side not in near:
                    self._ear(painter, view, side)
        outline = self._outline(view)
        painter.body(outline, look.skin, size, rim=0.9, form=0.8, detail=lambda: self._skin(painter, view))
        if not covered:
            for side in near:
                self._ear(painter, view, side)
        if not view.away:
            self._features(painter, place, outline)
        if look.beard in ("full", "long"):
            draw_beard(painter, look, place, lambda: draw_mouth(painter, look, self.loft, view, face))
        elif look.beard == "moustache" and not view.away:
            draw_moustache(painter, look, self.loft, place)
        if not hides_hair(look.hat):
            draw_front_hair(painter, look, self.loft, view, place)
        if not view.away:
            for side in (-1, 1):
                if view.nearness(self.at(side * 0.40, self.eye_height)) > 0.26:
                    draw_brow(painter, look, self.loft, view, face, side, self.eye_height)
            self._glasses(painter, view)
        self._hair_bow(painter, view)
        draw_hat(painter, look, view, place, back=False)

    def _hair_bow(self, painter: Painter, view: View) -> None:
        bow = next((e for e in self.look.extras if e.kind == "bow"), None)
        if bow and self.look.feminine >= 0.5 and not self.look.hat:
            x, y = view((0.62, -1.16, 0.25))
            draw_bow(painter, x, y, view.size * 0.42, bow.colour or (216, 56, 110))

    def at(self, angle: float, y: float, out: float = 0.0) -> Point3:
        return self.loft.at(angle, y, out)

    def _on(self, view: View, angle: float, y: float, out: float = 0.0) -> Point:
        return view(self.loft.at(angle, y, out))

    def _outline(self, view: View) -> skia.Path:
        outline = smooth(self.loft.outline(view))
        if abs(view.sin_yaw) > 0.42 and view.cos_yaw > -0.35:
            bridge = [view(p) for p in self.nose.profile] + [view((0, self.eye_height + 0.1, 0.6))]
            outline = union([outline, smooth(bridge)], detail=max(1.0, min(2.0, 60 / view.size)))
        return outline

    def _features(self, painter: Painter, place: HeadPlace, outline: skia.Path) -> None:
        look, view, face = self.look, place.view, place.face
        with painter.clipped(outline):
            for side in (-1, 1):
                if view.nearness(self.at(side * 0.40, self.eye_height)) > 0.2:
                    draw_eye(painter, look, self.loft, view, face, side, self.eye_height)
            if look.beard == "stubble":
                draw_stubble(painter, look, self.loft, view)
            if look.beard not in ("full", "long") and view.nearness(self.at(0, 0.7)) > -0.25:
                draw_mouth(painter, look, self.loft, view, face)
        if view.nearness(self.at(0, self.nose.height)) > -0.25:
            draw_nose(painter, look, self.nose, view, outline)

    def _ear(self, painter: Painter, view: View, side: int) -> None:
        angle, size = side * 1.60, view.size
        points = [
            (0, -0.16, 0.02),
            (0.10, -0.20, 0.15),
            (0.16, -0.04, 0.19),
            (0.10, 0.16, 0.14),
            (0, 0.30, 0.04),
            (-0.08, 0.12, 0.0),
        ]
        path = smooth([self._on(view, angle + side * a, y, out) for a, y, out in points])
        painter.body(path, mix(self.look.skin, self.flush, 0.35), size * 0.16, rim=0.6)
        if size > FAR:
            fold = [
                self._on(view, angle + side * a, y, o)
                for a, y, o in ((0.02, -0.08, 0.07), (0.07, 0.0, 0.11), (0.01, 0.14, 0.06))
            ]
            painter.line(fold, self.shade, size * 0.028, 0.6)

    def _skin(self, painter: Painter, view: View) -> None:
        """Soft tones: cheeks, sockets, forehead, jaw; then the lines of age."""
        if view.away:
            return
        size, child, eye = view.size, self.look.childhood, self.eye_height
        for side in (-1, 1):
            if view.nearness(self.at(side * 0.62, eye + 0.38)) > 0:
                x, y = self._on(view, side * 0.60, eye + 0.37)
                painter.tone(x, y, size * 0.30, size * 0.22, self.flush, 0.50 + 0.15 * child)
                x, y = self._on(view, side * 0.40, eye - 0.06)
                painter.tone(x, y, size * 0.28, size * 0.19, self.shade, 0.26)
        x, y = self._on(view, 0, -0.55)
        painter.tone(x, y, size * 0.46, size * 0.28, self.light, 0.40)
        x, y = self._on(view, 0, 1.06 - 0.16 * child)
        painter.tone(x, y + size * 0.16, size * 0.42, size * 0.14, self.shade, 0.35)
        if self.look.freckles and size > FAR:
            self._freckles(painter, view)
        if self.look.oldness > 0.3 and size > FAR:
            self._age(painter, view)

    def _freckles(self, painter: Painter, view: View) -> None:
        for side in (-1, 1):
            for a, y in ((0.30, 0.34), (0.42, 0.30), (0.55, 0.33), (0.36, 0.43), (0.49, 0.42), (0.62, 0.44)):
                x, row = self._on(view, side * a, self.eye_height + y)
                radius = view.size * 0.016
                painter.patch(
                    smooth([(x - radius, row), (x, row - radius), (x + radius, row), (x, row + radius)]),
                    self.shade,
                    0.55,
                )

    def _age(self, painter: Painter, view: View) -> None:
        """Few lines, well placed."""
        eye, size, alpha = self.eye_height, view.size, 0.5 * self.look.oldness
        nose = self.nose.height
        lines: list[tuple[Sequence[tuple[float, float]], float, float]] = []
        for side in (-1, 1):
            lines.append(
                (((side * 0.23, eye + 0.20), (side * 0.40, eye + 0.26), (side * 0.56, eye + 0.20)), 0.020, alpha)
            )
            lines.append((((side * 0.24, nose), (side * 0.40, nose + 0.13), (side * 0.45, nose + 0.27)), 0.024, alpha))
            for i in range(3):
                crow = [(side * a, eye - 0.01 + i * b) for a, b in ((0.68, 0.055), (0.77, 0.08), (0.85, 0.11))]
                lines.append((crow, 0.015, alpha * 0.7))
        for i in range(2):
            y = -0.38 - i * 0.14
            lines.append((((-0.34, y), (0, y - 0.03), (0.34, y)), 0.017, alpha * 0.55))
        for points, width, strength in lines:
            painter.line([self._on(view, a, y) for a, y in points], self.shade, size * width, strength)

    def _glasses(self, painter: Painter, view: View) -> None:
        extra = next((e for e in self.look.extras if e.kind in ("glasses", "sunglasses")), None)
        if extra is None:
            return
        frame, size = extra.colour or (58, 42, 46), view.size
        dark = extra.kind == "sunglasses"
        for side in (-1, 1):
            if view.nearness(self.at(side * 0.42, 0)) < 0.1:
                continue
            ring = smooth(
                [self._on(view, side * 0.42 + 0.27 * c, self.eye_height + 0.02 + 0.24 * s, 0.10) for c, s in _CIRCLE]
            )
            painter.patch(ring, (40, 36, 48) if dark else (226, 242, 255), 0.86 if dark else 0.14)
            painter.line(ring, frame, max(painter.unit, size * 0.042))
            temple = [self._on(view, side * a, self.eye_height - 0.02, 0.08) for a in (0.69, 1.1, 1.5)]
            painter.line(temple, frame, max(painter.unit, size * 0.035))
        bridge = [self._on(view, a, self.eye_height - 0.02 - y, 0.12) for a, y in ((-0.15, 0), (0, 0.05), (0.15, 0))]
        painter.line(bridge, frame, max(painter.unit, size * 0.036))


_CIRCLE = [
    (1, 0),
    (0.866, 0.5),
    (0.5, 0.866),
    (0, 1),
    (-0.5, 0.866),
    (-0.866, 0.5),
    (-1, 0),
    (-0.866, -0.5),
    (-0.5, -0.866),
    (0, -1),
    (0.5, -0.866),
    (0.866, -0.5),
]
