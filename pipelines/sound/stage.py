"""Where sounds are: between the ears, near or far, in a room."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

import numpy as np

import pipelines.sound.events  # noqa: F401 registers every kind of event
from pipelines.sound.ambiences.beds import panned
from pipelines.sound.events.surprises import neutral
from pipelines.sound.registry import EVENTS
from pipelines.sound.rooms import ROOMS, answered, room_named
from pipelines.sound.score import Score, SoundEvent, SpokenLine
from pipelines.sound.synthesis import SAMPLE_RATE, Samples, add_at, decaying, generator

EVENT_DISTANCE, LINE_DISTANCE = 3.0, 2.0  # metres at which events and voices have their own loudness
CLEAR_AIR = 8.0  # metres beyond which air takes the highest tones away
CUT_FADE = 0.08  # seconds in which something that lasts stops after its shot's end
_Placed = tuple[int, Samples, float, float]  # first sample, mono samples, pan, share sent into the room


def staged(score: Score) -> tuple[Samples, Samples]:
    """Events and lines of a shot in its room, both (m, 2) from the shot's first sample on and with their tails."""
    room = room_named(score.room)
    length = round(score.seconds * SAMPLE_RATE)
    events = [_placed_event(event, score, room, length) for event in score.events if 0 <= event.time < score.seconds]
    lines = [_placed_line(line, room) for line in score.lines if 0 <= line.time < score.seconds]
    return _in_room(events, room), _in_room(lines, room)


def event_sound(event: SoundEvent, seed: int = 0) -> Samples:
    """(n,) mono samples of one event, the contact at its first sample. A kind that is not known gets a soft knock."""
    event = _bounded(event)
    rng = generator("event", seed, round(event.time * SAMPLE_RATE), event.kind, event.material)
    return EVENTS.get(event.kind, neutral)(event, rng)


def _bounded(event: SoundEvent) -> SoundEvent:
    """The event with its numbers within what sounds can be made for: a strange number must not cost a clip."""
    return replace(
        event,
        strength=_within(event.strength, 0, 1, 0.5),
        seconds=_within(event.seconds, 0, 120, 0),
        size=_within(event.size, 0.15, 8, 1),
    )


def _within(value: float, low: float, high: float, otherwise: float) -> float:
    """The value between low and high; `otherwise` for what is not a number."""
    return min(high, max(low, float(value))) if isfinite(value) else otherwise


def _placed_event(event: SoundEvent, score: Score, room: str, shot_length: int) -> _Placed:
    start = round(event.time * SAMPLE_RATE)
    sound = event_sound(event, score.seed)
    if event.seconds:  # what lasts ends with its shot; what was struck rings on
        sound = _stopped(sound, shot_length - start)
    distance = _within(event.distance, 0.8, 200, EVENT_DISTANCE)
    gain = min(1.6, (EVENT_DISTANCE / distance) ** 0.7)
    sent = ROOMS[room].wet * (distance / EVENT_DISTANCE) ** 0.5
    return start, _through_air(sound, distance) * np.float32(gain), event.pan, sent


def _placed_line(line: SpokenLine, room: str) -> _Placed:
    distance = _within(line.distance, 0.8, 200, LINE_DISTANCE)
    gain = min(1.2, (LINE_DISTANCE / distance) ** 0.35)  # words must be understood, however far away
    sent = 0.6 * ROOMS[room].wet * (distance / LINE_DISTANCE) ** 0.5
    return round(line.time * SAMPLE_RATE), line.speech.samples * np.float32(gain), 0.7 * line.pan, sent


def _stopped(sound: Samples, length: int) -> Samples:
    """The sound with a short fade from `length` samples on."""
    fade = round(CUT_FADE * SAMPLE_RATE)
    if len(sound) <= length + fade:
        return sound
    result = sound[: length + fade].copy()
    result[length:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return result


def _through_air(sound: Samples, distance: float) -> Samples:
    """The sound with the treble that so many metres of air and ground leave of it. It starts no earlier."""
    share = min(0.9, max(0.0, (distance - CLEAR_AIR) / 60))
    if not share:
        return sound
    smooth = decaying(32, 8 / SAMPLE_RATE)
    smoothed = np.convolve(sound, smooth / smooth.sum())[: len(sound)]
    return ((1 - share) * sound + share * smoothed).astype(np.float32)


def _in_room(placed: Sequence[_Placed], room: str) -> Samples:
    """(m, 2) all of them, direct and as the room answers."""
    if not placed:
        return np.zeros((0, 2), np.float32)
    length = max(start + len(samples) for start, samples, _, _ in placed)
    sent = np.zeros(length, np.float32)
    for start, samples, _, share in placed:
        add_at(sent, samples * np.float32(share), start)
    result = answered(sent, room)
    del sent  # before the next of its length is made
    direct = np.zeros((length, 2), np.float32)
    for start, samples, pan, _ in placed:
        add_at(direct, panned(samples, 0.85 * pan if isfinite(pan) else 0.0), start)
    if ROOMS[room].muffled < 20_000:
        direct = _muffled(direct, ROOMS[room].muffled)
    add_at(result, direct, 0)
    return result


def _muffled(samples: Samples, high: float) -> Samples:
    """(n, 2) without what lies above `high` Hz, and not a sample earlier."""
    kernel = decaying(512, 1 / (2 * np.pi * high))
    kernel = np.convolve(kernel, kernel)[:512]
    kernel /= kernel.sum()
    return np.stack([np.convolve(ear, kernel)[: len(ear)] for ear in samples.T], axis=1).astype(np.float32)
