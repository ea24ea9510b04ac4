"""What a path covers, as a picture of its own: OpenCV makes shading of it, and skia only lays the result down.

skia takes ten to twenty nanoseconds a pixel for gradients, blurs and tinted masks, and one for a finished picture.
Only where the canvas neither turns nor scales what is drawn, as when actors are painted into a frame.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Point
from pipelines.world.raster import image

WORTH = 2_500  # square pixels of a path's box under which skia alone is as quick
WORTH_DAB = 800  # the same for dabs


@dataclass(frozen=True)
class Cover:
    """A path and the box of the canvas that it shows in."""

    path: skia.Path
    shift: tuple[float, float]  # pixels by which the canvas moves it
    left: int
    top: int
    width: int
    height: int

    @cached_property
    def whole(self) -> np.ndarray:
        """(height, width) uint8: 255 where the path lies."""
        return self.pixels()

    def pixels(self, dx: float = 0.0, dy: float = 0.0, small: int = 1) -> np.ndarray:
        """(height, width) uint8: 255 where the path, moved by (dx, dy), lies; `small` times smaller, rounded up."""
        width, height = -(-self.width // small), -(-self.height // small)
        cover = np.zeros((height, width), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
        canvas = skia.Surface.MakeRasterDirect(info, cover).getCanvas()
        canvas.scale(1 / small, 1 / small)
        canvas.translate(self.shift[0] - self.left + dx, self.shift[1] - self.top + dy)
        canvas.drawPath(self.path, skia.Paint(AntiAlias=True, Color=0xFFFFFFFF))
        return cover

    def inner_edge(self, dx: float, dy: float, sigma: float) -> np.ndarray:
        """(height, width) uint8: what lies outside the path, moved by (dx, dy) and blurred; it reaches inside."""
        return cv2.bitwise_not(self.blurred(sigma, dx, dy))

    def blurred(self, sigma: float, dx: float = 0.0, dy: float = 0.0) -> np.ndarray:
        """(height, width) uint8: the path, moved by (dx, dy) and blurred; at less than its size where none can tell."""
        small = 1 if sigma < 2 else 2 if sigma < 8 else 4
        pixels = blurred(self.pixels(dx, dy, small), sigma / small)
        if small == 1:
            return pixels
        grown = cv2.resize(pixels, None, fx=small, fy=small, interpolation=cv2.INTER_LINEAR)
        return grown[: self.height, : self.width]

    def rim(self, dx: float, dy: float, shares: Sequence[float]) -> np.ndarray:
        """(height, width) uint8: the mean of what copies of the path, moved by these shares of (dx, dy), leave free."""
        weight, free = 1 / len(shares), np.full((self.height, self.width), 255, np.uint8)
        for share in shares:
            free = cv2.addWeighted(free, 1, self.pixels(dx * share, dy * share), -weight, 0)
        return free

    def ramp(self, start: Point, end: Point) -> np.ndarray:
        """(height, width) uint8: from 0 at one point to 255 at the other and beyond them, along the line between."""
        (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
        length = (dx * dx + dy * dy) / 255 or 1.0
        columns = (np.arange(self.width) + 0.5 + self.left - self.shift[0] - x) * (dx / length)
        rows = (np.arange(self.height) + 0.5 + self.top - self.shift[1] - y) * (dy / length)
        steps = columns.round().astype(np.int16) + rows.round().astype(np.int16)[:, None]
        return np.clip(steps, 0, 255, out=steps).astype(np.uint8)

    def fill(self, canvas: skia.Canvas, mask: np.ndarray, table: np.ndarray) -> None:
        """Fills the path with a mask that is coloured by a table."""
        place = skia.Matrix.Translate(self.left - self.shift[0], self.top - self.shift[1])
        clamp = skia.TileMode.kClamp
        shader = image(_coloured(mask, table)).makeShader(clamp, clamp, skia.SamplingOptions(), place)
        canvas.drawPath(self.path, skia.Paint(AntiAlias=True, Shader=shader))


def cover_of(canvas: skia.Canvas, path: skia.Path, margin: float = 1.0) -> Cover | None:
    """The cover of a path on a canvas, its box a margin of pixels wider; None where the canvas turns or scales, and
    where it would not pay."""
    matrix, bounds = canvas.getTotalMatrix(), path.getBounds()
    if bounds.width() * bounds.height() < WORTH or not matrix.isTranslate():
        return None
    x, y = matrix.getTranslateX(), matrix.getTranslateY()
    box, clip = bounds.makeOffset(x, y).makeOutset(margin, margin).roundOut(), canvas.getDeviceClipBounds()
    left, top = max(box.left(), clip.left()), max(box.top(), clip.top())
    width, height = min(box.right(), clip.right()) - left, min(box.bottom(), clip.bottom()) - top
    return Cover(path, (x, y), left, top, width, height) if width > 0 and height > 0 else None


def lay(canvas: skia.Canvas, mask: np.ndarray, table: np.ndarray, left: int, top: int) -> None:
    """Lays a mask over the canvas at a pixel of it, coloured by a table of 256 colours (see `tint`)."""
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(image(_coloured(mask, table)), left, top)
    canvas.restore()


def dab(canvas: skia.Canvas, x: float, y: float, rx: float, ry: float, colour: int) -> bool:
    """Lays a soft oval over the canvas, and says so; not where the canvas turns it, or where it would not pay."""
    matrix = canvas.getTotalMatrix()
    if not matrix.isScaleTranslate():
        return False
    x, y = x * matrix.getScaleX() + matrix.getTranslateX(), y * matrix.getScaleY() + matrix.getTranslateY()
    rx, ry = abs(rx * matrix.getScaleX()), abs(ry * matrix.getScaleY())
    if 4 * rx * ry < WORTH_DAB:
        return False
    clip = canvas.getDeviceClipBounds()
    left, top = max(clip.left(), math.floor(x - rx)), max(clip.top(), math.floor(y - ry))
    width, height = min(clip.right(), math.ceil(x + rx)) - left, min(clip.bottom(), math.ceil(y + ry)) - top
    if width > 0 and height > 0:
        column = ((np.arange(width, dtype=np.float32) + np.float32(left + 0.5 - x)) / np.float32(rx)) ** 2
        row = ((np.arange(height, dtype=np.float32) + np.float32(top + 0.5 - y)) / np.float32(ry)) ** 2
        away = np.sqrt(np.minimum(column + row[:, None], 1)) * 255
        lay(canvas, away.astype(np.uint8), _dab(colour), left, top)
    return True


@lru_cache(maxsize=1024)
def _dab(colour: int) -> np.ndarray:
    """(1, 256) int32: premultiplied BGRA of a dab from its middle (0) to its edge (255)."""
    shares = np.interp(np.linspace(0, 1, 256), [0, 0.45, 1], [255, 153, 0]).round().astype(np.uint8)
    return np.ascontiguousarray(tint(colour)[:, shares])


def _coloured(mask: np.ndarray, table: np.ndarray) -> np.ndarray:
    """(height, width, 4) uint8 premultiplied BGRA."""
    return cv2.LUT(mask, table).view(np.uint8).reshape(*mask.shape, 4)


@lru_cache(maxsize=1024)
def tint(colour: int, layers: int = 1) -> np.ndarray:
    """(1, 256) int32: premultiplied BGRA of a skia colour under masks of 0 to 255; with several `layers`, of as many
    masks of that mean, one over the other."""
    alpha, red, green, blue = ((colour >> shift & 255) / 255 for shift in (24, 16, 8, 0))
    shares = np.linspace(0, 1, 256)
    shares = alpha * shares if layers == 1 else 1 - (1 - alpha) ** (layers * shares)
    table = np.outer(255 * shares, [blue, green, red, 1.0]).round().astype(np.uint8)
    return np.ascontiguousarray(table).view(np.int32).reshape(1, 256)


def between(stops: Sequence[tuple[float, int]]) -> np.ndarray:
    """(1, 256) int32: premultiplied BGRA from one opaque skia colour to the next, at places 0 to 1."""
    places, steps = [place for place, _ in stops], np.linspace(0, 1, 256)
    table = np.full((256, 4), 255, np.uint8)
    for channel in range(3):
        table[:, channel] = np.interp(steps, places, [colour >> 8 * channel & 255 for _, colour in stops]).round()
    return table.view(np.int32).reshape(1, 256)


def blurred(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Nearly a Gaussian blur, by three boxes, which take no longer the wider they are."""
    side = 2 * round((math.sqrt(4 * sigma * sigma + 1) - 1) / 2) + 1
    for _ in range(3 if side > 1 else 0):
        picture = cv2.blur(picture, (side, side), borderType=cv2.BORDER_REPLICATE)
    return picture
