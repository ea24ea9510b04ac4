"""From a text to a ruling: read it, find what the policy has words for, weigh it, explain it."""

import gc
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipelines.safety.evidence import Evidence, Rules, evidence
from pipelines.safety.learned import learned_vote
from pipelines.safety.matching import NAMED, Hit, Matcher
from pipelines.safety.patterns import formed
from pipelines.safety.policy import FOLDER, Written, read_amendments, read_policy
from pipelines.safety.reading import MAX_CHARACTERS, Text, read
from pipelines.safety.ruling import Decision, Reason, Ruling, Span, Where
from pipelines.safety.suggesting import suggestion
from pipelines.safety.unmasking import unmask

MAX_SPANS = 20


@dataclass(frozen=True)
class Policy:
    """A policy ready for use. Immutable; any number of threads may share one."""

    written: Written
    matcher: Matcher = field(repr=False)
    rules: Rules = field(repr=False)

    @property
    def version(self) -> str:
        return self.written.version


def load_policy(amendments: dict[str, Any] | None = None, *, licensed: Iterable[str] = ()) -> Policy:
    """The shipped policy with a version's amendments, and with the characters that the registry has licensed.

    Raises PolicyError. The same arguments give the same object: building one takes a good part of a second.
    """
    return _built(json.dumps(amendments or {}, sort_keys=True), tuple(sorted(licensed)))


@lru_cache(maxsize=6)
def _built(amendments: str, licensed: tuple[str, ...]) -> Policy:
    written = read_policy(FOLDER)
    changes = read_amendments(json.loads(amendments))
    if changes != read_amendments({}):
        written = written.amended(changes)
    if licensed:
        written = written.model_copy(update={"licensed": (*written.licensed, *licensed)})
    unmask("Ж")  # reads the table of look-alikes now rather than with somebody's first foreign letter
    collecting = gc.isenabled()
    gc.disable()  # nothing that is built here is garbage; looking for some takes a third of the time
    try:
        return Policy(written, Matcher(written), Rules(written.rules))
    finally:
        gc.freeze()  # a policy stays: looking through it for garbage would hold up a ruling by a tenth of a second
        if collecting:
            gc.enable()


def rule(text: str, *, policy: Policy | None = None, where: Where = "prompt", suggest: bool = True) -> Ruling:
    """What the policy (the shipped one, unless given) decides about a text at this place.

    suggest: whether to look for a text that would pass, which takes as long again for what is refused.
    """
    policy = policy or load_policy()
    if len(text) > MAX_CHARACTERS:
        return _too_long(policy)
    read_text = read(text)
    found = found_in(read_text, policy, where)
    ruling = _weighed(read_text, found, policy)
    if ruling.allowed or not suggest:
        return ruling
    better = suggestion(read_text, found, policy.written)
    if better is None or not rule(better, policy=policy, where=where, suggest=False).allowed:
        return ruling
    return ruling.model_copy(update={"suggestion": better})


def found_in(text: Text, policy: Policy, where: Where) -> list[Evidence]:
    """Every rule that a text meets, strongest first; the vote is asked only about what no rule refuses yet."""
    if where == "handle":
        return evidence(text, policy.matcher.hits_in_handle(text), policy.rules, where)
    asked = policy.rules.speak_of(where) | policy.matcher.parts
    hits = policy.matcher.hits(text, formed(text, asked))
    found = evidence(text, hits, policy.rules, where)
    if any(one.score >= policy.written.refuse for one in found):
        return found
    alike = learned_vote().hits(text)
    return evidence(text, [*hits, *alike], policy.rules, where) if alike else found


def _weighed(text: Text, found: list[Evidence], policy: Policy) -> Ruling:
    """The ruling on this evidence: the strongest area decides; equally strong ones in the order of the policy."""
    scores: dict[str, float] = {}
    for one in found:
        before = scores.get(one.rule.area, 0.0)
        both = max(before, one.score) if one.learned else 1 - (1 - before) * (1 - one.score)
        scores[one.rule.area] = round(both, 4)
    written = policy.written
    order = list(written.areas)
    area = max(scores, key=lambda name: (scores[name], -order.index(name)), default=None)
    if area is None or scores[area] < written.hold:
        return Ruling(policy=policy.version, scores=scores)
    decision = Decision.REFUSE if scores[area] >= written.refuse else Decision.HOLD
    telling = [one for one in found if scores[one.rule.area] >= written.hold]
    leading = next(one for one in found if one.rule.area == area)
    return Ruling(
        decision=decision,
        rule=leading.rule.name,
        reason=_reason(written, leading, decision),
        spans=_spans(text, telling),
        policy=policy.version,
        scores=scores,
    )


def _reason(written: Written, leading: Evidence, decision: Decision) -> Reason:
    area = written.areas[leading.rule.area]
    names = list(dict.fromkeys(hit.meaning.text for hit in leading.hits if hit.signal in NAMED))
    english = area.en.format(what=", ".join(names[:3]) or "Whoever is meant")
    french = area.fr.format(what=", ".join(names[:3]) or "La personne visée")
    if decision is Decision.HOLD:
        english, french = area.hold_en, area.hold_fr
    return Reason(code=leading.rule.name, en=english, fr=french)


def _spans(text: Text, telling: list[Evidence]) -> tuple[Span, ...]:
    """Where the evidence stands in the typed text, in its order, each piece once for each area."""
    spans: dict[tuple[int, int, str], Span] = {}
    for one in telling:
        for hit in one.hits:
            start, end = text.span(hit.first, hit.last)
            key = (start, end, one.rule.area)
            spans.setdefault(
                key, Span(start=start, end=end, text=text.typed[start:end], area=one.rule.area, meaning=_meaning(hit))
            )
    return tuple(_widest(spans.values()))[:MAX_SPANS]


def _widest(spans: Iterable[Span]) -> list[Span]:
    """The pieces that lie in no longer piece of the same area, in the order of the text."""
    reached: dict[str, int] = {}  # area → how far its pieces go
    kept = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.area)):
        if span.end > reached.get(span.area, -1):
            reached[span.area] = span.end
            kept.append(span)
    return kept


def _meaning(hit: Hit) -> str:
    return hit.meaning.text if hit.signal in NAMED else hit.signal


def _too_long(policy: Policy) -> Ruling:
    return Ruling(
        decision=Decision.REFUSE,
        rule="text.too_long",
        reason=Reason(
            code="text.too_long",
            en=f"The text is longer than {MAX_CHARACTERS:,} characters. Shorten it.",
            fr=f"Le texte dépasse {MAX_CHARACTERS} caractères. Raccourcissez-le.",
        ),
        policy=policy.version,
    )
