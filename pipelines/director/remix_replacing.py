"""Edits that put one thing in the place of another: "replace the dog by a cat", « la pluie devient de la neige »."""

from pipelines.director.directing import finish_subjects, subject_of
from pipelines.director.drafts import ShotDraft
from pipelines.director.mentions import Mention
from pipelines.director.remix_scenes import Part, Scene, read_in
from pipelines.director.remix_setting import fold_setting, set_it
from pipelines.director.remix_targets import Target, noun_phrases, take_out, targets
from pipelines.director.remix_words import Clause, cue_at
from pipelines.director.remix_work import LEADING, Work, is_breed, put_on
from pipelines.director.text import Token


def exchange(work: Work, clause: Clause, old: list[Token], new: list[Token], *, it: bool = False) -> None:
    """Puts what `new` says where `old` stands. it: nobody is named, who is there is meant."""
    mentions, wanted = work.mentions(old), work.mentions(new)
    whole = not work.content(old) or all(_noun_whole(work, old, n) for n in range(len(old)) if _is_word(work, old[n]))
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
            (m.start, m.end, "replaced") for m in mentions if m.category not in LEADING and m.start >= start
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


def _is_word(work: Work, token: Token) -> bool:
    return bool(work.content([token]))


def _noun_whole(work: Work, tokens: list[Token], index: int) -> bool:
    """Whether a word means the whole: "the weather", « le style »."""
    return any(
        (found := cue_at(tokens, start, work.language, ("noun",))) is not None
        and found[0].edit == "the_whole"
        and start <= index < found[1]
        for start in range(index + 1)
    )
