"""Planes on their way into a frame: baked once at the size they will be seen, then placed by the camera.

A plane is warped by OpenCV into the part of the frame that it covers and laid over it by skia: one way for all planes,
and several times faster than skia's own scaling and shearing.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import skia

from pipelines.world.camera import Camera
from pipelines.world.light import Light, haze_share
from pipelines.world.place import Floor, Plane
from pipelines.world.raster import image, surface
from pipelines.world.styles.painter import Painter, Stamps

MAX_PIXELS = 4_000_000  # of one baked plane
MAX_WIDE = 6_000_000  # of one side by side with itself
GAP = 40  # empty columns from which on a picture is moved in parts
MAX_TILING = 1 << 22  # pixels of floor tiles laid side by side
BLEED = 2  # pixels of empty margin, so that edges stay antialiased when moved
OVERLAP = 0.25  # share of a repeating plane's width by which what it holds may reach over its sides
HARDLY = 0.004  # share of haze that nobody sees
STILL_BEYOND = 1000.0  # metres: what is farther moves by whole pixels
NEAREST = 0.3  # metres: what is closer to the lens is not drawn


@dataclass
class BakedPlane:
    """A painted plane, ready to be placed."""

    plane: Plane
    pixels: np.ndarray  # (rows, columns, 4) uint8 premultiplied BGRA; BLEED around it, if it repeats above and below
    resolution: float  # pixels per metre
    wide: np.ndarray | None = None  # the picture side by side with itself, made when it is needed

    def __post_init__(self) -> None:
        self.rows, self.runs = _filled(self.pixels, self.plane.repeat)

    def draw(self, painter: Painter, camera: Camera, t: float, wind: float) -> None:
        """Lays the plane over the painter's canvas, as the camera sees it at a time."""
        origin = self._origin(t)
        if self.plane.faces_camera and origin[2] - camera.z < NEAREST:
            return
        matrix = camera.plane(origin, self.plane.across, self.plane.down) @ self._lean(t, wind)
        margin = 0 if self.plane.repeat else BLEED
        to_metres = np.array([[1, 0, 0.5 - margin], [0, 1, 0.5 - BLEED], [0, 0, self.resolution]]) / self.resolution
        to_frame = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]]) @ matrix @ to_metres
        if self.plane.faces_camera:
            for start, stop in self.runs:
                self._lay_run(painter, camera, to_frame[:2] / to_frame[2, 2], start, stop)
        else:
            self._lay_perspective(painter, camera, matrix, to_frame)
        if self.plane.live:
            self._draw_live(painter, camera, matrix, t)

    def _lay_run(self, painter: Painter, camera: Camera, affine: np.ndarray, start: int, stop: int) -> None:
        """Lays one run of filled columns, and its copies if the plane repeats."""
        (first, last), period = self.rows, self.pixels.shape[1]
        top = max(0, math.ceil(affine[1, 1] * first + affine[1, 2]))  # above it the warp would wrap to the foot
        bottom = min(camera.height, math.ceil(affine[1, 1] * last + affine[1, 2]) + 1)
        leans = (affine[0, 1] * first, affine[0, 1] * last)
        left = affine[0, 0] * start + affine[0, 2] + min(leans)
        right = affine[0, 0] * stop + affine[0, 2] + max(leans)
        if bottom <= top:
            return
        if self.plane.repeat and stop - start == period:  # no gap anywhere: one strip across the frame
            shifted = affine.copy()
            shifted[0, 2] += affine[0, 0] * math.floor(-left / (affine[0, 0] * period)) * period
            self._lay(painter, shifted, 0, period, (0, top, camera.width, bottom))
            return
        step = affine[0, 0] * period
        copies = (
            range(math.ceil(-right / step), math.floor((camera.width - left) / step) + 1) if self.plane.repeat else (0,)
        )
        for copy in copies:
            box = (
                max(0, math.floor(left + copy * step) - 1), top,
                min(camera.width, math.ceil(right + copy * step) + 1), bottom,
            )  # fmt: skip
            shifted = affine.copy()
            shifted[0, 2] += copy * step
            if box[0] < box[2]:
                self._lay(painter, shifted, start, stop, box)

    def _lay(self, painter: Painter, affine: np.ndarray, start: int, stop: int, box: tuple[int, int, int, int]) -> None:
        """Warps columns `start` to `stop` of the picture into a (left, top, right, bottom) box of the frame."""
        (first, last), (left, top, right, bottom), period = self.rows, box, self.pixels.shape[1]
        endless = self.plane.repeat and stop - start == period
        needed = math.ceil((right - left) / affine[0, 0] + 2 * period) if endless else stop
        part = affine.copy()
        part[:, 2] += affine[:, 0] * start + affine[:, 1] * first - (left, top)
        if self.plane.depth > STILL_BEYOND and not endless and np.abs(part[:, :2] - np.eye(2)).max() < 1e-3:
            return self._shift(painter, part, box, start, stop)
        pixels = cv2.warpAffine(
            self._wide(needed)[first:last, start : None if endless else stop], part, (right - left, bottom - top),
            flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP if endless else cv2.BORDER_CONSTANT,
        )  # fmt: skip
        painter.canvas.drawImage(image(pixels), left, top)

    def _shift(self, painter: Painter, part: np.ndarray, box: tuple[int, int, int, int], start: int, stop: int) -> None:
        """Lays columns of the picture at whole pixels: the sky moves a pixel or two a second and needs no more."""
        (first, last), (left, top, right, bottom) = self.rows, box
        column, row = round(part[0, 2]), round(part[1, 2])
        x0, y0 = max(0, -column), max(0, -row)
        x1, y1 = min(stop - start, right - left - column), min(last - first, bottom - top - row)
        if x0 < x1 and y0 < y1:
            pixels = self.pixels[first + y0 : first + y1, start + x0 : start + x1]
            painter.canvas.drawImage(image(pixels), left + column + x0, top + row + y0)

    def _wide(self, columns: int) -> np.ndarray:
        """The picture with as many copies to its right as that many columns need: OpenCV wraps round an edge three
        times more slowly than it walks on. Where that would be too large, the picture alone."""
        copies = -(-columns // self.pixels.shape[1])
        if copies == 1 or copies * self.pixels.size > 4 * MAX_WIDE:
            return self.pixels
        if self.wide is None or self.wide.shape[1] < columns:
            self.wide = np.tile(self.pixels, (1, copies, 1))
        return self.wide

    def _lay_perspective(self, painter: Painter, camera: Camera, matrix: np.ndarray, to_frame: np.ndarray) -> None:
        bounds = self._bounds(matrix, camera)
        if bounds is None:
            return
        left, top, right, bottom = bounds
        part = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]]) @ to_frame
        pixels = cv2.warpPerspective(self.pixels, part, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
        painter.canvas.drawImage(image(pixels), left, top)

    def _origin(self, t: float) -> tuple[float, float, float]:
        x, y, z = self.plane.origin
        if self.plane.shift is None:
            return x, y, z
        dx, dy, dz = self.plane.shift(t)
        return x + dx, y + dy, z + dz

    def _lean(self, t: float, wind: float) -> np.ndarray:
        """(3, 3) shear of the plane about its foot: gusts run along the rows."""
        plane = self.plane
        if not plane.sway:
            return np.eye(3)
        gust = math.sin(t * 1.9 - plane.origin[2] * 0.7) + 0.5 * math.sin(t * 3.1 + plane.origin[2] * 2.3)
        amount = plane.sway * ((0.35 + wind) * gust + 1.5 * max(0.0, wind - 0.4))
        return np.array([[1, -amount / plane.height, amount], [0, 1, 0], [0, 0, 1.0]])

    def _bounds(self, matrix: np.ndarray, camera: Camera) -> tuple[int, int, int, int] | None:
        """(left, top, right, bottom) in pixels of the part of the frame that the plane covers, or None."""
        width, height = self.plane.width, self.plane.height
        corners = matrix @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]], float)
        if corners[2].max() < NEAREST:
            return None
        if corners[2].min() < 0.05:  # reaches behind the lens: anywhere in the frame
            return 0, 0, camera.width, camera.height
        columns, rows = corners[0] / corners[2], corners[1] / corners[2]
        left, right = math.floor(columns.min()) - 1, math.ceil(columns.max()) + 1
        top, bottom = math.floor(rows.min()) - 1, math.ceil(rows.max()) + 1
        left, top, right, bottom = max(0, left), max(0, top), min(camera.width, right), min(camera.height, bottom)
        return None if right <= left or bottom <= top else (left, top, right, bottom)

    def _draw_live(self, painter: Painter, camera: Camera, matrix: np.ndarray, t: float) -> None:
        canvas, unit = painter.canvas, painter.unit
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(*matrix.ravel()))
        painter.distance = max(0.0, self.plane.depth - camera.z)
        painter.unit = unit / camera.scale_at(self.plane.depth)
        self.plane.live(painter, t)
        painter.distance, painter.unit = 0.0, unit
        canvas.restore()


def _filled(pixels: np.ndarray, repeat: bool) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """((first, last) row, [(start, stop) columns …]) of a picture that hold something; the rest need not be moved."""
    seen = pixels[..., 3] > 1
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    if not len(rows):
        return (0, 0), []
    height, width = seen.shape
    first, last = max(0, int(rows[0]) - BLEED), min(height, int(rows[-1]) + 1 + BLEED)
    cuts = np.flatnonzero(np.diff(columns) > GAP)
    runs = [
        (max(0, int(a) - BLEED), min(width, int(b) + 1 + BLEED))
        for a, b in zip(columns[np.r_[0, cuts + 1]], columns[np.r_[cuts, len(columns) - 1]], strict=True)
    ]
    crosses_seam = repeat and runs[0][0] == 0 and runs[-1][1] == width
    return (first, last), [(0, width)] if crosses_seam else runs


def bake_plane(
    plane: Plane, painter_class: type[Painter], light: Light, camera: Camera, seed: int, index: int, stamps: Stamps
) -> BakedPlane:
    """Paints a plane at the resolution that the nearest camera sees it with."""
    columns, resolution = _resolution(plane, camera)
    rows = max(2, math.ceil(plane.height * resolution)) + 2 * BLEED
    margin = max(BLEED, round(columns * OVERLAP)) if plane.repeat else BLEED
    pixels, target = surface(columns + 2 * margin, rows)
    canvas = target.getCanvas()
    canvas.translate(margin, BLEED)
    canvas.scale(resolution, resolution)
    painter = painter_class(canvas, light, unit=camera.height / 960 / resolution, live=False, stamps=stamps)
    painter.seed = index
    plane.paint(painter, np.random.default_rng([seed, index]))
    if plane.repeat:
        pixels = _folded(pixels, margin)
    if plane.soft:
        pixels = cv2.GaussianBlur(pixels, (0, 0), plane.soft * resolution, borderType=cv2.BORDER_REPLICATE)
    pixels = painter.finish_part(pixels, 1 / resolution)
    if plane.repeat:  # nothing may wrap from the foot to the top
        pixels[:BLEED] = 0
    if plane.haze:
        pixels = _hazed(pixels, plane, resolution, light, camera)
    return BakedPlane(plane, pixels, resolution)


def _folded(pixels: np.ndarray, margin: int) -> np.ndarray:
    """A repeating picture without its margins: what reaches over one side is laid in at the other."""
    whole = pixels[:, margin:-margin].copy()
    for part, over in ((whole[:, -margin:], pixels[:, :margin]), (whole[:, :margin], pixels[:, -margin:])):
        kept = cv2.merge([cv2.bitwise_not(over[..., 3])] * 4)
        part[:] = cv2.add(cv2.multiply(part, kept, scale=1 / 255), over)
    return whole


def _resolution(plane: Plane, camera: Camera) -> tuple[int, float]:
    """(columns, pixels per metre) of a plane's picture; a repeating one has a whole number of columns a period."""
    nearest = min(plane.origin[2], plane.origin[2] + plane.across[2] * plane.width)
    wanted = camera.scale_at(max(nearest, camera.z + 0.6)) * plane.detail
    resolution = min(
        wanted, math.sqrt(MAX_PIXELS / (plane.width * plane.height)), 4000 / max(plane.width, plane.height)
    )
    if plane.soft:
        resolution = min(resolution, 2.5 / plane.soft)
    columns = max(2, round(plane.width * resolution))
    return columns, columns / plane.width


def _hazed(pixels: np.ndarray, plane: Plane, resolution: float, light: Light, camera: Camera) -> np.ndarray:
    """The pixels seen through the air between them and the camera: one depth for all, or growing along the plane."""
    if plane.faces_camera:
        return _through_air(pixels, light, np.float32(haze_share(light, plane.depth - camera.z)))
    lies_flat = bool(plane.down[2])
    steps = pixels.shape[0 if lies_flat else 1]
    along = (np.arange(steps) - BLEED) / resolution * (plane.down[2] if lies_flat else plane.across[2])
    share = np.array([haze_share(light, plane.origin[2] - camera.z + d) for d in along], np.float32)
    hazy = np.flatnonzero(share > HARDLY)
    if not len(hazy):
        return pixels
    part = slice(int(hazy[0]), int(hazy[-1]) + 1)
    pixels = pixels.copy()
    if lies_flat:
        pixels[part] = _through_air(pixels[part], light, share[part, None, None])
    else:
        pixels[:, part] = _through_air(pixels[:, part], light, share[None, part, None])
    return pixels


def _through_air(pixels: np.ndarray, light: Light, share: np.ndarray) -> np.ndarray:
    """The pixels mixed with haze by shares that broadcast to them; what is transparent stays so."""
    if share.max() < HARDLY:
        return pixels
    clear = np.broadcast_to((255 * (1 - share)).astype(np.uint8), pixels.shape)
    haze = np.broadcast_to((share * np.array([*light.haze[::-1], 255], np.float32)).astype(np.uint8), pixels.shape)
    alpha = cv2.merge([pixels[..., 3]] * 4)
    return cv2.add(cv2.multiply(pixels, clear, scale=1 / 255), cv2.multiply(haze, alpha, scale=1 / 255))


class BakedFloor:
    """The ground as a repeating tile at several resolutions, seen in perspective, fading into the haze."""

    def __init__(
        self, floor: Floor, painter_class: type[Painter], light: Light, camera: Camera, seed: int, stamps: Stamps
    ) -> None:
        self.floor, self.light = floor, light
        wanted = floor.period * camera.focal / max(1.2, -camera.z * 0.7)
        side = 1 << max(5, min(10, math.ceil(math.log2(wanted))))
        pixels, target = surface(side, side)
        canvas = target.getCanvas()
        self.resolution = side / floor.period
        canvas.scale(self.resolution, self.resolution)
        painter = painter_class(canvas, light, unit=1 / self.resolution, live=False, stamps=stamps)
        floor.paint(painter, np.random.default_rng([seed, 999]))
        self.levels = [cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)]
        self._tilings: dict[tuple[int, int, int], np.ndarray] = {}
        while self.levels[-1].shape[0] > 8:
            self.levels.append(cv2.resize(self.levels[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))

    def draw(self, frame: np.ndarray, camera: Camera) -> None:
        """Paints the ground into a BGRA frame, from just under the horizon down."""
        top = max(0, math.ceil(camera.horizon + 1))
        height = frame.shape[0]
        if top >= height:
            return
        rows = np.arange(top, height, dtype=np.float32) + 0.5
        distance = camera.focal * camera.y / np.maximum(rows - camera.horizon, 0.5)
        footprint = distance / camera.focal * np.maximum(1.0, distance / (7 * camera.y))  # metres that a pixel covers
        level = np.clip(
            np.round(np.log2(np.maximum(self.resolution * footprint, 1e-6))), 0, len(self.levels) - 1
        ).astype(int)
        ground = np.empty((height - top, frame.shape[1], 3), np.uint8)
        start = 0
        while start < len(rows):
            end = start + int(np.argmax(np.append(level[start:] != level[start], True)))
            self._strip(ground[start:end], camera, top + start, int(level[start]), distance[start:end])
            start = end
        if self.floor.haze:
            self._haze(ground, distance)
        frame[top:] = cv2.cvtColor(ground, cv2.COLOR_BGR2BGRA)

    def _strip(self, out: np.ndarray, camera: Camera, top: int, level: int, distance: np.ndarray) -> None:
        """Warps the tile of one level into rows of the ground, `top` of the frame being the first of them."""
        resolution, period = self.resolution / 2**level, self.floor.period
        far, near = float(distance[0]), float(distance[-1])
        sides = [
            camera.x + (column - camera.centre) / camera.focal * d for column in (0, camera.width) for d in (far, near)
        ]
        left, back = math.floor(min(sides) / period), math.ceil((camera.z + far) / period)
        tile = self._tiled(level, math.ceil(max(sides) / period) - left, back - math.floor((camera.z + near) / period))
        matrix = camera.plane((left * period, 0, back * period), (1, 0, 0), (0, 0, 1))
        to_metres = np.diag([1 / resolution, -1 / resolution, 1.0])
        to_strip = np.array([[1, 0, 0], [0, 1, -top], [0, 0, 1.0]])
        cv2.warpPerspective(
            tile,
            to_strip @ matrix @ to_metres,
            (out.shape[1], out.shape[0]),
            dst=out,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_WRAP,
        )

    def _tiled(self, level: int, across: int, deep: int) -> np.ndarray:
        """A level's tile side by side as often as rows of the ground need: OpenCV wraps round an edge three times more
        slowly than it walks on. Where that would be too large, the tile alone."""
        across, deep = 1 << (across - 1).bit_length(), 1 << (deep - 1).bit_length()
        tile = self.levels[level]
        if across * deep * tile.shape[0] ** 2 > MAX_TILING:
            return tile
        if (level, across, deep) not in self._tilings:
            self._tilings[level, across, deep] = np.tile(tile, (deep, across, 1))
        return self._tilings[level, across, deep]

    def _haze(self, ground: np.ndarray, distance: np.ndarray) -> None:
        share = np.array([haze_share(self.light, float(d)) for d in distance], np.float32)[:, None, None]
        far = int(np.count_nonzero(share > 0.004))
        if far:
            shape = (far, ground.shape[1], 3)
            clear = np.broadcast_to((255 * (1 - share[:far])).astype(np.uint8), shape)
            haze = np.broadcast_to((share[:far] * np.array(self.light.haze[::-1], np.float32)).astype(np.uint8), shape)
            ground[:far] = cv2.add(cv2.multiply(ground[:far], clear, scale=1 / 255), haze)
