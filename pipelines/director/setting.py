"""Everything about a shot that is nobody's: place, hour, weather, camera, style, sounds, music."""

from pipelines.director.drafts import Ledger, ShotDraft
from pipelines.director.lexicon import Lexicon
from pipelines.director.mentions import Mention
from pipelines.storyboard import Season, Style, Time, Weather

_CAMERA_FIELDS = {
    "camera_framing": "framing",
    "camera_move": "move",
    "camera_angle": "angle",
    "camera_verb": "move",
    "camera_verb_framing": "framing",
    "camera_verb_angle": "angle",
}
_ENUMS = {"time": Time, "weather": Weather, "season": Season, "style": Style}
MOST_SOUNDS = 8

CATEGORIES = frozenset(
    (*_CAMERA_FIELDS, *_ENUMS, "light", "place", "sound", "sound_heard", "music", "music_bed", "music_cue")
)


def read_setting(mention: Mention, shot: ShotDraft, ledger: Ledger, lexicon: Lexicon) -> None:
    """Put one mention into its field of the shot; what contradicts an earlier one is missed."""
    if mention.category in _CAMERA_FIELDS:
        _camera(mention, shot, ledger)
    elif mention.category in {"sound", "sound_heard"}:
        _sound(mention, shot, ledger)
    elif mention.category in {"music", "music_bed", "music_cue"}:
        _music(mention, shot, ledger)
    elif mention.category == "light":
        _light(mention, shot, ledger)
    elif mention.category == "place":
        _place(mention, shot, ledger, lexicon)
    else:
        value = _ENUMS[mention.category](mention.concept)
        _set(shot, mention.category, value, mention, ledger)
    for key in ("weather", "season"):
        implied = mention.implied(key)
        if implied and getattr(shot, key) is None:
            setattr(shot, key, _ENUMS[key](implied))


def _set(shot: ShotDraft, name: str, value: str, mention: Mention, ledger: Ledger) -> None:
    if getattr(shot, name) in {None, value}:
        setattr(shot, name, value)
        ledger.claim(mention.start, mention.end, shot, None, f"{name}={value}")
    else:
        ledger.miss(mention.start, mention.end)


def _place(mention: Mention, shot: ShotDraft, ledger: Ledger, lexicon: Lexicon) -> None:
    includes = {entry.concept: entry.implied("includes") for entry in lexicon.entries if entry.category == "place"}
    if shot.place is not None and includes.get(shot.place) == mention.concept:
        ledger.claim(mention.start, mention.end, shot, None, f"place={shot.place}")
    else:
        _set(shot, "place", mention.concept, mention, ledger)


def _light(mention: Mention, shot: ShotDraft, ledger: Ledger) -> None:
    """A light only suggests an hour: it is kept apart, and loses against an hour that is named."""
    shot.light = shot.light or Time(mention.concept)
    ledger.claim(mention.start, mention.end, shot, None, "light")


def _camera(mention: Mention, shot: ShotDraft, ledger: Ledger) -> None:
    name = _CAMERA_FIELDS[mention.category]
    if shot.camera.setdefault(name, mention.concept) == mention.concept:
        ledger.claim(mention.start, mention.end, shot, None, f"camera.{name}={mention.concept}")
    else:
        ledger.miss(mention.start, mention.end)
    for key in ("camera_angle", "camera_framing"):
        implied = mention.implied(key)
        if implied:
            shot.camera.setdefault(key.removeprefix("camera_"), implied)


def _sound(mention: Mention, shot: ShotDraft, ledger: Ledger) -> None:
    if mention.concept not in shot.sounds:
        if len(shot.sounds) == MOST_SOUNDS:
            ledger.miss(mention.start, mention.end)
            return
        shot.sounds.append(mention.concept)
    ledger.claim(mention.start, mention.end, shot, None, f"sounds={mention.concept}")


def _music(mention: Mention, shot: ShotDraft, ledger: Ledger) -> None:
    """A mood sets the music; the word music alone asks for some, whatever its mood."""
    if mention.category == "music_cue":
        shot.wants_music = True
        ledger.claim(mention.start, mention.end, shot, None, "music")
    else:
        _set(shot, "music", mention.concept, mention, ledger)
