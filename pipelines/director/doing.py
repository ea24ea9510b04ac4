"""Verbs become actions of somebody, or staged events of the shot."""

from typing import TYPE_CHECKING

from pipelines.director.drafts import SubjectDraft
from pipelines.director.mentions import Mention

if TYPE_CHECKING:
    from pipelines.director.reading import Reading

CARRYING = "holding"  # the relation of somebody to a thing that cannot be worn: "wearing" a lantern


def read_action(reading: "Reading", mention: Mention, index: int) -> None:
    """Give an action to who does it; where somebody unknown does it, it is missed."""
    doers = _doers(reading, mention)
    if _moves_object(reading, mention, index, doers):
        drop_relation(reading)
        reading.moved = mention
    elif doers:
        for doer in doers:
            do(reading, doer, mention, claimed=doer is not doers[0])
    elif reading.unknown_agent or reading.unknown_last:
        reading.miss(mention)
    else:
        reading.waiting_actions.append(mention)
    if reading.moved is not mention:
        drop_relation(reading)
    reading.verb_seen, reading.after_relative = True, False
    reading.separator, reading.introduced = "", ""


def do(reading: "Reading", doer: SubjectDraft, mention: Mention, *, claimed: bool = False) -> None:
    """The subject does this, after whatever it did before."""
    if mention.concept not in doer.actions:
        doer.actions.append(mention.concept)
        reading.shot.happenings.append((doer, mention.concept))
    if not claimed:
        reading.claim(mention, f"action={mention.concept}", doer)


def _moves_object(reading: "Reading", mention: Mention, index: int, doers: list[SubjectDraft]) -> bool:
    """Whether somebody makes something else do it: in "a man drops a bottle", it is the bottle that falls."""
    following = reading.mentions[index + 1].category if index + 1 < len(reading.mentions) else ""
    is_moved = mention.implied("moves") == "object" and following in {
        "article_indefinite",
        "article_definite",
        "possessive",
    }
    return is_moved and any(doer.is_alive for doer in doers)


def _doers(reading: "Reading", mention: Mention) -> list[SubjectDraft]:
    last = reading.last
    if reading.unknown_last and reading.after_relative:
        return []
    if last is not None and reading.after_relative:
        return [last]
    is_participle = mention.word.endswith(("ing", "ant"))
    if reading.unknown_last == "object" and is_participle and not reading.separator:
        return []
    if last is not None and reading.last_is_object and is_participle and not reading.separator:
        free = not last.actions and (reading.verb_seen or not reading.agents)
        if free and not reading.introduced:
            return [last]
    if reading.agents:
        return reading.agents
    if reading.unknown_agent:
        return []
    return [last] if last is not None else []


def read_event(reading: "Reading", mention: Mention, index: int) -> None:
    """Stage an event; who takes part is in the shot already or comes next."""
    shot = reading.shot
    agent = reading.agents[0] if reading.agents else None
    if reading.unknown_agent and agent is None:
        reading.miss(mention)
    else:
        shot.happenings.append((agent, mention.concept))
        shot.staged.add(mention.concept)
        reading.claim(mention, f"events={mention.concept}")
        shot.place = shot.place or mention.implied("place")
    reading.verb_seen = True
    reading.separator, reading.introduced, reading.after_relative = "", "", False


def read_hint(reading: "Reading", mention: Mention, index: int) -> None:
    """ "A missed shot" is told by the events that follow; without any it is one itself."""
    reading.hint = mention


def read_relation(reading: "Reading", mention: Mention, index: int) -> None:
    """ "Holding" and "riding" wait for what is held or ridden."""
    drop_relation(reading)
    reading.relation, reading.verb_seen = mention, True
    reading.separator, reading.introduced = "", ""


def relate(reading: "Reading", subject: SubjectDraft) -> None:
    """Complete a relation with its object: `holding_umbrella` is a look of the one who holds it."""
    relation = reading.relation
    holders = [agent for agent in reading.agents if agent is not subject]
    if reading.last is not None and reading.last is not subject and reading.last.is_alive:
        holders = [reading.last]
    if relation is None:
        return
    reading.relation = None
    if not holders:
        if relation.category == "relation":
            reading.miss(relation)
        return
    name = relation.concept if relation.category == "relation" else CARRYING
    look = f"{name}_{subject.kind}"
    for holder in holders:
        if look not in holder.attributes:
            holder.attributes.append(look)
    reading.claim(relation, f"attributes={look}", holders[0])


def drop_relation(reading: "Reading") -> None:
    """A relation, or an action of an object, whose object is unknown is missed."""
    if reading.moved is not None:
        reading.miss(reading.moved)
        reading.moved = None
    if reading.relation is not None and reading.relation.category == "relation":
        reading.miss(reading.relation)
    reading.relation = None


def settle(reading: "Reading") -> None:
    """At the end of a shot: actions that waited for somebody go to the first who is there; hints become events."""
    drop_relation(reading)
    shot = reading.shot
    if shot.subjects:
        for mention in reading.waiting_actions:
            do(reading, shot.subjects[0], mention)
        reading.waiting_actions = []
    for leader, companion in reading.companions:
        # "A boy runs with his dog": the dog runs too.
        if leader.is_alive and companion.is_alive and leader.actions and not companion.actions:
            companion.actions.append(leader.actions[0])
    hint = reading.hint
    if hint is not None:
        event = hint.implied("event") or hint.concept
        if not shot.staged:
            shot.happenings.insert(0, (None, event))
            shot.staged.add(event)
        first = next(name for _, name in shot.happenings if name in shot.staged)
        reading.claim(hint, f"events={first}")
