"""The painter: everything that is drawn goes through it, so that a style decides how it looks.

Callers say *what* there is (a body, a mark on it, a line, a tone, a glow) in daylight pigments; the painter lights,
hazes and finishes it in its own manner. Coordinates are those of the canvas, whatever its scale.
"""

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
import skia

from pipelines.world.geometry import Colour, Point, clamp, mix, smooth
from pipelines.world.light import Light, haze_share
from pipelines.world.raster import MIPMAPPED, image, noise, surface

Detail = Callable[[], None]
Stop = tuple[float, Colour] | tuple[float, Colour, float]  # position 0 to 1, colour, alpha 0 to 1


class Painter:
    """Draws on one canvas in one style and one light. This base class draws plainly; styles override what differs."""

    holds = 1  # frames that one drawing is held (2: animation on twos)
    portrait = "photo"  # how a photographed head is finished: photo, poster (few fills) or cut (scissors and paper)
    airy = False  # whether this style paints air: mist, pollen, soft light

    def __init__(
        self, canvas: skia.Canvas, light: Light, unit: float = 1.0, live: bool = True, stamps: "Stamps | None" = None
    ) -> None:
        """`unit` is canvas units per pixel; `live` is false while parts are painted once and kept; `stamps` are shared
        by the painters of one scene."""
        self.canvas, self.light, self.unit, self.live = canvas, light, unit, live
        self.stamps = stamps or Stamps()
        self.distance = 0.0  # metres of air between camera and what is being painted
        self.emitting = False  # what is painted now shines by itself: no tint
        self.seed = 0  # grain and cut of hand-made styles follow it

    # ---- colour
    def colour(self, pigment: Colour, alpha: float = 1.0) -> int:
        """A skia colour: the pigment in this light, through this much air."""
        seen = pigment if self.emitting else self.light.lit(pigment)
        if self.distance:
            seen = mix(seen, self.light.haze, haze_share(self.light, self.distance) * (0.5 if self.emitting else 1))
        return rgba(seen, alpha)

    @contextlib.contextmanager
    def shining(self) -> Iterator[None]:
        """What is painted inside shines by itself: lamps, screens, the sun."""
        before, self.emitting = self.emitting, True
        try:
            yield
        finally:
            self.emitting = before

    @contextlib.contextmanager
    def clipped(self, path: skia.Path) -> Iterator[None]:
        """What is painted inside stays within the path."""
        self.canvas.save()
        self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextlib.contextmanager
    def moved(
        self, x: float = 0, y: float = 0, degrees: float = 0, scale_x: float = 1, scale_y: float | None = None
    ) -> Iterator[None]:
        """What is painted inside is scaled, turned clockwise by `degrees`, then put at (x, y)."""
        self.canvas.save()
        self.canvas.translate(x, y)
        if degrees:
            self.canvas.rotate(degrees)
        self.canvas.scale(scale_x, scale_x if scale_y is None else scale_y)
        try:
            yield
        finally:
            self.canvas.restore()

    # ---- what there is to paint
    def body(
        self,
        path: skia.Path,
        pigment: Colour,
        radius: float,
        *,
        rim: float = 1.0,
        form: float = 1.0,
        detail: Detail | None = None,
    ) -> None:
        """Paints a solid thing and models its form. `radius` is its half-thickness; `rim` and `form` (0 to 1) weaken
        the edge light and the modelling; `detail` paints marks that stay inside the outline."""
        self.patch(path, pigment)
        if detail:
            with self.clipped(path):
                detail()

    def patch(self, path: skia.Path, pigment: Colour, alpha: float = 1.0) -> None:
        """Paints an even mark: an eye, a stripe, a window."""
        self.canvas.drawPath(path, fill(self.colour(pigment, alpha)))

    def blend(self, path: skia.Path, start: Point, end: Point, stops: Sequence[Stop]) -> None:
        """Fills a path with colours that change from start to end: sky, water, a wall in slanting light."""
        self.canvas.drawPath(path, shaded(self._linear(start, end, stops)))

    def line(self, points: Sequence[Point] | skia.Path, pigment: Colour, width: float, alpha: float = 1.0) -> None:
        """Paints a line with round ends; a list of points becomes a smooth open curve."""
        path = points if isinstance(points, skia.Path) else smooth(points, closed=False)
        self.canvas.drawPath(path, pen(self.colour(pigment, alpha), width))

    def texture(self, path: skia.Path, pigment: Colour, width: float, alpha: float = 0.5) -> None:
        """Paints fine strokes that give a surface its touch (fur, bark, bricks); coarse styles leave them out."""
        self.line(path, pigment, width, alpha)

    def tone(self, x: float, y: float, rx: float, ry: float, pigment: Colour, alpha: float = 0.4) -> None:
        """Paints a soft dab of shade, light or blush; styles without soft shading leave it out."""

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Adds the light that something bright spreads round itself."""
        shader = skia.GradientShader.MakeRadial(
            (x, y),
            max(radius, 1e-3),
            [rgba(colour, strength), rgba(colour, strength * 0.32), rgba(colour, 0)],
            [0, 0.35, 1],
        )
        self.canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.kScreen))

    def ground_shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
        """Darkens the ground under something; rx, ry are the half-axes on the canvas."""
        paint = fill(self.shadow_colour(strength))
        paint.setMaskFilter(blur(max(ry * 0.45, 0.3)))
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), paint)

    def shadow_colour(self, strength: float) -> int:
        """The skia colour of a shadow on the ground."""
        return rgba(mix(self.light.fill, (0, 0, 0), 0.55), self.light.shadow * strength)

    def clouds(self, width: float, height: float, rng: np.random.Generator) -> None:
        """Paints the clouds of this light into a sky of that size with the horizon at its lower edge."""

    def stamp(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        paint: Callable[["Painter"], None],
        *,
        degrees: float = 0,
        scale: float = 1,
        flip: bool = False,
    ) -> None:
        """Paints a small thing that occurs many times: painted once, then copied. `paint` draws it from its foot (0, 0)
        within ± `width` and up to 2 `width` high (y up is negative); names tell apart what looks different."""
        picture = self.stamps.picture(self, name, width, paint, round(degrees / Stamps.STEP), flip)
        reach = width * scale
        target = skia.Rect.MakeXYWH(x - reach, y - 2 * reach, 2 * reach, 2.5 * reach)
        self.canvas.drawImageRect(picture, target, MIPMAPPED)

    # ---- finishing
    def finish_part(self, pixels: np.ndarray, unit: float) -> np.ndarray:
        """A baked part, premultiplied BGRA, with this style's texture and shadow. `unit`: metres per pixel."""
        return pixels

    def finish_frame(self, frame: np.ndarray, index: int) -> np.ndarray:
        """A whole frame, (h, w, 3) uint8 BGR, with this style's last touch."""
        return frame

    # ---- shared by styles
    def _linear(self, start: Point, end: Point, stops: Sequence[Stop]) -> skia.Shader:
        colours = [self.colour(stop[1], stop[2] if len(stop) > 2 else 1.0) for stop in stops]
        return skia.GradientShader.MakeLinear([start, end], colours, [stop[0] for stop in stops])


class Stamps:
    """Pictures of small things, painted once for all planes of a scene, one for each lean: turning them when they are
    laid down would cost ten times as much."""

    PIXELS = 144  # width of a picture
    STEP = 6.0  # degrees between two leans

    def __init__(self) -> None:
        self._pictures: dict[tuple[str, int, bool], skia.Image] = {}

    def picture(
        self, painter: Painter, name: str, width: float, paint: Callable[[Painter], None], lean: int, flip: bool
    ) -> skia.Image:
        key = (name, lean, flip)
        if key not in self._pictures:
            pixels, target = surface(self.PIXELS, self.PIXELS * 5 // 4)
            canvas = target.getCanvas()
            unit = 2 * width / self.PIXELS
            canvas.scale(1 / unit, 1 / unit)
            canvas.translate(width, 2 * width)
            canvas.rotate(lean * self.STEP)
            canvas.scale(-1 if flip else 1, 1)
            paint(type(painter)(canvas, painter.light, unit=unit, live=False))
            self._pictures[key] = image(pixels, mipmaps=True)
        return self._pictures[key]


def rgba(colour: Colour, alpha: float = 1.0) -> int:
    """A skia colour of red, green, blue (0 to 255) and alpha (0 to 1), as they are."""
    red, green, blue = colour
    return (
        int(255 * clamp(alpha)) << 24
        | int(clamp(red, 0, 255)) << 16
        | int(clamp(green, 0, 255)) << 8
        | int(clamp(blue, 0, 255))
    )


def fill(colour: int) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=colour)


def shaded(shader: skia.Shader) -> skia.Paint:
    """A paint with a gradient, dithered against banding."""
    paint = skia.Paint(AntiAlias=True, Shader=shader)
    paint.setDither(True)
    return paint


def pen(colour: int, width: float) -> skia.Paint:
    return skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        Color=colour,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


_blurs: dict[float, skia.MaskFilter] = {}


def blur(sigma: float) -> skia.MaskFilter:
    """A mask blur, kept: sigmas are rounded to 5 % steps so that few exist."""
    step = round(math.log(max(sigma, 1e-4)) * 20)
    if step not in _blurs:
        _blurs[step] = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, math.exp(step / 20))
    return _blurs[step]


def outside(path: skia.Path, margin: float) -> skia.Path:
    """Everything round a path, out to a margin beyond its bounds; blurred and shifted, it shades the inside edge."""
    bounds = path.getBounds()
    inverse = skia.Path(path)
    inverse.addRect(bounds.makeOutset(margin, margin))
    inverse.setFillType(skia.PathFillType.kEvenOdd)
    return inverse


def vignette(width: int, height: int, strength: float, middle: float = 0.52) -> np.ndarray:
    """(height, width, 3) uint8 factors of 255, darker towards the corners."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = ((columns / width - 0.5) ** 2 + ((rows / height - middle) * 0.95) ** 2) * strength
    return np.repeat((np.clip(1.04 - radius, 0, 1) * 255).astype(np.uint8)[..., None], 3, 2)


def soft_clouds(painter: Painter, width: float, height: float, rng: np.random.Generator) -> None:
    """Clouds of fractal noise, lit from the sun's side, baked at a modest size."""
    light = painter.light
    if light.cloud <= 0:
        return
    columns, rows = 480, max(64, int(480 * height / width))
    field = noise(rng, columns, rows, 3, 7 * rows / columns * 1.6, 6)
    v = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    density = np.clip((field - 0.72 + 0.42 * light.cloud - 0.10 * np.abs(v - 0.55)) * 4.2, 0, 1) ** 1.15
    density *= np.clip(v * 6, 0, 1) * np.clip((1 - v) * 5, 0, 1)
    lit = np.clip((density - np.roll(density, 4, axis=0)) * 2.4 + 0.35, 0, 1)[..., None]
    colour = np.array(light.cloud_shade[::-1]) * (1 - lit) + np.array(light.cloud_colour[::-1]) * lit
    alpha = density * (0.5 + 0.42 * light.cloud)
    pixels = np.dstack([colour * alpha[..., None], alpha * 255]).astype(np.uint8)
    painter.canvas.drawImageRect(
        image(cv2.GaussianBlur(pixels, (0, 0), 0.8)),
        skia.Rect.MakeWH(width, height),
        skia.SamplingOptions(skia.CubicResampler.Mitchell()),
        skia.Paint(),
    )
