"""What has no words of its own but a form: links, numbers of phones and cards, addresses, ages of children."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from pipelines.safety.matching import Hit, Meaning
from pipelines.safety.reading import Text

ADULT = 18  # years
SHORTEST_PHONE, LONGEST_PHONE = 9, 15  # digits
FLOOD = 8  # times the same word or sign in a row


@dataclass(frozen=True)
class _Pattern:
    signal: str
    form: re.Pattern[str]
    holds: Callable[[str], bool] = bool  # whether a piece of this form is meant
    asks: re.Pattern[str] = re.compile(r"\d")  # without this there is none of the form: quicker to look for


def _digits(piece: str) -> str:
    return re.sub(r"\D", "", piece)


def _is_card(piece: str) -> bool:
    """Whether the number passes the check that card numbers pass (Luhn)."""
    digits = [int(digit) for digit in _digits(piece)][::-1]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_phone(piece: str) -> bool:
    return SHORTEST_PHONE <= len(_digits(piece)) <= LONGEST_PHONE and not _is_card(piece)


def _is_childs_age(piece: str) -> bool:
    return 0 < int(_digits(piece)) < ADULT


def _is_flood(piece: str) -> bool:
    return not piece.isspace()


_STREETS = (
    "street|st|avenue|ave|road|rd|lane|drive|boulevard|blvd|court|close|terrace|crescent|square|highway|parkway|way"
)
_RUES = "rue|avenue|boulevard|bd|place|impasse|chemin|allée|allee|quai|route|cours|square"

_ENDINGS = "com|net|org|info|biz|xyz|shop|store|io|co|me|ru|top|site|online|click|link|gg|ly|fr|app|win|bet"
# "3 cats on the street" is no address
_NO_NAME = r"(?:the|an?|on|in|at|of|to|by|down|along|across|from|near|over|up|and|people|kids|cars|years?|days?|hours?"
_NO_NAME += r"|ans|mois|jours|heures|minutes|et|de|des|du|le|la|les|un|une|au|aux|qui|dans|sur)\b"
_NAME = rf" {{1,4}}(?!{_NO_NAME})[^\W\d_]{{2,20}}"
_LINK = r"(?:d[eu]s? {1,4}|d?e? {0,4}l[a'] {0,4}|d' ?)?"  # "de la", "du", "d'" between the kind of street and its name
_SOCIAL = r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?"  # a French social security number

_YOUNG = "boys?|girls?|kids?|child|children|teens?|garçons?|filles?|gamine?s?|enfants?|gosses?|ados?"
_SAID_TO_BE = r"(?:she|he|i)(?:'s| is| was|'m| am)(?: only| just| barely)?"
_LAST_WORD = r"\d{1,2}(?= *(?:$|[.,;:!?)]|and\b|but\b|now\b))"  # "she is 13", and nothing that the number counts

_SOMETHING = re.compile(r"\S")

_PATTERNS = (
    _Pattern("link", re.compile(rf"\b(?:https?://|www\.)\S+|\b[a-z0-9][a-z0-9-]{{1,60}}\.(?:{_ENDINGS})\b(?:/\S*)?"), asks=re.compile(r"\.\w|://")),
    _Pattern("email", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"), asks=re.compile("@")),
    _Pattern("card", re.compile(r"(?<![\d.,])\d(?:[ -]{0,4}\d){12,18}(?![\d])"), _is_card),
    _Pattern("phone", re.compile(r"(?<![\w.,])(?:\+|0|\(0?)\d?(?:[ ().-]{0,4}\d){7,13}(?![\w])"), _is_phone),
    _Pattern("phone", re.compile(r"(?<![\w.,-])\d{3}[ .-]{1,4}\d{3}[ .-]{1,4}\d{4}(?![\w-])")),
    _Pattern("phone", re.compile(r"(?<![\w.,-])(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[.-]\d{4}(?![\w-])")),
    _Pattern("bank_account", re.compile(r"\b[a-z]{2}\d{2}(?: {0,4}[a-z0-9]{4}){3,7}(?: {0,4}[a-z0-9]{1,4})?\b")),
    _Pattern("national_id", re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    _Pattern("national_id", re.compile(rf"(?<!\d){_SOCIAL}(?!\d)")),
    _Pattern("address", re.compile(rf"\b\d{{1,5}}(?:{_NAME}){{1,3}} {{1,4}}(?:{_STREETS})\b")),
    _Pattern("address", re.compile(rf"\b\d{{1,4}}(?: ?bis| ?ter)?,? {{1,4}}(?:{_RUES}) {{1,4}}{_LINK}[^\W\d_]{{3,}}")),
    _Pattern("child_age", re.compile(r"\b\d{1,2}[ -]{0,4}(?:year|yr|yo|y/o|y\.o|month|ans\b|mois\b)"), _is_childs_age),
    _Pattern("child_age", re.compile(r"\b(?:aged?|âgée?s? {1,4}de|âge {1,4}de) {1,4}\d{1,2}\b"), _is_childs_age),
    _Pattern("child_age", re.compile(rf"\b(?:{_YOUNG}) {{1,4}}(?:of|de|d'à peine) {{1,4}}\d{{1,2}}\b"), _is_childs_age),
    _Pattern("child_age", re.compile(rf"\b{_SAID_TO_BE} {{1,4}}{_LAST_WORD}"), _is_childs_age),
    _Pattern("past", re.compile(r"\b1[0-8]\d\d\b|\b19[0-3]\d\b")),
    _Pattern("flood", re.compile(rf"(?P<one>\S{{1,20}})(?:\s*(?P=one)){{{FLOOD - 1},}}"), _is_flood, asks=_SOMETHING),
)  # fmt: skip


def formed(text: Text, asked: Container[str]) -> Iterator[Hit]:
    """What is recognised by its form, of the signals `asked` for, in the order of the patterns."""
    letters = text.unmasked.text
    present = {asks: asks.search(letters) is not None for asks in {pattern.asks for pattern in _PATTERNS}}
    starts, ends = [token.start for token in text.tokens], [token.end for token in text.tokens]
    for pattern in (one for one in _PATTERNS if one.signal in asked and present[one.asks]):
        for match in pattern.form.finditer(letters):
            first, after = bisect_right(ends, match.start()), bisect_left(starts, match.end())
            if first < after and pattern.holds(match[0]):
                yield Hit(Meaning(pattern.signal, match[0]), first, after - 1)
