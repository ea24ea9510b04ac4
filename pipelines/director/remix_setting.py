"""Edits that set or add something: the clause is read on top of each shot, and what it says is put there."""

from pipelines.director.directing import PLAIN_MUSIC, finish_subjects, line_of, subject_of
from pipelines.director.drafts import Claim, SubjectDraft
from pipelines.director.mentions import Mention
from pipelines.director.noun_phrases import NounPhrase
from pipelines.director.remix_scenes import Part, Read, Scene, read_in
from pipelines.director.remix_targets import is_person, kinds_of, matching, noun_phrases
from pipelines.director.remix_words import Clause
from pipelines.director.remix_work import MOST, Work, put_on
from pipelines.storyboard import Line, Subject

MOST_OF_A_LIST = 8
SILENCE = "silence"
_SETTINGS = ("place", "weather", "season", "style", "music")
_NUMBERED = frozenset(("number", "quantity"))
_AROUND_NUMBERS = frozenset(("pronoun", "preposition", "copula", "function", "ignore", "article_definite", "relative"))


def set_it(work: Work, clause: Clause, mentions: list[Mention] | None = None, *, adds: bool = False) -> None:
    """Puts what a clause says into the shots that it is about. adds: beside what is there, not in its place."""
    mentions = work.mentions(clause.tokens) if mentions is None else mentions
    scenes = work.scenes_of(clause)
    if not scenes or _sets_count(work, clause, mentions, scenes):
        return
    if not adds and _paint(work, clause, mentions, scenes):
        return
    if not adds and _names_nobody(work, mentions):
        return work.miss(clause)
    wearer, mentions = _wearer(work, mentions) if adds else (None, mentions)
    worn = _is_accessory(noun_phrases(mentions, work)[:1])
    worn = worn and (adds or mentions[0].category != "preposition")
    read_once = False
    for scene in scenes:
        read = read_in(
            scene,
            work.instruction,
            mentions,
            work.language,
            work.lexicon,
            worn=worn,
            agents=_named(work, scene, wearer),
        )
        if not adds and len(scenes) > 1 and _is_about_others(work, scene, read):
            continue
        phrase = work.phrase(clause)
        _fold(work, scene, read, phrase, adds=adds, talks=not read_once)
        _keep_time(work, clause, scene, read, first=not read_once)
        if not read_once:
            work.hear(read, scene)
        read_once = True
    if not read_once:
        work.miss(clause)


def _names_nobody(work: Work, mentions: list[Mention]) -> bool:
    """Whether it begins with "the cat" where there is no cat anywhere."""
    phrases = noun_phrases(mentions, work)
    if not phrases or not mentions or mentions[0].category not in {"article_definite", "possessive"}:
        return False
    noun = phrases[0].head
    if noun is None or noun.mention.category not in {"subject", "attribute"}:
        return False
    kinds = kinds_of(work.lexicon, noun) | ({"person"} if noun.mention.implied("group") == "person" else frozenset())
    people = noun.mention.concept == "person" or noun.mention.implied("subject") == "person"
    parts = [part for scene in work.scenes for part in scene.parts]
    return not any(part.subject.kind in kinds or (people and is_person(work, part)) for part in parts)


def _wearer(work: Work, mentions: list[Mention]) -> tuple[NounPhrase | None, list[Mention]]:
    """ "Give | the dog | a blue scarf": (who will wear it, what remains to be read)."""
    phrases = noun_phrases(mentions, work)
    if mentions and mentions[0].category == "pronoun" and _is_accessory(phrases[:1]):
        return None, mentions[1:]  # whoever is meant first wears it
    if not _is_accessory(phrases[1:2]) or phrases[0].head is None:
        return None, mentions
    end = phrases[0].items[-1].end
    rest = [mention for mention in mentions if mention.start >= end]
    return (phrases[0], rest) if rest[0] in phrases[1].items else (None, mentions)


def _named(work: Work, scene: Scene, phrase: NounPhrase | None) -> list[Part]:
    """The subjects that a noun phrase names."""
    return matching(work, scene, phrase.head) if phrase and phrase.head else []


def _is_accessory(phrases: list[NounPhrase]) -> bool:
    return any(phrase.nouns and phrase.nouns[0].mention.category == "accessory" for phrase in phrases)


def _is_about_others(work: Work, scene: Scene, read: Read) -> bool:
    """Whether a reading would bring in somebody who is in other shots, and only spoken of here."""
    elsewhere = {part.subject.kind for one in work.scenes if one is not scene for part in one.parts}
    here = {part.subject.kind for part in scene.parts}
    return any(draft.kind in elsewhere and draft.kind not in here for draft in read.new)


def _sets_count(work: Work, clause: Clause, mentions: list[Mention], scenes: list[Scene]) -> bool:
    """ "Two of them", "make it three", « qu'ils soient deux »: a number and nothing else."""
    numbers = [mention for mention in mentions if mention.category in _NUMBERED]
    others = [mention for mention in mentions if mention.category not in _NUMBERED | _AROUND_NUMBERS]
    if len(numbers) != 1 or others:
        return False
    wanted = numbers[0].number if numbers[0].category == "number" else float(numbers[0].concept)
    count = int(min(max(wanted, 1), MOST))
    for scene in scenes:
        part = work.main(scene)
        if part is not None:
            part.change(work.phrase(clause), count=count)
            work.understood.append((numbers[0].start, numbers[0].end, f"{work.path(scene, part)}.count={count}"))
    return any(scene.parts for scene in scenes)


def _paint(work: Work, clause: Clause, mentions: list[Mention], scenes: list[Scene]) -> bool:
    """ "Make the hat blue": whether somebody wears it, in another colour from now on."""
    phrases = noun_phrases(mentions, work)
    if not _is_accessory(phrases[:1]) or phrases[0].determiner not in {"article_definite", "possessive"}:
        return False
    looks = [look for phrase in phrases for look in _all_looks(phrase)]
    colour = next((look for look in looks if look.category == "colour"), None)
    item = phrases[0].nouns[0].mention
    worn = [
        part
        for scene in scenes
        for part in scene.parts
        if any(name.partition("_")[0] == item.concept for name in part.subject.attributes)
    ]
    if colour is None or not worn or any(phrase.unknown for phrase in phrases):
        return False
    for part in worn:
        name = f"{item.concept}_{colour.concept}"
        part.change(work.phrase(clause), attributes=put_on(part.subject.attributes, [name], work.lexicon))
    work.tell(clause, "attributes")
    return True


def _all_looks(phrase: NounPhrase) -> list[Mention]:
    return [*phrase.looks, *(look for noun in phrase.nouns for look in noun.looks)]


def _fold(work: Work, scene: Scene, read: Read, phrase: str, *, adds: bool, talks: bool) -> None:
    """Takes what was read into the shot. talks: the lines too."""
    finish_subjects(read.draft, work.lexicon)
    for part, draft in read.held:
        claims = [claim for claim in read.ledger.claims if claim.owner is draft]
        _fold_subject(work, part, draft, claims, phrase)
    if read.draft.is_empty:
        for part in [one for one in scene.parts if work.group(one) in {"person", "animal"}]:
            scene.remove(part, phrase)
    for draft in read.new:
        _take_in(work, scene, read, draft, phrase, adds=adds)
    fold_setting(scene, read, phrase)
    if talks and read.draft.lines:
        _fold_lines(scene, read, phrase, adds=adds)


def _fold_subject(work: Work, part: Part, draft: SubjectDraft, claims: list[Claim], phrase: str) -> None:
    was = part.subject
    if draft.kind != was.kind:  # a man who is old now is an old man
        part.change(phrase, kind=draft.kind)
    named = [claim.field.partition("=")[2] for claim in claims if claim.field.startswith("colours=")]
    if set(draft.colours) - set(was.colours):
        part.change(phrase, colours=named or [colour for colour in draft.colours if colour not in was.colours])
    new = [name for name in draft.attributes if name not in was.attributes]
    if new:
        part.change(phrase, attributes=put_on(was.attributes, new, work.lexicon))
        _grow_young(work, part, phrase)
    actions = draft.actions[1:] if was.action else draft.actions
    if actions:
        part.change(phrase, action=actions[-1])
    elif was.action in draft.denied:
        part.change(phrase, action=None)
    if draft.count != was.count:
        part.change(phrase, count=draft.count)


def _grow_young(work: Work, part: Part, phrase: str) -> None:
    """An old man who is young is a man."""
    row = next((e for e in work.lexicon.entries if (e.category, e.concept) == ("subject", part.subject.kind)), None)
    younger = {"young", "baby"} & set(part.subject.attributes)
    if row is not None and younger and row.implied("attribute") == "old":
        part.change(phrase, kind=row.implied("subject"))


def _take_in(work: Work, scene: Scene, read: Read, draft: SubjectDraft, phrase: str, *, adds: bool) -> None:
    """Somebody new: more of those who are there, what they shall be from now on, or one more subject."""
    subject = subject_of(draft, read.draft)
    same = [part for part in scene.parts if part.subject.kind == subject.kind and part.origin is not None]
    is_plain = not (subject.colours or subject.attributes or subject.action or subject.cameo)
    if len(same) == 1 and adds and is_plain:
        same[0].change(phrase, count=min(same[0].subject.count + subject.count, MOST))
    elif len(same) == 1 and not adds and subject.cameo is None:
        _become(work, same[0], read, draft, subject, phrase)
    elif not scene.add(subject, phrase):
        work.missed += [(claim.start, claim.end) for claim in read.ledger.claims if claim.owner is draft]


def _become(work: Work, part: Part, read: Read, draft: SubjectDraft, subject: Subject, phrase: str) -> None:
    """The subject as another of its kind was described."""
    counted = any(claim.owner is draft and claim.field.startswith("count=") for claim in read.ledger.claims)
    counted = counted or (subject.count > 1 and part.subject.count == 1)  # "dogs" where there was one
    fields: dict[str, object] = {"count": subject.count} if counted else {}
    if subject.colours:
        fields["colours"] = subject.colours
    if subject.attributes:
        fields["attributes"] = put_on(part.subject.attributes, subject.attributes, work.lexicon)
    if subject.action:
        fields["action"] = subject.action
    now = part.subject.model_dump()
    part.change(phrase, **{name: value for name, value in fields.items() if value != now[name]})


def fold_setting(scene: Scene, read: Read, phrase: str) -> None:
    draft, shot = read.draft, scene.shot
    fields = {name: getattr(draft, name) for name in _SETTINGS if getattr(draft, name) is not None}
    time = draft.time or draft.light
    if time is not None:
        fields["time"] = time
    if draft.wants_music and "music" not in fields:
        fields["music"] = shot.music or PLAIN_MUSIC
    if SILENCE in draft.sounds:
        fields |= {"sounds": [SILENCE], "music": None}
    elif draft.sounds:
        held = [name for name in shot.sounds if name != SILENCE]
        fields["sounds"] = [*held, *(name for name in draft.sounds if name not in held)][:MOST_OF_A_LIST]
    if draft.staged:
        fields["events"] = [name for _, name in draft.happenings if name in draft.staged][:MOST_OF_A_LIST]
    fields |= {f"camera_{name}": value for name, value in draft.camera.items()}
    if fields:
        scene.change(phrase, **fields)


def _fold_lines(scene: Scene, read: Read, phrase: str, *, adds: bool) -> None:
    """What somebody says now takes the place of the one thing they said."""
    lines = list(scene.shot.lines)
    for draft in read.draft.lines:
        line: Line = line_of(draft, read.draft)
        same = [held for held in lines if held.speaker == line.speaker]
        if len(same) == 1 and not adds:
            lines[lines.index(same[0])] = line
        elif len(lines) < MOST_OF_A_LIST:
            lines.append(line)
    scene.change(phrase, lines=[line.model_dump() for line in lines])


def _keep_time(work: Work, clause: Clause, scene: Scene, read: Read, *, first: bool) -> None:
    """ "Make it 10 seconds": the whole clip, or the shot that the clause is about."""
    for duration in read.reading.durations:
        if clause.shot is not None and not duration.is_whole:
            scene.change(work.phrase(clause), seconds=min(max(duration.seconds, 0.5), 20.0))
        elif first:
            work.last_to(duration.seconds, work.phrase(clause))
        if first:
            total = scene.shot.seconds if clause.shot is not None else sum(one.shot.seconds for one in work.scenes)
            told = duration.mention.start, duration.mention.end
            if abs(total - duration.seconds) < 0.05:
                work.understood.append((*told, f"seconds={duration.seconds:g}"))
            else:
                work.missed.append(told)
