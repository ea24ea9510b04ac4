"""The edits that a clause can ask for, by the name that the table of cues gives them."""

import itertools
from collections.abc import Callable

from pipelines.director.mentions import Mention
from pipelines.director.remix_next import go_on
from pipelines.director.remix_removing import remove
from pipelines.director.remix_replacing import exchange
from pipelines.director.remix_setting import set_it
from pipelines.director.remix_steps import BRIGHTER, DARKER, few, framed, lit, longer_by, many, one, paced
from pipelines.director.remix_targets import noun_phrases, targets
from pipelines.director.remix_words import Clause, cue_at
from pipelines.director.remix_work import Work
from pipelines.director.text import Token

_FIRST_BY = ("into", "par", "by", "en", "with", "to", "contre", "avec", "for", "pour")  # the likelier, the sooner
_ITSELF = frozenset(("pronoun", "possessive", "copula"))  # "it", "her" (which may be his or hers), "it was"


def change(work: Work, clause: Clause) -> None:
    """ "Make it night", "the dog sleeps", "the dog becomes a cat", "a cat instead of the dog"."""
    for edit in ("become", "instead"):
        found = _inside(work, clause.tokens, edit)
        if found is not None:
            before, after = clause.tokens[: found[0]], clause.tokens[found[1] :]
            if edit == "become":
                is_else = any(phrase.head for phrase in noun_phrases(work.mentions(after), work))
                return (
                    exchange(work, clause, before, after)
                    if is_else
                    else set_it(work, clause, work.mentions(before + after))
                )
            if not before:
                before, after = _at_pause(after)[::-1]
            return exchange(work, clause, after, before)
    found = _inside(work, clause.tokens, "not")
    if found is not None:
        words = clause.tokens[: found[0]] + clause.tokens[found[1] :]
        mentions = work.mentions(words)
        names = any(phrase.head and phrase.head.mention.category != "place" for phrase in noun_phrases(mentions, work))
        return exchange(work, clause, [], words, it=names)
    into = next((n for n, token in enumerate(clause.tokens) if token.plain == "into" and n > 0), None)
    if into is not None and work.language == "en" and clause.edit == "set":
        return exchange(work, clause, clause.tokens[:into], clause.tokens[into + 1 :])
    mentions = work.mentions(clause.tokens)
    first = _subject_of_itself(work, mentions, clause)
    if first is not None:
        return exchange(work, clause, [], [t for t in clause.tokens if t.start >= mentions[first].start], it=True)
    for sentence in _sentences(mentions):
        set_it(work, clause, sentence)


def _sentences(mentions: list[Mention]) -> list[list[Mention]]:
    """ "The dog brown | and the ball red": each with somebody known, and what is said of them."""
    for index, (join, after) in enumerate(itertools.pairwise(mentions)):
        sides = mentions[:index], mentions[index + 1 :]
        if join.category == "conjunction" and after.category == "article_definite" and all(map(_says, sides)):
            return [sides[0], *_sentences(sides[1])]
    return [mentions]


def _says(mentions: list[Mention]) -> bool:
    """Whether something is said of somebody: a look or a verb after a noun."""
    nouns = [n for n, mention in enumerate(mentions) if mention.category == "subject"]
    return bool(nouns) and any(m.category in {"colour", "attribute", "action"} for m in mentions[nouns[0] + 1 :])


def _subject_of_itself(work: Work, mentions: list[Mention], clause: Clause) -> int | None:
    """The index at which "make it | a cat" says what it shall be."""
    leads = [mention for mention in mentions[:3] if mention.category in _ITSELF]
    index = len(leads) if leads and mentions[: len(leads)] == leads else 0 if clause.by_clitic else None
    if index is None or index >= len(mentions):
        return None
    if mentions[index].category not in {"article_indefinite", "number", "quantity"}:
        return None
    phrases = noun_phrases(mentions[index:], work)
    head = phrases[0].head if phrases else None
    return index if head and (head.mention.category == "subject" or head.mention.implied("subject")) else None


def add(work: Work, clause: Clause) -> None:
    """ "Add a cat", "give him a hat", « ajoute de la pluie »."""
    if _inside(work, clause.tokens, "not") is not None:  # "I want a cat instead"
        return change(work, clause)
    set_it(work, clause, adds=True)


def keep(work: Work, clause: Clause) -> None:
    """ "Keep the dog" changes nothing; what is not there is told."""
    mentions = work.mentions(clause.tokens)
    found = [targets(work, scene, mentions)[0] for scene in work.scenes_of(clause)]
    if not any(found) and mentions:
        work.miss(clause)


def replace(work: Work, clause: Clause) -> None:
    """ "Replace the dog by a cat", « change la pluie en neige », "change it to night"."""
    at = next((n for word in _FIRST_BY for n, token in enumerate(clause.tokens) if token.plain == word), None)
    if at is None:
        return change(work, Clause("set", clause.tokens, clause.start, clause.end, clause.shot, clause.by_clitic))
    before, after = clause.tokens[:at], clause.tokens[at + 1 :]
    further = _further(after)
    exchange(work, clause, before, after[:further], it=clause.by_clitic)
    if further is not None:
        rest = after[further + 1 :]
        replace(work, Clause("replace", rest, rest[0].start, clause.end, clause.shot))


def _further(tokens: list[Token]) -> int | None:
    """Where "the beach by a forest | and the dog by a fox" says what else is replaced."""
    joins = [n for n, token in enumerate(tokens[:-1]) if token.plain in {"and", "et"}]
    return next((n for n in joins if any(token.plain in _FIRST_BY[:6] for token in tokens[n + 2 :])), None)


def _inside(work: Work, tokens: list[Token], edit: str) -> tuple[int, int] | None:
    """(start, end) of a cue of this edit among the tokens."""
    for index in range(len(tokens)):
        found = cue_at(tokens, index, work.language, ("inside",))
        if found is not None and found[0].edit == edit:
            return index, found[1]
    return None


def _at_pause(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before and after the first pause."""
    at = next((n for n, token in enumerate(tokens) if token.kind != "word"), len(tokens))
    return tokens[:at], tokens[at + 1 :]


EDITS: dict[str, Callable[[Work, Clause], None]] = {
    "set": change,
    "add": add,
    "keep": keep,
    "remove": remove,
    "replace": replace,
    "many": many,
    "few": few,
    "one": one,
    "longer": longer_by(1.5),
    "shorter": longer_by(1 / 1.5),
    "twice": longer_by(2.0),
    "half": longer_by(0.5),
    "closer": framed(1),
    "wider": framed(-1),
    "darker": lit(DARKER),
    "brighter": lit(BRIGHTER),
    "slower": paced("slow"),
    "faster": paced("fast"),
    "continue": go_on,
    "then": go_on,
}
