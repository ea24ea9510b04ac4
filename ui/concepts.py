"""What a concept of a storyboard is called in English and in French, from the director's own tables."""

import csv
from collections.abc import Mapping
from functools import cache

# field of the storyboard → categories of the lexicon that name what it holds
_CATEGORIES = {
    "kind": ("subject",),
    "speaker": ("subject",),
    "action": ("action",),
    "attributes": ("attribute", "accessory"),
    "colours": ("colour",),
    "place": ("place",),
    "season": ("season",),
    "sounds": ("sound", "sound_heard"),
    "music": ("music",),
    "events": ("event",),
}
_ANY = tuple(dict.fromkeys(category for listed in _CATEGORIES.values() for category in listed))


def name_of(concept: str, field: str, language: str) -> str:
    """The concept's name in "en" or "fr"; its id with spaces where the tables have none. field "any" asks them all."""
    names = _names(language)
    categories = _ANY if field == "any" else _CATEGORIES.get(field, ())
    found = next((names[category, concept] for category in categories if (category, concept) in names), None)
    if found is None and field == "attributes":
        found = _with_colour(concept, names, language)
    return found or concept.replace("_", " ")


def _with_colour(concept: str, names: Mapping[tuple[str, str], str], language: str) -> str | None:
    """Of something worn and its colour, such as bandana_red."""
    worn, _, colour = concept.rpartition("_")
    if ("accessory", worn) not in names or ("colour", colour) not in names:
        return None
    thing, tint = names["accessory", worn], names["colour", colour]
    return f"{thing} {tint}" if language == "fr" else f"{tint} {thing}"


@cache
def _names(language: str) -> dict[tuple[str, str], str]:
    """(category, concept) → the first name that the tables give; the first row of a concept counts."""
    from pipelines.director.lexicon import FOLDER  # brings the whole director: not before the page is up

    column = {"en": "english", "fr": "french"}[language]
    names: dict[tuple[str, str], str] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                name = row[column].split(";")[0].strip()
                if name:
                    names.setdefault((row["category"], row["concept"]), name)
    return names
