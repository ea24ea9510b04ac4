"""Persons for tests, and pictures of them."""

import numpy as np
import skia

from pipelines.sound.speech import Phoneme, Speech
from pipelines.storyboard import Style, Time, Weather
from pipelines.world.actor import Cue, Role, cast
from pipelines.world.camera import Camera
from pipelines.world.light import light_for
from pipelines.world.people.person import Person
from pipelines.world.raster import surface
from pipelines.world.styles import painter_for

ADULTS = ("man", "woman", "old_man", "old_woman", "person", "robot")
CHILDREN = ("boy", "girl")


def person(kind: str = "man", action: str | None = "stand", **fields: object) -> Person:
    """A person as the engine casts it."""
    return cast(Role(kind, action, **fields))


def spoken(*sounds: tuple[str, float, float], at: float = 0.5) -> tuple[Cue, ...]:
    """A line of (phoneme, start, end) that begins `at` seconds."""
    speech = Speech(np.zeros(0, np.float32), tuple(Phoneme(a, b, s) for s, a, b in sounds), (sounds[0][1],))
    return (Cue(at, speech),)


def picture(
    actor: Person, t: float, style: str = "cinematic", width: int = 160, height: int = 240, near: float = 1.0
) -> np.ndarray:
    """(height, width, 4) uint8: the person alone on nothing; `near` 3 shows the head."""
    pixels, target = surface(width, height)
    painter = painter_for(Style(style))(target.getCanvas(), light_for(Time.DAY, Weather.CLEAR), unit=height / 960)
    tall = actor.look.height
    distance = 1.2 * tall * 1.35 / near
    eye = tall * (0.55 if near == 1 else 0.86)
    camera = Camera(actor.position(t)[0], eye, -distance, 1.2 * height, width / 2, height * 0.5, width, height)
    target.getCanvas().clear(skia.ColorTRANSPARENT)
    actor.draw(painter, camera, t)
    return pixels
