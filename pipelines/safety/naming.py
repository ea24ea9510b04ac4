"""Whether a name in a text means somebody known: no namesake, no ordinary word, no first name before a verb."""

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pipelines.director.text import plain
from pipelines.safety.matching import NAMED, Hit
from pipelines.safety.policy import FOLDER
from pipelines.safety.reading import Text
from pipelines.safety.spelling import is_word, lemma

CALLED_AFTER = FOLDER / "called_after.csv"
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
_OWNERS = frozenset(("my", "our", "mon", "ma", "notre"))
# May follow a place without making somebody of its name: "dans la rue Macron danse" is about Macron.
_AFTER_A_PLACE = frozenset(
    ("at", "in", "on", "under", "by", "with", "and", "of", "from", "during", "near", "before", "after", "to", "is")
    + ("as", "the", "for", "while", "when", "quand", "a", "au", "en", "sous", "dans", "sur", "par", "avec", "et", "de")
    + ("du", "des", "la", "le", "les", "un", "une", "l", "d", "ou", "pendant", "pres", "avant", "apres", "vers", "se")
    + ("est",)
)
_INTO_A_PLACE = frozenset(("dans", "a", "au", "sur", "devant", "sous", "vers", "pres", "derriere", "en"))
NEAR = 8  # words between an ambiguous name and a word of its kind
SOLD = ("brand", "channel", "toy")  # kinds that stand behind an article like things: "a Canal+ logo"
NEAR_BRAND = 3  # words between an ordinary word that is also a brand and a word of trade


def meant(text: Text, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of a text without names that mean nobody and nothing known."""
    by_signal: dict[str, list[Hit]] = {}
    for hit in hits:
        by_signal.setdefault(hit.meaning.signal, []).append(hit)
    places = [hit for hit in by_signal.get("person", ()) if _is_place(text, hit)]
    return [
        hit
        for hit in hits
        if hit.meaning.signal not in NAMED or _is_meant(text, hit, places, by_signal.get(hit.meaning.context or "", ()))
    ]


def _is_meant(text: Text, hit: Hit, places: Sequence[Hit], company: Sequence[Hit]) -> bool:
    """Whether somebody or something known is meant by a hit that names it.

    places: names that are what a place is called after; company: the words that speak of its kind.
    """
    alone = hit.first == hit.last
    person = hit.meaning.signal == "person"
    if person and (_is_verb(text, hit) or (alone and _is_thing(text, hit))):
        return False
    if person and any(place.first <= hit.first and hit.last <= place.last for place in places):
        return False
    if not alone and _is_chance(text, hit):
        return False
    if alone and (_is_half(text, hit) or _is_explained(text, hit)):
        return False
    if person and alone and _is_accented(text, hit):
        return _in_company(hit, company)
    if hit.meaning.ambiguous:
        sold = hit.meaning.kind in SOLD
        return not (alone and not sold and _before(text, hit) in _ARTICLES) and _in_company(hit, company)
    namesake = alone and (_is_pet(text, hit) or (person and _is_namesake(text, hit)))
    return not namesake or _in_company(hit, company)


def _in_company(hit: Hit, company: Iterable[Hit]) -> bool:
    """Whether a word of its kind stands near a name, and is none of the name's own."""
    near = NEAR_BRAND if hit.meaning.kind in SOLD else NEAR
    return any(0 < other.first - hit.last <= near or 0 < hit.first - other.last <= near for other in company)


def _is_namesake(text: Text, hit: Hit) -> bool:
    """One of "a girl called Adele", "Elvis is the name of our parrot"."""
    following = tuple(token.plain for token in text.tokens[hit.last + 1 : hit.last + 4])
    return _before(text, hit) in NAMESAKE or any(following[: len(own)] == own for own in (*_OWN, *_OWN_FRENCH))


def _is_chance(text: Text, hit: Hit) -> bool:
    """One of "swings the bat, man on third base", "a spider man-sized": ordinary words that only stand side by side."""
    tokens, letters = text.tokens[hit.first : hit.last + 1], text.unmasked.text
    between = [letters[one.end : other.start] for one, other in pairwise(tokens)]
    following = letters[tokens[-1].end : tokens[-1].end + 2]
    parted = ", " in between or ("-" not in between and following[:1] == "-" and following[1:].isalpha())
    written = "".join(token.plain for token in tokens) == "".join(filter(str.isalnum, plain(hit.meaning.text)))
    return parted and written and all(is_word(token.text) for token in tokens)


def _is_pet(text: Text, hit: Hit) -> bool:
    """One of "my cat Simba", "notre chien Milou": an animal at home that got its name from somebody known."""
    before = tuple(token.plain for token in text.tokens[max(hit.first - 2, 0) : hit.first])
    pets = _called_after("pet") | _called_after("pet", french=True)
    return len(before) == 2 and before[0] in _OWNERS and before[1] in pets


def _is_place(text: Text, hit: Hit) -> bool:
    """One of "Lennon Street", "la rue Charles-de-Gaulle": somewhere that is called after somebody."""
    following = text.tokens[hit.last + 1] if hit.last + 1 < len(text.tokens) else None
    goes_on = following is not None and text.unmasked.text[text.tokens[hit.last].end : following.start].isspace()
    if goes_on and following.plain in _called_after("institution"):
        return True
    if goes_on and following.plain in _called_after("place"):
        return _ends(text, hit.last + 1)
    before = [token.plain for token in text.tokens[max(hit.first - 4, 0) : hit.first]]
    while before and before[-1] in ("de", "du", "d", "la", "des", "l"):
        before.pop()
    if not before or before[-1] not in _called_after("place", french=True):
        return False
    return _INTO_A_PLACE.isdisjoint(before[:-1]) or _ends(text, hit.last)


def _ends(text: Text, last: int) -> bool:
    """Whether what a place is called ends with a token, as far as the next one tells."""
    if last + 1 >= len(text.tokens):
        return True
    token, following = text.tokens[last], text.tokens[last + 1]
    parted = not text.unmasked.text[token.end : following.start].isspace()
    named = (_AFTER_A_PLACE, _called_after("institution"), _called_after("place"))
    return parted or any(following.plain in words for words in named)


def _is_explained(text: Text, hit: Hit) -> bool:
    """One of "simba means lion", "moana veut dire océan": a word that is spoken about."""
    following = tuple(token.plain for token in text.tokens[hit.last + 1 : hit.last + 3])
    return following[:1] in (("means",), ("signifie",)) or following == ("veut", "dire")


def _is_accented(text: Text, hit: Hit) -> bool:
    """Whether a name has an accent that nobody known writes: Adèle is a first name, Adele a singer."""
    return not text.tokens[hit.first].text.isascii() and hit.meaning.text.isascii()


def _is_half(text: Text, hit: Hit) -> bool:
    """One half of a longer name, as in "Cartier-Bresson": joined to what is no word."""
    letters, tokens = text.unmasked.text, text.tokens
    joined = []
    if hit.first and letters[tokens[hit.first - 1].end : tokens[hit.first].start] == "-":
        joined.append(tokens[hit.first - 1])
    if hit.last + 1 < len(tokens) and letters[tokens[hit.last].end : tokens[hit.last + 1].start] == "-":
        joined.append(tokens[hit.last + 1])
    return any(len(token.plain) > 3 and token.plain.isalpha() and not is_word(token.text) for token in joined)


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


def _called_after(kind: str, *, french: bool = False) -> frozenset[str]:
    """The words of what may be called after somebody: pet, institution or place."""
    english, of_french = _words_called_after()[kind]
    return of_french if french else english


@lru_cache(maxsize=1)
def _words_called_after(path: Path = CALLED_AFTER) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    with path.open(encoding="utf-8", newline="") as table:
        return {
            row["kind"]: (_plain(row["english"]), _plain(row["french"])) for row in csv.DictReader(table, strict=True)
        }


def _plain(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())
