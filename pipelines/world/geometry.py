"""Small mathematics and paths: interpolation, smooth outlines, limbs, two-bone reach."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import skia

Point = tuple[float, float]
Point3 = tuple[float, float, float]
Colour = tuple[float, float, float]  # red, green, blue, 0 to 255


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return low if value < low else high if value > high else value


def lerp(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def mix(a: Sequence[float], b: Sequence[float], t: float) -> tuple[float, ...]:
    """The point or colour that lies `t` of the way from a to b."""
    if len(a) == len(b) == 3:  # written out, since every colour of every frame passes here
        return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t
    return tuple(x + (y - x) * t for x, y in zip(a, b, strict=True))


def ease(t: float) -> float:
    """0 to 1 with zero speed and acceleration at both ends (Perlin's quintic)."""
    t = clamp(t)
    return t * t * t * (t * (t * 6 - 15) + 10)


def ramp(t: float, start: float, end: float) -> float:
    """0 before `start`, 1 after `end`, eased between."""
    return ease((t - start) / (end - start))


def bump(t: float, centre: float, width: float) -> float:
    """A smooth pulse of height 1 at `centre`."""
    return math.exp(-(((t - centre) / width) ** 2))


def wrap_angle(angle: float) -> float:
    """The same angle in −π to π."""
    return (angle + math.pi) % (2 * math.pi) - math.pi


def curve(x: float, points: Sequence[Point]) -> float:
    """The value at x of a smooth-stepped polyline through (x, y) points; constant outside."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if x <= x1:
            k = (x - x0) / (x1 - x0)
            return y0 + (y1 - y0) * k * k * (3 - 2 * k)
    return points[-1][1]


def smooth(points: Sequence[Point], closed: bool = True, tension: float = 6.0) -> skia.Path:
    """A Catmull-Rom path through the points, as cubics. A higher tension hugs the polygon."""
    points = list(points)
    around = [points[-1], *points, points[0]] if closed else [points[0], *points, points[-1]]
    pulls = [((c[0] - a[0]) / tension, (c[1] - a[1]) / tension) for a, c in zip(around, around[2:], strict=False)]
    if closed:
        points.append(points[0])
        pulls.append(pulls[0])
    path = skia.Path()
    (x, y), (pull_x, pull_y) = points[0], pulls[0]
    path.moveTo(x, y)
    cubic_to = path.cubicTo
    for (end_x, end_y), (next_x, next_y) in zip(points[1:], pulls[1:], strict=True):
        cubic_to(x + pull_x, y + pull_y, end_x - next_x, end_y - next_y, end_x, end_y)
        x, y, pull_x, pull_y = end_x, end_y, next_x, next_y
    if closed:
        path.close()
    return path


def polygon(points: Sequence[Point]) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in points], True)
    return path


def disc(x: float, y: float, radius: float) -> skia.Path:
    path = skia.Path()
    path.addCircle(x, y, radius)
    return path


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def box(x: float, y: float, width: float, height: float, corner: float = 0.0) -> skia.Path:
    """A rectangle with its top left corner at (x, y)."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, width, height), corner, corner)
    return path


def together(paths: Sequence[skia.Path]) -> skia.Path:
    """One path that holds all of them, drawn at once (overlaps are not united)."""
    out = skia.Path()
    for path in paths:
        out.addPath(path)
    return out


def limb(points: Sequence[Point], radii: Sequence[float], tip: float = 0.9, butt: float = 0.0) -> skia.Path:
    """A smooth limb of varying half-width along the points, with round ends of `tip` and `butt` radii."""
    left, right, n = [], [], len(points)
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(n - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length * radii[i], (bx - ax) / length * radii[i]
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    outline = list(left)
    if tip:
        outline.append(_beyond(points[-2], points[-1], radii[-1] * tip))
    outline += right[::-1]
    if butt:
        outline.append(_beyond(points[1], points[0], radii[0] * butt))
    return smooth(outline)


def _beyond(a: Point, b: Point, distance: float) -> Point:
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return b[0] + (b[0] - a[0]) / length * distance, b[1] + (b[1] - a[1]) / length * distance


def reach(a: Point, b: Point, upper: float, lower: float, side: int) -> tuple[Point, Point]:
    """(joint, end) of a two-bone limb from a towards b; `side` +1 or −1 says which way the joint bends."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = clamp(math.hypot(dx, dy), abs(upper - lower) + 1e-6, upper + lower - 1e-6)
    towards = math.atan2(dy, dx)
    cosine = (upper * upper + distance * distance - lower * lower) / (2 * upper * distance)
    bend = towards + side * math.acos(clamp(cosine, -1, 1))
    joint = (a[0] + upper * math.cos(bend), a[1] + upper * math.sin(bend))
    return joint, (a[0] + distance * math.cos(towards), a[1] + distance * math.sin(towards))


def union(
    paths: Sequence[skia.Path], detail: float = 2.0, melt: float = 0.0, crisp: Sequence[skia.Path] = ()
) -> skia.Path:
    """One outline round all the paths, holes filled.

    `melt` rounds the notches between the paths, in units; `crisp` paths (locks of fur) join after that and keep their
    points. Goes through a mask at `detail` pixels per unit and its contours: skia.Op raises on near-tangent curves.
    """
    bounds = together([*paths, *crisp]).getBounds().makeOutset(2 * melt, 2 * melt)
    width, height = int(bounds.width() * detail) + 8, int(bounds.height() * detail) + 8
    mask = np.zeros((height, width), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, mask).getCanvas()
    canvas.scale(detail, detail)
    canvas.translate(4 / detail - bounds.left(), 4 / detail - bounds.top())
    paint = skia.Paint(AntiAlias=False, Color=0xFFFFFFFF)  # half covered or not: the mask is made of whole pixels
    for path in paths:
        canvas.drawPath(path, paint)
    if melt > 0:
        size = 2 * round(melt * detail) + 1
        mask[:] = cv2.threshold(cv2.blur(cv2.blur(mask, (size, size)), (size, size)), 127, 255, cv2.THRESH_BINARY)[1]
    for path in crisp:
        canvas.drawPath(path, paint)
    out = skia.Path()
    for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        if len(contour) > 12:
            out.addPath(_contour_path(contour[:, 0], detail, bounds))
    return out


def _contour_path(contour: np.ndarray, detail: float, bounds: skia.Rect) -> skia.Path:
    """Pixel contour (n, 2) → smoothed polygon in path units."""
    contour = contour.astype(np.float32)
    padded = np.concatenate([contour[-2:], contour, contour[:2]])
    even = (padded[:-4] + padded[1:-3] + padded[2:-2] + padded[3:-1] + padded[4:]) / 5
    kept = cv2.approxPolyDP(even, 0.45, True)[:, 0]
    offset = np.array([bounds.left() - 3.5 / detail, bounds.top() - 3.5 / detail])
    return polygon((kept / detail + offset).tolist())
