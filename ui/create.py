"""The Create tab: a prompt and its settings on one side, the clip as it comes to be on the other."""

import gradio as gr

from data import clips, generations
from data.rows import Generation
from pipelines.request import MAX_PROMPT, MIN_SIDE, SHAPES, GenerationRequest, RequestError, make_request, new_seed
from pipelines.storyboard import Style
from ui.area import area
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio
from ui.telling import clip_told, coverage_told, generation_told

SECONDS = (5, 10, 15, 20)
RECENT = 12  # clips listed under the form
MAX_SEED = 2**31 - 1
ROLL = "() => String(Math.floor(Math.random() * 1000000))"  # a new seed, in the browser


class Create:
    """What the Create tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules = Rules(self._database)

    def calls(self) -> dict[str, Call]:
        return {
            "create/make": self.make,
            "create/understand": self.understand,
            "create/look": self.look,
            "create/cancel": self.cancel,
            "create/mine": self.mine,
            "create/parent": self.parent,
        }

    def make(self, asking: Asking) -> dict:
        """{"id"} of the generation that was accepted; the same key twice gives the same one.

        Or {"refused": {"key", "values"}} for a request that cannot be made as it stands.
        """
        from pipelines.director import direct

        member = asking.member()
        try:
            request = self._request(asking)
        except Refused as refused:
            return {"refused": {"key": refused.key, "values": refused.values}}
        storyboard = direct(request.prompt, seconds=request.seconds, style=request.style)
        self._rules.check(asking, request.prompt, "prompt")
        accepted = generations.request_generation(
            self._database,
            member,
            request.model_dump(mode="json"),
            storyboard.model_dump(mode="json"),
            coverage=storyboard.coverage.model_dump(mode="json"),
            parent=asking.text("parent", longest=36) or None,
            key=asking.text("key", longest=36) or None,
        )
        self._studio.worker.nudge()
        return {"id": accepted["id"]}

    def understand(self, asking: Asking) -> dict:
        """What the director reads from a prompt so far: {"understood", "missed"}, or {"refused"}."""
        from pipelines.director import direct

        prompt = asking.text("prompt", longest=20_000)
        try:
            checked = make_request(prompt=prompt)
        except RequestError as error:
            refused = _refusal(prompt, error)
            return {"refused": {"key": refused.key, "values": refused.values}} if prompt.strip() else {}
        return coverage_told(direct(checked.prompt), asking.language)

    def look(self, asking: Asking) -> dict:
        """A generation of the caller's as it is now."""
        member, id = asking.member(), asking.text("id", longest=36)
        generation = generations.generation(self._database, member, id)
        preview = None
        if generation["state"] == "running":
            preview = generations.generation_preview(self._database, member, id)
            if preview and preview["updated_at"] == asking.text("preview_at", longest=60):
                preview = None  # the page shows it already
        told = generation_told(generation, asking.language, preview=preview)
        if generation["clip"]:
            told["clip"] = clip_told(clips.clip(self._database, member, generation["clip"]))
        return told

    def parent(self, asking: Asking) -> dict:
        """{"clip", "prompt", "maker"} of a clip to remix; the prompt is "" unless the caller may read it."""
        found = clips.clip(self._database, asking.member(), asking.text("clip", longest=36))
        prompt = (found["request"] or {}).get("prompt", "")
        return {"clip": clip_told(found), "prompt": prompt, "maker": (found["author"] or {}).get("handle", "")}

    def cancel(self, asking: Asking) -> dict:
        """Stops a generation of the caller's."""
        generations.cancel_generation(self._database, asking.member(), asking.text("id", longest=36))
        self._studio.worker.nudge()  # which then hears of it at once
        return {}

    def mine(self, asking: Asking) -> dict:
        """{"generations"}: what the caller asked for lately, newest first, without what was cancelled."""
        if asking.caller.id is None:
            return {"generations": []}
        found = generations.my_generations(self._database, asking.caller, limit=RECENT)
        shown = [one for one in found if one["state"] != "cancelled"]
        return {"generations": [self._told(asking, one) for one in shown]}

    def _told(self, asking: Asking, generation: Generation) -> dict:
        told = generation_told(generation, asking.language)
        if generation["clip"]:
            told["clip"] = clip_told(clips.clip(self._database, asking.caller, generation["clip"]))
        return told

    def _request(self, asking: Asking) -> GenerationRequest:
        """The checked request. Raises Refused."""
        prompt, shape = asking.text("prompt", longest=20_000), asking.text("shape", longest=10)
        scale = self._studio.settings.frame_scale
        width, height = (max(MIN_SIDE, round(side * scale / 2) * 2) for side in SHAPES.get(shape, SHAPES["9:16"]))
        seed = _seed(asking.text("seed", longest=40))
        style = asking.text("style", longest=40) or None
        try:
            return make_request(
                prompt=prompt, seconds=asking.number("seconds"), width=width, height=height, seed=seed, style=style
            )
        except RequestError as error:
            raise _refusal(prompt, error) from None


class Refused(ValueError):
    """A request that cannot be made; `key` names the sentence that says why, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def _seed(text: str) -> int:
    """The seed that was typed, or a new one for none. Raises Refused."""
    digits = text.strip()
    if not digits:
        return new_seed()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) <= MAX_SEED):
        raise Refused("error_seed", limit=MAX_SEED)
    return int(digits)


def _refusal(prompt: str, error: RequestError) -> Refused:
    """The sentence for a refused request, in words of ours where a visitor can cause it, else the request's own."""
    if not prompt.strip():
        return Refused("error_prompt_empty")
    if len(prompt) > MAX_PROMPT:
        return Refused("error_prompt_long", n=len(prompt), limit=MAX_PROMPT)
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
    gr.HTML('<p class="notice" role="alert"></p>', js_on_load=None, elem_id="notice", apply_default_css=False)
    gr.Button(i18n("make"), variant="primary", elem_id="make")
