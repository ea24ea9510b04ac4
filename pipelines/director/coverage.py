"""How much of a prompt its storyboard holds: phrases as typed with their fields, and phrases that no field holds."""

from pipelines.director.drafts import Claim, Ledger, ShotDraft
from pipelines.director.lexicon import Lexicon
from pipelines.director.text import tokenize
from pipelines.storyboard import Coverage, Shot, Subject, Understood

LONGEST_PHRASE = 500  # characters


def measure(prompt: str, ledger: Ledger, drafts: list[ShotDraft], shots: list[Shot], lexicon: Lexicon) -> Coverage:
    """The coverage of a prompt by the shots that were made of these drafts."""
    understood: dict[tuple[int, int, str], Understood] = {}
    missed = list(ledger.missed)
    for claim in sorted(ledger.claims, key=lambda claim: (claim.start, claim.end)):
        field = _field(claim, drafts, shots)
        phrase = prompt[claim.start : claim.end]
        if field is None:
            missed.append((claim.start, claim.end))
        else:
            understood[claim.start, claim.end, field] = Understood(phrase=phrase[:LONGEST_PHRASE], field=field)
    articles = lexicon.articles["en"] | lexicon.articles["fr"]
    phrases = [prompt[start:end][:LONGEST_PHRASE] for start, end in missed_stretches(prompt, missed, articles)]
    return Coverage(understood=tuple(understood.values()), missed=tuple(dict.fromkeys(phrases)))


def missed_stretches(prompt: str, missed: list[tuple[int, int]], articles: frozenset[str]) -> list[tuple[int, int]]:
    """Stretches in order, those joined that only spaces, hyphens or articles separate: "chases a mouse"."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(missed):
        gap = prompt[joined[-1][1] : start] if joined else ""
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif joined and not gap.strip(" -'’") or (joined and _is_articles(gap, articles)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_articles(gap: str, articles: frozenset[str]) -> bool:
    return all(token.plain in articles for token in tokenize(gap)) and "\n" not in gap


def _field(claim: Claim, drafts: list[ShotDraft], shots: list[Shot]) -> str | None:
    """The path and value of what a claim is about; None where the storyboard does not hold it after all."""
    index = next((number for number, draft in enumerate(drafts) if draft is claim.shot), None)
    if index is None:
        return None
    draft, shot, path = drafts[index], shots[index], f"shots.{index}"
    if claim.owner in draft.subjects:
        position = draft.subjects.index(claim.owner)
        if position >= len(shot.subjects):
            return None
        held = _subject_field(claim, shot.subjects[position], shot)
        if held is None or held.startswith("events="):
            return held and f"{path}.{held}"
        return f"{path}.subjects.{position}.{held}"
    if claim.owner in draft.lines:
        position = draft.lines.index(claim.owner)
        line = shot.lines[position]
        values = {"text": "text", "speaker": f"speaker={line.speaker}", "language": f"language={line.language}"}
        return f"{path}.lines.{position}.{values[claim.field.partition('=')[0]]}"
    if claim.owner is not None:
        return None
    return _shot_field(claim, draft, shot, path)


def _subject_field(claim: Claim, subject: Subject, shot: Shot) -> str | None:
    """The field of a subject, or the shot's events, that hold a claim; None where neither does.

    An old man is a kind, whatever the words that made him one, and a thing's movements may be staged as events.
    """
    name, _, value = claim.field.partition("=")
    if claim.field == "kind" or (name == "attributes" and subject.kind == f"{value}_{subject.kind.partition('_')[2]}"):
        return f"kind={subject.kind}"
    if name == "action" and value != subject.action:
        return f"events={value}" if value in shot.events else None
    return claim.field


def _shot_field(claim: Claim, draft: ShotDraft, shot: Shot, path: str) -> str | None:
    name, equals, value = claim.field.partition("=")
    if name == "clip":
        return f"seconds={value}"
    if name == "light":
        name, value = "time", draft.light.value if draft.light else ""
    if name == "music" and not equals:
        value = shot.music or ""
    if name.endswith("!") or value == "none":
        return f"{path}.{claim.field}"
    held = _held(shot, name)
    if value not in held:
        return None
    return f"{path}.{name}={value}"


def _held(shot: Shot, name: str) -> list[str]:
    """What a field of the shot holds, as text."""
    value = getattr(shot.camera, name.removeprefix("camera.")) if name.startswith("camera.") else getattr(shot, name)
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [f"{value:g}" if isinstance(value, float) else str(value)]
