"""Which function makes which sound. A new kind is one decorated function; nothing else has to know of it."""

from collections.abc import Callable

import numpy as np

from pipelines.sound.score import SoundEvent
from pipelines.sound.synthesis import Samples

EventMaker = Callable[[SoundEvent, np.random.Generator], Samples]  # mono, peak ≤ 1, its first sample is the contact
AmbienceMaker = Callable[[np.random.Generator, int], Samples]  # (n, 2), any length, without a seam

EVENTS: dict[str, EventMaker] = {}
AMBIENCES: dict[str, AmbienceMaker] = {}


def event(*kinds: str) -> Callable[[EventMaker], EventMaker]:
    """Registers a function as the sound of these kinds of event."""

    def register(maker: EventMaker) -> EventMaker:
        for kind in kinds:
            assert kind not in EVENTS, f"two sounds for the event {kind!r}"
            EVENTS[kind] = maker
        return maker

    return register


def ambience(*names: str) -> Callable[[AmbienceMaker], AmbienceMaker]:
    """Registers a function as the sound of surroundings with these names."""

    def register(maker: AmbienceMaker) -> AmbienceMaker:
        for name in names:
            assert name not in AMBIENCES, f"two sounds for the ambience {name!r}"
            AMBIENCES[name] = maker
        return maker

    return register
