"""Storyboards that people edit: what each part may be, in the reader's language, and the check of what comes back."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from pipelines.request import MAX_SECONDS, MIN_SECONDS
from pipelines.storyboard import Angle, Coverage, Framing, Move, Season, Shot, Storyboard, Style, Time, Weather
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.telling import named

# parts with few values, in the order in which they are offered
_FEW = {
    "time": Time,
    "weather": Weather,
    "season": Season,
    "framing": Framing,
    "move": Move,
    "angle": Angle,
    "style": Style,
}
# field → category of the lexicon that lists what it may hold
_MANY = {"place": "place", "colours": "colour", "sounds": "sound", "music": "music", "events": "event"}
_OF_THE_LIVING = {"fly", "fall", "spin", "bounce"}  # moves of objects that people and animals make, too
_OF_THINGS = {"stand", "drive", "sail", "throw", "kick"}


class Storyboards:
    """What the cards of a storyboard ask of the server, on whichever tab they stand."""

    def calls(self) -> dict[str, Call]:
        return {"storyboard/words": self.words}

    def words(self, asking: Asking) -> dict:
        """All that the cards offer: field → [{"value", "name"}], in the reader's language."""
        return choices(asking.language)


@cache
def choices(language: str) -> dict[str, list[dict[str, Any]]]:
    """field → [{"value", "name"}]. Subjects have a "group", actions the "groups" that can do them, attributes the
    "kind" that they are of, if only one has them."""
    from pipelines.director.lexicon import load_lexicon

    entries = load_lexicon().entries
    few = {field: [_choice(value.value, field, language) for value in values] for field, values in _FEW.items()}
    many = {
        field: _sorted(_choice(entry.concept, field, language) for entry in entries if entry.category == category)
        for field, category in _MANY.items()
    }
    kinds = [
        _choice(entry.concept, "kind", language) | {"group": entry.implied("group")}
        for entry in entries
        if entry.category == "subject"
    ]
    actions = [
        _choice(entry.concept, "action", language) | {"groups": _who_does(entry.concept, entry.implied("moves"))}
        for entry in entries
        if entry.category == "action"
    ]
    worn = [_choice(entry.concept, "attributes", language) for entry in entries if entry.category == "accessory"]
    looks = [
        _choice(entry.concept, "attributes", language) | {"kind": entry.implied("subject")}
        for entry in entries
        if entry.category == "attribute"
    ]
    return (
        few
        | many
        | {
            "kind": _sorted(kinds),
            "action": _sorted(actions),
            "worn": _sorted(worn),
            "looks": _sorted(looks),
        }
    )


def _who_does(action: str, moves: str | None) -> list[str]:
    """The groups of subjects that an action is for."""
    living = moves is None or action in _OF_THE_LIVING
    things = moves is not None or action in _OF_THINGS
    return ["person", "animal"] * living + ["thing"] * things + ["plant"] * (action == "stand")


def _choice(concept: str, field: str, language: str) -> dict[str, Any]:
    return {"value": concept, "name": named(concept, field, language)}


def _sorted(listed: Iterator[dict] | list[dict]) -> list[dict]:
    """Each value once, by name; é beside e."""
    once = {one["value"]: one for one in listed}

    def key(one: dict) -> str:
        return unicodedata.normalize("NFKD", one["name"]).encode("ascii", "ignore").decode().lower()

    return sorted(once.values(), key=key)


def edited_storyboard(asking: Asking, read: Storyboard) -> Storyboard | None:
    """The storyboard that was sent instead of what was `read` from the prompt, checked; None when none was sent.

    What the prompt says and no shot holds any more leaves the coverage. Raises Refused.
    """
    fields = asking.fields("storyboard")
    if not fields:
        return None
    try:
        storyboard = Storyboard.model_validate(fields | {"coverage": {}})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Refused("error_storyboard", place=place or "shots") from None
    if not MIN_SECONDS <= storyboard.seconds <= MAX_SECONDS + 1e-6:
        raise Refused("error_seconds", n=round(storyboard.seconds, 1), least=MIN_SECONDS, most=MAX_SECONDS)
    shots = tuple(_without_silence(shot) for shot in storyboard.shots)
    return storyboard.model_copy(update={"shots": shots, "coverage": still_covered(read.coverage, storyboard)})


def _without_silence(shot: Shot) -> Shot:
    """The shot without lines in which nothing is said yet."""
    return shot.model_copy(update={"lines": tuple(line for line in shot.lines if line.text.strip())})


def still_covered(coverage: Coverage, storyboard: Storyboard) -> Coverage:
    """The coverage of a prompt by a storyboard that was edited since."""
    held = set(_held(storyboard.model_dump(mode="json", exclude={"coverage"})))
    fields = {field for field, _ in held}

    def holds(path: str) -> bool:
        field, equals, value = path.rpartition(".")[2].partition("=")
        return (field, value) in held if equals else field in fields

    return coverage.model_copy(update={"understood": tuple(p for p in coverage.understood if holds(p.field))})


def _held(part: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """(field, value) of everything that a storyboard says, wherever it stands."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _held(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from _held(value, field)
    elif part is not None:
        yield field, f"{part:g}" if isinstance(part, float) else str(part)
