"""The Remix tab: a clip, what shall be different, and what that changes in its storyboard."""

from data import clips, generations
from data.rows import RemixSource
from pipelines.request import MAX_SECONDS, MIN_SECONDS, MIN_SIDE, GenerationRequest, RequestError, make_request
from pipelines.storyboard import Storyboard
from ui.area import area
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.remix_rules import check
from ui.rules import Rules
from ui.starring import Starring
from ui.storyboards import edited_storyboard
from ui.studio import Studio
from ui.telling import clip_told, coverage_told, storyboard_told
from ui.telling_remix import changes_told, family_told

LONGEST_INSTRUCTION = 2000  # characters


class Remix:
    """What the Remix tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules, self._starring = Rules(self._database), Starring(studio)

    def calls(self) -> dict[str, Call]:
        return {
            "remix/source": self.source,
            "remix/read": self.read,
            "remix/make": self.make,
            "remix/family": self.family,
        }

    def source(self, asking: Asking) -> dict:
        """{"clip", "maker", "prompt", "shots", "storyboard"} of a clip that the caller may remix."""
        source = self._source(asking)
        told = {"clip": clip_told(source), "maker": _maker(source), "prompt": source["prompt"] or ""}
        return told | storyboard_told(storyboard_of(source), asking.language)

    def read(self, asking: Asking) -> dict:
        """{"changes", "understood", "missed", "shots", "storyboard"}: what an instruction makes of a clip's storyboard.
        undone: numbers of changes that shall not be made."""
        source = self._source(asking)
        parent, read = storyboard_of(source), self._read(asking, source)
        changed = without(parent, read, asking.items("undone"))
        return (
            {"changes": changes_told(read.changes, len(parent.shots), asking.language)}
            | storyboard_told(changed, asking.language)
            | coverage_told(read.storyboard, asking.language)
        )

    def make(self, asking: Asking) -> dict:
        """{"id"} of the generation that was accepted; or {"refused"} for what cannot be made as it stands. storyboard:
        shown instead of what the instruction makes, when it was edited by hand."""
        member, source = asking.member(), self._source(asking)
        read = self._read(asking, source)
        changed = without(storyboard_of(source), read, asking.items("undone"))
        try:
            changed = edited_storyboard(asking, read.storyboard) or changed
            request = self._request(asking, source, changed)
            storyboard = check(self._rules, self._starring, asking, request.prompt, changed)
        except Refused as refused:
            return refused.told()
        accepted = generations.request_generation(
            self._database,
            member,
            request.model_dump(mode="json"),
            storyboard.model_dump(mode="json"),
            coverage=storyboard.coverage.model_dump(mode="json"),
            parent=source["id"],
            key=asking.text("key", longest=36) or None,
        )
        self._studio.worker.nudge()
        return {"id": accepted["id"]}

    def family(self, asking: Asking) -> dict:
        """{"clips", "hidden"}: what a clip was made from and what was made from it, as far as the caller may see it."""
        return family_told(clips.lineage(self._database, asking.caller, asking.text("clip", longest=36)))

    def _source(self, asking: Asking) -> RemixSource:
        return clips.remix_source(self._database, asking.member(), asking.text("clip", longest=36))

    def _read(self, asking: Asking, source: RemixSource):
        from pipelines.director.remix import remix

        return remix(storyboard_of(source), asking.text("instruction", longest=LONGEST_INSTRUCTION))

    def _request(self, asking: Asking, source: RemixSource, changed: Storyboard) -> GenerationRequest:
        """The checked request. Raises Refused."""
        instruction = asking.text("instruction", longest=LONGEST_INSTRUCTION).strip()
        parent = storyboard_of(source)
        if changed.shots == parent.shots:
            raise Refused("remix_nothing")
        if not MIN_SECONDS <= changed.seconds <= MAX_SECONDS + 1e-6:
            raise Refused("error_seconds", n=round(changed.seconds, 1), least=MIN_SECONDS, most=MAX_SECONDS)
        return request_like(source, instruction or source["prompt"] or "Remix", round(changed.seconds, 3))


def without(parent: Storyboard, read, undone: list) -> Storyboard:
    """The storyboard of a remix without some of its changes."""
    from pipelines.director.remix_changes import applied

    left = [change for number, change in enumerate(read.changes) if number not in undone]
    return applied(parent, left).model_copy(update={"coverage": read.coverage, "language": read.storyboard.language})


def storyboard_of(source: RemixSource) -> Storyboard:
    """The checked storyboard of a clip."""
    return Storyboard.model_validate(source["storyboard"])


def request_like(source: RemixSource, prompt: str, seconds: float, **fields: object) -> GenerationRequest:
    """A request for a clip of the same size and seed. Raises Refused."""
    sides = (max(MIN_SIDE, round(source[side] / 2) * 2) for side in ("width", "height"))
    width, height = sides
    try:
        return make_request(prompt=prompt, seconds=seconds, width=width, height=height, seed=source["seed"], **fields)
    except RequestError as error:
        raise Refused("error_request", text=str(error)) from None


def _maker(source: RemixSource) -> str:
    return (source["author"] or {}).get("handle", "")


def create_remix_tab(studio: Studio) -> None:
    """One area that the script fills."""
    area("remix", "remix.js")
