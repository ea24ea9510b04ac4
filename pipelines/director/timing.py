"""How long things last: durations in a prompt, and the seconds of each shot."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.director.drafts import ShotDraft
from pipelines.director.lexicon import Language, Lexicon
from pipelines.director.mentions import Mention

if TYPE_CHECKING:
    from pipelines.director.reading import Reading

PLAIN_SECONDS = 5.0  # of a clip whose prompt says nothing
SHORTEST_CLIP, LONGEST_CLIP = 1.0, 20.0
SHORTEST_SHOT = 0.5
PLEASANT_SHOT = 2.5  # of a shot without a length of its own, where there is room
OLD, YOUNG = 60, 25  # years


@dataclass(frozen=True)
class Duration:
    """A length in the prompt, of one shot or of the whole clip."""

    mention: Mention
    seconds: float
    is_whole: bool


def read_duration(reading: "Reading", index: int) -> int:
    """The index after the duration or age that starts here; the index itself when there is none."""
    mentions = reading.mentions
    if mentions[index].category != "number":
        return index
    unit = mentions[index + 1] if index + 1 < len(mentions) else None
    if unit is None or unit.category not in {"unit_seconds", "age"}:
        return index
    number = mentions[index]
    if unit.end - unit.start == 1 and index > 0 and mentions[index - 1].category in {"possessive", "article_definite"}:
        reading.ledger.miss(number.start, unit.end)  # "in his 30s", "the 80s"
        return index + 2
    together = Mention("duration", number.start, unit.end, f"{number.text} {unit.text}", number=number.number)
    if unit.category == "age":
        _read_age(reading, together)
        return index + 2
    seconds = number.number * float(unit.concept)
    near = [*mentions[max(0, index - 3) : index], *mentions[index + 2 : index + 4]]
    is_whole = any(_is_about_whole(mention, reading.lexicon, reading.language) for mention in near)
    reading.durations.append(Duration(together, seconds, is_whole))
    reading.introduced = ""
    return index + 2


def _read_age(reading: "Reading", age: Mention) -> None:
    word = "old" if age.number >= OLD else "young" if age.number <= YOUNG else None
    if word is None:
        reading.miss(age)
    elif reading.last is not None and not reading.separator and not reading.introduced:
        reading.last.attributes.append(word)
        reading.claim(age, f"attributes={word}", reading.last)
    else:
        reading.waiting_looks.append(("attributes", word, age.start, age.end))


def _is_about_whole(mention: Mention, lexicon: Lexicon, language: Language) -> bool:
    words = mention.text.lower().split()
    nodes = (lexicon.trees[language].next.get(word) for word in words[-1:])
    return any(entry.category == "duration_whole" for node in nodes if node for entry in node.entries)


def share_seconds(shots: list[ShotDraft], asked: float | None, total: float | None) -> list[float]:
    """The seconds of each shot.

    `asked` comes from the request and must come out exactly; `total` is what the prompt says of the whole clip. Shots
    that have a length of their own keep it where it fits, the others share the rest evenly.
    """
    whole = asked if asked is not None else total
    own = [shot.seconds for shot in shots]
    if whole is None and any(length is None for length in own):
        left = PLAIN_SECONDS - sum(length for length in own if length is not None)
        even = left / own.count(None)
        if any(length is not None for length in own):
            even = max(even, PLEASANT_SHOT)
        own = [length if length is not None else even for length in own]
    elif any(length is None for length in own):
        left = whole - sum(length for length in own if length is not None)
        even = max(left / own.count(None), SHORTEST_SHOT)
        own = [length if length is not None else even for length in own]
    wanted = sum(own)
    if whole is None:
        whole = min(max(wanted, SHORTEST_CLIP), LONGEST_CLIP)
    return _fitted(own, whole)


def _fitted(lengths: list[float], whole: float) -> list[float]:
    """The lengths scaled to a sum, none below the shortest shot, in thousandths of a second."""
    shortest = min(SHORTEST_SHOT, whole / len(lengths))
    spare = whole - shortest * len(lengths)
    wishes = [max(length - shortest, 0.0) for length in lengths]
    scale = spare / sum(wishes) if sum(wishes) > 0 else 0.0
    if sum(wishes) > 0:
        fitted = [round(shortest + wish * scale, 3) for wish in wishes]
    else:
        fitted = [round(whole / len(lengths), 3)] * len(lengths)
    fitted[-1] = round(whole - sum(fitted[:-1]), 6)
    return fitted
