"""A small model of consent in Python: members, the rules of their cameos, clips, and who may see what.

It knows nothing of tables, policies, triggers or locks.
"""

from dataclasses import dataclass, field
from typing import Literal

HANDLES = ("ann", "ben", "cem", "dan")
CONCEPTS = ("kiss", "run")
SWITCHES = ("romance", "other_cameos", "minors", "remix")
WARD, GUARDIAN = "dan", "gus"


@dataclass
class Cameo:
    """The rules of one person's likeness."""

    audience: str = "only_me"
    past_clips: str = "remove"
    granted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    restrictions: set[str] = field(default_factory=set)
    switches: set[str] = field(default_factory=set)
    paused: bool = False
    under_review: bool = False
    awaits_guardian: bool = True
    deleted: bool = False


@dataclass
class Use:
    """One person's part in one generation. Once ended it never lives again."""

    cameo: Cameo  # the very cameo that was used, also after its person has made another one
    star: str
    ended: bool = False


@dataclass
class Made:
    """A generation, and what became of it."""

    author: str
    concept: str
    uses: list[Use]
    state: Literal["open", "done", "ended"] = "open"
    clip: str | None = None
    deleted: bool = False
    visibility: str | None = None  # of its post, while there is one
    named: bool = True  # whether its storyboard names its people, rather than a clip that they are in


class Model:
    """What consent means, in a page."""

    def __init__(self) -> None:
        self.cameos: dict[str, Cameo] = {}  # living ones, by their person
        self.follows: set[tuple[str, str]] = set()
        self.blocks: set[tuple[str, str]] = set()
        self.made: dict[str, Made] = {}  # by generation
        self.guarded = False  # whether the ward has a guardian

    def blocked(self, one: str, other: str) -> bool:
        return (one, other) in self.blocks or (other, one) in self.blocks

    def permits(self, star: str, cameo: Cameo, author: str, concept: str, alone: bool) -> bool:
        """Whether a living permission lets the author show this person, alone among real people or not."""
        return self.agrees(star, cameo, author, concept, alone) and not self.rests(star, cameo, author)

    def rests(self, star: str, cameo: Cameo, author: str) -> bool:
        """Whether a cameo is put away: nothing falls, and nothing is to be seen."""
        if cameo.deleted:
            return False
        waits = cameo.awaits_guardian and self.guarded and star == WARD
        return waits or (star != author and (cameo.paused or cameo.under_review))

    def permitted(self, made: Made) -> bool:
        return not any(use.ended or self.rests(use.star, use.cameo, made.author) for use in made.uses)

    def agrees(self, star: str, cameo: Cameo, author: str, concept: str, alone: bool) -> bool:
        """Whether the person agrees, whatever rests at the moment."""
        if self.cameos.get(star) is not cameo:
            return False
        if star == author:
            return True
        audience = {
            "only_me": False,
            "people": author in cameo.granted,
            "mutuals": {(star, author), (author, star)} <= self.follows,
            "everyone": True,
        }[cameo.audience]
        return (
            audience
            and author not in cameo.refused
            and concept not in cameo.restrictions
            and not (concept == "kiss" and "romance" in cameo.switches)
            and not (not alone and "other_cameos" in cameo.switches)
            and not (self.guarded and author == WARD and "minors" in cameo.switches)
            and not self.blocked(star, author)
        )

    def settle(self) -> None:
        """After a change: what is no longer permitted ends, save finished clips that their person lets stand."""
        for made in self.made.values():
            for use in made.uses:
                stands = made.state == "done" and use.cameo.past_clips == "keep"
                alone = not made.named or len(made.uses) == 1
                if not stands and not self.agrees(use.star, use.cameo, made.author, made.concept, alone):
                    self.end(made, use)

    def end(self, made: Made, use: Use) -> None:
        use.ended = True
        made.visibility = None
        if made.state == "open":
            made.state = "ended"

    def sees_post(self, viewer: str | None, made: Made) -> bool:
        if made.visibility is None or made.deleted or not self.permitted(made) or self.blocked(viewer, made.author):
            return False
        if self.closed_to(viewer, made):
            return False
        return (
            made.visibility == "public"
            or viewer in {made.author, *(use.star for use in made.uses)}
            or (made.visibility == "followers" and (viewer, made.author) in self.follows)
        )

    def sees_clip(self, viewer: str | None, made: Made) -> bool:
        if made.clip is None or made.deleted or not self.permitted(made) or self.closed_to(viewer, made):
            return False
        return viewer in {made.author, *(use.star for use in made.uses)} or self.sees_post(viewer, made)

    def closed_to(self, viewer: str | None, made: Made) -> bool:
        """Whether somebody in it does not want minors to see it, and the viewer is one."""
        return (
            self.guarded
            and viewer == WARD
            and any("minors" in use.cameo.switches and use.star != viewer for use in made.uses)
        )
