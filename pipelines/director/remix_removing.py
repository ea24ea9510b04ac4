"""Edits that take something out: "without the ball", « sans musique », "no people", "remove the second shot"."""

import itertools

from pipelines.director.mentions import Mention
from pipelines.director.remix_scenes import Scene
from pipelines.director.remix_setting import set_it
from pipelines.director.remix_targets import is_person, take_out, targets
from pipelines.director.remix_words import Clause, cue_at
from pipelines.director.remix_work import Work
from pipelines.director.text import Token
from pipelines.storyboard import Move


def remove(work: Work, clause: Clause) -> None:
    """ "Without the ball", « sans musique », "no people", "remove the second shot"."""
    scenes, phrase = work.scenes_of(clause), work.phrase(clause)
    if clause.shot is not None and scenes and not work.content(clause.tokens):
        return _remove_shot(work, clause, scenes[0])
    nouns = [_noun_at(work, clause.tokens, index) for index in range(len(clause.tokens))]
    done = [_remove_named(work, scene, noun, phrase) for noun in filter(None, nouns) for scene in scenes]
    if any(done):
        return work.tell(clause, "removed")
    mentions, rest = _up_to_where(work.mentions(clause.tokens))
    if rest:
        set_it(work, clause, rest)
    gone: set[str] = set()
    absent: list[Mention] = []
    for scene in scenes:
        found, not_there = targets(work, scene, mentions)
        gone |= {target.mention.text for target in found if take_out(scene, target, phrase)}
        absent += not_there
    for mention in mentions:
        if mention.text in gone:
            work.understood.append((mention.start, mention.end, f"removed={mention.concept}"))
        elif mention in absent:
            work.missed.append((mention.start, mention.end))
    if not gone and not absent and scenes:
        work.miss(clause)


def _up_to_where(mentions: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "Without the boat, | in a harbour": what is taken out, and what is said after it."""
    for index, (pause, after) in enumerate(itertools.pairwise(mentions)):
        if pause.category == "comma" and after.category == "preposition":
            return mentions[:index], mentions[index + 1 :]
    return mentions, []


def _remove_shot(work: Work, clause: Clause, scene: Scene) -> None:
    if len(work.scenes) == 1:
        return work.miss(clause)
    work.tell(clause, f"{work.path(scene)}=removed")
    work.scenes.remove(scene)
    if scene.origin is not None:
        work.gone.append((scene, work.phrase(clause)))


def _remove_named(work: Work, scene: Scene, noun: str, phrase: str) -> bool:
    """Whether the shot had any of what a general word names: lines, sounds, people, movements of the camera."""
    if noun == "lines" and scene.shot.lines:
        scene.change(phrase, lines=[])
    elif noun == "sounds" and (scene.shot.sounds or scene.shot.music) != ("silence",):
        scene.change(phrase, sounds=["silence"], music=None)
    elif noun == "people" and any(is_person(work, part) for part in scene.parts):
        for part in [one for one in scene.parts if is_person(work, one)]:
            scene.remove(part, phrase)
    elif noun == "moves" and scene.shot.camera.move != Move.STATIC:
        scene.change(phrase, camera_move=Move.STATIC)
    else:
        return False
    return True


def _noun_at(work: Work, tokens: list[Token], index: int) -> str | None:
    found = cue_at(tokens, index, work.language, ("noun",))
    alone = found is not None and found[1] == len(tokens) and found[0].edit != "the_whole"
    return found[0].edit if alone else None
