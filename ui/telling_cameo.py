"""What a browser is told about a cameo: its rules, what is understood of words, what a live check saw."""

from typing import TYPE_CHECKING

from data.rows_cameos import Cameo, LikenessUse
from ui.concepts import name_of

if TYPE_CHECKING:
    from pipelines.cameo.capture import CaptureReport

CODES = ("readable", "face", "one_face", "light", "same_person", "turns", "speech", "alive", "new")


def cameo_told(cameo: Cameo, language: str) -> dict:
    """A cameo as its person's page shows it."""
    told = {key: value for key, value in cameo.items() if key not in ("id", "restrictions")}
    return told | reading_told(cameo["wishes"], cameo["appearance"], language)


def reading_told(wishes: str, appearance: str, language: str) -> dict:
    """{"refused": a line for each wish, "worn": what is understood of how somebody appears}."""
    from pipelines.cameo.wishes import read_wishes

    refused = read_wishes(wishes).shown(language, lambda concept: name_of(concept, "any", language))
    return {"refused": refused, "worn": _worn(appearance, language)}


def _worn(appearance: str, language: str) -> list[str]:
    """The names of what the director adds to somebody who wants to appear like this."""
    if not appearance.strip():
        return []
    from pipelines.cameo.wishes import as_they_appear
    from pipelines.storyboard import Shot, Storyboard, Subject

    somebody = Subject(kind="person", cameo="somebody")
    shown = as_they_appear(Storyboard(shots=(Shot(seconds=5, subjects=(somebody,)),)), {"somebody": appearance})
    (subject,) = shown.shots[0].subjects
    named = [name_of(colour, "colours", language) for colour in subject.colours]
    return named + [name_of(attribute, "attributes", language) for attribute in subject.attributes]


def checks_told(report: "CaptureReport", language: str) -> list[dict]:
    """Each thing that was looked at, in the page's order; one that was never reached has passed null."""
    seen = {check.code: check for check in report.checks}
    return [
        {
            "code": code,
            "passed": seen[code].passed if code in seen else None,
            "advice": seen[code].advice(language) if code in seen else "",
        }
        for code in CODES
    ]


def use_told(use: LikenessUse, clip: dict | None, me: str) -> dict:
    """Something made or tried with a likeness. `clip`: what plays it, where it may still be seen."""
    told = {key: value for key, value in use.items() if key not in ("generation", "version")}
    return told | {"media": clip, "own": use["author"]["handle"] == me, "ward": use["person"] != me}
