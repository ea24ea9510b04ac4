"""What the edits of a remix share: the scenes at work, what was understood of the instruction, and looks put on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.director.drafts import Claim, SubjectDraft
from pipelines.director.lexicon import Language, Lexicon
from pipelines.director.mentions import Mention, find_mentions
from pipelines.director.remix_scenes import Part, Read, Scene
from pipelines.director.remix_words import Clause, contraries
from pipelines.director.text import Token
from pipelines.director.timing import LONGEST_CLIP, SHORTEST_CLIP

MOST = 12  # of one subject
LEADING = frozenset(("pronoun", "possessive", "article_definite", "article_indefinite", "ignore", "function",
                     "preposition", "comma", "stop", "colon"))  # fmt: skip


@dataclass
class Work:
    """An instruction, and the storyboard as far as it has been changed."""

    instruction: str
    language: Language
    lexicon: Lexicon
    scenes: list[Scene]
    gone: list[tuple[Scene, str]] = field(default_factory=list)  # shots taken out, and the words that did
    understood: list[tuple[int, int, str]] = field(default_factory=list)  # (start, end, field) of the instruction
    missed: list[tuple[int, int]] = field(default_factory=list)  # (start, end) of the instruction

    def phrase(self, clause: Clause) -> str:
        """The words of a clause, as typed."""
        return self.instruction[clause.start : clause.end].strip(" ,.;:!")[:500]

    def mentions(self, tokens: list[Token]) -> list[Mention]:
        """What these tokens mention."""
        return find_mentions(self.instruction, tokens, self.language, self.lexicon)

    def content(self, tokens: list[Token]) -> list[Mention]:
        """What these tokens mention, without the words that only lead to it."""
        return [mention for mention in self.mentions(tokens) if mention.category not in LEADING]

    def miss(self, clause: Clause) -> None:
        """Notes that a whole clause changed nothing."""
        length = len(self.instruction[clause.start : clause.end].rstrip(" ,.;:!"))
        start = clause.start
        while start < clause.start + length and self.instruction[start] in " ,.;:!":
            start += 1
        self.missed.append((start, clause.start + length))

    def tell(self, clause: Clause, name: str) -> None:
        """Notes that a whole clause is held by a field."""
        phrase = self.phrase(clause)
        start = self.instruction.find(phrase, max(0, clause.start - 1))
        self.understood.append((start, start + len(phrase), name))

    def scenes_of(self, clause: Clause) -> list[Scene]:
        """The shots that a clause is about; none where there is no such shot, which is then missed."""
        if clause.shot is None:
            return list(self.scenes)
        if not -1 <= clause.shot < len(self.scenes):
            self.miss(clause)
            return []
        return [self.scenes[clause.shot]]

    def path(self, scene: Scene, part: Part | None = None) -> str:
        """Where a shot or a subject stands now."""
        path = f"shots.{self.scenes.index(scene)}"
        return f"{path}.subjects.{scene.parts.index(part)}" if part in scene.parts else path

    def main(self, scene: Scene) -> Part | None:
        """Who is meant by "it" and "them": the first who is alive, else the first."""
        alive = (part for part in scene.parts if self.group(part) in {"person", "animal"})
        return next(alive, next(iter(scene.parts), None))

    def group(self, part: Part) -> str:
        """person, animal, thing or plant."""
        return next(
            (entry.implied("group") or "thing" for entry in self.lexicon.entries if _names(entry, part)), "thing"
        )

    def last_to(self, total: float, phrase: str) -> bool:
        """Stretches the whole clip to so many seconds, as far as a clip may; whether that changed anything."""
        now = sum(scene.shot.seconds for scene in self.scenes)
        total = min(max(total, SHORTEST_CLIP), LONGEST_CLIP)
        if abs(total - now) < 0.05:
            return False
        for scene in self.scenes:
            scene.change(phrase, seconds=round(max(0.5, scene.shot.seconds * total / now), 3))
        over = sum(scene.shot.seconds for scene in self.scenes) - total
        longest = max(self.scenes, key=lambda one: one.shot.seconds)
        longest.change(phrase, seconds=round(longest.shot.seconds - over, 3))
        return True

    def hear(self, read: Read, scene: Scene) -> None:
        """Takes over what a reading understood and missed."""
        self.missed += read.ledger.missed
        for claim in read.ledger.claims:
            name = self._field(claim, read, scene)
            if name:
                self.understood.append((claim.start, claim.end, name))

    def _field(self, claim: Claim, read: Read, scene: Scene) -> str | None:
        name, _, value = claim.field.partition("=")
        path = self.path(scene)
        if claim.owner in read.draft.lines:
            return f"{path}.lines.{name}"
        if isinstance(claim.owner, SubjectDraft):
            part = next((one for one, draft in read.held if draft is claim.owner), None)
            path = self.path(scene, part)
            return f"{path}.{name}={value or claim.owner.kind}"
        if name == "clip":
            return f"seconds={value}"
        if name == "light":
            return f"{path}.time={scene.shot.time}"
        return f"{path}.{name}={value or getattr(scene.shot, name, '')}"


def _names(entry: object, part: Part) -> bool:
    return entry.category == "subject" and entry.concept == part.subject.kind


def put_on(attributes: Iterable[str], new: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The attributes with new ones: who becomes old is young no longer, and a red hat takes the place of a blue one."""
    kept = list(attributes)
    worn = lexicon.concepts("accessory")
    for name in new:
        item = _item(name, worn)
        kept = [other for other in kept if not _excludes(item, _item(other, worn))] + [name]
    return kept


def _item(name: str, worn: frozenset[str]) -> str:
    """hat of hat_red, holding of holding_lantern; any other attribute itself."""
    first = name.partition("_")[0]
    return first if first in worn | {"holding", "riding"} else name


def _excludes(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in contraries())


def is_breed(attribute: str, lexicon: Lexicon) -> bool:
    """Whether an attribute belongs to one kind of subject: a puppy is a dog, a chef a person."""
    return any(
        entry.concept == attribute and entry.category == "attribute" and entry.implied("subject")
        for entry in lexicon.entries
    )
