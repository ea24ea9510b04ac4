"""A storyboard is changed by an instruction: `remix(storyboard, "make it night and replace the dog by a cat")`.

The instruction is split at the words that ask for a change; what each is about is read by the director as if it went on
telling of the parent's shots. What is not understood is told and changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.director.coverage import missed_stretches
from pipelines.director.language import language_of
from pipelines.director.lexicon import Language, Lexicon, load_lexicon
from pipelines.director.remix_changes import Change, applied
from pipelines.director.remix_edits import EDITS
from pipelines.director.remix_scenes import changes_between, scenes_of
from pipelines.director.remix_words import Clause, split
from pipelines.director.remix_work import Work
from pipelines.director.text import Token, TokenKind, tokenize
from pipelines.storyboard import Coverage, Storyboard, Understood

LONGEST_PHRASE = 500  # characters
_TELLING = frozenset(("set", "continue", "then"))  # edits whose words tell of a new shot


@dataclass(frozen=True)
class Remixed:
    """A storyboard, what became of it by an instruction, and how much of the instruction it holds."""

    storyboard: Storyboard
    changes: tuple[Change, ...]
    coverage: Coverage  # of the instruction


def remix(storyboard: Storyboard, instruction: str) -> Remixed:
    """The storyboard as an instruction in English or French wants it, the same for the same instruction; it never
    raises on a text."""
    lexicon = load_lexicon()
    language = language_of(instruction, lexicon, storyboard.language)
    work = Work(instruction, language, lexicon, scenes_of(storyboard))
    scope = None
    for clause in _clauses(instruction, language, lexicon):
        clause.shot = scope if clause.shot is None else clause.shot
        scope = None
        if clause.shot is not None and not _has_words(clause.tokens) and clause.edit == "set":
            scope = clause.shot  # "in the second shot, make it night"
        else:
            EDITS[clause.edit](work, clause)
    changes = tuple(changes_between(storyboard, work.scenes, work.gone))
    coverage = _coverage(instruction, work, lexicon)
    return Remixed(_whole(storyboard, changes, coverage, language), changes, coverage)


def _clauses(instruction: str, language: Language, lexicon: Lexicon) -> Iterator[Clause]:
    """The clauses of an instruction, each with the shot that it names."""
    for clause in split(instruction, tokenize(instruction), language):
        _find_shot(clause, language, lexicon)
        inner = split(instruction, clause.tokens, language) if clause.shot is not None and clause.edit == "set" else []
        if len(inner) == 1:  # "make the second shot | longer"
            yield replace(inner[0], shot=clause.shot, start=clause.start, end=clause.end)
        else:
            yield clause


def continued(storyboard: Storyboard, instruction: str = "") -> Remixed:
    """The storyboard with one more shot or several, as an instruction tells; without one, what may come next. Nothing
    that is there already changes. The same for the same instruction; it never raises on a text."""
    lexicon = load_lexicon()
    language = language_of(instruction, lexicon, storyboard.language)
    work = Work(instruction, language, lexicon, scenes_of(storyboard))
    clauses = split(instruction, tokenize(instruction), language) or [Clause("continue", [], 0, 0)]
    for clause in clauses:
        is_new = len(work.scenes) > len(storyboard.shots)
        if clause.edit in _TELLING:
            EDITS["continue"](work, clause)
            continue
        if not is_new:  # "closer": what comes next, seen from closer
            EDITS["continue"](work, Clause("continue", [], clause.start, clause.start))
        if len(work.scenes) > len(storyboard.shots):
            clause.shot = -1
            EDITS[clause.edit](work, clause)
    changes = tuple(one for one in changes_between(storyboard, work.scenes, []) if one.before is None)
    coverage = _coverage(instruction, work, lexicon)
    return Remixed(_whole(storyboard, changes, coverage, language), changes, coverage)


def _whole(storyboard: Storyboard, changes: tuple[Change, ...], coverage: Coverage, language: Language) -> Storyboard:
    return applied(storyboard, changes).model_copy(update={"coverage": coverage, "language": language})


def _coverage(instruction: str, work: Work, lexicon: Lexicon) -> Coverage:
    articles = lexicon.articles["en"] | lexicon.articles["fr"]
    missed = [instruction[start:end] for start, end in missed_stretches(instruction, work.missed, articles)]
    understood = {
        (start, end, field): Understood(phrase=instruction[start:end][:LONGEST_PHRASE], field=field)
        for start, end, field in sorted(work.understood)
    }
    phrases = tuple(dict.fromkeys(phrase[:LONGEST_PHRASE] for phrase in missed))
    return Coverage(understood=tuple(understood.values()), missed=phrases)


def _has_words(tokens: list[Token]) -> bool:
    return any(token.kind in {TokenKind.WORD, TokenKind.QUOTE} for token in tokens)


def _find_shot(clause: Clause, language: Language, lexicon: Lexicon) -> None:
    """Finds "in the second shot" or « plan 2 : » in a clause, and takes it out of the clause's words."""
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        if _row(token, "shot_label", language, lexicon) is None:
            continue
        ordinal = index and _row(tokens[index - 1], "ordinal", language, lexicon)
        following = tokens[index + 1].plain if index + 1 < len(tokens) else ""
        if ordinal:
            first, end, number = index - 1, index + 1, _number(tokens[index - 1], ordinal)
        elif following.isdigit():
            first, end, number = index, index + 2, int(following) - 1
        else:
            continue
        before = {"in", "on", "of", "the", "for", "during", "dans", "au", "le", "la", "du", "de", "pendant", "à", "a"}
        while first > 0 and tokens[first - 1].plain in before:
            first -= 1
        while end < len(tokens) and tokens[end].kind in {TokenKind.COMMA, TokenKind.COLON}:
            end += 1
        clause.shot = number
        clause.tokens = tokens[:first] + tokens[end:]
        return


def _number(token: Token, concept: str) -> int:
    """The place of a shot from its ordinal, counted from 0; -1 for the last."""
    is_last = concept == "5" and not token.plain.startswith(("fifth", "cinqui"))
    return -1 if is_last else int(concept) - 1


def _row(token: Token, category: str, language: Language, lexicon: Lexicon) -> str | None:
    node = lexicon.trees[language].next.get(token.plain)
    found = (entry.concept for entry in (node.entries if node else ()) if entry.category == category)
    return next(found, None)
