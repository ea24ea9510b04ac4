"""Noun phrases become subjects, clothes and places; what describes them goes to them and to nobody else."""

from typing import TYPE_CHECKING

from pipelines.director import doing, saying, setting
from pipelines.director.context import DETERMINERS
from pipelines.director.drafts import SubjectDraft
from pipelines.director.mentions import Mention
from pipelines.director.noun_phrases import Noun, NounPhrase

if TYPE_CHECKING:
    from pipelines.director.reading import Reading

MOST = 12  # of one subject
A_FEW = 3  # of a plural without a number
WORN_WITH = frozenset(("wear", "in", "with", "possessive"))
_VERBS = frozenset(("action", "event", "relation", "wear", "speech", "copula", "unknown", "nobody"))
_ADVERBS = frozenset(("attribute", "ignore", "function", "relative"))


def read_noun_phrase(reading: "Reading", phrase: NounPhrase) -> None:
    """Take a noun phrase into the shot."""
    head = phrase.head
    if head is None:
        _read_headless(reading, phrase)
    else:
        for item in phrase.unknown:
            reading.miss(item)
        _read_nouns(reading, phrase)
    reading.separator, reading.introduced, reading.after_relative = "", "", False
    reading.is_scenery = False


def settle(reading: "Reading") -> None:
    """At the end of a shot: what waited for a noun in vain goes to who is there, or is missed."""
    if reading.waiting_looks and reading.shot.subjects:
        _take_waiting(reading, reading.shot.subjects[0])
    for _, _, start, end in reading.waiting_looks:
        reading.ledger.miss(start, end)
    reading.waiting_looks = []


def _read_headless(reading: "Reading", phrase: NounPhrase) -> None:
    if phrase.unknown or _has_plain_head(reading, phrase):
        if phrase.unknown or phrase.looks:
            _miss_phrase(reading, phrase)
        _note_unknown(reading, phrase)
        return
    if phrase.looks and _describes_setting(reading, phrase):
        for look in phrase.looks:
            reading.miss(look)
        return
    for look in phrase.looks:
        _read_loose_look(reading, look)
    if phrase.number is not None and phrase.number.category == "number":
        reading.miss(phrase.number)


def _has_plain_head(reading: "Reading", phrase: NounPhrase) -> bool:
    """Whether the phrase talks about something that needs no field ("the sky", « une lumière rouge »)."""
    words = [item for item in phrase.items if item.category not in DETERMINERS]
    if not phrase.determiner or not words:
        return False
    return words[0 if reading.language == "fr" else -1].category == "ignore"


def _describes_setting(reading: "Reading", phrase: NounPhrase) -> bool:
    """Whether the looks are those of a light, an hour or a sound beside them: "violet neon lights"."""
    mentions = reading.mentions
    first, last = mentions.index(phrase.items[0]), mentions.index(phrase.items[-1])
    beside = mentions[first - 1 : first] if reading.language == "fr" else mentions[last + 1 : last + 2]
    return any(mention.category in {"light", "time", "weather", "sound", "season"} for mention in beside)


def _miss_phrase(reading: "Reading", phrase: NounPhrase) -> None:
    """An unknown noun is missed together with what describes it: a purple dragon makes nothing else purple."""
    praise = {"ignore", "function"} if phrase.unknown else {"function"}
    parts = [item for item in phrase.items if item.category not in praise]
    counted = phrase.number is not None
    parts = [item for item in parts if item.category not in DETERMINERS or (counted and item is phrase.number)]
    reading.ledger.miss(parts[0].start, parts[-1].end)


def _note_unknown(reading: "Reading", phrase: NounPhrase) -> None:
    """An unknown word is somebody who acts, something acted on, or a verb: what follows must not be misread."""
    is_lone = not phrase.determiner and len(phrase.items) == 1 and not reading.introduced
    is_verb = is_lone and not (phrase.items[0].plural and _verb_follows(reading, phrase))
    if is_verb:
        if reading.separator != "comma" and not reading.is_fresh:
            reading.verb_seen = True
        doing.drop_relation(reading)
        return
    begins = reading.is_fresh or (reading.separator in {"conjunction", "comma"} and reading.verb_seen)
    if not reading.introduced and begins:
        reading.agents, reading.unknown_agent, reading.is_fresh, reading.verb_seen = [], True, False, False
    reading.unknown_last = "oblique" if reading.introduced else "agent" if begins else "object"
    reading.last, reading.last_is_object = None, True
    doing.drop_relation(reading)


def _read_loose_look(reading: "Reading", look: Mention) -> None:
    """A look without a noun: of who acts ("the cat is black", "runs happily"), else of the next noun."""
    name = "colours" if look.category == "colour" else "attributes"
    owner = reading.agents[-1] if reading.agents else reading.last
    if reading.last is not None and not reading.verb_seen and reading.separator != "stop":
        owner = reading.last
    if reading.in_camera or (reading.unknown_agent and not reading.agents):
        reading.miss(look)
    elif owner is None or reading.is_fresh and reading.separator in {"stop", ""} and not reading.verb_seen:
        reading.waiting_looks.append((name, look.concept, look.start, look.end))
    else:
        for who in reading.agents if owner in reading.agents else [owner]:
            _add(getattr(who, name), look.concept)
        reading.claim(look, f"{name}={look.concept}", owner)


def _read_nouns(reading: "Reading", phrase: NounPhrase) -> None:
    described: list[Noun] = []  # nouns of one and the same somebody: "golden retriever puppy"
    for noun in phrase.nouns:
        if noun.mention.category in {"subject", "attribute"}:
            if described and not _is_same(reading, described, noun):
                described = _drop_modifier(reading, described, noun)
                continue
            described.append(noun)
        else:
            described = _flush(reading, phrase, described)
            (_wear if noun.mention.category == "accessory" else _read_place)(reading, noun)
    _flush(reading, phrase, described)


def _flush(reading: "Reading", phrase: NounPhrase, described: list[Noun]) -> list[Noun]:
    if described:
        _read_subject(reading, phrase, described)
    return []


def _drop_modifier(reading: "Reading", described: list[Noun], noun: Noun) -> list[Noun]:
    """Of two nouns side by side one only modifies the other: the first in English, the second in French."""
    dropped, kept = ([noun], described) if reading.language == "fr" else (described, [noun])
    for other in dropped:
        reading.miss(other.mention)
        kept[0].looks.extend(other.looks)
    return kept


def _is_same(reading: "Reading", described: list[Noun], noun: Noun) -> bool:
    """Whether two nouns side by side name the same somebody."""
    kinds = [_kind(described), _kind([noun])]
    roles = [all(item.mention.category == "attribute" for item in nouns) for nouns in (described, [noun])]
    if all(_handle(nouns) for nouns in (described, [noun])):
        return False
    if kinds[0] == kinds[1]:
        return any(roles) or any(_handle(nouns) for nouns in (described, [noun]))
    groups = [reading.lexicon.subject(kind).implied("group") for kind in kinds]
    if not any(roles):
        return groups == ["person", "person"] and "person" in kinds
    return groups == ["person", "person"] or any(
        role and kind == "person" and other == "animal"
        for role, kind, other in zip(roles, kinds, reversed(groups), strict=True)
    )


def _kind(nouns: list[Noun]) -> str:
    """The kind that nouns side by side amount to: the one named as such, else the most exact one implied."""
    named = [noun.mention.concept for noun in nouns if noun.mention.category == "subject"]
    exact = [kind for kind in named if kind != "person"]
    implied = [noun.mention.implied("subject") or "" for noun in nouns if noun.mention.category == "attribute"]
    exact_implied = [kind for kind in implied if kind != "person"]
    return (exact or exact_implied or named or implied)[0]


def _read_subject(reading: "Reading", phrase: NounPhrase, nouns: list[Noun]) -> None:
    if reading.introduced == "wear" and all(noun.mention.category == "attribute" for noun in nouns) and reading.last:
        _disguise(reading, nouns)
        return
    reading.worn_by = None
    subject = _known_subject(reading, phrase, nouns) or _new_subject(reading, phrase, nouns)
    reading.cast.mention(subject)
    for noun in nouns:
        _describe(reading, subject, noun)
    if all(noun.mention.category == "attribute" for noun in nouns):
        decisive = next(noun for noun in nouns if noun.mention.implied("subject") == _kind(nouns))
        reading.claim(decisive.mention, "kind", subject)
    for motion in phrase.motions:
        doing.do(reading, subject, motion)
    _claim_count(reading, phrase, subject)
    _take_waiting(reading, subject)
    _take_part(reading, phrase, subject)
    if reading.introduced == "wear":
        reading.introduced = ""


def _known_subject(reading: "Reading", phrase: NounPhrase, nouns: list[Noun]) -> SubjectDraft | None:
    """Somebody met before: "the dog", "the black cat", @ann."""
    if handle := _handle(nouns):
        known = next((member for member in reversed(reading.cast.members) if member.cameo == handle), None)
        return reading.cast.enter(known, reading.shot) if known else None
    if phrase.determiner not in {"article_definite", "possessive", ""}:
        return None
    if not phrase.determiner and not (reading.is_fresh and reading.shot.subjects):
        return None
    colours = [look.concept for noun in nouns for look in noun.looks if look.category == "colour"]
    roles = [noun.mention.concept for noun in nouns if noun.mention.category == "attribute"]
    known = reading.cast.known_as(reading.lexicon.sorts_of(_kind(nouns)), colours, roles)
    if known is None:
        return None
    alike = [member for member in reading.cast.members if member.kind == known.kind]
    if nouns[-1].mention.plural and known.count == 1 and len(alike) == 1:
        return None
    return reading.cast.enter(known, reading.shot)


def _new_subject(reading: "Reading", phrase: NounPhrase, nouns: list[Noun]) -> SubjectDraft:
    kind = _kind(nouns)
    entry = reading.lexicon.subject(kind)
    subject = SubjectDraft(kind, entry.implied("group") or "thing", entry.implied("gender") or "")
    subject.cameo = _handle(nouns) or None
    subject.importance = _importance(reading, subject)
    subject.count = _count(phrase, nouns, subject)
    reading.shot.subjects.append(subject)
    return subject


def _handle(nouns: list[Noun]) -> str:
    """The handle of the real person whom nouns side by side name, or nothing."""
    return next((noun.mention.handle for noun in nouns if noun.mention.handle), "")


def _importance(reading: "Reading", subject: SubjectDraft) -> int:
    if reading.is_scenery:
        return 2
    if reading.introduced in {"", "of", "wear"}:
        is_object = reading.verb_seen and not reading.separator and not reading.in_camera
        return 1 if is_object or reading.introduced == "wear" else 0
    return 2 if subject.group == "plant" else 1


def _count(phrase: NounPhrase, nouns: list[Noun], subject: SubjectDraft) -> int:
    each = max(int(noun.mention.implied("count") or 1) for noun in nouns)
    if phrase.number is not None:
        number = phrase.number.number if phrase.number.category == "number" else float(phrase.number.concept)
        return int(min(max(number * each, 1), MOST))
    plural = (
        any(noun.mention.plural for noun in nouns if noun.mention.category == "subject") or nouns[-1].mention.plural
    )
    single = phrase.determiner in {"article_indefinite"}
    if not plural or single:
        return each
    return MOST if subject.importance == 2 else min(A_FEW * each, MOST)


def _claim_count(reading: "Reading", phrase: NounPhrase, subject: SubjectDraft) -> None:
    if phrase.number is not None:
        reading.claim(phrase.number, f"count={subject.count}", subject)


def _describe(reading: "Reading", subject: SubjectDraft, noun: Noun) -> None:
    mention = noun.mention
    if mention.category == "attribute":
        _add(subject.attributes, mention.concept)
        reading.claim(mention, f"attributes={mention.concept}", subject)
        if mention.implied("colour"):
            _add(subject.colours, mention.implied("colour") or "")
        if mention.implied("action") and not subject.actions:
            subject.actions.append(mention.implied("action") or "")
    else:
        reading.claim(mention, "kind", subject)
    for look in noun.looks:
        name = "colours" if look.category == "colour" else "attributes"
        _add(getattr(subject, name), look.concept)
        reading.claim(look, f"{name}={look.concept}", subject)


def _disguise(reading: "Reading", nouns: list[Noun]) -> None:
    """ "Dressed as a pirate" makes nobody a pirate: it is how the wearer looks."""
    for noun in nouns:
        _add(reading.last.attributes, noun.mention.concept)
        reading.claim(noun.mention, f"attributes={noun.mention.concept}", reading.last)
        for look in noun.looks:
            reading.miss(look)
    reading.relation = None


def _take_waiting(reading: "Reading", subject: SubjectDraft) -> None:
    for name, concept, start, end in reading.waiting_looks:
        _add(getattr(subject, name), concept)
        reading.ledger.claim(start, end, reading.shot, subject, f"{name}={concept}")
    reading.waiting_looks = []
    for action in reading.waiting_actions:
        doing.do(reading, subject, action)
    reading.waiting_actions = []


def _take_part(reading: "Reading", phrase: NounPhrase, subject: SubjectDraft) -> None:
    """Decide whether the subject acts in this clause, joins those who act, or is acted on."""
    saying.note_speaker(reading, [subject])
    oblique = reading.introduced not in {"", "of"} or reading.is_scenery
    doing.relate(reading, subject)
    if reading.moved is not None:
        doing.do(reading, subject, reading.moved)
        reading.moved = None
    if oblique and reading.introduced == "with":
        reading.companions += [(agent, subject) for agent in reading.agents[:1]]
    reading.last, reading.last_is_object, reading.unknown_last = subject, False, ""
    if oblique:
        reading.last_is_object = True
    elif reading.is_fresh or reading.in_camera or (not reading.agents and not reading.unknown_agent):
        reading.agents = [subject]
        reading.is_fresh, reading.in_camera, reading.verb_seen, reading.unknown_agent = False, False, False, False
    elif not reading.verb_seen:
        reading.agents = [*reading.agents, subject]
    elif reading.separator in {"conjunction", "comma", "quote"} and _verb_follows(reading, phrase):
        reading.agents, reading.verb_seen, reading.unknown_agent = [subject], False, False
    else:
        reading.last_is_object = True


def _verb_follows(reading: "Reading", phrase: NounPhrase) -> bool:
    """Whether the noun phrase begins a clause of its own: a verb comes next, adverbs apart."""
    for mention in reading.mentions:
        if mention.start < phrase.items[-1].end or mention.category in _ADVERBS:
            continue
        return mention.category in _VERBS
    return False


def _wear(reading: "Reading", noun: Noun) -> None:
    """Clothes are looks of who wears them: `bandana_red`."""
    mention = noun.mention
    colours = [look for look in noun.looks if look.category == "colour"]
    is_worn = reading.introduced in WORN_WITH or reading.worn_by is not None
    wearer = reading.worn_by or _wearer(reading)
    name = "_".join([mention.concept, *(colour.concept for colour in colours[:1])])
    start = min([mention.start, *(colour.start for colour in colours[:1])])
    end = max([mention.end, *(colour.end for colour in colours[:1])])
    for look in [look for look in noun.looks if look not in colours[:1]]:
        if not start <= look.start < end:
            reading.miss(look)
    reading.relation = None
    if is_worn and wearer is not None:
        _add(wearer.attributes, name)
        reading.ledger.claim(start, end, reading.shot, wearer, f"attributes={name}")
        reading.worn_by = wearer
    elif is_worn and not reading.shot.subjects and not reading.unknown_agent:
        reading.waiting_looks.append(("attributes", name, start, end))
    else:
        reading.ledger.miss(start, end)


def _wearer(reading: "Reading") -> SubjectDraft | None:
    """Who wears what comes next: the living noun before, unless it is only acted on; else who acts."""
    if reading.unknown_agent and not reading.agents:
        return None
    if reading.last is not None and reading.last.is_alive and (not reading.last_is_object or not reading.agents):
        return reading.last
    if reading.last is not None and reading.last.is_alive and reading.introduced == "wear":
        return reading.last
    return next((agent for agent in reversed(reading.agents) if agent.is_alive), None)


def _read_place(reading: "Reading", noun: Noun) -> None:
    setting.read_setting(noun.mention, reading.shot, reading.ledger, reading.lexicon)
    for look in noun.looks:
        reading.miss(look)


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
