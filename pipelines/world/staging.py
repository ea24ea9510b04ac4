"""Staging: from a shot of the storyboard to roles, a camera path and a score, all plain data."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from pipelines.cameo.likeness import Likeness
from pipelines.cameo.voice import spoken_voice
from pipelines.sound.score import Score, SoundEvent, SpokenLine
from pipelines.sound.speech import Speech, speak
from pipelines.sound.voices import Voice, voice_named
from pipelines.storyboard import Line, Shot, Subject, Time, Weather
from pipelines.world.actor import Actor, Cue, Happening, Role, kinds
from pipelines.world.framing import camera_track
from pipelines.world.pace import abreast, play
from pipelines.world.physics import perform
from pipelines.world.place import PlaceKind, places
from pipelines.world.staged import CameraTrack, Staged

WIND = {
    Weather.CLEAR: 0.25,
    Weather.RAIN: 0.4,
    Weather.SNOW: 0.25,
    Weather.FOG: 0.05,
    Weather.STORM: 1.0,
    Weather.WIND: 0.85,
}
FIRST_LINE, PAUSE = 0.6, 0.35  # seconds before the first line and between two
SCENERY = ("flower",)  # subjects that the place itself paints
RELATIONS = ("holding_", "riding_")  # attributes that tie one subject to another
AFLOAT = ("boat", "whale")  # kinds that are where the water is
DEFAULT_PLACE = "meadow"
NOBODY: Mapping[str, Likeness] = MappingProxyType({})
_WEATHER_SOUNDS = {
    Weather.RAIN: ("rain",),
    Weather.STORM: ("rain", "wind", "thunder"),
    Weather.WIND: ("wind",),
    Weather.SNOW: ("wind",),
}
_FAIR_WEATHER_SOUNDS = ("birdsong", "crickets")


def stage(shot: Shot, seed: int, aspect: float, likenesses: Mapping[str, Likeness] = NOBODY) -> Staged:
    """A shot made ready for painting, in a frame of that aspect (width over height). Says its lines to time them.
    `likenesses`: of the people who play, by handle."""
    place = places()[_place_name(shot)]
    wind = WIND[shot.weather]
    roles = _blocking(
        [s for s in shot.subjects if s.kind in kinds() and s.kind not in SCENERY], shot, place, seed, wind
    )
    roles = _played(roles, shot, likenesses)
    spoken = _say(shot.lines, roles)
    roles = [
        replace(role, cues=tuple(Cue(line.time, _silent(line.speech)) for line, who in spoken if who == i))
        for i, role in enumerate(roles)
    ]
    roles, physical = perform(roles, place, shot.events, shot.seconds, seed)
    actors = [play(role) for role in roles]
    camera = camera_track(shot, actors, aspect, place.indoor)
    happenings = [h for actor in actors for h in actor.happenings()] + list(physical)
    score = Score(
        seconds=shot.seconds,
        events=tuple(
            sorted((_heard(h, camera, aspect) for h in happenings if 0 <= h.time < shot.seconds), key=lambda e: e.time)
        ),
        lines=tuple(
            replace(line, pan=_pan(actors[who], line.time, camera, aspect)) if who is not None else line
            for line, who in spoken
        ),
        ambiences=_ambiences(shot, place),
        music=shot.music,
        room=place.room,
        seed=seed,
    )
    return Staged(shot, seed, place.name, tuple(roles), camera, score, wind)


def _played(roles: list[Role], shot: Shot, likenesses: Mapping[str, Likeness]) -> list[Role]:
    """The roles with the likeness of whoever plays them."""
    subjects = [s for s in shot.subjects if s.kind in kinds() and s.kind not in SCENERY for _ in range(s.count)]
    return [
        replace(role, cameo=subject.cameo, likeness=likenesses.get(subject.cameo))
        if subject.cameo and role.index == 0
        else role
        for role, subject in zip(roles, subjects, strict=True)
    ]


def undrawable(shot: Shot) -> list[str]:
    """What of a shot this engine cannot draw, in words: kinds, places, and who holds or rides whom."""
    missing = [s.kind for s in shot.subjects if s.kind not in kinds() and s.kind not in SCENERY]
    missing += [name for s in shot.subjects for name in s.attributes if name.startswith(RELATIONS)]
    missing += [shot.place] if shot.place and shot.place not in places() else []
    return [name.replace("_", " ") for name in missing]


def _place_name(shot: Shot) -> str:
    if shot.place in places():
        return shot.place
    homes = [kinds()[s.kind].home for s in shot.subjects if s.kind in kinds()]
    return next((home for home in homes if home in places()), DEFAULT_PLACE)


def _blocking(subjects: Sequence[Subject], shot: Shot, place: PlaceKind, seed: int, wind: float) -> list[Role]:
    """Where everybody stands: side by side, the first nearest the middle, one in two a step further back."""
    cast_list = [(subject, n) for subject in subjects for n in range(subject.count)]
    slots = _slots([kinds()[s.kind].size[0] for s, _ in cast_list])
    roles = []
    for number, ((subject, n), x) in enumerate(zip(cast_list, slots, strict=True)):
        kind = kinds()[subject.kind]
        afloat = subject.kind in AFLOAT or subject.action in ("swim", "sail")
        water = place.water if afloat and place.water else 0.0
        speaking_to_right = number == 0 and len(cast_list) > 1 and x <= 0
        roles.append(
            Role(
                subject.kind,
                subject.action,
                subject.attributes,
                subject.colours,
                x=x,
                z=water + (0.0 if number % 2 == 0 else 0.35 + 0.25 * kind.size[0]),
                heading=1 if speaking_to_right or x <= 0 or subject.action in _TRAVELS else -1,
                scale=_scale(subject),
                seconds=shot.seconds,
                seed=seed,
                index=n,
                surface="water" if afloat and place.water is not None else place.surface,
                wind=wind,
            )
        )
    if not shot.lines:  # mouths keep the time of the words
        roles = abreast(roles)
    return [_centred(role) for role in roles]


_TRAVELS = ("run", "walk", "fly", "swim", "drive", "sail", "skate", "roll", "slide", "drift")


def _slots(lengths: Sequence[float]) -> list[float]:
    """Places along x for bodies of these lengths: the first in the middle, then right, left, right …"""
    slots, right, left = [], 0.0, 0.0
    for i, length in enumerate(lengths):
        reach = length * 0.52 + 0.08
        if i == 0:
            slots.append(0.0)
            right, left = reach, -reach
        elif i % 2:
            slots.append(right + reach)
            right += 2 * reach
        else:
            slots.append(left - reach)
            left -= 2 * reach
    return slots


def _scale(subject: Subject) -> float:
    scale = 1.0
    for attribute in subject.attributes:
        scale *= {
            "small": 0.7,
            "tiny": 0.45,
            "big": 1.3,
            "large": 1.3,
            "giant": 1.9,
            "huge": 1.9,
            "puppy": 0.72,
            "kitten": 0.6,
            "baby": 0.6,
        }.get(attribute, 1.0)
    return scale


def _centred(role: Role) -> Role:
    """The role shifted so that it is at its mark in the middle of the shot."""
    if kinds()[role.kind].physical:
        return role
    moved = play(role).position(role.seconds / 2)[0] - role.x
    return replace(role, x=role.x - moved)


def _say(lines: Sequence[Line], roles: Sequence[Role]) -> list[tuple[SpokenLine, int | None]]:
    """Every line spoken, one after the other, with the index of the role that speaks it."""
    spoken, time = [], FIRST_LINE
    for line in lines:
        who = next(
            (i for i, role in enumerate(roles) if line.speaker and line.speaker in (role.cameo, role.kind)), None
        )
        if who is None and line.speaker is None:
            who = next((i for i, role in enumerate(roles) if kinds()[role.kind].voice), None)
        speech = speak(line.text, line.language, _voice(roles[who] if who is not None else None))
        spoken.append((SpokenLine(time, speech), who))
        time += speech.seconds + PAUSE
    return spoken


def _voice(role: Role | None) -> Voice:
    """Whose voice speaks: the real person's, shaped as theirs sounds, the kind's, or the narrator's."""
    if role is not None and role.likeness is not None:
        return spoken_voice(role.likeness.voice)
    return voice_named((kinds()[role.kind].voice if role is not None else None) or "narrator")


def _silent(speech: Speech) -> Speech:
    """Only the phonemes: what drawing needs, light enough to travel."""
    return replace(speech, samples=np.zeros(0, np.float32))


def _heard(happening: Happening, camera: CameraTrack, aspect: float) -> SoundEvent:
    column, distance = _seen(happening.position, happening.time, camera, aspect)
    return SoundEvent(
        happening.time,
        happening.kind,
        happening.material,
        happening.struck_by,
        happening.strength,
        column,
        distance,
        happening.seconds,
        happening.size,
    )


def _seen(position: tuple[float, float, float], t: float, camera: CameraTrack, aspect: float) -> tuple[float, float]:
    """(pan −1 to 1, distance in metres) of a point as the camera sees it."""
    view = camera.at(t, round(1000 * aspect), 1000)
    column, _, _ = view.project(position)
    pan = (column / (1000 * aspect) - 0.5) * 2
    return min(max(pan, -1.0), 1.0) * 0.8, math.dist(position, (view.x, view.y, view.z))


def _pan(actor: Actor, t: float, camera: CameraTrack, aspect: float) -> float:
    return _seen(actor.position(t), t, camera, aspect)[0] * 0.6


def _ambiences(shot: Shot, place: PlaceKind) -> tuple[str, ...]:
    """What surrounds: asked for, then the weather's, then the place's own; silence if silence was asked for."""
    if "silence" in shot.sounds:
        return ()
    usual = place.night_ambiences if shot.time == Time.NIGHT and place.night_ambiences is not None else place.ambiences
    weather = () if place.indoor else _WEATHER_SOUNDS.get(shot.weather, ())
    if weather:
        usual = tuple(name for name in usual if name not in _FAIR_WEATHER_SOUNDS)
    return tuple(dict.fromkeys((*shot.sounds, *weather, *usual)))
