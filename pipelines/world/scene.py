"""A staged shot as a painter of frames: `frame(i)` is a pure function, so any frame can be painted alone, anywhere."""

import math
from dataclasses import replace

import cv2
import numpy as np

from pipelines.storyboard import Weather
from pipelines.world.actor import Actor
from pipelines.world.camera import Camera
from pipelines.world.colours import pigment
from pipelines.world.floor import BakedFloor
from pipelines.world.layers import BakedPlane, bake_plane
from pipelines.world.light import Light, indoors, lamplit, light_for
from pipelines.world.pace import play
from pipelines.world.place import Layout, PlaceKind, Site, places
from pipelines.world.raster import image, surface
from pipelines.world.staged import Staged
from pipelines.world.styles import painter_for
from pipelines.world.styles.painter import Stamps, rgba
from pipelines.world.weather import WeatherOverlay

FLOOR_FROM = 90.0  # metres: what is farther away stands behind the floor's edge
MIRROR_SCALE = 3  # mirror images are painted at a third of the size


class Scene:
    """Bakes the place of a staged shot, then paints its frames."""

    def __init__(self, staged: Staged, width: int, height: int, frames_per_second: int = 24) -> None:
        cv2.setNumThreads(1)
        self.staged, self.width, self.height, self.rate = staged, width, height, frames_per_second
        shot = staged.shot
        kind = places()[staged.place]
        light = light_for(shot.time, shot.weather)
        self.light: Light = kind.relight(light) if kind.relight else indoors(light) if kind.indoor else light
        self.actors: list[Actor] = [play(role) for role in staged.roles]
        self.pixels, self.target = surface(width, height)
        painter_class = painter_for(shot.style)
        on_actors = lamplit(self.light, kind.lamps) if self.light.moon and not kind.indoor else self.light
        self.painter = painter_class(self.target.getCanvas(), on_actors, unit=height / 960)
        self._bake(kind, painter_class)
        outdoors = Weather.CLEAR if kind.indoor else shot.weather
        self.weather = WeatherOverlay(
            outdoors, self.light, staged.wind, width, height, staged.seed, kind.motes and not kind.indoor
        )

    def _bake(self, kind: PlaceKind, painter_class: type) -> None:
        cameras = [
            self.staged.camera.at(t, self.width, self.height) for t in np.linspace(0, self.staged.shot.seconds, 5)
        ]
        nearest = max(cameras, key=lambda camera: camera.z)
        self.site = self._site(cameras, nearest)
        layout: Layout = kind.build(self.site)
        stamps = Stamps()
        self.planes = [
            bake_plane(plane, painter_class, self.light, nearest, self.staged.seed, index, stamps)
            for index, plane in enumerate(layout.planes)
            if plane.width > 0 and plane.height > 0  # a camera farther in leaves some without extent
        ]
        self.planes.sort(key=lambda baked: -baked.plane.depth)
        self.floor = (
            BakedFloor(layout.floor, painter_class, self.light, nearest, self.staged.seed, stamps)
            if layout.floor
            else None
        )

    def _site(self, cameras: list[Camera], nearest: Camera) -> Site:
        shot = self.staged.shot
        half = max((camera.width / 2) / camera.scale_at(0.0) for camera in cameras)
        flowers = next((s.colours for s in shot.subjects if s.kind == "flower"), ())
        return Site(
            self.light,
            shot.time,
            shot.weather,
            shot.season,
            shot.style,
            self.staged.seed,
            min(c.x for c in cameras) - half,
            max(c.x for c in cameras) + half,
            nearest.z,
            tuple(pigment(name, (240, 240, 250)) for name in flowers),
            self.width / self.height,
            max(c.y for c in cameras),
        )

    def frame(self, index: int) -> np.ndarray:
        """Frame `index` of the shot, (height, width, 3) uint8 BGR."""
        index -= index % self.painter.holds
        t = index / self.rate
        camera = self.staged.camera.at(t, self.width, self.height)
        self.target.getCanvas().clear(rgba(self.light.haze))
        self._world(camera, t)
        self.weather.draw(self.painter, camera, t)
        frame = cv2.cvtColor(self.pixels, cv2.COLOR_BGRA2BGR)
        return self.painter.finish_frame(frame, index // self.painter.holds)

    def _world(self, camera: Camera, t: float) -> None:
        """Planes and actors, far to near, with the floor between what lies behind the horizon and what stands on it."""
        layers: list[tuple[float, BakedPlane | Actor]] = [(baked.plane.depth, baked) for baked in self.planes]
        layers += [(actor.position(t)[2], actor) for actor in self.actors]
        layers.sort(key=lambda layer: -layer[0])
        floor_drawn, unshaded = self.floor is None, list(self.actors)
        mirrored = self._mirror(camera, t, layers) if self.floor and self.floor.floor.mirror else None
        for depth, layer in layers:
            if not floor_drawn and depth < FLOOR_FROM:
                self._floor(camera, mirrored)
                floor_drawn = True
            if not isinstance(layer, BakedPlane):  # no shadow falls on somebody who stands as near
                for actor in [actor for actor in unshaded if actor.position(t)[2] > depth - 0.05]:
                    self._shade(actor, camera, t)
                    unshaded.remove(actor)
            self._paint(layer, camera, t)
        if not floor_drawn:
            self._floor(camera, mirrored)

    def _paint(self, layer: "BakedPlane | Actor", camera: Camera, t: float) -> None:
        if isinstance(layer, BakedPlane):
            layer.draw(self.painter, camera, t, self.staged.wind)
            return
        self.painter.distance = max(0.0, layer.position(t)[2] - camera.z)
        layer.draw(self.painter, camera, t)
        self.painter.distance = 0.0

    def _shade(self, actor: Actor, camera: Camera, t: float) -> None:
        """Paints the shadows of an actor on the ground."""
        for shadow in actor.shadows(t):
            column, row, scale = camera.project((shadow.x, 0.0, shadow.z))
            fade = 1 / (1 + 1.6 * max(0.0, shadow.height))
            radius = shadow.radius * scale * (1 + 0.35 * max(0.0, shadow.height))
            flatness = min(0.45, max(0.10, camera.y / max(0.5, shadow.z - camera.z)))
            self.painter.ground_shadow(column, row, radius, max(2.0, radius * flatness), fade)

    def _floor(self, camera: Camera, mirrored: np.ndarray | None) -> None:
        self.floor.draw(self.pixels, camera)
        if mirrored is not None:
            self.painter.canvas.drawImage(image(mirrored), 0, _below_horizon(camera))

    def _mirror(self, camera: Camera, t: float, layers: list[tuple[float, "BakedPlane | Actor"]]) -> np.ndarray | None:
        """What the ground mirrors, (rows below the horizon, width, 4) premultiplied BGRA, rippled and blurred.

        The mirror image is what a camera as deep under the ground sees, upside down.
        """
        top = _below_horizon(camera)
        rows = math.ceil((camera.height - top) / MIRROR_SCALE)
        if rows < 2:
            return None
        small = camera.scaled(1 / MIRROR_SCALE)
        below = replace(small, y=-camera.y, horizon=rows - (camera.horizon - top) / MIRROR_SCALE, height=rows)
        pixels, target = surface(small.width, rows)
        painter = type(self.painter)(target.getCanvas(), self.light, unit=self.painter.unit / MIRROR_SCALE)
        for _, layer in layers:
            if isinstance(layer, BakedPlane):
                if layer.plane.mirrored:
                    layer.draw(painter, below, t, self.staged.wind)
            else:
                layer.draw(painter, below, t)
        return self._rippled(pixels[::-1], t)[: camera.height - top]

    def _rippled(self, pixels: np.ndarray, t: float) -> np.ndarray:
        """The mirror image as the floor shows it: fainter near the lens, blurred, wavering, at the frame's size."""
        rows, width = pixels.shape[:2]
        floor = self.floor.floor
        pixels = cv2.blur(pixels, (3, max(3, rows // (14 if floor.ripple else 30))))
        nearness = np.linspace(0, 1, rows, dtype=np.float32)
        pixels = (pixels * (floor.mirror * (1 - 0.35 * nearness))[:, None, None]).astype(np.uint8)
        if floor.ripple:
            row = np.arange(rows, dtype=np.float32)
            wave = np.sin(row * 0.62 + t * 3.0) + np.sin(row * 0.27 - t * 2.1)
            shift = (wave * (0.2 + 0.6 * nearness) * floor.ripple * 0.56 * self.height / MIRROR_SCALE).astype(
                np.float32
            )
            xs = np.arange(width, dtype=np.float32)[None] + shift[:, None]
            pixels = cv2.remap(
                pixels, xs, np.repeat(row[:, None], width, 1), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        return cv2.resize(pixels, (self.width, rows * MIRROR_SCALE), interpolation=cv2.INTER_LINEAR)


def _below_horizon(camera: Camera) -> int:
    """The first row of the frame that shows ground."""
    return max(0, math.ceil(camera.horizon + 1))
