"""A small stage for animals: a plain background, a fixed camera, one performer."""

import numpy as np

from pipelines.storyboard import Style, Time, Weather
from pipelines.world.actor import Actor, Role, cast, kinds
from pipelines.world.camera import Camera
from pipelines.world.light import light_for
from pipelines.world.raster import surface
from pipelines.world.styles import painter_for

SIZE = 160  # pixels: width and height of a picture
BACKGROUND = (90, 140, 90)

QUADRUPEDS = ("dog", "cat", "fox", "rabbit", "horse", "elephant", "bear", "sheep", "cow")
BIRDS = ("bird", "owl", "duck", "penguin")
SWIMMERS = ("fish", "whale")
ALL = (*QUADRUPEDS, *BIRDS, *SWIMMERS, "butterfly")


def animal(kind: str, action: str | None = None, **role: object) -> Actor:
    """That animal, ready to perform."""
    return cast(Role(kind, action, seed=5, **role))


def actions_of(kind: str) -> tuple[str, ...]:
    return kinds()[kind].actions


def camera_on(actor: Actor, t: float, pixels: int = SIZE) -> Camera:
    """A camera that holds the whole actor, its foot on the lower fifth of the picture."""
    long, tall = actor.extent()
    x, y, z = actor.position(t)
    focal = 1.2 * pixels
    distance = 1.2 * max(long / 0.7, tall / 0.6)
    return Camera(
        x, y + tall * 0.5, z - distance, focal, pixels / 2, pixels * 0.8 - focal / distance * tall * 0.5, pixels, pixels
    )


def picture(
    actor: Actor, t: float, style: Style = Style.FLAT, camera: Camera | None = None, pixels: int = SIZE
) -> np.ndarray:
    """(pixels, pixels, 3) uint8 BGR of the actor alone, without the finish of a frame."""
    frame, target = surface(pixels, pixels)
    frame[:] = (*BACKGROUND, 255)
    painter = painter_for(style)(target.getCanvas(), light_for(Time.DAY, Weather.CLEAR), unit=pixels / 960)
    actor.draw(painter, camera or camera_on(actor, t, pixels), t)
    return frame[..., :3].copy()


def covered(image: np.ndarray) -> np.ndarray:
    """(h, w) bool: where the picture differs from its background."""
    return np.abs(image.astype(int) - BACKGROUND).sum(axis=2) > 24
