"""Where one shot ends and the next begins."""

from dataclasses import dataclass, field

from pipelines.director.mentions import Mention

MOST_SHOTS = 6
_CAMERA = frozenset(("camera_cue", "camera_verb", "camera_move", "camera_framing", "camera_angle", "camera_verb_angle"))
_NEW = frozenset(("subject", "place", "time", "weather", "season", "quote", "speech", "pronoun", "undrawn"))
_DOING = frozenset(("action", "event"))


@dataclass
class Section:
    """The mentions of one shot, or of the words before the first numbered one."""

    mentions: list[Mention] = field(default_factory=list)
    is_header: bool = False  # what it says is true of every shot


def split_into_sections(mentions: list[Mention], things: frozenset[str]) -> list[Section]:
    """The shots of a prompt in order.

    "Shot 2:" and "cut to" always begin a shot. "Then" begins one unless the same movement goes on: a ball that hits,
    then rolls, is one shot, and so is a camera that pans, then zooms. `things` are the kinds of subject that are not
    alive. What would be more shots than a clip holds stays in the last one.
    """
    sections = [Section()]
    for index, mention in enumerate(mentions):
        section = sections[-1]
        if mention.category == "label" and len(sections) == 1 and _has_content(section):
            section.is_header = mention.number == 1 and not any(other.category == "label" for other in mentions[:index])
        begins = mention.category in {"label", "break_hard"} or (
            mention.category == "break_soft" and not _goes_on(section.mentions, mentions[index + 1 :], things)
        )
        if begins and len(sections) - sections[0].is_header < MOST_SHOTS and _has_content(section):
            sections.append(Section())
        if mention.category not in {"label", "break_hard", "break_soft"}:
            sections[-1].mentions.append(mention)
    return [section for section in sections if _has_content(section)] or [Section()]


def _has_content(section: Section) -> bool:
    empty = {"stop", "comma", "colon", "conjunction", "function", "break_soft", "article_definite"}
    return any(mention.category not in empty for mention in section.mentions)


def _goes_on(before: list[Mention], after: list[Mention], things: frozenset[str]) -> bool:
    following = _clause(after)
    categories = {mention.category for mention in following}
    if categories & _CAMERA and not categories & (_NEW | _DOING):
        return any(mention.category in _CAMERA for mention in before)
    if categories & _NEW or not categories & _DOING:
        return False
    actors = [mention.concept for mention in before if mention.category == "subject"]
    return bool(actors) and actors[0] in things


def _clause(mentions: list[Mention]) -> list[Mention]:
    """Up to where the sentence ends or the next shot may begin."""
    clause = []
    for mention in mentions:
        if mention.category in {"stop", "label", "break_hard", "break_soft"}:
            break
        clause.append(mention)
    return clause
