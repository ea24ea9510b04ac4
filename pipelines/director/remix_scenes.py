"""A storyboard while it is being changed: shots and subjects that remember which of the parent's they were."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.director.cast import Cast
from pipelines.director.drafts import Ledger, ShotDraft, SubjectDraft
from pipelines.director.lexicon import Language, Lexicon
from pipelines.director.mentions import Mention
from pipelines.director.reading import Reading, read_shot
from pipelines.director.remix_changes import Change, difference
from pipelines.storyboard import Shot, Storyboard, Subject

MOST_SUBJECTS = 8


@dataclass(eq=False)
class Part:
    """A subject, and its number in the parent's shot; None: it is new."""

    subject: Subject
    origin: int | None
    phrases: dict[str, str] = field(default_factory=dict)  # field → words that changed it

    def change(self, phrase: str, **fields: object) -> None:
        """Gives the subject other values in these fields."""
        self.subject = Subject.model_validate(self.subject.model_dump() | fields)
        self.phrases |= dict.fromkeys(fields, phrase)


@dataclass(eq=False)
class Scene:
    """A shot, and its number in the parent; None: it is new. `shot` holds all but the subjects."""

    shot: Shot
    parts: list[Part]
    origin: int | None
    phrases: dict[str, str] = field(default_factory=dict)  # field → words that changed it
    gone: list[tuple[Part, str]] = field(default_factory=list)  # subjects taken out, and the words that did

    def change(self, phrase: str, **fields: object) -> None:
        """Gives the shot other values in these fields; camera_framing, camera_move, camera_angle are its camera's."""
        held = self.shot.model_dump()
        for name, value in fields.items():
            if name.startswith("camera_"):
                held["camera"][name.removeprefix("camera_")] = value
            else:
                held[name] = value
            self.phrases[name.replace("camera_", "camera.")] = phrase
        self.shot = Shot.model_validate(held)

    def add(self, subject: Subject, phrase: str) -> bool:
        """Whether the subject found room in the shot."""
        if len(self.parts) == MOST_SUBJECTS:
            return False
        self.parts.append(Part(subject, None, {"": phrase}))
        return True

    def remove(self, part: Part, phrase: str) -> None:
        """Takes a subject out, with what it says and where others hold it."""
        self.parts.remove(part)
        self.gone.append((part, phrase))
        names = {part.subject.kind, part.subject.cameo} - {other.subject.kind for other in self.parts}
        self.change(phrase, lines=[line for line in self.shot.model_dump()["lines"] if line["speaker"] not in names])
        for other in self.parts:
            kept = [name for name in other.subject.attributes if name not in _held(part.subject.kind)]
            if len(kept) < len(other.subject.attributes):
                other.change(phrase, attributes=kept)

    def whole(self) -> Shot:
        """The shot with its subjects."""
        return self.shot.model_copy(update={"subjects": tuple(part.subject for part in self.parts)})


def _held(kind: str) -> set[str]:
    return {f"holding_{kind}", f"riding_{kind}"}


def scenes_of(storyboard: Storyboard) -> list[Scene]:
    """A storyboard, ready to be changed."""
    return [
        Scene(shot, [Part(subject, number) for number, subject in enumerate(shot.subjects)], index)
        for index, shot in enumerate(storyboard.shots)
    ]


def changes_between(parent: Storyboard, scenes: list[Scene], gone: list[tuple[Scene, str]]) -> list[Change]:
    """All that is different, in the order of the storyboard: what the shots are, who is in them, then new shots."""
    found: list[Change] = []
    for scene in sorted((one for one in scenes if one.origin is not None), key=lambda one: one.origin):
        before, path = parent.shots[scene.origin], f"shots.{scene.origin}"
        found += difference(before, scene.shot, path, scene.phrases)
        found += _subject_changes(before, scene, path)
    for scene, phrase in gone:
        path = f"shots.{scene.origin}"
        found.append(Change(path, parent.shots[scene.origin].model_dump(mode="json"), None, phrase))
    new = [scene for scene in scenes if scene.origin is None]
    for number, scene in enumerate(new, len(parent.shots)):
        found.append(Change(f"shots.{number}", None, scene.whole().model_dump(mode="json"), scene.phrases.get("", "")))
    return found


def _subject_changes(before: Shot, scene: Scene, path: str) -> list[Change]:
    found: list[Change] = []
    for part in scene.parts:
        if part.origin is None:
            continue
        was, now = (each.model_dump(mode="json") for each in (before.subjects[part.origin], part.subject))
        place = f"{path}.subjects.{part.origin}"
        found += [
            Change(f"{place}.{name}", was[name], now[name], part.phrases.get(name, ""))
            for name in was
            if was[name] != now[name]
        ]
    for part, phrase in scene.gone:
        if part.origin is not None:
            was = before.subjects[part.origin].model_dump(mode="json")
            found.append(Change(f"{path}.subjects.{part.origin}", was, None, phrase))
    for number, part in enumerate((one for one in scene.parts if one.origin is None), len(before.subjects)):
        found.append(Change(f"{path}.subjects.{number}", None, part.subject.model_dump(mode="json"), part.phrases[""]))
    return found


@dataclass(eq=False)
class Read:
    """What the director reads from a clause, on top of what a scene holds already."""

    draft: ShotDraft
    ledger: Ledger
    reading: Reading
    held: list[tuple[Part, SubjectDraft]]  # who was there, as they are after the reading

    @property
    def new(self) -> list[SubjectDraft]:
        """Subjects that were not there before, in the order of the clause."""
        known = [draft for _, draft in self.held]
        return [draft for draft in self.draft.subjects if draft not in known]


def read_in(
    scene: Scene,
    instruction: str,
    mentions: list[Mention],
    language: Language,
    lexicon: Lexicon,
    *,
    worn: bool = False,
    agents: Sequence[Part] = (),
) -> Read:
    """A clause, read as if it went on telling of a scene. worn: it begins with something that somebody will wear.
    agents: who is talked about; nobody given, the first who is alive."""
    draft, cast, ledger = ShotDraft(), Cast(), Ledger()
    held = [(part, draft_of(part.subject, lexicon)) for part in scene.parts]
    draft.subjects = [each for _, each in held]
    cast.members = list(reversed(draft.subjects))  # whoever was named first is meant before the others
    reading = Reading(instruction, mentions, draft, cast, ledger, lexicon, language)
    main = next((each for each in draft.subjects if each.is_alive), next(iter(draft.subjects), None))
    reading.agents = [each for part, each in held if part in agents] or ([main] if main is not None else [])
    reading.introduced = "wear" if worn else ""
    read_shot(reading)
    for mention in reading.waiting_actions:
        reading.miss(mention)
    return Read(draft, ledger, reading, held)


def draft_of(subject: Subject, lexicon: Lexicon) -> SubjectDraft:
    """A subject of a storyboard as the director holds it while it reads."""
    entry = next((one for one in lexicon.entries if (one.category, one.concept) == ("subject", subject.kind)), None)
    return SubjectDraft(
        subject.kind,
        (entry and entry.implied("group")) or "thing",
        (entry and entry.implied("gender")) or "",
        subject.count,
        list(subject.colours),
        list(subject.attributes),
        [subject.action] if subject.action else [],
        cameo=subject.cameo,
    )
