"""The ground: a tile that repeats for ever, seen in perspective."""

import math

import cv2
import numpy as np

from pipelines.world.camera import Camera
from pipelines.world.light import Light, haze_share
from pipelines.world.place import Floor
from pipelines.world.raster import surface
from pipelines.world.styles.painter import Painter, Stamps

MAX_TILING = 1 << 22  # pixels of floor tiles laid side by side


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
