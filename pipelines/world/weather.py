"""Weather between the lens and the place: rain, snow, drifting fog, leaves in the wind."""

import math

import cv2
import numpy as np
import skia

from pipelines.storyboard import Weather
from pipelines.world.camera import Camera
from pipelines.world.light import Light
from pipelines.world.raster import LINEAR, image, noise, surface
from pipelines.world.styles.painter import Painter, fill, pen, rgba

# Three depths of rain: streaks on a tile, length and width in pixels of a 960 high frame, alpha, speed in pixels/s.
_RAIN = ((300, 26, 0.9, 0.30, 1500), (110, 48, 1.3, 0.34, 2100), (16, 110, 2.0, 0.22, 2900))
_SNOW = ((240, 1.6, 0.75, 60), (90, 2.8, 0.85, 95), (26, 5.2, 0.7, 150))  # flakes, radius, alpha, speed
FLASHES = 3.1  # seconds between lightning strokes, about


class WeatherOverlay:
    """Paints the weather over a frame. Tiles are made once; a frame only moves them."""

    def __init__(
        self, weather: Weather, light: Light, wind: float, width: int, height: int, seed: int, outdoors: bool = True
    ) -> None:
        self.weather, self.light, self.wind = weather, light, wind
        self.width, self.height, self.scale = width, height, height / 960
        rng = np.random.default_rng([seed, 77])
        self.slant = 0.10 + 0.35 * wind
        self.tiles: list[tuple[skia.Image, float]] = []
        if weather in (Weather.RAIN, Weather.STORM):
            self.tiles = [self._rain_tile(rng, *row) for row in _RAIN]
        elif weather == Weather.SNOW:
            self.tiles = [self._snow_tile(rng, *row) for row in _SNOW]
        self.fog = self._fog_bank(rng) if weather == Weather.FOG else None
        self.leaves = rng.random((26, 5)) if weather == Weather.WIND else None
        self.motes = rng.random((26, 6)) if weather == Weather.CLEAR and outdoors else None
        self.flashes = np.cumsum(rng.uniform(0.6, 1.5, 12)) * FLASHES if weather == Weather.STORM else ()

    def _rain_tile(
        self, rng: np.random.Generator, count: int, length: float, width: float, alpha: float, speed: float
    ) -> tuple[skia.Image, float]:
        pixels, target = surface(self.width, self.height)
        canvas, paint = target.getCanvas(), pen(rgba((226, 234, 255), alpha), width * self.scale)
        for _ in range(count):
            x, y = rng.uniform(0, self.width), rng.uniform(0, self.height)
            dy = length * rng.uniform(0.6, 1.3) * self.scale
            for shift_x in (-self.width, 0, self.width):
                for shift_y in (-self.height, 0):
                    canvas.drawLine(x + shift_x, y + shift_y, x + shift_x - dy * self.slant, y + shift_y + dy, paint)
        return image(pixels), speed * self.scale

    def _snow_tile(
        self, rng: np.random.Generator, count: int, radius: float, alpha: float, speed: float
    ) -> tuple[skia.Image, float]:
        pixels, target = surface(self.width, self.height)
        canvas = target.getCanvas()
        paint = skia.Paint(AntiAlias=True, Color=rgba((255, 255, 255), alpha))
        for _ in range(count):
            x, y, r = (
                rng.uniform(0, self.width),
                rng.uniform(0, self.height),
                radius * rng.uniform(0.6, 1.3) * self.scale,
            )
            for shift_x in (-self.width, 0, self.width):
                for shift_y in (-self.height, 0, self.height):
                    canvas.drawCircle(x + shift_x, y + shift_y, r, paint)
        if radius > 4:
            pixels = cv2.GaussianBlur(pixels, (0, 0), 2.2 * self.scale)
        return image(pixels), speed * self.scale

    def _fog_bank(self, rng: np.random.Generator) -> skia.Image:
        half = noise(rng, 256, 128, 3, 3, 4)
        field = np.hstack([half, half[:, ::-1]])
        alpha = np.clip((field - 0.35) * 1.3, 0, 0.62) * np.sin(np.linspace(0, math.pi, 128))[:, None] ** 0.7
        colour = np.array(self.light.haze[::-1])
        return image(np.dstack([colour * alpha[..., None], alpha * 255]).astype(np.uint8))

    def draw(self, painter: Painter, camera: Camera, t: float) -> None:
        canvas = painter.canvas
        for depth, (tile, speed) in enumerate(self.tiles):
            sway = 0.0 if self.weather != Weather.SNOW else 14 * self.scale * math.sin(t * 0.9 + depth * 2)
            fall = speed * t
            drift = (
                -fall * self.slant
                if self.weather != Weather.SNOW
                else sway - 90 * self.wind * t * self.scale * (depth + 1)
            )
            x, y = drift % self.width, fall % self.height
            for left in (x - self.width, x):
                for top in (y - self.height, y):
                    canvas.drawImage(tile, round(left), round(top))
        if self.motes is not None:
            self._draw_motes(painter, camera, t)
        if self.fog:
            self._draw_fog(canvas, camera, t)
        if self.leaves is not None:
            self._draw_leaves(painter, t)
        self._draw_flash(canvas, t)

    def _draw_fog(self, canvas: skia.Canvas, camera: Camera, t: float) -> None:
        for bank, (rise, speed, strength) in enumerate(((0.06, 16, 0.55), (0.16, 30, 0.5), (0.32, 55, 0.4))):
            width, tall = self.width * 2.2, self.height * (0.22 + 0.10 * bank)
            x = -((t * speed * self.scale + bank * 190) % width)
            y = camera.horizon + rise * self.height - tall / 2
            paint = skia.Paint(Alphaf=strength)
            for left in (x, x + width):
                canvas.drawImageRect(self.fog, skia.Rect.MakeXYWH(left, y, width, tall), LINEAR, paint)

    def _draw_motes(self, painter: Painter, camera: Camera, t: float) -> None:
        """Pollen that floats in the light; fireflies at night."""
        night = self.light.moon
        if not (night or painter.airy):
            return
        for x, y, size, phase, drift, blink in self.motes:
            depth = 1 + 3 * size
            px = (
                x * self.width + (12 * t * (0.4 + drift) * (0.3 + self.wind * 3) - camera.x * 60 / depth) * self.scale
            ) % self.width
            py = (0.32 + 0.66 * y) * self.height + (9 * math.sin(t * 0.9 + phase * 6.3) - 7 * t * drift) * self.scale
            shine = 0.25 + 0.35 * math.sin(t * (1.2 + blink) + phase * 9) ** 2
            if night:
                shine = 1.6 * max(0.0, math.sin(t * (0.9 + blink) + phase * 9)) ** 3
                painter.glow(px, py, 9 * self.scale * (0.6 + size), (216, 255, 140), min(1.0, 0.7 * shine))
            colour = (230, 255, 160) if night else self.light.rim
            painter.canvas.drawCircle(px, py, (0.6 + 1.3 * size) * self.scale, fill(rgba(colour, min(1.0, shine))))

    def _draw_leaves(self, painter: Painter, t: float) -> None:
        for x, y, size, phase, hue in self.leaves:
            speed = 380 * (0.6 + 0.8 * size) * self.scale
            px = (x * self.width * 1.4 + speed * t) % (self.width * 1.4) - 0.2 * self.width
            py = (y + 0.03 * math.sin(t * 3 + phase * 7)) * self.height + 22 * math.sin(t * 5 + phase * 9) * self.scale
            radius = (4 + 6 * size) * self.scale
            path = skia.Path()
            path.moveTo(-radius, 0)
            path.quadTo(0, -radius * 0.8, radius, 0)
            path.quadTo(0, radius * 0.8, -radius, 0)
            with painter.moved(
                px, py, degrees=math.degrees(t * (3 + 4 * phase)), scale_x=1, scale_y=math.cos(t * 6 + phase * 6)
            ):
                painter.patch(path, (196 + 40 * hue, 120 + 60 * (1 - hue), 52), 0.9)

    def _draw_flash(self, canvas: skia.Canvas, t: float) -> None:
        light = max(
            (math.exp(-(t - at) * 9) + 0.6 * math.exp(-abs(t - at - 0.16) * 22) for at in self.flashes if t >= at),
            default=0,
        )
        if light > 0.02:
            canvas.drawColor(rgba((226, 232, 255), min(0.6, 0.6 * light)), skia.BlendMode.kScreen)
