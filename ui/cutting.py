"""Clips made from clips on the Remix tab: one that goes on, one that is cut, several that are joined."""

from data import clips, generations
from data.rows import Reference, RemixSource
from pipelines.cutting import CuttingError, joined, trimmed
from pipelines.request import MAX_SECONDS, Edit
from pipelines.storyboard import Storyboard
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.remix import LONGEST_INSTRUCTION, request_like, storyboard_of
from ui.remix_rules import check
from ui.rules import Rules
from ui.starring import Starring
from ui.studio import Studio
from ui.telling import coverage_told, shot_told
from ui.words import words

MOST_CLIPS = 6  # joined into one


class Cutting:
    """What the Remix tab asks about clips that are made from clips."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules, self._starring = Rules(self._database), Starring(studio)

    def calls(self) -> dict[str, Call]:
        return {
            "remix/next": self.next,
            "remix/extend": self.extend,
            "remix/trim": self.trim,
            "remix/join": self.join,
        }

    def next(self, asking: Asking) -> dict:
        """{"shots", "seconds", "understood", "missed"}: the shots with which a clip would go on, and its length."""
        source = self._source(asking, asking.text("clip", longest=36))
        parent, read = storyboard_of(source), self._continued(asking, source)
        shots = [shot_told(shot, asking.language) for shot in read.shots[len(parent.shots) :]]
        return {"shots": shots, "seconds": round(read.seconds, 1)} | coverage_told(read, asking.language)

    def extend(self, asking: Asking) -> dict:
        """{"id"} of a clip that shows the clip and goes on as the instruction tells; or {"refused"}."""
        source = self._source(asking, asking.text("clip", longest=36))
        parent, read = storyboard_of(source), self._continued(asking, source)
        if len(read.shots) == len(parent.shots):
            full = len(parent.shots) == 6 or parent.seconds > MAX_SECONDS - 1
            return Refused("remix_full" if full else "remix_next_missing", most=MAX_SECONDS).told()
        prompt = asking.text("instruction", longest=LONGEST_INSTRUCTION).strip() or _words(asking, "remix_said_extend")
        return self._make(asking, [source], read, prompt, Edit(kind="extend", kept=len(parent.shots)))

    def trim(self, asking: Asking) -> dict:
        """{"id"} of a clip from "start" to "end" (milliseconds) of another; or {"refused"}."""
        source = self._source(asking, asking.text("clip", longest=36))
        start = max(0, asking.number("start") or 0) / 1000
        end = min((asking.number("end") or 0) / 1000, source["seconds"], MAX_SECONDS)
        try:
            storyboard = trimmed(storyboard_of(source), start, end)
        except CuttingError as error:
            return Refused(f"remix_{error.key}", **error.values).told()
        prompt = _words(asking, "remix_said_trim", start=_decimal(asking, start), end=_decimal(asking, end))
        return self._make(asking, [source], storyboard, prompt, Edit(kind="trim", start=start, end=end))

    def join(self, asking: Asking) -> dict:
        """{"id"} of a clip that shows "clips" one after the other; or {"refused"}."""
        wanted = [str(id)[:36] for id in asking.items("clips", most=MOST_CLIPS)]
        if len(wanted) < 2:
            return Refused("remix_join_more").told()
        sources = [self._source(asking, id) for id in wanted]
        try:
            storyboard = joined([storyboard_of(source) for source in sources])
        except CuttingError as error:
            return Refused(f"remix_{error.key}", **error.values).told()
        prompt = _words(asking, "remix_said_join", n=len(sources))
        return self._make(asking, sources, storyboard, prompt, Edit(kind="join"))

    def _source(self, asking: Asking, clip: str) -> RemixSource:
        return clips.remix_source(self._database, asking.member(), clip)

    def _continued(self, asking: Asking, source: RemixSource) -> Storyboard:
        from pipelines.director.remix import continued

        return continued(storyboard_of(source), asking.text("instruction", longest=LONGEST_INSTRUCTION)).storyboard

    def _make(
        self, asking: Asking, sources: list[RemixSource], storyboard: Storyboard, prompt: str, edit: Edit
    ) -> dict:
        """Asks for an edit. Every source is a reference, so that the database asks everybody in it."""
        try:
            request = request_like(sources[0], prompt, round(storyboard.seconds, 3), edit=edit)
            storyboard = check(self._rules, self._starring, asking, prompt, storyboard)
        except Refused as refused:
            return refused.told()
        references: list[Reference] = [{"path": None, "clip": source["id"]} for source in sources]
        accepted = generations.request_generation(
            self._database,
            asking.member(),
            request.model_dump(mode="json"),
            storyboard.model_dump(mode="json"),
            coverage=storyboard.coverage.model_dump(mode="json"),
            parent=sources[0]["id"],
            references=references,
            key=asking.text("key", longest=36) or None,
        )
        self._studio.worker.nudge()
        return {"id": accepted["id"]}


def _decimal(asking: Asking, value: float) -> str:
    """A number with one decimal, as it is written in the reader's language."""
    return f"{value:.1f}".replace(".", "," if asking.language == "fr" else ".")


def _words(asking: Asking, key: str, **values: object) -> str:
    return words(asking.language)[key].format(**values)
