"""The edit that goes on: "continue the story", "then the dog sleeps" add a shot after the last."""

from pipelines.director.cast import Cast
from pipelines.director.directing import finish_subjects, inherit, shot_of
from pipelines.director.drafts import Ledger, ShotDraft
from pipelines.director.mentions import Mention
from pipelines.director.reading import Reading, read_shot
from pipelines.director.remix_scenes import Part, Scene, draft_of
from pipelines.director.remix_words import Clause, next_actions
from pipelines.director.remix_work import Work
from pipelines.director.shots import MOST_SHOTS
from pipelines.director.timing import LONGEST_CLIP, PLAIN_SECONDS, SHORTEST_CLIP
from pipelines.storyboard import Framing, Move, Subject


def go_on(work: Work, clause: Clause) -> None:
    """ "Continue the story", "then the dog sleeps": a new shot after the last, with what the last one established."""
    left = LONGEST_CLIP - sum(scene.shot.seconds for scene in work.scenes)
    if len(work.scenes) == MOST_SHOTS or left < SHORTEST_CLIP:
        return work.miss(clause)
    last, seconds = work.scenes[-1], min(PLAIN_SECONDS, left)
    mentions = work.mentions(clause.tokens)
    new = _told_next(work, clause, last, mentions, seconds) if work.content(clause.tokens) else _next(last, seconds)
    if new is None:
        return work.miss(clause)
    new.phrases[""] = work.phrase(clause)
    work.scenes.append(new)
    work.tell(clause, f"shots.{len(work.scenes) - 1}")


def _next(last: Scene, seconds: float) -> Scene:
    """The same people in the same place do what comes next, seen from nearer or from further away."""
    shot = last.whole()
    near = shot.camera.framing in {Framing.MEDIUM, Framing.CLOSE}
    camera = shot.camera.model_copy(
        update={"framing": Framing.FULL if near else Framing.MEDIUM, "move": Move.STATIC if near else Move.PUSH_IN}
    )
    following = next_actions()
    subjects = [
        part.subject.model_copy(update={"action": following.get(part.subject.action or "", part.subject.action)})
        for part in last.parts
    ]
    fields = {"seconds": round(seconds, 3), "camera": camera, "lines": (), "events": (), "subjects": ()}
    return Scene(shot.model_copy(update=fields), [Part(subject, None, {"": ""}) for subject in subjects], None)


def _told_next(work: Work, clause: Clause, last: Scene, mentions: list[Mention], seconds: float) -> Scene | None:
    """The shot that the words tell of; None where they tell of nothing that is known."""
    shot = last.shot
    before = ShotDraft(
        place=shot.place, time=shot.time, weather=shot.weather, season=shot.season, style=shot.style, music=shot.music
    )
    before.subjects = [draft_of(part.subject, work.lexicon) for part in last.parts]
    draft, cast, ledger = ShotDraft(), Cast(), Ledger()
    cast.members = list(reversed(before.subjects))
    reading = Reading(work.instruction, mentions, draft, cast, ledger, work.lexicon, work.language)
    read_shot(reading)
    work.missed += ledger.missed
    if not ledger.claims and not reading.waiting_actions and not reading.durations:
        return None
    inherit(before, reading)
    for mention in reading.waiting_actions:
        reading.miss(mention)
    finish_subjects(draft, work.lexicon)
    asked = next((duration.seconds for duration in reading.durations), seconds)
    made = shot_of(draft, round(min(max(asked, 0.5), max(seconds, min(asked, seconds))), 3))
    before_that = {part.subject.kind: part.subject.action for part in last.parts}
    parts = [Part(_going_on(subject, before_that), None, {"": ""}) for subject in made.subjects]
    return Scene(made, parts, None)


def _going_on(subject: Subject, before: dict[str, str | None]) -> Subject:
    """Whoever is named without a verb does what comes after what they did."""
    action = subject.action or next_actions().get(before.get(subject.kind) or "")
    return subject.model_copy(update={"action": action})
