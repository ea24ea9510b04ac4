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
from pipelines.world.geometry import Point3
from pipelines.world.light import Light, haze_share
from pipelines.world.place import Plane
from pipelines.world.raster import image, surface
from pipelines.world.styles.painter import Painter, Stamps

MAX_PIXELS = 4_000_000  # of one baked plane
GAP = 40  # empty columns from which on a picture is moved in parts
BLEED = 2  # pixels of empty margin, so that edges stay antialiased when moved
OVERLAP = 0.25  # share of a repeating plane's width by which what it holds may reach over its sides
HARDLY = 0.004  # share of haze that nobody sees
STILL_BEYOND = 1000.0  # metres: what is farther moves by whole pixels
NEAREST = 0.3  # metres: what is closer to the lens is not drawn

Affine = tuple[
    float, float, float, float
]  # size, slant, x, y: (column, row) → (size·column + slant·row + x, size·row + y)


@dataclass
class BakedPlane:
    """A painted plane, ready to be placed."""

    plane: Plane
    pixels: np.ndarray  # (rows, columns, 4) uint8 premultiplied BGRA; BLEED around it, if it repeats above and below
    resolution: float  # pixels per metre

    def __post_init__(self) -> None:
        self.rows, self.runs = _filled(self.pixels, self.plane.repeat)

    def draw(self, painter: Painter, camera: Camera, t: float, wind: float) -> None:
        """Lays the plane over the painter's canvas, as the camera sees it at a time."""
        origin, lean = self._origin(t), self._lean(t, wind)
        if self.plane.faces_camera:
            if origin[2] - camera.z < NEAREST:
                return
            affine = self._affine(camera, origin, lean)
            for start, stop in self.runs:
                self._lay_run(painter, camera, affine, start, stop)
        else:
            self._lay_perspective(painter, camera, self._matrix(camera, origin, lean))
        if self.plane.live:
            self._draw_live(painter, camera, self._matrix(camera, origin, lean), t)

    def _affine(self, camera: Camera, origin: Point3, lean: float) -> Affine:
        """Where the pixels of the picture fall in the frame, for a plane that faces the camera."""
        scale = camera.focal / (origin[2] - camera.z)
        size, slant = scale / self.resolution, -lean / self.plane.height
        column, row = 0.5 - (0 if self.plane.repeat else BLEED), 0.5 - BLEED
        return (
            size,
            size * slant,
            size * (column + slant * row) + scale * (origin[0] - camera.x + lean) + camera.centre - 0.5,
            size * row - scale * (origin[1] - camera.y) + camera.horizon - 0.5,
        )

    def _lay_run(self, painter: Painter, camera: Camera, affine: Affine, start: int, stop: int) -> None:
        """Lays one run of filled columns, and its copies if the plane repeats."""
        (first, last), period = self.rows, self.pixels.shape[1]
        size, slant, x, y = affine
        top = max(0, math.ceil(size * first + y))
        bottom = min(camera.height, math.ceil(size * last + y) + 1)
        if bottom <= top:
            return
        if self.plane.repeat and stop - start == period:  # no gap anywhere: one strip across the frame
            self._lay(painter, affine, None, (0, top, camera.width, bottom))
            return
        leans = (slant * first, slant * last)
        left, right = size * start + x + min(leans), size * stop + x + max(leans)
        step = size * period
        copies = (
            range(math.ceil(-right / step), math.floor((camera.width - left) / step) + 1) if self.plane.repeat else (0,)
        )
        for copy in copies:
            box = (
                max(0, math.floor(left + copy * step) - 1), top,
                min(camera.width, math.ceil(right + copy * step) + 1), bottom,
            )  # fmt: skip
            if box[0] < box[2]:
                self._lay(painter, (size, slant, x + copy * step, y), (start, stop), box)

    def _lay(
        self, painter: Painter, affine: Affine, run: tuple[int, int] | None, box: tuple[int, int, int, int]
    ) -> None:
        """Warps a run of columns of the picture (all of them side by side with themselves if None) into a (left, top,
        right, bottom) box of the frame."""
        (first, last), (left, top, right, bottom), (size, slant, x, y) = self.rows, box, affine
        if self.plane.depth > STILL_BEYOND and run and abs(size - 1) < 1e-3 and abs(slant) < 1e-3:
            return self._shift(painter, affine, box, run)
        leans = (slant * first, slant * last)
        start = (
            math.floor((left - x - max(leans)) / size) - 1
        )  # only what the box shows: OpenCV is slow on wide pictures
        stop = math.ceil((right - x - min(leans)) / size) + 2
        if run:
            start, stop = max(run[0], start), min(run[1], stop)
        if start >= stop:
            return
        part = np.array(
            [
                [size, slant, x + size * start + slant * first - left],
                [0, size, y + size * first - top],
            ]
        )
        pixels = cv2.warpAffine(self._columns(start, stop), part, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
        painter.canvas.drawImage(image(pixels), left, top)

    def _shift(self, painter: Painter, affine: Affine, box: tuple[int, int, int, int], run: tuple[int, int]) -> None:
        """Lays columns of the picture at whole pixels: the sky moves a pixel or two a second and needs no more."""
        (first, last), (left, top, right, bottom), (start, stop) = self.rows, box, run
        size, slant, x, y = affine
        column, row = round(x + size * start + slant * first), round(y + size * first)
        x0, y0 = max(0, left - column), max(0, top - row)
        x1, y1 = min(stop - start, right - column), min(last - first, bottom - row)
        if x0 < x1 and y0 < y1:
            pixels = self.pixels[first + y0 : first + y1, start + x0 : start + x1]
            painter.canvas.drawImage(image(pixels), column + x0, row + y0)

    def _columns(self, start: int, stop: int) -> np.ndarray:
        """The filled rows of columns `start` to `stop` of the picture, which goes on for ever if it repeats."""
        pixels, period = self.pixels[self.rows[0] : self.rows[1]], self.pixels.shape[1]
        start, stop = start % period, start % period + stop - start
        if stop <= period:
            return pixels[:, start:stop]
        whole = stop // period - 1
        return np.concatenate([pixels[:, start:], *[pixels] * whole, pixels[:, : stop % period]], axis=1)

    def _matrix(self, camera: Camera, origin: Point3, lean: float) -> np.ndarray:
        """(3, 3) homography: metres along and down the plane → pixels."""
        sheared = np.array([[1, -lean / self.plane.height, lean], [0, 1, 0], [0, 0, 1.0]])
        return camera.plane(origin, self.plane.across, self.plane.down) @ sheared

    def _lay_perspective(self, painter: Painter, camera: Camera, matrix: np.ndarray) -> None:
        bounds = self._bounds(matrix, camera)
        if bounds is None:
            return
        left, top, right, bottom = bounds
        margin = 0 if self.plane.repeat else BLEED
        to_metres = np.array([[1, 0, 0.5 - margin], [0, 1, 0.5 - BLEED], [0, 0, self.resolution]]) / self.resolution
        part = np.array([[1, 0, -left - 0.5], [0, 1, -top - 0.5], [0, 0, 1.0]]) @ matrix @ to_metres
        pixels = cv2.warpPerspective(self.pixels, part, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
        painter.canvas.drawImage(image(pixels), left, top)

    def _origin(self, t: float) -> Point3:
        x, y, z = self.plane.origin
        if self.plane.shift is None:
            return x, y, z
        dx, dy, dz = self.plane.shift(t)
        return x + dx, y + dy, z + dz

    def _lean(self, t: float, wind: float) -> float:
        """Metres by which the wind has moved the plane's top; its foot stays. Gusts run along the rows."""
        plane = self.plane
        if not plane.sway:
            return 0.0
        gust = math.sin(t * 1.9 - plane.origin[2] * 0.7) + 0.5 * math.sin(t * 3.1 + plane.origin[2] * 2.3)
        return plane.sway * ((0.35 + wind) * gust + 1.5 * max(0.0, wind - 0.4))

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
