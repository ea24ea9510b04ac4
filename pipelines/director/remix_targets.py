"""What a clause wants taken out or replaced, found in a shot: "the red ball", « la pluie », "his hat", "the music"."""

from dataclasses import dataclass

from pipelines.director.lexicon import Lexicon
from pipelines.director.mentions import Mention
from pipelines.director.noun_phrases import STARTS, Noun, NounPhrase, take_noun_phrase
from pipelines.director.remix_scenes import Part, Scene
from pipelines.director.remix_work import Work
from pipelines.storyboard import Season, Weather

_PLAIN = {"weather": Weather.CLEAR, "season": Season.SUMMER, "place": None, "music": None}
_SOUNDS = frozenset(("sound", "sound_heard"))
_MUSIC = frozenset(("music", "music_bed", "music_cue"))


@dataclass(frozen=True)
class Target:
    """Something in a shot that a clause names."""

    mention: Mention
    part: Part | None
    field: str  # subject; of a subject: colours, attributes, action; of the shot: weather, sounds, lines …
    concept: str


def targets(work: Work, scene: Scene, mentions: list[Mention]) -> tuple[list[Target], list[Mention]]:
    """(what is in the shot, mentions of what is not) of a clause."""
    found: list[Target] = []
    absent: list[Mention] = []
    index = 0
    while index < len(mentions):
        mention = mentions[index]
        if mention.category in STARTS:
            phrase, index = take_noun_phrase(mentions, index, work.language)
            here = _of_phrase(work, scene, phrase)
            named = [noun.mention for noun in phrase.nouns] or phrase.looks or phrase.unknown
            found += here
            absent += [] if here else named
            continue
        index += 1
        here = _of_mention(work, scene, mention)
        if here is not None:
            found += here
            absent += [] if here else [mention]
    return found, absent


def _of_phrase(work: Work, scene: Scene, phrase: NounPhrase) -> list[Target]:
    if phrase.is_compound or (phrase.unknown and not phrase.nouns):
        return []
    found: list[Target] = []
    for noun in phrase.nouns:
        if noun.mention.category == "accessory":
            found += _worn(scene, noun)
        elif noun.mention.category == "place":
            same = scene.shot.place == noun.mention.concept
            found += [Target(noun.mention, None, "place", noun.mention.concept)] if same else []
        else:
            found += [Target(noun.mention, part, "subject", part.subject.kind) for part in matching(work, scene, noun)]
    if not phrase.nouns:
        for look in phrase.looks:
            found += _looks(scene, look)
    return found


def matching(work: Work, scene: Scene, noun: Noun) -> list[Part]:
    """The subjects that a noun with its looks may mean."""
    mention = noun.mention
    kind = mention.implied("subject") if mention.category == "attribute" else mention.concept
    kinds = work.lexicon.sorts_of(kind or "")
    colours = [look.concept for look in noun.looks if look.category == "colour"]
    looks = [look.concept for look in noun.looks if look.category == "attribute"]
    found = []
    for part in scene.parts:
        subject = part.subject
        is_sort = subject.kind in kinds or (kind == "person" and work.group(part) == "person")
        by_role = mention.category != "attribute" or mention.concept in subject.attributes
        same_looks = all(colour in subject.colours for colour in colours) or (not subject.colours and colours)
        if is_sort and by_role and same_looks and all(look in subject.attributes for look in looks):
            found.append(part)
    if mention.handle:
        return [part for part in found if part.subject.cameo == mention.handle]
    return found


def _worn(scene: Scene, noun: Noun) -> list[Target]:
    colours = [look.concept for look in noun.looks if look.category == "colour"]
    item = noun.mention.concept
    wanted = {f"{item}_{colour}" for colour in colours}
    found = []
    for part in scene.parts:
        for name in part.subject.attributes:
            is_it = name in wanted if wanted else name == item or name.startswith(f"{item}_")
            found += [Target(noun.mention, part, "attributes", name)] if is_it else []
    return found


def _looks(scene: Scene, look: Mention) -> list[Target]:
    field = "colours" if look.category == "colour" else "attributes"
    parts = [part for part in scene.parts if look.concept in getattr(part.subject, field)]
    return [Target(look, part, field, look.concept) for part in parts]


def _of_mention(work: Work, scene: Scene, mention: Mention) -> list[Target] | None:
    """What a word other than a noun names; None for one that names nothing."""
    category, concept = mention.category, mention.concept
    shot = scene.shot
    if category == "pronoun":
        part = work.main(scene)
        return [Target(mention, part, "subject", part.subject.kind)] if part else []
    if category == "action":
        parts = [part for part in scene.parts if part.subject.action == concept]
        return [Target(mention, part, "action", concept) for part in parts]
    if category in {"weather", "season", "time", "style"}:
        held = [Target(mention, None, category, concept)] if getattr(shot, category) == concept else []
        return held + ([Target(mention, None, "sounds", concept)] if concept in shot.sounds else [])
    if category == "light":
        return [Target(mention, None, "time", concept)] if shot.time == concept else []
    if category in _SOUNDS:
        return [Target(mention, None, "sounds", concept)] if concept in shot.sounds else []
    if category in _MUSIC:
        is_it = shot.music is not None and (category == "music_cue" or shot.music == concept)
        return [Target(mention, None, "music", shot.music or "")] if is_it else []
    if category == "event":
        return [Target(mention, None, "events", concept)] if concept in shot.events else []
    if category == "relation":
        return []
    return None


def take_out(scene: Scene, target: Target, phrase: str) -> bool:
    """Takes a target out of its shot; whether that can be done."""
    part, name = target.part, target.field
    if part is not None and part not in scene.parts:
        return True  # gone already, by another of its names
    if part is not None and name == "subject":
        scene.remove(part, phrase)
    elif part is not None and name == "action":
        part.change(phrase, action=None)
    elif part is not None:
        held = getattr(part.subject, name)
        part.change(phrase, **{name: [each for each in held if each != target.concept]})
    elif name in _PLAIN:
        scene.change(phrase, **{name: _PLAIN[name]})
    elif name in {"sounds", "events"}:
        scene.change(phrase, **{name: [each for each in getattr(scene.shot, name) if each != target.concept]})
    else:
        return False  # an hour and a style cannot be taken away without another
    return True


def is_person(work: Work, part: Part) -> bool:
    return work.group(part) == "person"


def noun_phrases(mentions: list[Mention], work: Work) -> list[NounPhrase]:
    """The noun phrases of a clause, in order."""
    found, index = [], 0
    while index < len(mentions):
        if mentions[index].category in STARTS:
            phrase, index = take_noun_phrase(mentions, index, work.language)
            found.append(phrase)
        else:
            index += 1
    return found


def kinds_of(lexicon: Lexicon, noun: Noun) -> frozenset[str]:
    """The kinds of subject that a noun may mean."""
    mention = noun.mention
    kind = mention.implied("subject") if mention.category == "attribute" else mention.concept
    return lexicon.sorts_of(kind or "")
