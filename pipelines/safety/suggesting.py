"""A text that would pass: names made into somebody invented, the clause that is refused left out."""

import re

from pipelines.safety.evidence import Evidence
from pipelines.safety.matching import NAMED
from pipelines.safety.policy import Written
from pipelines.safety.reading import Text
from pipelines.safety.spelling import leans_french, lemmas

FEWEST_WORDS = 3  # a suggestion with fewer says nothing
_CLAUSE_END = re.compile(r"[.!?;\n…。,]|\s[–—-]\s")
_ARTICLES = re.compile(r"(?:\b(?:the|a|an|le|la|les|un|une)\s+|\b(?:l|d)['’])$", re.IGNORECASE)


def suggestion(text: Text, found: list[Evidence], written: Written) -> str | None:
    """The text without what the evidence names, or nothing where no honest rewording exists.

    Whether it passes is for the caller to check.
    """
    telling = [one for one in found if one.score >= written.hold]
    if not telling or any(one.rule.mend == "none" for one in telling):
        return None
    language = "fr" if leans_french(token.text for token in text.tokens) else "en"
    edits: list[tuple[int, int, str]] = []
    for one in telling:
        for hit in one.hits:
            start, end = text.span(hit.first, hit.last)
            if one.rule.mend == "replace" and hit.signal in NAMED:
                kind = written.kinds[hit.meaning.kind]
                edits.append((_with_article(text.typed, start), end, getattr(kind, language)))
            else:
                edits.append((*_clause(text.typed, start, end), ""))
    return _tidied(_edited(text.typed, edits))


def _with_article(typed: str, start: int) -> int:
    """Where the name begins together with an article before it."""
    article = _ARTICLES.search(typed, 0, start)
    return article.start() if article else start


def _clause(typed: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a piece, with the sign that ends it."""
    begin = max((match.end() for match in _CLAUSE_END.finditer(typed, 0, start)), default=0)
    closing = _CLAUSE_END.search(typed, end)
    return begin, closing.end() if closing else len(typed)


def _edited(typed: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with pieces replaced, the later ones first; of overlapping ones the longest counts."""
    kept: list[tuple[int, int, str]] = []
    for start, end, stand_in in sorted(edits, key=lambda edit: (edit[0] - edit[1], edit[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in kept):
            kept.append((start, end, stand_in))
    for start, end, stand_in in sorted(kept, reverse=True):
        typed = typed[:start] + stand_in + typed[end:]
    return typed


def _tidied(text: str) -> str | None:
    text = re.sub(r"\s+", " ", text).strip(" ,;–—-")
    text = re.sub(r"\s+([,.])", r"\1", text)
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < FEWEST_WORDS or not any(lemmas(word.lower()) for word in words):
        return None
    return text[:1].upper() + text[1:]
