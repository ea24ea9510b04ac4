"""Everybody and everything met so far in a prompt, to whom "it", "she" and "the dog" refer."""

from collections.abc import Collection

from pipelines.director.drafts import ShotDraft, SubjectDraft
from pipelines.director.mentions import Mention


class Cast:
    """Subjects in the order in which they were mentioned last."""

    def __init__(self) -> None:
        self.members: list[SubjectDraft] = []

    def mention(self, subject: SubjectDraft) -> None:
        """Remember that the prompt has just spoken of this subject."""
        self.members = [member for member in self.members if member is not subject] + [subject]

    def meant_by(self, pronoun: Mention, shot: ShotDraft) -> list[SubjectDraft]:
        """Those whom a pronoun may stand for, now in this shot; empty when there is nobody."""
        if pronoun.concept == "they":
            living = [member for member in self.members if member.is_alive]
            return [self.enter(member, shot) for member in (living or self.members)[-2:]]
        fitting = [member for member in reversed(self.members) if _fits(pronoun, member)]
        # The one who acts is meant before the one who is only mentioned along with another.
        fitting.sort(key=lambda member: member.importance)
        return [self.enter(fitting[0], shot)] if fitting else []

    def known_as(self, kinds: Collection[str], colours: list[str], attributes: list[str]) -> SubjectDraft | None:
        """The subject of one of these kinds that was met before and does not contradict these looks."""
        for member in reversed(self.members):
            agrees = all(colour in member.colours for colour in colours) or not member.colours
            if member.kind in kinds and agrees and all(name in member.attributes for name in attributes):
                return member
        return None

    def enter(self, subject: SubjectDraft, shot: ShotDraft) -> SubjectDraft:
        """The subject in this shot: itself where it is there already, else a copy that joins it."""
        if subject in shot.subjects:
            return subject
        copy = subject.copy(actions=False)
        shot.subjects.append(copy)
        self.members = [copy if member is subject else member for member in self.members]
        return copy


def _fits(pronoun: Mention, member: SubjectDraft) -> bool:
    gender, group = pronoun.implied("gender"), pronoun.implied("group")
    if gender and member.gender:
        return member.gender == gender
    if group == "thing":
        return member.group != "person"
    return group is None or member.group == group
