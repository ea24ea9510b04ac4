"""Hair: the part of the head above a line drawn round it, shaped by locks, puffs and what hangs behind."""

import math
from collections.abc import Callable

import skia

from pipelines.world.geometry import (
    Colour,
    Point,
    Point3,
    clamp,
    curve,
    disc,
    lerp,
    limb,
    mix,
    oval,
    smooth,
    union,
    wrap_angle,
)
from pipelines.world.people.hair_styles import STYLES, HairStyle
from pipelines.world.people.head_place import FAR, HeadPlace
from pipelines.world.people.loft import Loft, View, loft
from pipelines.world.people.look import Look
from pipelines.world.styles.painter import Painter


def hair_tones(hair: Colour) -> tuple[Colour, Colour]:
    """(lit, dark) strands of a hair colour."""
    return mix(hair, (255, 228, 186), 0.30), mix(hair, (20, 8, 26), 0.42)


def wavering(i: float) -> float:
    """−1 to 1: a number that looks drawn by chance, the same for the same i."""
    value = math.sin(i * 12.9898 + 4.1) * 43758.5453
    return 2 * (value - math.floor(value)) - 1


def draw_front_hair(painter: Painter, look: Look, skull: Loft, view: View, place: HeadPlace) -> None:
    """Paints the hair on the head, and its shadow on the forehead."""
    style = STYLES[look.hair_style]
    if style.out <= 0:
        return
    path = _ball_of_hair(style, skull, view) if style.ball else _cap_of_hair(style, skull, view, look.childhood)
    size = view.size
    if not view.away:
        with painter.clipped(smooth(skull.outline(view))), painter.moved(0, size * 0.055):
            painter.patch(path, mix(look.skin, (70, 30, 60), 0.45), 0.42)
    painter.body(
        path, look.hair, size * 0.6, rim=1.0, form=0.75, detail=lambda: _strands(painter, look, style, skull, view)
    )
    if view.away and style.back:
        _hang(painter, look, style, view, place)


def draw_back_hair(painter: Painter, look: Look, view: View, place: HeadPlace) -> None:
    """Paints the hair that hangs behind the shoulders, unless the back is seen: then it is painted with the front."""
    style = STYLES[look.hair_style]
    if style.back and not view.away:
        _hang(painter, look, style, view, place)


def _line(style: HairStyle) -> Callable[[float], float]:
    return lambda angle: curve(abs(wrap_angle(angle)), style.line)


def _thick(skull: Loft, style: HairStyle, child: float) -> Loft:
    """The skull with hair on it: higher on top."""
    up = style.crown + (0.10 if style.out > 0.05 else 0.02)
    return loft(*((y - up * clamp(-y), width, centre, depth) for y, width, centre, depth in skull.rows))


def _puffed(style: HairStyle) -> Callable[[Point3], Point3]:
    def bend(p: Point3) -> Point3:
        around = math.atan2(p[1] + 0.2, p[0])
        k = 1 + style.puffs * (0.030 * math.sin(around * 12 + p[2] * 5) + 0.018 * math.sin(around * 23 + p[2] * 3))
        return p[0] * k, p[1] * k, p[2]

    return bend


def _cap_of_hair(style: HairStyle, skull: Loft, view: View, child: float) -> skia.Path:
    solid = _thick(skull, style, child)
    bend = _puffed(style) if style.puffs else None
    fine = 26 if style.puffs else 14
    zone = smooth(solid.zone(view, _line(style), True, style.out, n=fine, m=fine // 2 + 3, bend=bend, thin=0.25))
    locks = [_lock(lock, width, solid, style, view) for lock, width in style.locks if _seen(lock, solid, view)]
    if not locks:
        return zone
    return union([zone, *locks], detail=1.0 if view.size > 40 else 2.0)


def _seen(lock: tuple[float, ...], solid: Loft, view: View) -> bool:
    return view.nearness(solid.at(lock[2], lock[3])) > 0.15


def _lock(lock: tuple[float, ...], width: float, solid: Loft, style: HairStyle, view: View) -> skia.Path:
    """A leaf-shaped strand on the surface of the hair."""
    points = [view(solid.at(lock[i], lock[i + 1], style.out * k)) for i, k in ((0, 1.0), (2, 1.1), (4, 0.7))]
    middle = mix(points[1], points[2], 0.55)
    size = view.size * width
    return limb(
        [points[0], points[1], middle, points[2]], [size * 0.9, size, size * 0.78, size * 0.36], tip=0.8, butt=0.6
    )


def _ball_of_hair(style: HairStyle, skull: Loft, view: View) -> skia.Path:
    """A round head of hair: its bumpy outline, less the face."""
    line, n = _line(style), 46
    right = skull.edge(view, 0, 1)
    angles = [lerp(right - math.pi, right, i / 16) for i in range(17)]
    inner = [view(skull.at(a, line(wrap_angle(a)), 0.05)) for a in angles]
    centre = view((0, -0.42, -0.22))
    outer = []
    start = math.atan2(inner[-1][1] - centre[1], inner[-1][0] - centre[0])
    end = math.atan2(inner[0][1] - centre[1], inner[0][0] - centre[0])
    while end > start:
        end -= 2 * math.pi
    for i in range(n + 1):
        angle = lerp(start, end, i / n)
        rim = min(i, n - i) / 5
        radius = style.ball * view.size * (1 + 0.028 * math.sin(angle * 13) + 0.018 * math.sin(angle * 29 + 1))
        edge = inner[-1] if i < n / 2 else inner[0]
        point = (centre[0] + radius * math.cos(angle), centre[1] + radius * 0.97 * math.sin(angle))
        outer.append(mix(edge, point, min(1.0, 0.35 + rim)) if rim < 1 else point)
    return smooth(inner + outer)


def _strands(painter: Painter, look: Look, style: HairStyle, skull: Loft, view: View) -> None:
    """Fine strokes and a band of light."""
    size = view.size
    lit, dark = hair_tones(look.hair)
    if size <= 11:
        return
    if style.puffs > 0.5:
        _ringlets(painter, style, view, lit, dark)
        return
    solid, line = _thick(skull, style, look.childhood), _line(style)
    right = solid.edge(view, 0, 1)
    left = right - math.pi
    count = 44 if size > 40 else 24 if size > 24 else 14
    paths = [skia.Path() for _ in range(2)]
    for i in range(count):
        angle = lerp(left, right, (i + 0.5 + 0.5 * wavering(i)) / count)
        root, tip = -1.28, line(wrap_angle(angle))
        a, b = lerp(root, tip, 0.18 + 0.17 * wavering(i + 60)), lerp(root, tip, 0.86 + 0.15 * wavering(i + 90))
        lean = 0.05 * wavering(i + 30) + 0.12 * clamp(style.part - wrap_angle(angle), -1, 1)
        points = [view(solid.at(angle + lean * k * k, lerp(a, b, k), style.out)) for k in (0, 0.4, 0.75, 1)]
        _append(paths[i % 2], points)
    width = max(0.6 * painter.unit, size * 0.020)
    painter.texture(paths[0], lit, width, 0.38)
    painter.texture(paths[1], dark, width, 0.42)
    dx = painter.light.key_towards[0]
    x, y = view(solid.at(0.5 * (1 if dx > 0 else -1) - view.yaw, -0.94, style.out))
    painter.tone(x, y, size * 0.40, size * 0.13, lit, 0.50)


def _append(path: skia.Path, points: list[Point]) -> None:
    path.moveTo(*points[0])
    path.cubicTo(*points[1], *points[2], *points[3])


def _ringlets(painter: Painter, style: HairStyle, view: View, lit: Colour, dark: Colour) -> None:
    """Small arcs all over a curly head."""
    size = view.size
    paths = [skia.Path(), skia.Path()]
    reach = style.ball or 1.12
    count = 110 if size > 40 else 44
    for i in range(count):
        radius, angle = reach * math.sqrt((i + 0.5) / count), i * 2.39996
        x, y = view.x + size * radius * math.cos(angle), view.y + size * (-0.42 + radius * 0.97 * math.sin(angle))
        r = size * (0.055 + 0.02 * wavering(i))
        paths[i % 2].addArc(skia.Rect.MakeLTRB(x - r, y - r, x + r, y + r), 180 + 90 * wavering(i + 7), 190)
    painter.texture(paths[0], lit, max(0.6 * painter.unit, size * 0.024), 0.42)
    painter.texture(paths[1], dark, max(0.6 * painter.unit, size * 0.024), 0.5)
    dx, dy = painter.light.key_towards
    painter.tone(view.x + dx * size * 0.6, view.y - size * 0.9, size * 0.5, size * 0.34, lit, 0.35)


def _hang(painter: Painter, look: Look, style: HairStyle, view: View, place: HeadPlace) -> None:
    """What hangs behind: a sheet of hair, a tail, a knot or braids."""
    {"sheet": _sheet, "tail": _tail, "knot": _knot, "braids": _braids}[style.back](painter, look, style, view, place)


def _sheet(painter: Painter, look: Look, style: HairStyle, view: View, place: HeadPlace) -> None:
    end = style.length
    solid = loft(
            (-1.0, 0.80, -0.15, 0.80), (-0.4, 1.08, -0.16, 1.02), (0.3, 1.13, -0.22, 0.92),
            (end * 0.72, 1.08, -0.30, 0.74), (end * 0.93, 0.98, -0.33, 0.6), (end, 0.72, -0.34, 0.45),
        )  # fmt: skip
    trail, airy = place.drift[0], 0.03 + 0.05 * place.wind

    def bend(p: Point3) -> Point3:
        below = max(0.0, p[1])
        sway = trail * 0.55 * below + airy * math.sin(place.t * 3 + p[1] * 3) * below
        wave = 0.07 * style.puffs * math.sin(p[1] * 9) * clamp(p[1] * 2)
        return p[0] * (1 + wave) + sway * view.cos_yaw, p[1] - 0.05 * abs(trail) * below, p[2] + sway * view.sin_yaw

    lit, dark = hair_tones(look.hair)
    deep = look.hair if view.away else mix(look.hair, (20, 8, 26), 0.28)

    def strokes() -> None:
        if view.size <= FAR:
            return
        paths = [skia.Path(), skia.Path()]
        for i in range(30):
            angle = lerp(-1.5, 1.5, (i + 0.5) / 30) + (math.pi - view.yaw if view.away else -view.yaw)
            points = [view(bend(solid.at(angle, lerp(-0.5, end, k)))) for k in (0, 0.35, 0.7, 0.97)]
            _append(paths[i % 2], points)
        painter.texture(paths[0], lit, max(0.6, view.size * 0.024), 0.36)
        painter.texture(paths[1], dark, max(0.6, view.size * 0.024), 0.42)

    n = 12 if style.puffs else 8
    painter.body(smooth(solid.outline(view, bend=bend, n=n)), deep, view.size * 0.7, rim=0.9, detail=strokes)


def _tail(painter: Painter, look: Look, style: HairStyle, view: View, place: HeadPlace) -> None:
    """A ponytail: each part of it trails a little more than the one before."""
    size, wind = view.size, 0.05 + 0.10 * place.wind
    points = []
    for i in range(5):
        k = i / 4
        back = -0.66 - 0.75 * math.sin(k * 2.0)
        swing = wind * k * math.sin(place.t * 3.4 - k * 2.2)
        lift = min(1.1, 1.15 * math.hypot(*place.drift)) * k
        x, y = view((swing, -1.22 + 1.45 * style.length * k * k * (1 - 0.5 * lift) - 2.2 * k * (1 - k), back))
        points.append((x + place.drift[0] * size * 1.5 * k * k, y + place.drift[1] * size * k * k))
    radii = [size * r for r in (0.15, 0.30, 0.31, 0.22, 0.05)]
    painter.body(
        limb(points, radii), look.hair, size * 0.3, rim=0.9, detail=lambda: _grain(painter, look, points, radii)
    )
    painter.patch(disc(*points[0], size * 0.17), look.outfit.accent)


def _grain(painter: Painter, look: Look, points: list[Point], radii: list[float]) -> None:
    lit, dark = hair_tones(look.hair)
    for offset, colour in ((-0.45, lit), (0.1, dark), (0.5, lit)):
        line = [(x + r * offset, y) for (x, y), r in zip(points, radii, strict=True)]
        painter.texture(smooth(line, closed=False), colour, max(0.6, radii[1] * 0.10), 0.45)


def _knot(painter: Painter, look: Look, style: HairStyle, view: View, place: HeadPlace) -> None:
    x, y = view((0, -1.30, -0.62))
    size = view.size
    lit, _ = hair_tones(look.hair)

    def twist() -> None:
        for k in (0.28, 0.55):
            painter.texture(
                oval(x - size * 0.06, y + size * 0.04, size * k * 0.7, size * k * 0.55), lit, size * 0.035, 0.5
            )

    painter.body(oval(x, y, size * 0.44, size * 0.40), look.hair, size * 0.4, detail=twist)


def _braids(painter: Painter, look: Look, style: HairStyle, view: View, place: HeadPlace) -> None:
    size = view.size
    for side in sorted((-1, 1), key=lambda s: view.nearness((s, 0, -0.3))):
        beads = []
        for i in range(6):
            k = i / 5
            swing = (0.03 + 0.06 * place.wind) * math.sin(place.t * 3 - k * 2 + side) * k
            x, y = view((side * (1.06 + 0.16 * math.sin(k * 2.6)) + swing, 0.30 + style.length * k, -0.25))
            beads.append((x + place.drift[0] * size * 0.9 * k * k, y - abs(place.drift[0]) * size * 0.3 * k))
        parts = [disc(x, y, size * (0.21 - 0.02 * i)) for i, (x, y) in enumerate(beads)]
        painter.body(union(parts, detail=1.5), look.hair, size * 0.2, rim=0.9)
        for x, y in beads[1:5]:
            painter.texture(
                smooth(
                    [(x - size * 0.13, y - size * 0.12), (x, y - size * 0.02), (x + size * 0.13, y - size * 0.12)],
                    False,
                ),
                hair_tones(look.hair)[1],
                size * 0.03,
                0.6,
            )
        painter.patch(disc(*beads[-1], size * 0.10), look.outfit.accent)
