"""What the trunk wears: garments with hems, closures and patterns, collars, and the neck that stands in them."""

import math
from collections.abc import Sequence

import skia

from pipelines.world.geometry import Colour, Point, box, disc, lerp, limb, mix, polygon, smooth, union
from pipelines.world.people.frames import added
from pipelines.world.people.garments import GARMENTS
from pipelines.world.people.limbs import ArmSight
from pipelines.world.people.sight import Sight
from pipelines.world.people.trunk import Trunk

DARK = (24, 10, 32)


def draw_trunk(sight: Sight, trunk: Trunk, joined: Sequence[ArmSight] = ()) -> None:
    """The garment on the trunk, in one silhouette with the sleeves of joined arms; skin where there is none."""
    outfit, look, painter = sight.look.outfit, sight.look, sight.painter
    garment = GARMENTS[outfit.top]
    size = sight.pixels(0.10 * look.build)
    if garment.collar in ("straps", "none"):
        skin = [
            trunk.outline(-0.1 if outfit.top == "bare" else 0.30, 1.055, n=10),
            *(arm.skin_outline() for arm in joined if not arm.crosses),
        ]
        painter.body(_one(sight, skin), look.skin, size, rim=0.9, detail=lambda: _creases(joined, look.skin))
        if outfit.top == "bare":
            return
    top = 0.86 if garment.collar == "straps" else 1.075
    hem = 0.16 if outfit.bottom == "skirt" and garment.hem > -0.3 else garment.hem
    path = trunk.outline(hem, top, garment.out, n=11, flare=garment.flare)
    sleeves = [arm.sleeve(end=3 if arm.crosses else 5) for arm in joined if arm.covered > 0]

    def details() -> None:
        _details(sight, trunk, hem)
        if sleeves:
            _creases(joined, outfit.top_colour)

    painter.body(_one(sight, [path, *sleeves]), outfit.top_colour, size, detail=details)
    if garment.collar == "straps":
        _straps(sight, trunk)


def _one(sight: Sight, paths: list[skia.Path]) -> skia.Path:
    return union(paths, detail=sight.detail) if len(paths) > 1 else paths[0]


def _creases(joined: Sequence[ArmSight], pigment: Colour) -> None:
    for arm in joined:
        if not arm.crosses:
            arm.crease(pigment)
            arm.folds()


def _details(sight: Sight, trunk: Trunk, hem: float) -> None:
    """Everything on the cloth."""
    outfit, garment = sight.look.outfit, GARMENTS[sight.look.outfit.top]
    dark = mix(outfit.top_colour, DARK, 0.5)
    _pattern(sight, trunk, hem)
    x, y = sight.at(trunk.frame(0.95).origin)
    sight.painter.tone(x, y, sight.pixels(0.09), sight.pixels(0.05), dark, 0.45)
    if sight.look.feminine and not sight.look.childhood and trunk.shown(0, 0.62):
        x, y = trunk.on(0, 0.60)
        sight.painter.tone(x, y + sight.pixels(0.01), sight.pixels(0.08), sight.pixels(0.018), dark, 0.4)
    if garment.front and trunk.shown(0.0, 0.5):
        _closure(sight, trunk, garment.front, hem, dark)
    if garment.hem < 0.1:
        edge = trunk.ring(hem, garment.out + garment.flare, front=True)
        sight.painter.line(edge, dark, max(0.7, sight.pixels(0.008)), 0.3)


def _pattern(sight: Sight, trunk: Trunk, hem: float) -> None:
    painter, outfit = sight.painter, sight.look.outfit
    out = GARMENTS[outfit.top].out
    if outfit.pattern in ("stripes", "band", "bands"):
        rows = {"stripes": (0.78, 0.62, 0.46, 0.30, 0.14), "band": (0.60, 0.50), "bands": (0.55, 0.10)}[outfit.pattern]
        for s in rows:
            if s > hem:
                painter.line(trunk.ring(s, out, front=True, tilt=0.01), outfit.accent, sight.pixels(0.020), 0.92)
    elif outfit.pattern == "dots":
        for i in range(56):
            angle, s = 2 * math.pi * ((i * 0.5698) % 1), lerp(0.0, 0.95, (i * 0.7549) % 1)
            if trunk.shown(angle, s):
                painter.patch(disc(*trunk.on(angle, s, out), sight.pixels(0.012)), outfit.accent, 0.9)
    elif outfit.pattern == "star" and trunk.shown(0, 0.62):
        x, y = trunk.on(0, 0.60, out)
        painter.patch(_star(x, y, sight.pixels(0.055)), outfit.accent)


def _star(x: float, y: float, radius: float) -> skia.Path:
    spokes = [(radius * (1 if i % 2 == 0 else 0.45), -math.pi / 2 + i * math.pi / 5) for i in range(10)]
    return polygon([(x + r * math.cos(a), y + r * math.sin(a)) for r, a in spokes])


def _closure(sight: Sight, trunk: Trunk, kind: str, hem: float, dark: Colour) -> None:
    """Buttons, a zip, toggles, plates: down the middle of the front."""
    painter, outfit = sight.painter, sight.look.outfit
    garment = GARMENTS[outfit.top]
    out, low = garment.out, max(hem, -0.3)
    middle = [trunk.on(0.04, s, out) for s in (1.0, 0.5, 0.1, low)]
    if kind == "plates":
        for s in (0.62, 0.34, 0.08):
            painter.line(trunk.ring(s, out, front=True, tilt=0.03), dark, sight.pixels(0.009), 0.6)
        return
    if kind == "pack":
        x, y = trunk.on(0, 0.52, out)
        w = sight.pixels(0.075)
        painter.body(box(x - w, y - w * 0.7, 2 * w, 1.4 * w, w * 0.2), (206, 210, 220), w * 0.5, rim=0.5)
        for k, lamp in ((-0.5, (224, 70, 70)), (0.0, (250, 206, 80)), (0.5, (90, 170, 230))):
            painter.patch(disc(x + w * k, y, w * 0.15), lamp)
        return
    if kind == "pocket":
        corners = [trunk.on(a, s, out) for a, s in ((-0.75, 0.22), (0.75, 0.22), (1.0, 0.0), (-1.0, 0.0))]
        painter.line(polygon(corners), dark, max(0.8, sight.pixels(0.007)), 0.4)
        return
    if kind == "bands":
        for s in (0.50, -0.05):
            painter.line(trunk.ring(s, out, front=True, tilt=0.012), (236, 232, 120), sight.pixels(0.034), 0.95)
    painter.line(middle, dark, max(0.8, sight.pixels(0.006)), 0.7)
    if not sight.fine or kind in ("zip", "bands"):
        return
    places = (0.80, 0.62, 0.44, 0.26, 0.08, -0.10)
    for s in (p for p in places if p > hem + 0.03 and p < (0.5 if garment.vest else 1)):
        if kind == "toggles":
            painter.line([trunk.on(-0.28, s, out), trunk.on(0.34, s, out)], (104, 68, 44), sight.pixels(0.018))
        for angle in (0.06,) if kind == "buttons" else (-0.35, 0.35) if kind == "double" else ():
            painter.patch(
                disc(*trunk.on(angle, s, out), max(1.0, sight.pixels(0.008))),
                mix(outfit.accent, outfit.top_colour, 0.15),
            )


def _straps(sight: Sight, trunk: Trunk) -> None:
    painter, outfit = sight.painter, sight.look.outfit
    lit = mix(outfit.top_colour, sight.painter.light.key, 0.35)
    for side in (-1, 1):
        for ahead in (1, -1):
            angle = side * (0.75 if ahead > 0 else math.pi - 0.75)
            if trunk.shown(angle, 0.85):
                shoulder = sight.at(
                    added(
                        sight.bones.arms[0 if side < 0 else 1].root,
                        sight.bones.chest.along(-side * 0.03, 0.045, 0),
                        sight.measures.height / 1.75,
                    )
                )
                painter.line([trunk.on(angle, 0.80), shoulder], outfit.top_colour, sight.pixels(0.022))
    if trunk.shown(0, 0.8):
        neckline = [
            trunk.on(a, s, 0.002) for a, s in ((-1.15, 0.85), (-0.55, 0.82), (0, 0.80), (0.55, 0.82), (1.15, 0.85))
        ]
        painter.line(neckline, lit, sight.pixels(0.010), 0.8)
    if outfit.top in ("dress", "swimsuit") or outfit.bottom == "skirt":
        belt = trunk.ring(0.26, 0.004, front=True)
        painter.line(belt, mix(outfit.top_colour, DARK, 0.35), sight.pixels(0.028), 0.9)


# ---- neck and collars
def draw_neck(sight: Sight, trunk: Trunk, head: Point) -> None:
    """The neck, from the shoulders into the head."""
    scale = sight.pixels(sight.measures.height)
    look = sight.look
    thick = scale * (0.036 - 0.006 * look.feminine - 0.004 * look.childhood) * (0.4 + 0.6 * look.build)
    root, unit = sight.at(trunk.frame(0.985).origin), sight.pixels(sight.measures.head)
    roll = sight.pose.face.roll
    chin = (
        head[0] - math.sin(roll) * unit * 0.7 - math.sin(sight.pose.face.yaw) * unit * 0.16,
        head[1] + math.cos(roll) * unit * 0.72,
    )
    path = limb([root, mix(root, chin, 0.5), chin], [thick * 1.12, thick, thick * 1.02], tip=0.2)
    shade = mix(look.skin, (112, 44, 62), 0.16)

    def under_chin() -> None:
        sight.painter.tone(
            chin[0], chin[1] + unit * 0.28, unit * 0.55, unit * 0.30, mix(look.skin, (80, 26, 50), 0.55), 0.65
        )

    sight.painter.body(path, shade, thick * 0.9, rim=0.5, form=0.8, detail=under_chin)


def draw_collar_back(sight: Sight, trunk: Trunk) -> None:
    """The half of a collar that stands behind the neck."""
    garment, outfit = GARMENTS[sight.look.outfit.top], sight.look.outfit
    if garment.collar in ("none", "straps"):
        return
    shade = mix(_collar_colour(sight), DARK, 0.34)
    if garment.collar in ("crew", "roll"):
        tube = sight.pixels((0.0105 if garment.collar == "crew" else 0.019) * sight.measures.height / 1.75)
        line = trunk.ring(1.040, 0.0, front=False)
        sight.painter.patch(limb(line, [tube] * len(line), tip=0.7, butt=0.7), shade)
        return
    ring, low = trunk.ring(1.065, 0.004, front=False), trunk.ring(0.99, 0.002, front=False)
    if garment.collar == "hood":
        back, thick = trunk.ring(0.99, 0.030, front=False), sight.pixels(0.042 * sight.measures.height / 1.75)
        path = limb(back, [thick * r for r in (0.5, 0.9, 1.1, 1.2, 1.25, 1.2, 1.1, 0.9, 0.5)], butt=0.9)
        sight.painter.body(path, mix(outfit.top_colour, DARK, 0.22), thick, rim=0.6)
        return
    sight.painter.patch(smooth(ring + low[::-1], tension=8), shade)


def draw_collar_front(sight: Sight, trunk: Trunk) -> None:
    """The collar round the front of the neck."""
    kind = GARMENTS[sight.look.outfit.top].collar
    if kind in ("crew", "roll", "stand", "ring", "hood"):
        _band(sight, trunk, kind)
    elif kind in ("shirt", "lapel"):
        if kind == "lapel" or GARMENTS[sight.look.outfit.top].vest:
            _opening(sight, trunk)
        _flaps(sight, trunk, kind)


def _collar_colour(sight: Sight) -> Colour:
    outfit, garment = sight.look.outfit, GARMENTS[sight.look.outfit.top]
    if garment.vest or outfit.top in ("shirt", "blouse"):
        return mix(outfit.accent, outfit.top_colour, 0.0 if garment.vest else 0.12)
    return mix(outfit.top_colour, (255, 244, 228), 0.10)


def _band(sight: Sight, trunk: Trunk, kind: str) -> None:
    """A ring that lies round the neck: of a T-shirt thin, of a jumper rolled, of a coat standing."""
    scale = sight.measures.height / 1.75
    colour = mix(sight.look.outfit.top_colour, DARK, 0.12) if kind != "ring" else (200, 206, 218)
    if kind in ("stand", "ring"):
        out, low, high, tilt = {"stand": (0.020, 0.965, 1.130, 0.026), "ring": (0.030, 0.985, 1.090, 0.012)}[kind]
        lower = trunk.ring(low, out * scale, front=True, tilt=tilt * scale)
        upper = trunk.ring(high, out * 0.8 * scale, front=True, tilt=tilt * 1.2 * scale)
        sight.painter.body(smooth(lower + upper[::-1], tension=8), colour, sight.pixels(0.02), rim=0.5)
        return
    s, out, tilt, radius = {
        "crew": (1.030, 0.002, 0.022, 0.0105),
        "roll": (1.035, 0.006, 0.022, 0.019),
        "hood": (1.010, 0.014, 0.034, 0.017),
    }[kind]
    thick = sight.pixels(radius * scale)
    line = trunk.ring(s, out * scale, front=True, tilt=tilt * scale)
    sight.painter.body(limb(line, [thick] * len(line), tip=0.7, butt=0.7), colour, thick, rim=0.4)


def _opening(sight: Sight, trunk: Trunk) -> None:
    """What shows between the lapels."""
    if not trunk.shown(0, 0.8):
        return
    outfit = sight.look.outfit
    out, low = GARMENTS[outfit.top].out + 0.001, 0.60
    points = [
        trunk.on(-0.55, 1.01, out),
        trunk.on(-0.28, 0.85, out),
        trunk.on(0.02, low, out),
        trunk.on(0.28, 0.85, out),
        trunk.on(0.55, 1.01, out),
    ]
    sight.painter.patch(polygon(points), mix(outfit.accent, DARK, 0.06))


def _flaps(sight: Sight, trunk: Trunk, kind: str) -> None:
    """Two flaps that lie on the garment: small points of a shirt, long lapels of a jacket."""
    out = GARMENTS[sight.look.outfit.top].out + 0.006
    colour = _collar_colour(sight)
    if kind == "shirt":
        shape = (
            (1.45, 1.045),
            (0.85, 1.075),
            (0.30, 1.020),
            (0.04, 0.965),
            (0.36, 0.885),
            (0.72, 0.945),
            (1.30, 0.985),
        )
    else:
        shape = (
            (1.45, 1.040),
            (0.90, 1.070),
            (0.50, 1.030),
            (0.25, 0.86),
            (0.03, 0.60),
            (0.40, 0.79),
            (0.78, 0.86),
            (0.62, 0.90),
            (0.95, 0.94),
            (1.35, 0.98),
        )
    for side in sorted((-1, 1), key=lambda s: -abs(s * 0.5 - sight.facing)):
        if not trunk.shown(side * 0.55, 0.95):
            continue
        path = smooth([trunk.on(side * a, s, out) for a, s in shape], tension=11)
        sight.painter.body(path, colour, sight.pixels(0.022), rim=0.6)
