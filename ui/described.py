"""A feed described in words ("calm nature, no sport") read into weights of concepts, by the director's lexicon."""

import re

from ui.telling_posts import tag_name
from ui.themes import themes_of

_CLAUSES = re.compile(r"[,;.!?\n]|\b(?:and|but|et|mais)\b", re.IGNORECASE)
_NEGATIONS = re.compile(
    r"\b(?:no|not|never|without|less|fewer|nothing|hate|dislike|sans|pas|jamais|moins|aucune?|non|rien|déteste)\b"
    r"(?:\s+(?:de|d['’]|du|des|of|with|about))?",
    re.IGNORECASE,
)
_CONCEPT = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 24  # concepts of one feed


def weights_told(words: str, language: str) -> dict:
    """{"weights": [{"concept", "name", "weight"}], "missed": [phrase]}; what a clause refuses weighs -1, else 1."""
    weights: dict[str, float] = {}
    missed: list[str] = []
    for clause in _CLAUSES.split(words):
        refused = _NEGATIONS.search(clause) is not None
        said = _NEGATIONS.sub(" ", clause).strip()
        if not said:
            continue
        wide, rest = themes_of(said)
        concepts, unknown = _concepts(rest) if rest else ([], [])
        weights |= dict.fromkeys(concepts + wide, -1.0 if refused else 1.0)
        missed += unknown
    listed = [
        {"concept": concept, "name": tag_name(concept, language), "weight": weight}
        for concept, weight in list(weights.items())[:MOST]
    ]
    return {"weights": listed, "missed": missed}


def concepts_in(words: str) -> list[str]:
    """The concepts that a few words name."""
    return _concepts(words)[0] if words.strip() else []


def _concepts(clause: str) -> tuple[list[str], list[str]]:
    """The concepts that the director reads in a few words, and the phrases that it does not know."""
    from pipelines.director import direct

    coverage = direct(clause[:300]).coverage
    values = [part.field.partition("=")[2] for part in coverage.understood]
    return [value for value in dict.fromkeys(values) if _CONCEPT.fullmatch(value)], list(coverage.missed)
