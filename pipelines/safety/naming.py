"""Whether a name in a text means somebody known: no namesake, no ordinary word, no first name before a verb."""

from collections.abc import Iterable

from pipelines.safety.matching import Hit
from pipelines.safety.reading import Text
from pipelines.safety.spelling import is_word, lemma

NAMESAKE = frozenset(("named", "called", "nomme", "nommee", "appele", "appelee", "prenomme", "prenommee", "appelle"))
_OWN = (("is", "the", "name"), ("is", "my"), ("is", "our"), ("is", "his"), ("is", "her"))
_OWN_FRENCH = (("est", "le", "nom"), ("est", "mon"), ("est", "notre"), ("mon",), ("notre",))
_ARTICLES = frozenset(
    ("a", "an", "the", "this", "that", "my", "his", "our", "your", "their", "some", "no", "two", "three", "in")
    + ("un", "une", "le", "la", "les", "l", "ce", "cet", "cette", "mon", "ma", "son", "sa", "notre", "des", "en")
)
_OBJECTS = frozenset(
    ("her", "his", "its", "my", "our", "your", "their", "the", "sa", "son", "ses", "iron", "up", "out")
)
NEAR = 8  # words between an ambiguous name and a word of its kind
NEAR_BRAND = 3  # words between an ordinary word that is also a brand and a word of trade


def is_meant(text: Text, hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether somebody or something known is meant by a hit that names it."""
    alone = hit.first == hit.last
    if hit.signal == "person" and (_is_verb(text, hit) or (alone and _is_thing(text, hit))):
        return False
    if hit.meaning.ambiguous:
        return not (alone and hit.meaning.kind != "brand" and _before(text, hit) in _ARTICLES) and _in_company(
            hit, hits
        )
    return not (hit.signal == "person" and alone and _is_namesake(text, hit)) or _in_company(hit, hits)


def _in_company(hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether a word of its kind stands near a name, and is none of the name's own."""
    near = NEAR_BRAND if hit.meaning.kind in ("brand", "toy") else NEAR
    return any(
        other.signal == hit.meaning.context
        and (other.last < hit.first or hit.last < other.first)
        and max(other.first - hit.last, hit.first - other.last) <= near
        for other in hits
    )


def _is_namesake(text: Text, hit: Hit) -> bool:
    """One of "a girl called Adele", "Elvis is the name of our parrot"."""
    following = tuple(token.plain for token in text.tokens[hit.last + 1 : hit.last + 4])
    return _before(text, hit) in NAMESAKE or any(following[: len(own)] == own for own in (*_OWN, *_OWN_FRENCH))


def _is_verb(text: Text, hit: Hit) -> bool:
    """One of "Rosa parks her car", "Bill gates the sheep": a first name, and what it does to something."""
    if hit.last == hit.first or hit.last + 1 >= len(text.tokens):
        return False
    last, following = text.tokens[hit.last], text.tokens[hit.last + 1]
    inflected = last.plain.endswith("s") and lemma(last.text, "en") not in (None, last.text)
    return inflected and following.plain in _OBJECTS and text.unmasked.text[last.end : following.start].isspace()


def _is_thing(text: Text, hit: Hit) -> bool:
    """One of "a madonna", "the thatcher": an ordinary word with its article."""
    return _before(text, hit) in _ARTICLES and is_word(text.tokens[hit.first].text)


def _before(text: Text, hit: Hit) -> str:
    return text.tokens[hit.first - 1].plain if hit.first else ""
