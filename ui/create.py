"""The Create tab: a prompt and its settings on one side, the clip as it comes to be on the other."""

from dataclasses import dataclass

import gradio as gr

from data import clips, generations
from data.errors import LimitReached, NoPermission, OutOfCredits
from data.rows import Generation, Preview, Reference
from pipelines.request import (
    MAX_PROMPT,
    MAX_SECONDS,
    MIN_SECONDS,
    GenerationRequest,
    RequestError,
    make_request,
    new_seed,
)
from pipelines.storyboard import Storyboard, Style
from ui.area import area
from ui.calls import Asking, Call
from ui.engines import Engines, frame_of
from ui.materials import references_for
from ui.refused import Refused
from ui.rules import Rules
from ui.starring import Starring, handles_of
from ui.storyboards import edited_storyboard
from ui.studio import Studio
from ui.telling import clip_told, generation_told, storyboard_told
from ui.variants import MOST, keys_of, scores_of, together

SECONDS = (5, 10, 15, 20)
RECENT = 24  # clips listed under the form
MAX_SEED = 2**31 - 1
ROLL = "() => String(Math.floor(Math.random() * 1000000))"  # a new seed, in the browser


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for, checked: a request for each variant, all with one storyboard."""

    requests: list[GenerationRequest]
    storyboard: Storyboard
    references: list[Reference]


class Create:
    """What the Create tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules, self._engines, self._starring = Rules(self._database), Engines(studio), Starring(studio)

    def calls(self) -> dict[str, Call]:
        return (
            self._engines.calls()
            | self._starring.calls()
            | {
                "create/make": self.make,
                "create/understand": self.understand,
                "create/look": self.look,
                "create/watch": self.watch,
                "create/cancel": self.cancel,
                "create/mine": self.mine,
                "create/scores": self.scores,
                "create/delete": self.delete,
            }
        )

    def make(self, asking: Asking) -> dict:
        """{"id", "ids"} of the generations that were accepted, one a variant; the same key twice gives the same ones.

        With {"short"}, the word of a sentence, when fewer were accepted than asked for; or {"refused"} for a request
        that cannot be made as it stands.
        """
        asking.member()
        try:
            wanted = self._wanted(asking)
            self._rule(asking, wanted)
            return self._accepted(asking, wanted)
        except Refused as refused:
            return refused.told()

    def _wanted(self, asking: Asking) -> Wanted:
        """The checked request of each variant. Raises Refused."""
        from pipelines.director import direct
        from pipelines.engines.best_of import seeds_of

        entry = self._engines.chosen(asking)
        request = self._request(asking, entry.name)
        read = direct(request.prompt, seconds=request.seconds, style=request.style)
        storyboard = edited_storyboard(asking, read)
        if storyboard:
            request = request.model_copy(update={"seconds": round(storyboard.seconds, 3), "style": None})
        storyboard = storyboard or read
        if handles_of(storyboard) and not entry.cameos:
            raise Refused("error_no_cameos", name=entry.title)
        count = min(MOST, max(1, asking.number("variants") or 1))
        return Wanted(seeds_of(request, count), storyboard, references_for(asking, entry))

    def _rule(self, asking: Asking, wanted: Wanted) -> None:
        """Raises Refused, with the rule and what would pass, for what the policy does not allow."""
        from pipelines.safety import rule, rule_storyboard, stricter

        policy, prompt = self._rules.policy(), wanted.requests[0].prompt
        ruling = stricter(rule(prompt, policy=policy), rule_storyboard(wanted.storyboard, policy))
        if ruling.decision != "refuse":
            return
        self._rules.keep(asking, ruling, "prompt")
        area = policy.written.areas.get(ruling.rule.partition(".")[0])
        title = (area.title_fr if asking.language == "fr" else area.title_en) if area else ruling.rule
        text = ruling.reason.told(asking.language)
        raise Refused("error_rule", instead=ruling.suggestion, rule=title, text=text)

    def _accepted(self, asking: Asking, wanted: Wanted) -> dict:
        """Asks for every variant until a limit is reached. Raises Refused where that is the first."""
        prompt = wanted.requests[0].prompt
        storyboard = self._starring.as_they_agree(asking, prompt, wanted.storyboard)
        ids: list[str] = []
        told: dict = {}
        for request, key in zip(
            wanted.requests, keys_of(asking.text("key", longest=36), len(wanted.requests)), strict=True
        ):
            try:
                ids.append(self._ask(asking, request, storyboard, wanted.references, key)["id"])
            except NoPermission as error:
                raise self._starring.refused_by_database(asking, prompt, storyboard, error) from None
            except (LimitReached, OutOfCredits) as error:
                word = "limit" if isinstance(error, LimitReached) else "credits"
                if not ids:
                    raise Refused(f"error_{word}") from None
                told = {"short": f"variants_{word}"}
                break
        self._studio.worker.nudge()
        return told | {"id": ids[0], "ids": ids}

    def _ask(
        self,
        asking: Asking,
        request: GenerationRequest,
        storyboard: Storyboard,
        references: list[Reference],
        key: str | None,
    ) -> Generation:
        return generations.request_generation(
            self._database,
            asking.member(),
            request.model_dump(mode="json"),
            storyboard.model_dump(mode="json"),
            coverage=storyboard.coverage.model_dump(mode="json"),
            references=references,
            key=key,
        )

    def understand(self, asking: Asking) -> dict:
        """What the director reads from a prompt so far: {"understood", "missed", "storyboard", "shots", "people"}, or
        {"refused"}."""
        from pipelines.director import direct

        prompt = asking.text("prompt", longest=20_000)
        seconds, style = asking.number("seconds"), asking.text("style", longest=40) or None
        try:
            checked = make_request(prompt=prompt, seconds=seconds, style=style)
        except RequestError as error:
            return _refusal(asking, prompt, error).told() if prompt.strip() else {}
        read = direct(checked.prompt, seconds=checked.seconds, style=checked.style)
        try:
            shown = edited_storyboard(asking, read) or read
        except Refused as refused:
            return refused.told()
        people = {"people": self._starring.told(asking, checked.prompt, shown)}
        return storyboard_told(shown, asking.language) | people

    def look(self, asking: Asking) -> dict:
        """A generation of the caller's as it is now, by its "id" or by its "clip"."""
        id, clip = asking.text("id", longest=36), asking.text("clip", longest=36)
        if clip:
            id = clips.clip(self._database, asking.member(), clip)["generation"]
        return self._seen(asking, id, asking.text("preview_at", longest=60))

    def watch(self, asking: Asking) -> dict:
        """{"generations"}: those of the caller with these "ids", as they are now. "preview_at": id → the frame that the
        page shows already."""
        shown = asking.fields("preview_at")
        return {"generations": [self._seen(asking, str(id), shown.get(id)) for id in asking.items("ids", most=MOST)]}

    def _seen(self, asking: Asking, id: str, preview_at: object) -> dict:
        member = asking.member()
        generation = generations.generation(self._database, member, id)
        preview = None
        if generation["state"] == "running":
            preview = generations.generation_preview(self._database, member, id)
            if preview and preview["updated_at"] == preview_at:
                preview = None  # the page shows it already
        return self._told(asking, generation, preview)

    def cancel(self, asking: Asking) -> dict:
        """Stops a generation of the caller's."""
        generations.cancel_generation(self._database, asking.member(), asking.text("id", longest=36))
        self._studio.worker.nudge()  # which then hears of it at once
        return {}

    def mine(self, asking: Asking) -> dict:
        """{"generations"}: what the caller asked for lately, newest first, without what was cancelled or deleted. The
        variants of one press share a "group"."""
        if asking.caller.id is None:
            return {"generations": []}
        found = generations.my_generations(self._database, asking.caller, limit=RECENT)
        groups = together(found)
        shown = [one for one in found if one["state"] != "cancelled" and (one["state"] != "done" or one["clip"])]
        return {"generations": [self._told(asking, one) | {"group": groups[one["id"]]} for one in shown]}

    def scores(self, asking: Asking) -> dict:
        """{"scores"} of the clip of a generation of the caller's."""
        generation = generations.generation(self._database, asking.member(), asking.text("id", longest=36))
        found = clips.clip(self._database, asking.member(), generation["clip"] or "")
        return {"scores": scores_of(self._studio.data.media, found["video_path"])}

    def delete(self, asking: Asking) -> dict:
        """Deletes a clip of the caller's, and its post with it."""
        clips.delete_clip(self._database, asking.member(), asking.text("clip", longest=36))
        return {}

    def _told(self, asking: Asking, generation: Generation, preview: Preview | None = None) -> dict:
        told = generation_told(generation, asking.language, preview=preview)
        if generation["clip"]:
            told["clip"] = clip_told(clips.clip(self._database, asking.caller, generation["clip"]))
        return told

    def _request(self, asking: Asking, engine: str) -> GenerationRequest:
        """The checked request. Raises Refused."""
        prompt = asking.text("prompt", longest=20_000)
        width, height = frame_of(self._studio, asking.text("shape", longest=10))
        fields = {"seed": _seed(asking.text("seed", longest=40)), "style": asking.text("style", longest=40) or None}
        try:
            return make_request(
                prompt=prompt, seconds=asking.number("seconds"), width=width, height=height, engine=engine, **fields
            )
        except RequestError as error:
            raise _refusal(asking, prompt, error) from None


def _seed(text: str) -> int:
    """The seed that was typed, or a new one for none. Raises Refused."""
    digits = text.strip()
    if not digits:
        return new_seed()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) <= MAX_SEED):
        raise Refused("error_seed", limit=MAX_SEED)
    return int(digits)


def _refusal(asking: Asking, prompt: str, error: RequestError) -> Refused:
    """The sentence for a refused request, in words of ours where a visitor can cause it, else the request's own."""
    if not prompt.strip():
        return Refused("error_prompt_empty")
    if len(prompt) > MAX_PROMPT:
        return Refused("error_prompt_long", n=len(prompt), limit=MAX_PROMPT)
    seconds = asking.number("seconds")
    if seconds is not None and not MIN_SECONDS <= seconds <= MAX_SECONDS:
        return Refused("error_seconds", n=seconds, least=MIN_SECONDS, most=MAX_SECONDS)
    return Refused("error_request", text=str(error))


def create_create_tab(studio: Studio) -> None:
    """The form and the stage."""
    with gr.Row(elem_classes="create", equal_height=False):
        with gr.Column(scale=4, min_width=300, elem_classes="create-side"):
            with gr.Column(elem_classes="create-form"):
                _create_form(studio.i18n)
            gr.HTML('<section class="shelf"></section>', js_on_load=None, elem_id="shelf", apply_default_css=False)
        with gr.Column(scale=7, min_width=300, elem_classes="create-stage"):
            area("stage", "stage.js")


def _create_form(i18n: gr.I18n) -> None:
    """The fields and the button; the script beside them reads and sends them."""
    gr.Textbox(
        label=i18n("prompt"),
        placeholder=i18n("prompt_placeholder"),
        lines=4,
        max_lines=10,
        elem_id="prompt",
        interactive=True,
    )
    area("coverage", "prompt.js")
    with gr.Row(elem_classes="choices"):
        gr.Radio(
            [(f"{n} s", n) for n in SECONDS],
            value=SECONDS[0],
            label=i18n("seconds"),
            elem_id="seconds",
            interactive=True,
            min_width=150,
        )
        shapes = [("9:16", i18n("shape_tall")), ("16:9", i18n("shape_wide")), ("1:1", i18n("shape_square"))]
        gr.Radio(
            [(word, value) for value, word in shapes],
            value="9:16",
            label=i18n("shape"),
            elem_id="shape",
            interactive=True,
            min_width=150,
        )
    styles = [(i18n("style_prompt"), ""), *((i18n(f"style_{style}"), style.value) for style in Style)]
    gr.Radio(styles, value="", label=i18n("style"), elem_id="style", interactive=True)
    with gr.Row(elem_classes="seed-row"):
        seed = gr.Textbox(
            label=i18n("seed"),
            placeholder=i18n("seed_placeholder"),
            max_lines=1,
            elem_id="seed",
            interactive=True,
            min_width=120,
        )
        dice = gr.Button(i18n("dice"), elem_id="dice", size="sm", min_width=44)
    dice.click(None, None, seed, js=ROLL, api_visibility="private")
    with gr.Row(elem_classes="choices"):
        gr.Radio(
            [(str(n), n) for n in range(1, MOST + 1)],
            value=1,
            label=i18n("variants"),
            elem_id="variants",
            interactive=True,
            min_width=150,
        )
        area("engine", "engines.js")
    area("images", "images.js")
    gr.HTML('<p class="notice" role="alert"></p>', js_on_load=None, elem_id="notice", apply_default_css=False)
    gr.Button(i18n("make"), variant="primary", elem_id="make")
