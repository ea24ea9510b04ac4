"""Edits that go a step: more, longer, closer, darker, slower, and back."""

from collections.abc import Callable

from pipelines.director.remix_setting import set_it
from pipelines.director.remix_targets import targets
from pipelines.director.remix_words import Clause
from pipelines.director.remix_work import MOST, Work, put_on
from pipelines.director.timing import LONGEST_CLIP
from pipelines.storyboard import Framing, Move, Time

DARKER = {Time.DAY: Time.SUNSET, Time.SUNSET: Time.NIGHT, Time.DAWN: Time.NIGHT, Time.NIGHT: Time.NIGHT}
BRIGHTER = {Time.NIGHT: Time.DAWN, Time.DAWN: Time.DAY, Time.SUNSET: Time.DAY, Time.DAY: Time.DAY}


def many(work: Work, clause: Clause) -> None:
    """ "More dogs": twice as many; what is not there yet is added."""
    _recount(work, clause, lambda count: min(count * 2, MOST) if count > 1 else 3) or set_it(work, clause, adds=True)


def few(work: Work, clause: Clause) -> None:
    """ "Fewer dogs": half as many."""
    _recount(work, clause, lambda count: max(1, count // 2)) or work.miss(clause)


def one(work: Work, clause: Clause) -> None:
    """ "Only one dog"."""
    _recount(work, clause, lambda count: 1) or work.miss(clause)


def _recount(work: Work, clause: Clause, counted: Callable[[int], int]) -> bool:
    mentions = work.mentions(clause.tokens)
    done = False
    for scene in work.scenes_of(clause):
        found = [target.part for target in targets(work, scene, mentions)[0] if target.field == "subject"]
        parts = found or ([work.main(scene)] if not work.content(clause.tokens) else [])
        for part in filter(None, parts):
            part.change(work.phrase(clause), count=counted(part.subject.count))
            done = True
    if done:
        work.tell(clause, "count")
    return done


def longer_by(factor: float) -> Callable[[Work, Clause], None]:
    def stretch(work: Work, clause: Clause) -> None:
        """Makes the clip, or one shot, longer or shorter."""
        scenes, phrase = work.scenes_of(clause), work.phrase(clause)
        whole = sum(scene.shot.seconds for scene in work.scenes)
        if clause.shot is None and scenes:
            done = work.last_to(whole * factor, phrase)
        elif scenes:
            room = LONGEST_CLIP - whole + scenes[0].shot.seconds
            done = room > scenes[0].shot.seconds or factor < 1
            if done:
                scenes[0].change(phrase, seconds=round(max(0.5, min(scenes[0].shot.seconds * factor, room)), 3))
        else:
            return
        work.tell(clause, "seconds") if done else work.miss(clause)

    return stretch


def framed(step: int) -> Callable[[Work, Clause], None]:
    def frame(work: Work, clause: Clause) -> None:
        """Comes a step closer, or goes one away; from the last step the camera moves on."""
        framings = list(Framing)
        for scene in work.scenes_of(clause):
            at = framings.index(scene.shot.camera.framing) + step
            if 0 <= at < len(framings):
                scene.change(work.phrase(clause), camera_framing=framings[at])
            else:
                scene.change(work.phrase(clause), camera_move=Move.PUSH_IN if step > 0 else Move.PULL_OUT)
        for mention in work.mentions(clause.tokens):
            if mention.category in {"unknown", "undrawn"}:
                work.missed.append((mention.start, mention.end))
        work.tell(clause, "camera")

    return frame


def lit(times: dict[Time, Time]) -> Callable[[Work, Clause], None]:
    def light(work: Work, clause: Clause) -> None:
        """Goes an hour on towards the night, or towards the day."""
        for scene in work.scenes_of(clause):
            scene.change(work.phrase(clause), time=times[scene.shot.time])
        work.tell(clause, "time")

    return light


def paced(attribute: str) -> Callable[[Work, Clause], None]:
    def pace(work: Work, clause: Clause) -> None:
        """Whoever acts does so slowly, or fast."""
        done = False
        for scene in work.scenes_of(clause):
            part = work.main(scene)
            if part is not None:
                new = put_on(part.subject.attributes, [attribute], work.lexicon)
                part.change(work.phrase(clause), attributes=new)
                done = True
        work.tell(clause, "attributes") if done else work.miss(clause)

    return pace
