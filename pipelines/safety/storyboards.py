"""Rulings on a storyboard: what is said in it, and whom and what it names, however it was edited by hand."""

from collections.abc import Iterator
from itertools import pairwise

from pipelines.safety.deciding import Policy, load_policy, rule
from pipelines.safety.ruling import Decision, Ruling, Where
from pipelines.storyboard import Shot, Storyboard

_SEVERITY = {Decision.ALLOW: 0, Decision.HOLD: 1, Decision.REFUSE: 2}


def rule_storyboard(storyboard: Storyboard, policy: Policy | None = None) -> Ruling:
    """The strictest ruling on anything that a storyboard shows or lets be heard; spans are in the piece that led to it.

    Lines are what people hear. The concepts of a shot are read as one text, because a storyboard that was edited by
    hand may hold words that no prompt led to. Phrases of the coverage were ruled on with the prompt and are not shown.
    """
    policy = policy or load_policy()
    strictest = Ruling(policy=policy.version)
    for text, where in _texts(storyboard):
        strictest = stricter(strictest, rule(text, policy=policy, where=where, suggest=False))
    return strictest


def _texts(storyboard: Storyboard) -> Iterator[tuple[str, Where]]:
    for shot in storyboard.shots:
        for line in shot.lines:
            yield line.text, "speech"
        yield " ".join(name.replace("_", " ") for name in _concepts(shot)), "prompt"
    # What is said in two breaths is heard as one.
    said = [line.text for shot in storyboard.shots for line in shot.lines]
    for first, second in pairwise(said):
        yield f"{first} {second}", "speech"


def _concepts(shot: Shot) -> Iterator[str]:
    """The concepts of a shot, in words: places, subjects with what they are and do, happenings, sounds."""
    for subject in shot.subjects:
        yield from (*subject.attributes, *subject.colours, subject.kind)
        if subject.action is not None:
            yield subject.action
    if shot.place is not None:
        yield shot.place
    yield from shot.events
    yield from shot.sounds


def stricter(one: Ruling, other: Ruling) -> Ruling:
    """The stricter of two rulings, the first where they are alike."""
    return other if _SEVERITY[other.decision] > _SEVERITY[one.decision] else one
