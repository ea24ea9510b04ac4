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
        self.levels = [pixels]
        self._tilings: dict[tuple[int, int, int], np.ndarray] = {}
        self._hazes: tuple[tuple[float, ...], np.ndarray, np.ndarray] = ((), np.empty(0), np.empty(0))
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
        ground, start = frame[top:], 0
        while start < len(rows):
            end = start + int(np.argmax(np.append(level[start:] != level[start], True)))
            self._strip(ground[start:end], camera, int(level[start]), distance[start:end])
            start = end
        if self.floor.haze:
            self._haze(ground, camera, distance)

    def _strip(self, out: np.ndarray, camera: Camera, level: int, distance: np.ndarray) -> None:
        """Fills rows of the ground, at these distances, with the tile of one level. The camera stands level, so all of
        a row is equally far and no pixel needs a division of its own."""
        resolution, period = self.resolution / 2**level, self.floor.period
        far, near = float(distance[0]), float(distance[-1])
        sides = [
            camera.x + (column - camera.centre) / camera.focal * d for column in (0, camera.width) for d in (far, near)
        ]
        left, back = math.floor(min(sides) / period), math.ceil((camera.z + far) / period)
        tile = self._tiled(level, math.ceil(max(sides) / period) - left, back - math.floor((camera.z + near) / period))
        columns = np.arange(out.shape[1], dtype=np.float32) + np.float32(0.5 - camera.centre)
        places = np.empty((*out.shape[:2], 2), np.float32)  # where in the tile each pixel looks: column, row
        np.multiply(columns, (distance * (resolution / camera.focal))[:, None], out=places[..., 0])
        places[..., 0] += np.float32((camera.x - left * period) * resolution - 0.5)
        places[..., 1] = ((back * period - camera.z - distance) * resolution - 0.5)[:, None]
        cv2.remap(tile, places, None, cv2.INTER_LINEAR, dst=out, borderMode=cv2.BORDER_WRAP)

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

    def _haze(self, ground: np.ndarray, camera: Camera, distance: np.ndarray) -> None:
        """Mixes the far rows of the ground with haze. The shares are kept while the camera stays as high."""
        view = (camera.focal, camera.y, camera.horizon, ground.shape[1])
        if self._hazes[0] != view:
            share = np.array([haze_share(self.light, float(d)) for d in distance], np.float32)[:, None, None]
            share = share[: int(np.count_nonzero(share > 0.004))]
            shape = (len(share), ground.shape[1], 4)
            clear = np.broadcast_to((255 * (1 - share)).astype(np.uint8), shape).copy()
            haze = np.array([*self.light.haze[::-1], 255], np.float32)
            self._hazes = (view, clear, np.broadcast_to((share * haze).astype(np.uint8), shape).copy())
        _, clear, haze = self._hazes
        if len(clear):
            far = ground[: len(clear)]
            cv2.multiply(far, clear, dst=far, scale=1 / 255)
            cv2.add(far, haze, dst=far)
            far[..., 3] = 255
