"""Faces: eyes that catch the light, noses, mouths and tongues."""

import math
from dataclasses import dataclass

import skia

from pipelines.world.animals.build import HeadShape, Triple
from pipelines.world.animals.figure import View, between
from pipelines.world.animals.head import Turned, jaw_points, mouth_line
from pipelines.world.geometry import Colour, Point, disc, mix, oval, smooth
from pipelines.world.styles.painter import Painter

MOUTH: Colour = (92, 26, 38)
TONGUE: Colour = (240, 122, 136)
LINE: Colour = (58, 30, 32)


@dataclass(frozen=True)
class Eye:
    """How an eye looks; sizes in pixels."""

    radius: float
    iris: Colour
    lid: Colour
    closed: float  # 0 to 1
    happy: float  # −1 to 1
    pupil: str = "round"
    white: float = 0.0  # 0: the iris fills the eye, 1: much white


def paint_eye(painter: Painter, x: float, y: float, eye: Eye, squash: float, facing: float, tilt: float = 0.0) -> None:
    """One eye; `squash` is its breadth as foreshortened, `facing` says which way is forward on the canvas."""
    r = eye.radius
    if r < 1.0:
        painter.patch(disc(x, y, max(r, 0.7 * painter.unit)), LINE)
        return
    with painter.moved(x, y, -facing * math.degrees(tilt), squash * facing, 1.0):
        if eye.closed > 0.85:
            bow = 0.35 + 0.25 * max(0.0, eye.happy)
            painter.line([(-r, r * 0.05), (0, r * (0.15 + bow)), (r, r * 0.0)], LINE, max(r * 0.26, painter.unit))
            return
        almond = _almond(r)
        painter.patch(_almond(r * 1.13), LINE)
        painter.patch(almond, mix(eye.iris, (250, 246, 240), 0.9 if eye.white else 0.2))
        with painter.clipped(almond):
            _iris(painter, eye)
            if eye.closed > 0:
                painter.patch(skia.Path().addRect(-2 * r, -2 * r, 2 * r, -r + 2 * r * eye.closed), eye.lid)
        if r > 2.5:
            upper = [(-r * 1.12, -r * 0.05), (-r * 0.5, -r * 0.86), (r * 0.35, -r * 0.98), (r * 1.14, -r * 0.18)]
            painter.line(upper, LINE, r * 0.26)
    _sparkle(painter, x, y, eye, facing * squash)


def _almond(r: float) -> skia.Path:
    return smooth(
        [
            (-r, 0.06 * r),
            (-r * 0.5, -r * 0.82),
            (r * 0.4, -r * 0.92),
            (r * 1.02, -r * 0.1),
            (r * 0.5, r * 0.8),
            (-r * 0.5, r * 0.78),
        ]
    )


def _iris(painter: Painter, eye: Eye) -> None:
    r = eye.radius * (0.84 if eye.white else 0.98)
    painter.patch(disc(r * 0.06, -r * 0.04, r), mix(eye.iris, (20, 8, 10), 0.35))
    painter.patch(disc(r * 0.06, r * 0.10, r * 0.80), eye.iris)
    painter.tone(r * 0.06, r * 0.5, r * 0.6, r * 0.4, mix(eye.iris, (255, 226, 170), 0.6), 0.8)
    if eye.pupil == "slit":
        painter.patch(oval(r * 0.06, 0, r * 0.36, r * 0.80), (18, 12, 16))
    elif eye.pupil == "bar":
        painter.patch(oval(r * 0.06, 0, r * 0.62, r * 0.30), (18, 12, 16))
    else:
        painter.patch(disc(r * 0.08, -r * 0.02, r * 0.56), (18, 12, 16))


def _sparkle(painter: Painter, x: float, y: float, eye: Eye, facing: float) -> None:
    """The light in the eye: what makes it alive."""
    if eye.closed > 0.5:
        return
    r = eye.radius
    with painter.shining():
        painter.patch(disc(x + facing * r * 0.36, y - r * 0.36, r * 0.27), (255, 252, 244), 0.96)
        if r > 3:
            painter.patch(disc(x - facing * r * 0.28, y + r * 0.34, r * 0.13), (255, 246, 230), 0.7)


def paint_eyes(painter: Painter, view: View, shape: HeadShape, turned: Turned, eye: Eye, roll: float) -> None:
    """Both eyes, as far as the camera sees them; the far one goes round the edge of the head."""
    forward, up, aside = shape.eye
    for side in (-1, 1):
        seen = turned.depth(_unit((forward * 0.75, up * 0.4, side * aside * 1.1)))
        if seen < 0.10:
            continue
        x, y = view.at(turned.at((forward, up, side * aside)))
        facing = math.copysign(1.0, view.facing)
        squash = min(1.0, 0.12 + seen)
        if seen > 0.6:
            paint_eye(painter, x, y, eye, squash, facing, roll)
            continue
        with painter.clipped(view.outline(turned.solid((0, 0, 0), shape.skull))):
            paint_eye(painter, x, y, eye, squash, facing, roll)


def _unit(v: Triple) -> Triple:
    length = math.sqrt(sum(c * c for c in v)) or 1.0
    return v[0] / length, v[1] / length, v[2] / length


def paint_nose(painter: Painter, view: View, shape: HeadShape, turned: Turned, pigment: Colour) -> None:
    """The nose at the muzzle's end; hoofed animals have only nostrils."""
    forward, up, radius = shape.nose
    if shape.nose_style == "nostrils":
        for side in (-1, 1):
            breadth = shape.muzzle_tip[2] * shape.muzzle_breadth
            place = (forward, up, side * breadth * 0.55)
            if turned.depth(_unit((0.7, 0.1, side * 1.0))) > 0.1:
                x, y = view.at(turned.at(place))
                r = radius * turned.radius * view.scale
                painter.patch(oval(x, y, r * 0.75, r), mix(pigment, (20, 10, 14), 0.5))
        return
    axes = (radius * 0.72, radius * 0.82, radius * 1.05)
    path = view.outline(turned.solid((forward, up, 0), axes))
    r = radius * turned.radius * view.scale
    painter.body(path, pigment, r, rim=0.0, form=0.6 if r > 12 else 0.0)
    if r > 3:
        x, y = view.at(turned.at((forward + radius * 0.3, up + radius * 0.42, radius * 0.25)))
        with painter.shining():
            painter.patch(oval(x, y, r * 0.34, r * 0.20), (255, 250, 246), 0.55)


def paint_jaw(
    painter: Painter,
    view: View,
    shape: HeadShape,
    turned: Turned,
    opened: float,
    tongue: float,
    pigment: Colour,
    pant: float,
) -> None:
    """The lower jaw, the mouth behind it and the tongue; painted before the head's silhouette."""
    outline, hinge, edge = jaw_points(shape, turned, opened)
    thick = shape.muzzle_tip[2] * turned.radius
    painter.body(
        view.hull(outline), pigment, thick * shape.jaw * view.scale, rim=0.0, form=0.5 * (view.scale * thick > 20)
    )
    if opened < 0.06:
        return
    roof = turned.at(
        (shape.muzzle_tip[0] + 0.3 * shape.muzzle_tip[2], shape.muzzle_tip[1] - 0.2 * shape.muzzle_tip[2], 0)
    )
    root, tip = _sides(shape, turned)
    painter.patch(view.hull([hinge, edge, roof, root, tip, between(hinge, edge, 0.5)]), MOUTH)
    if tongue > 0.02:
        _tongue(painter, view, hinge, edge, thick, tongue, pant)


def _sides(shape: HeadShape, turned: Turned) -> tuple[Point, Point]:
    forward, up, thick = shape.muzzle_tip
    return turned.at((shape.mouth, shape.muzzle_root[1] - 0.3, 0)), turned.at(
        (forward, up - 0.3 * thick, thick * shape.muzzle_breadth * 0.7)
    )


def _tongue(painter: Painter, view: View, hinge: Point, edge: Point, thick: float, out: float, pant: float) -> None:
    """A tongue that lies in the jaw and hangs over its edge."""
    dx, dy = edge[0] - hinge[0], edge[1] - hinge[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    hang = thick * (0.35 + 1.25 * out + 0.2 * pant)
    wide = thick * 0.52

    def place(along: float, drop: float) -> Point:
        return edge[0] + ux * along, edge[1] + uy * along - drop

    points = [
        between(hinge, edge, 0.45),
        place(-0.8 * wide, -0.35 * thick),
        place(0.10 * wide, -0.15 * thick),
        place(0.35 * wide, hang * 0.55),
        place(0.0, hang),
        place(-0.95 * wide, hang * 1.02),
        place(-1.5 * wide, hang * 0.6),
        place(-1.7 * wide, 0.1 * thick),
    ]
    painter.body(view.outline(points), TONGUE, wide * view.scale, rim=0.0, form=0.7 * (view.scale * thick > 20))
    if thick * view.scale > 6:
        painter.line(
            view.all([place(-0.9 * wide, 0), place(-0.6 * wide, hang * 0.7)]),
            mix(TONGUE, LINE, 0.4),
            thick * view.scale * 0.08,
            0.6,
        )


def paint_mouth(painter: Painter, view: View, shape: HeadShape, turned: Turned, smile: float) -> None:
    """The line of the mouth on the sides that are seen."""
    width = max(0.042 * turned.radius * view.scale, 0.6 * painter.unit)
    for side in (-1, 1):
        if turned.depth(_unit((0.65, -0.1, side * 0.9))) > (0.05 if side > 0 else 0.32):
            places = mouth_line(shape, turned, side, smile)
            shown = places[:3] if turned.yaw > 0.8 and shape.mouth > 0.9 else places  # a long muzzle hides its corners
            painter.line(view.all(shown), LINE, width, 0.85)
