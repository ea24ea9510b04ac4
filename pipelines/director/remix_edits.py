"""The edits that a clause can ask for, by the name that the table of cues gives them."""

from collections.abc import Callable

from pipelines.director.cast import Cast
from pipelines.director.coverage import LONGEST_PHRASE
from pipelines.director.directing import finish_subjects, inherit, shot_of, subject_of
from pipelines.director.drafts import Ledger, ShotDraft
from pipelines.director.mentions import Mention
from pipelines.director.reading import Reading, read_shot
from pipelines.director.remix_scenes import Part, Scene, draft_of, read_in
from pipelines.director.remix_setting import set_it
from pipelines.director.remix_targets import Target, is_person, noun_phrases, take_out, targets
from pipelines.director.remix_words import Clause, cue_at, next_actions
from pipelines.director.remix_work import MOST, Work, is_breed, put_on
from pipelines.director.shots import MOST_SHOTS
from pipelines.director.text import Token
from pipelines.director.timing import LONGEST_CLIP, PLAIN_SECONDS, SHORTEST_CLIP
from pipelines.storyboard import Framing, Move, Subject, Time

__all__ = ["EDITS", "LONGEST_PHRASE", "Work"]

_FIRST_BY = ("into", "par", "by", "en", "with", "to", "contre", "avec", "for", "pour")  # the likelier, the sooner
_SELF = frozenset(
    ("pronoun", "possessive", "article_definite", "article_indefinite", "ignore", "function", "preposition")
)
DARKER = {Time.DAY: Time.SUNSET, Time.SUNSET: Time.NIGHT, Time.DAWN: Time.NIGHT, Time.NIGHT: Time.NIGHT}
BRIGHTER = {Time.NIGHT: Time.DAWN, Time.DAWN: Time.DAY, Time.SUNSET: Time.DAY, Time.DAY: Time.DAY}


# ---- set, add, keep


def change(work: Work, clause: Clause) -> None:
    """ "Make it night", "the dog sleeps", "the dog becomes a cat", "a cat instead of the dog"."""
    for edit in ("become", "instead"):
        found = _inside(work, clause.tokens, edit)
        if found is not None:
            before, after = clause.tokens[: found[0]], clause.tokens[found[1] :]
            if edit == "become":
                return _exchange(work, clause, before, after)
            if not before:
                before, after = _at_pause(after)[::-1]
            return _exchange(work, clause, after, before)
    found = _inside(work, clause.tokens, "not")
    if found is not None:
        words = clause.tokens[: found[0]] + clause.tokens[found[1] :]
        mentions = work.mentions(words)
        names = any(phrase.head and phrase.head.mention.category != "place" for phrase in noun_phrases(mentions, work))
        return _exchange(work, clause, [], words, it=names)
    into = next((n for n, token in enumerate(clause.tokens) if token.plain == "into" and n > 0), None)
    if into is not None and work.language == "en" and clause.edit == "set":
        return _exchange(work, clause, clause.tokens[:into], clause.tokens[into + 1 :])
    mentions = work.mentions(clause.tokens)
    first = _subject_of_itself(work, mentions, clause)
    if first is not None:
        return _exchange(work, clause, [], [t for t in clause.tokens if t.start >= mentions[first].start], it=True)
    set_it(work, clause, mentions)


def _subject_of_itself(work: Work, mentions: list[Mention], clause: Clause) -> int | None:
    """The index at which "make it | a cat" says what it shall be."""
    index = 1 if mentions and mentions[0].category == "pronoun" else 0 if clause.by_clitic else None
    if index is None or index >= len(mentions):
        return None
    if mentions[index].category not in {"article_indefinite", "number", "quantity"}:
        return None
    phrases = noun_phrases(mentions[index:], work)
    head = phrases[0].head if phrases else None
    return index if head and (head.mention.category == "subject" or head.mention.implied("subject")) else None


def add(work: Work, clause: Clause) -> None:
    """ "Add a cat", "give him a hat", « ajoute de la pluie »."""
    set_it(work, clause, adds=True)


def keep(work: Work, clause: Clause) -> None:
    """ "Keep the dog" changes nothing; what is not there is told."""
    mentions = work.mentions(clause.tokens)
    found = [targets(work, scene, mentions)[0] for scene in work.scenes_of(clause)]
    if not any(found) and mentions:
        work.miss(clause)


# ---- remove, replace


def remove(work: Work, clause: Clause) -> None:
    """ "Without the ball", « sans musique », "no people", "remove the second shot"."""
    scenes, phrase = work.scenes_of(clause), work.phrase(clause)
    if clause.shot is not None and scenes and not _content(work, clause.tokens):
        return _remove_shot(work, clause, scenes[0])
    nouns = [_noun_at(work, clause.tokens, index) for index in range(len(clause.tokens))]
    done = [_remove_named(work, scene, noun, phrase) for noun in filter(None, nouns) for scene in scenes]
    if any(done):
        return work.tell(clause, "removed")
    mentions = work.mentions(clause.tokens)
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


def replace(work: Work, clause: Clause) -> None:
    """ "Replace the dog by a cat", « change la pluie en neige », "change it to night"."""
    at = next((n for word in _FIRST_BY for n, token in enumerate(clause.tokens) if token.plain == word), None)
    if at is None:
        return change(work, Clause("set", clause.tokens, clause.start, clause.end, clause.shot, clause.by_clitic))
    before, after = clause.tokens[:at], clause.tokens[at + 1 :]
    _exchange(work, clause, before, after, it=clause.by_clitic)


def _exchange(work: Work, clause: Clause, old: list[Token], new: list[Token], *, it: bool = False) -> None:
    """Puts what `new` says where `old` stands. it: nobody is named, who is there is meant."""
    mentions, wanted = work.mentions(old), work.mentions(new)
    whole = not _content(work, old) or all(_noun_whole(work, old, n) for n in range(len(old)) if _is_word(work, old[n]))
    scenes = work.scenes_of(clause)
    done = False
    for scene in scenes:
        if whole and _is_subject(work, wanted):
            part = work.main(scene)
            found = [Target(wanted[0], part, "subject", part.subject.kind)] if part and (it or mentions) else []
        else:
            found = [] if whole else targets(work, scene, mentions)[0]
        for target in found[:1] if whole else found:
            done = _put(work, clause, scene, target, wanted, first=not done) or done
    if done:
        start = min(token.start for token in [*old, *new])
        work.understood += [
            (m.start, m.end, "replaced") for m in mentions if m.category not in _SELF and m.start >= start
        ]
    elif whole and scenes and wanted:
        set_it(work, clause, wanted)
    elif scenes:
        work.miss(clause)


def _put(work: Work, clause: Clause, scene: Scene, target: Target, wanted: list[Mention], *, first: bool) -> bool:
    """Whether a target gave way to what is wanted."""
    phrase = work.phrase(clause)
    if target.field == "subject" and target.part in scene.parts:
        return _recast(work, scene, target.part, wanted, phrase, first=first)
    parts = [target.part] if target.part is not None else scene.parts
    trial = Scene(scene.shot, [Part(part.subject, part.origin) for part in parts], scene.origin)
    read = read_in(trial, work.instruction, wanted, work.language, work.lexicon, worn=target.field == "attributes")
    fields = _told(read.draft, target.field)
    if target.part is None:
        if not fields:
            return False
        take_out(scene, target, phrase)
        scene.change(
            phrase,
            **{target.field: [*getattr(scene.shot, target.field), *fields]}
            if target.field in {"sounds", "events"}
            else {target.field: fields[0]},
        )
    else:
        was, now = target.part.subject, read.held[0][1]
        new = [name for name in getattr(now, _plural(target.field)) if name not in _held(was, target.field)]
        if not new:
            return False
        take_out(scene, target, phrase)
        left = getattr(target.part.subject, target.field)
        if target.field == "attributes":
            target.part.change(phrase, attributes=put_on(left, new, work.lexicon))
        else:
            target.part.change(phrase, **{target.field: new[-1] if target.field == "action" else [*left, *new]})
    if first:
        work.hear(read, scene)
    return True


def _plural(field: str) -> str:
    return "actions" if field == "action" else field


def _held(subject: object, field: str) -> tuple[str, ...]:
    return (subject.action,) if field == "action" else getattr(subject, field)


def _told(draft: ShotDraft, field: str) -> list[str]:
    """What a reading says of a field of the shot."""
    value = draft.time or draft.light if field == "time" else getattr(draft, field, None)
    if field == "events":
        value = [name for _, name in draft.happenings if name in draft.staged]
    return value if isinstance(value, list) else [value] if value is not None else []


def _recast(work: Work, scene: Scene, part: Part, wanted: list[Mention], phrase: str, *, first: bool) -> bool:
    """Whether a subject became the one that is wanted; what else the words say is put into the shot, too."""
    trial = Scene(scene.shot, [], scene.origin)
    read = read_in(trial, work.instruction, wanted, work.language, work.lexicon)
    finish_subjects(read.draft, work.lexicon)
    if not read.draft.subjects:
        colours = [mention.concept for mention in wanted if mention.category == "colour"]
        if colours:
            part.change(phrase, colours=colours)
            work.understood += [(m.start, m.end, "colours") for m in wanted if m.category == "colour" and first]
        return bool(colours)
    draft = next((one for one in read.draft.subjects if one.importance == 0), read.draft.subjects[0])
    new, was = subject_of(draft, read.draft), part.subject
    alive = draft.is_alive and work.group(part) in {"person", "animal"}
    kept = (
        [name for name in was.attributes if not is_breed(name, work.lexicon)] if alive or new.kind == was.kind else []
    )
    counted = any(mention.category in {"number", "quantity"} for mention in wanted) or new.count > 1
    part.change(
        phrase,
        kind=new.kind,
        count=new.count if counted else was.count,
        colours=new.colours,
        attributes=put_on(kept, new.attributes, work.lexicon),
        action=new.action or (was.action if alive or new.kind == was.kind else None),
        cameo=new.cameo,
    )
    _rename(scene, was.kind, was.cameo, new.cameo or new.kind, new.kind, phrase)
    for other in read.draft.subjects:
        if other is not draft:
            scene.add(subject_of(other, read.draft), phrase)
    from pipelines.director.remix_setting import fold_setting

    fold_setting(scene, read, phrase)
    if first:
        work.hear(read, scene)
    return True


def _rename(scene: Scene, kind: str, cameo: str | None, speaker: str, new_kind: str, phrase: str) -> None:
    """Lines and what others hold follow a subject that became another."""
    lines = scene.shot.model_dump()["lines"]
    named = [line | {"speaker": speaker} if line["speaker"] in {kind, cameo} - {None} else line for line in lines]
    if named != lines:
        scene.change(phrase, lines=named)
    for other in scene.parts:
        held = [name.replace(f"_{kind}", f"_{new_kind}") if name in {f"holding_{kind}", f"riding_{kind}"} else name
                for name in other.subject.attributes]  # fmt: skip
        if held != list(other.subject.attributes):
            other.change(phrase, attributes=held)


def _is_subject(work: Work, mentions: list[Mention]) -> bool:
    """Whether the words begin with somebody or something, rather than with an hour or a place."""
    phrases = noun_phrases(mentions, work)
    head = phrases[0].head if phrases else None
    return head is not None and (head.mention.category == "subject" or head.mention.implied("subject") is not None)


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


def _content(work: Work, tokens: list[Token]) -> list[Mention]:
    return [mention for mention in work.mentions(tokens) if mention.category not in _SELF | {"comma", "stop", "colon"}]


def _is_word(work: Work, token: Token) -> bool:
    return bool(_content(work, [token]))


def _noun_whole(work: Work, tokens: list[Token], index: int) -> bool:
    """Whether a word means the whole: "the weather", « le style »."""
    return any(
        (found := cue_at(tokens, start, work.language, ("noun",))) is not None
        and found[0].edit == "the_whole"
        and start <= index < found[1]
        for start in range(index + 1)
    )


# ---- more, longer, closer, darker


def many(work: Work, clause: Clause) -> None:
    """ "More dogs": twice as many; what is not there yet is added."""
    _recount(work, clause, lambda count: min(count * 2, MOST) if count > 1 else 3) or add(work, clause)


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
        parts = found or ([work.main(scene)] if not _content(work, clause.tokens) else [])
        for part in filter(None, parts):
            part.change(work.phrase(clause), count=counted(part.subject.count))
            done = True
    if done:
        work.tell(clause, "count")
    return done


def _longer_by(factor: float) -> Callable[[Work, Clause], None]:
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


def _framed(step: int) -> Callable[[Work, Clause], None]:
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


def _lit(times: dict[Time, Time]) -> Callable[[Work, Clause], None]:
    def light(work: Work, clause: Clause) -> None:
        """Goes an hour on towards the night, or towards the day."""
        for scene in work.scenes_of(clause):
            scene.change(work.phrase(clause), time=times[scene.shot.time])
        work.tell(clause, "time")

    return light


def _paced(attribute: str) -> Callable[[Work, Clause], None]:
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


# ---- continue


def go_on(work: Work, clause: Clause) -> None:
    """ "Continue the story", "then the dog sleeps": a new shot after the last, with what the last one established."""
    left = LONGEST_CLIP - sum(scene.shot.seconds for scene in work.scenes)
    if len(work.scenes) == MOST_SHOTS or left < SHORTEST_CLIP:
        return work.miss(clause)
    last, seconds = work.scenes[-1], min(PLAIN_SECONDS, left)
    mentions = work.mentions(clause.tokens)
    new = _told_next(work, clause, last, mentions, seconds) if _content(work, clause.tokens) else _next(last, seconds)
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


EDITS: dict[str, Callable[[Work, Clause], None]] = {
    "set": change,
    "add": add,
    "keep": keep,
    "remove": remove,
    "replace": replace,
    "many": many,
    "few": few,
    "one": one,
    "longer": _longer_by(1.5),
    "shorter": _longer_by(1 / 1.5),
    "twice": _longer_by(2.0),
    "half": _longer_by(0.5),
    "closer": _framed(1),
    "wider": _framed(-1),
    "darker": _lit(DARKER),
    "brighter": _lit(BRIGHTER),
    "slower": _paced("slow"),
    "faster": _paced("fast"),
    "continue": go_on,
    "then": go_on,
}
