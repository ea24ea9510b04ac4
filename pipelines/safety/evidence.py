"""Which rules a text meets, with which words, and how strongly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.safety.matching import Hit
from pipelines.safety.naming import meant
from pipelines.safety.policy import Rule
from pipelines.safety.reading import Text

NEGATIONS = frozenset(
    ("no", "not", "without", "never", "nor", "zero", "isn", "doesn", "don", "aren", "nobody")
    + ("sans", "pas", "aucun", "aucune", "ni", "jamais", "nul", "nulle")
)
NEGATION_REACH = 4  # words before what is denied
CORRECTION = frozenset(("no", "non"))  # "pole dancing? no: maypole dancing"
BESIDE = 4  # words from what a thing's own word explains to that word
SOMEBODY = "somebody"  # the signal of words for people; where one is meant, no thing explains what is said


@dataclass(frozen=True)
class Evidence:
    """A rule that a text meets, and the phrases that meet it."""

    rule: Rule
    score: float
    hits: tuple[Hit, ...]

    @property
    def learned(self) -> bool:
        """Whether it is the learned vote: it gives a text to a person, and makes nothing that is known worse."""
        return all(hit.signal.startswith("alike_") for hit in self.hits)


class Rules:
    """The rules of a policy that are switched on, found by the signals that they first ask for."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rule for rule in rules if rule.enabled)
        self._asked: dict[str, list[int]] = {}
        for place, rule in enumerate(self._rules):
            for signal in _alternatives(rule.needs)[0]:
                self._asked.setdefault(signal, []).append(place)
        self._spoken_of: dict[str, frozenset[str]] = {}  # by where

    def speak_of(self, where: str) -> frozenset[str]:
        """Every signal that makes a difference to some rule at this place."""
        if where not in self._spoken_of:
            here = [rule for rule in self._rules if not rule.where or where in rule.where]
            needed = (signal for rule in here for need in _alternatives(rule.needs) for signal in need)
            others = (signal for rule in here for signal in (*rule.unless, *rule.softened_by, *rule.beside))
            self._spoken_of[where] = frozenset((*needed, *others))
        return self._spoken_of[where]

    def asked_by(self, signals: Iterable[str]) -> list[Rule]:
        """The rules whose first need one of these signals meets, in the order of the policy."""
        places = {place for signal in signals for place in self._asked.get(signal, ())}
        return [self._rules[place] for place in sorted(places)]


def evidence(text: Text, hits: Sequence[Hit], rules: Rules, where: str) -> list[Evidence]:
    """Every rule that these hits meet at this place, strongest first, and the learned vote last."""
    signals = frozenset(hit.meaning.signal for hit in hits)
    by_signal: dict[str, list[Hit]] = {}
    for hit in meant(text, hits):
        by_signal.setdefault(hit.meaning.signal, []).append(hit)
    found = []
    for rule in rules.asked_by(signals):
        if any(signals.isdisjoint(need) for need in _alternatives(rule.needs)[1:]):
            continue
        if (rule.where and where not in rule.where) or signals.intersection(rule.unless):
            continue
        meeting = _meeting(text, rule, by_signal)
        if meeting:
            soft = bool(signals.intersection(rule.softened_by))
            found.append(Evidence(rule, min(rule.score, rule.softened) if soft else rule.score, meeting))
    return sorted(found, key=lambda one: (one.learned, -one.score))


@lru_cache(maxsize=1024)
def _alternatives(needs: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The signals that meet each need of a rule."""
    return tuple(tuple(need.split("|")) for need in needs)


def _meeting(text: Text, rule: Rule, by_signal: dict[str, list[Hit]]) -> tuple[Hit, ...]:
    """The hits that meet every need of a rule near enough to each other; none where a need stays open."""
    needed = []
    for need in _alternatives(rule.needs):
        hits = [hit for signal in need for hit in by_signal.get(signal, ())]
        if rule.negatable:
            hits = [hit for hit in hits if not _denied(text, hit)]
        if rule.beside and (rule.beside_people or SOMEBODY not in by_signal):
            things = [hit for signal in rule.beside for hit in by_signal.get(signal, ())]
            hits = [hit for hit in hits if not _of_a_thing(text, hit, things)]
        if not hits:
            return ()
        needed.append(hits)
    if len(needed) == 1:
        return tuple(sorted(needed[0], key=lambda hit: hit.first))
    for anchor in needed[0]:
        partners = [_nearest(anchor, hits, after=rule.ordered) for hits in needed[1:]]
        if all(
            partner is not None and (rule.within is None or _gap(anchor, partner) <= rule.within)
            for partner in partners
        ):
            return tuple(sorted((anchor, *filter(None, partners)), key=lambda hit: hit.first))
    return ()


def _nearest(anchor: Hit, hits: list[Hit], *, after: bool) -> Hit | None:
    """The nearest of these hits that stands elsewhere (`after`: behind it): one word is not evidence twice."""
    apart = (hit for hit in hits if anchor.last < hit.first or (not after and hit.last < anchor.first))
    return min(apart, key=lambda hit: _gap(anchor, hit), default=None)


def _gap(one: Hit, other: Hit) -> int:
    """How many words one has to go from one hit to the other; 1 for neighbours."""
    return max(one.first - other.last, other.first - one.last)


def _of_a_thing(text: Text, hit: Hit, things: Iterable[Hit]) -> bool:
    """Whether something that has a plainer meaning stands right beside a hit, in the same sentence."""
    return any(
        1 <= _gap(hit, thing) <= BESIDE and text.tokens[thing.first].sentence == text.tokens[hit.first].sentence
        for thing in things
    )


def _denied(text: Text, hit: Hit) -> bool:
    """Whether a hit is denied before it is named, or taken back right behind it."""
    before = text.tokens[max(hit.first - NEGATION_REACH, 0) : hit.first]
    if any(token.plain in NEGATIONS and token.sentence == text.tokens[hit.first].sentence for token in before):
        return True
    if hit.last + 2 >= len(text.tokens) or text.tokens[hit.last + 1].plain not in CORRECTION:
        return False
    token, no, following = text.tokens[hit.last : hit.last + 3]
    letters = text.unmasked.text
    return "?" in letters[token.end : no.start] and letters[no.end : following.start].strip() in (",", ":", "-")
