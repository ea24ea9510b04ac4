"""Painting a bird: far wing and legs, one silhouette of body and head, face and near wing."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import skia

from pipelines.world.animals.bird_motions import BirdPose, Flyer
from pipelines.world.animals.coat import Coat
from pipelines.world.animals.face import LINE, Eye, paint_eyes
from pipelines.world.animals.figure import View, between, polar, ring
from pipelines.world.animals.head import Turned
from pipelines.world.animals.pose import Foot
from pipelines.world.animals.wings import SHADE, folded_wing, paint_wing, wing_outline
from pipelines.world.geometry import Colour, Point, disc, mix, reach, union
from pipelines.world.styles.painter import Painter


@dataclass(frozen=True)
class Plumage:
    """How a bird is coloured and what is special about its head."""

    coat: Coat
    belly: Colour
    wing: tuple[Colour, Colour, Colour]  # coverts, flight feathers, tips
    beak: Colour
    legs: Colour
    beak_form: str = "cone"  # cone, hook, bill
    beak_size: tuple[float, float] = (0.62, 0.28)  # length, half-thickness, in head radii
    head: Colour | None = None  # of the whole head
    cap: Colour | None = None  # of its top
    ring: Colour | None = None  # round the neck
    disc: Colour | None = None  # of the pale face round each eye
    face: tuple[float, float] = (0.58, 0.50)  # half-height and half-breadth of that, in head radii
    webbed: bool = False
    tufts: bool = False  # ear tufts
    spotted: bool = False
    over: tuple[Callable[..., None], ...] = ()


@dataclass(frozen=True)
class BirdFigure:
    """Everything that fixes one picture of a bird."""

    flyer: Flyer
    plumage: Plumage
    pose: BirdPose
    view: View
    far: View
    t: float

    @property
    def centre(self) -> Point:
        return 0.0, self.flyer.legs + self.pose.lift + self.pose.body

    @property
    def axis(self) -> float:
        """Direction from tail to breast."""
        return self.pose.pitch + self.pose.roll * 0.35

    @property
    def breast(self) -> Point:
        return polar(self.centre, self.axis, self.flyer.length * 0.30)

    @property
    def rump(self) -> Point:
        return polar(self.centre, self.axis + math.pi, self.flyer.length * 0.34)

    @property
    def neck_root(self) -> Point:
        return polar(self.breast, self.axis + 0.5, self.flyer.thick * 0.45)

    @property
    def shoulder(self) -> Point:
        return polar(self.breast, self.axis + 2.2, self.flyer.thick * 0.55)

    @property
    def turned(self) -> Turned:
        root = self.neck_root
        angle = self.axis + self.flyer.neck_angle * (1 - 0.35 * self.axis) + self.pose.neck
        centre = polar(root, angle, self.flyer.neck)
        pose = self.pose
        return Turned(centre, self.flyer.head.radius, pose.head_yaw, pose.head_pitch, pose.head_roll + pose.roll * 0.5)


def reach_of(figure: BirdFigure) -> list[Point]:
    """Points that the bird's outline reaches, in its own metres."""
    flyer, turned, pose = figure.flyer, figure.turned, figure.pose
    root = polar(figure.centre, figure.axis + math.pi, flyer.length * 0.44)
    points = [polar(root, figure.axis + math.pi - pose.tail, flyer.tail[0] * 1.05)]
    points += turned.solid((0, 0, 0), flyer.head.skull)
    points.append(turned.at((flyer.head.nose[0] + figure.plumage.beak_size[0], flyer.head.nose[1], 0.0)))
    points += ring(figure.breast, flyer.thick) + ring(figure.centre, flyer.thick)
    points += [(foot.x + flyer.foot * k, foot.y) for foot in pose.feet or () for k in (-0.3, 1.0)]
    shoulder = figure.shoulder
    if not pose.near:
        points.append(polar(shoulder, figure.axis + pose.flipper + math.pi, flyer.length * 0.86))
    for stroke, side in ((pose.near, 1), (pose.far, -1)):
        if stroke:
            points += wing_outline(flyer.wing, stroke, shoulder, side, figure.axis)[0]
    return points


def paint_bird(painter: Painter, figure: BirdFigure) -> None:
    """The whole bird."""
    pose, view, plumage, flyer = figure.pose, figure.view, figure.plumage, figure.flyer
    shoulder = figure.shoulder
    if pose.far:
        paint_wing(painter, view, flyer.wing, pose.far, shoulder, -1, figure.axis, plumage.wing)
    _legs(painter, figure)
    _tail(painter, figure)
    turned = figure.turned
    _beak(painter, figure, turned, lower=True)
    outline = union(
        _body_paths(figure, turned),
        2.0 if view.scale * flyer.length < 180 else 1.0,
        melt=0.05 * flyer.length * view.scale,
        crisp=_crest(figure, turned),
    )
    painter.body(outline, plumage.coat.base, flyer.thick * view.scale, detail=lambda: _plumage(painter, figure, turned))
    _face(painter, figure, turned)
    for part in plumage.over:
        part(painter, figure)
    if pose.near:
        paint_wing(painter, view, flyer.wing, pose.near, shoulder, 1, figure.axis, plumage.wing)
    else:
        _folded(painter, figure, shoulder)


def _body_paths(figure: BirdFigure, turned: Turned) -> list[skia.Path]:
    flyer, view = figure.flyer, figure.view
    thick = flyer.thick
    tail_root = polar(figure.centre, figure.axis + math.pi, flyer.length * 0.52)
    body = view.limb(
        [tail_root, figure.rump, figure.centre, figure.breast],
        [thick * 0.32, thick * 0.70, thick, thick * 0.92],
        0.9,
        0.7,
    )
    round_breast = view.disc(figure.breast, thick * 0.92)
    root = polar(figure.breast, figure.axis + 0.5, thick * 0.35)
    radius = flyer.head.radius
    neck = view.limb(
        [root, between(root, turned.centre, 0.55), turned.centre],
        [thick * 0.62, radius * 0.72 + thick * 0.08, radius * 0.80],
        0.5,
        0.5,
    )
    return [body, round_breast, neck, view.outline(turned.solid((0, 0, 0), flyer.head.skull))]


def _crest(figure: BirdFigure, turned: Turned) -> list[skia.Path]:
    if not figure.plumage.tufts:
        return []
    return [
        figure.view.outline(
            [turned.at(p) for p in ((0.15, 0.62, side * 0.30), (-0.10, 1.32, side * 0.72), (-0.30, 0.45, side * 0.80))],
            9,
        )
        for side in (-1, 1)
    ]


def _tail(painter: Painter, figure: BirdFigure) -> None:
    length, half = figure.flyer.tail
    root = polar(figure.centre, figure.axis + math.pi, figure.flyer.length * 0.44)
    angle = figure.axis + math.pi - figure.pose.tail
    side = angle + math.pi / 2
    end = polar(root, angle, length)
    points = [
        polar(root, side, half * 0.7),
        polar(end, side, half * 1.15),
        polar(end, angle, length * 0.10),
        polar(end, side, -half * 1.15),
        polar(root, side, -half * 0.7),
    ]
    painter.body(figure.view.outline(points, 9), figure.plumage.wing[1], half * figure.view.scale, rim=0.4, form=0.6)
    if half * figure.view.scale > 6:
        for k in (0.4, -0.4):
            painter.line(
                figure.view.all([root, polar(end, side, half * k)]),
                mix(figure.plumage.wing[1], SHADE, 0.5),
                painter.unit,
                0.5,
            )


def _legs(painter: Painter, figure: BirdFigure) -> None:
    """Thin legs that bend backwards, with toes or webs; short ones under a heavy body."""
    flyer, pose = figure.flyer, figure.pose
    if pose.feet is None:
        return
    width = max(painter.unit, flyer.foot * 0.16 * figure.view.scale)
    for limb, foot in ((1, pose.feet[1]), (0, pose.feet[0])):
        view = figure.view if limb == 0 else figure.far
        pigment = figure.plumage.legs if limb == 0 else mix(figure.plumage.legs, SHADE, 0.35)
        hip = polar(figure.centre, figure.axis - math.pi / 2, flyer.thick * 0.55)
        sole = (foot.x, foot.y + pose.lift)
        length = max(0.02, hip[1] - pose.lift)
        knee, ankle = reach(hip, (sole[0], sole[1] + flyer.foot * 0.12), length * 0.52, length * 0.58, 1)
        knee = (hip[0] - (knee[0] - hip[0]), knee[1]) if knee[0] > hip[0] else knee
        painter.line(view.all([hip, knee]), pigment, width * 1.5)
        painter.line(view.all([knee, ankle]), pigment, width)
        _foot(painter, view, figure, ankle, foot, pigment, width)


def _foot(
    painter: Painter, view: View, figure: BirdFigure, ankle: Point, foot: Foot, pigment: Colour, width: float
) -> None:
    size, hang = figure.flyer.foot, -0.9 * foot.flex
    ground = (ankle[0], ankle[1] - size * 0.12)
    ahead = polar(ground, hang, size)
    if figure.plumage.webbed:
        web = [
            polar(ground, math.pi + hang, size * 0.25),
            polar(ground, hang + 0.5, size * 0.45),
            polar(ahead, hang + 0.2, size * 0.05),
            polar(ground, hang, size * 0.15),
        ]
        painter.body(view.outline(web, 8), pigment, size * 0.2 * view.scale, rim=0.3)
        return
    for spread in (0.0, 0.28, -0.05):
        painter.line(view.all([ground, polar(ground, hang + spread, size * (1 - abs(spread)))]), pigment, width * 0.8)
    painter.line(view.all([ground, polar(ground, math.pi + hang, size * 0.5)]), pigment, width * 0.8)


def _plumage(painter: Painter, figure: BirdFigure, turned: Turned) -> None:
    """Belly, head markings, soft light and shade."""
    flyer, view, plumage, axis = figure.flyer, figure.view, figure.plumage, figure.axis
    thick = flyer.thick
    low = axis - math.pi / 2
    belly = [
        polar(polar(figure.centre, axis, flyer.length * k), low, thick * d)
        for k, d in ((-0.55, 0.35), (-0.3, 0.15), (0.0, 0.10), (0.25, -0.05), (0.42, -0.35))
    ]
    edge = [polar(polar(figure.centre, axis, flyer.length * k), low, thick * 1.7) for k in (0.75, 0.1, -0.6)]
    painter.patch(view.outline([*belly, polar(figure.breast, axis + 0.4, thick * 1.5), *edge]), plumage.belly)
    if plumage.spotted:
        for i in range(14):
            place = polar(
                polar(figure.centre, axis, flyer.length * (0.36 - 0.055 * i)),
                low,
                thick * (0.25 + 0.5 * ((i * 0.618) % 1.0)),
            )
            painter.patch(disc(*view.at(place), thick * 0.055 * view.scale), mix(plumage.coat.base, SHADE, 0.3), 0.8)
    if plumage.head:
        painter.patch(view.outline(turned.solid((0, 0.0, 0), (1.12, 1.08, 1.12))), plumage.head)
        root = polar(figure.breast, axis + 0.5, thick * 0.35)
        painter.patch(
            view.limb([between(root, turned.centre, 0.5), turned.centre], [flyer.head.radius * 1.05] * 2, 0.5, 0.3),
            plumage.head,
        )
    if plumage.ring:
        root = polar(figure.breast, axis + 0.5, thick * 0.35)
        along = math.atan2(turned.centre[1] - root[1], turned.centre[0] - root[0])
        middle = between(root, turned.centre, 0.42)
        ends = [polar(middle, along + s * math.pi / 2, thick * 1.2) for s in (1, -1)]
        painter.line(
            view.all([ends[0], polar(middle, along + math.pi, thick * 0.06), ends[1]]),
            plumage.ring,
            thick * 0.20 * view.scale,
        )
    if plumage.cap:
        painter.patch(view.outline(turned.solid((-0.10, 0.62, 0), (1.0, 0.62, 1.0))), plumage.cap)
    if plumage.disc:
        _pale_face(painter, figure, turned)
    x, y = view.at(polar(figure.centre, axis + math.pi / 2, thick * 0.55))
    s = view.scale
    painter.tone(x, y, flyer.length * 0.36 * s, thick * 0.4 * s, mix(plumage.coat.base, (255, 246, 220), 0.6), 0.35)
    x, y = view.at(polar(figure.centre, low, thick * 1.0))
    painter.tone(x, y, flyer.length * 0.4 * s, thick * 0.5 * s, mix(plumage.belly, SHADE, 0.7), 0.45)
    x, y = view.at(turned.at((-0.1, -1.0, 0.2)))
    painter.tone(
        x, y, flyer.head.radius * 0.9 * s, flyer.head.radius * 0.4 * s, mix(plumage.coat.base, SHADE, 0.7), 0.35
    )


def _face(painter: Painter, figure: BirdFigure, turned: Turned) -> None:
    shape, view, plumage, pose = figure.flyer.head, figure.view, figure.plumage, figure.pose
    _beak(painter, figure, turned, lower=False)
    iris = plumage.coat.iris or shape.iris
    eye = Eye(
        shape.eye_size * shape.radius * view.scale,
        iris,
        plumage.head or plumage.coat.base,
        pose.lids,
        pose.smile,
        "round",
    )
    paint_eyes(painter, view, shape, turned, eye, pose.head_pitch * math.cos(pose.head_yaw) + pose.head_roll)


def _pale_face(painter: Painter, figure: BirdFigure, turned: Turned) -> None:
    """A pale face: two discs round the eyes."""
    shape, view = figure.flyer.head, figure.view
    forward, up, aside = shape.eye
    for side in (-1, 1):
        if turned.depth((0.7, 0.0, side * 0.7)) < 0.12:
            continue
        place = (forward * 0.94, up - 0.06, side * aside * 0.94)
        path = view.outline(turned.solid(place, (0.22, *figure.plumage.face)))
        painter.patch(path, figure.plumage.disc)
        painter.line(
            path, mix(figure.plumage.disc, LINE, 0.5), max(painter.unit, shape.radius * view.scale * 0.05), 0.5
        )


def _beak(painter: Painter, figure: BirdFigure, turned: Turned, lower: bool) -> None:
    """The upper or the lower half of the beak, opened by the pose."""
    shape, view, plumage = figure.flyer.head, figure.view, figure.plumage
    length, thick = plumage.beak_size
    forward, up, _ = shape.nose
    angle = (-0.42 if lower else 0.10) * figure.pose.beak
    c, s = math.cos(angle), math.sin(angle)

    def at(x: float, y: float, z: float) -> Point:
        return turned.at((forward + x * c - y * s, up + x * s + y * c, z))

    broad = thick * (1.25 if plumage.beak_form == "bill" else 0.8)
    tip_drop = {"cone": -0.02, "hook": -0.45, "bill": -0.10}[plumage.beak_form]
    if lower:
        points = [
            at(-0.15, 0.0, broad),
            at(-0.15, 0.0, -broad),
            at(-0.1, -thick * 0.8, 0),
            at(length * 0.6, -thick * 0.55, broad * 0.5),
            at(length * 0.6, -thick * 0.55, -broad * 0.5),
            at(length * 0.88, -thick * 0.10 + tip_drop * thick, 0),
        ]
        if figure.pose.beak > 0.05:
            inside = [
                at(-0.1, 0, 0),
                at(length * 0.6, 0, broad * 0.4),
                turned.at((forward + length * 0.6, up, 0.0)),
                turned.at((forward, up + 0.05, broad * 0.5)),
            ]
            painter.patch(view.hull(inside), (120, 40, 44))
    else:
        tip = (length, tip_drop * thick, 0.0)
        flat = 0.45 if plumage.beak_form == "bill" else 0.62
        points = [
            at(-0.15, 0.0, broad),
            at(-0.15, 0.0, -broad),
            at(-0.12, thick, 0),
            at(length * 0.62, thick * flat, broad * 0.55),
            at(length * 0.62, thick * flat, -broad * 0.55),
            at(*tip),
        ]
        if plumage.beak_form == "bill":
            points += [at(length * 0.92, thick * 0.42, broad * 0.6), at(length * 0.92, thick * 0.42, -broad * 0.6)]
    pigment = mix(plumage.beak, SHADE, 0.22) if lower else plumage.beak
    size = thick * shape.radius * view.scale
    painter.body(view.hull(points), pigment, size, rim=0.0 if lower else 0.5, form=0.6)
    if not lower and size > 4:
        painter.patch(disc(*view.at(at(length * 0.22, thick * 0.55, broad * 0.5)), size * 0.10), LINE)


def _folded(painter: Painter, figure: BirdFigure, shoulder: Point) -> None:
    """The near wing at rest."""
    flyer, view, plumage = figure.flyer, figure.view, figure.plumage
    length, height = flyer.length * 0.82, flyer.thick * 1.12
    place = polar(shoulder, figure.axis - math.pi / 2, flyer.thick * 0.42)
    angle = figure.axis + figure.pose.flipper
    path = folded_wing(view, place, length, height, angle)

    def feathers() -> None:
        coverts, flight, tips = plumage.wing
        painter.patch(folded_wing(view, place, length * 0.62, height * 0.84, angle), coverts)
        pigment = mix(flight, SHADE, 0.45)
        for k in (-0.20, 0.0, 0.2):
            start = polar(polar(place, angle + math.pi, length * 0.42), figure.axis + math.pi / 2, height * k)
            painter.line(
                view.all([start, polar(start, figure.axis + math.pi + 0.12, length * 0.5)]),
                pigment,
                max(painter.unit, height * 0.03 * view.scale),
                0.5,
            )
        end = polar(place, angle + math.pi, length * 0.98)
        painter.patch(view.disc(end, height * 0.22), tips, 0.9)

    painter.body(path, plumage.wing[1], flyer.thick * 0.5 * view.scale, rim=0.6, form=0.6, detail=feathers)
