"""The Create tab: a prompt and its settings on one side, the clip as it comes to be on the other."""

import secrets
from collections.abc import Callable

import gradio as gr

from pipelines.request import MAX_PROMPT, MIN_SIDE, SHAPES, GenerationRequest, RequestError, make_request, new_seed
from pipelines.storyboard import Style
from ui.generation import Generation, State
from ui.scripts import script
from ui.telling import coverage_told, generation_told
from ui.web.visitor import GUEST, visitor_of
from ui.words import language_named
from ui.workshop import Busy, QueueFull, Workshop

SECONDS = (5, 10, 15, 20)
RECENT = 12  # clips listed under the form
MAX_SEED = 2**31 - 1
ROLL = "() => String(Math.floor(Math.random() * 1000000))"  # a new seed, in the browser


class CreateHandlers:
    """What the Create tab asks of the server. Each answers for the visitor whose cookie the request carries."""

    def __init__(self, workshop: Workshop, frame_scale: float) -> None:
        self._workshop, self._frame_scale = workshop, frame_scale

    def make(self, prompt: str, seconds: int, shape: str, style: str, seed: str, request: gr.Request) -> dict:
        """A ticket for the page: {"id"} of the generation to watch, or {"error", "values"} to show beside the form.

        A second press while a clip is being made shows that clip; `busy` says so if another prompt was meant.
        """
        ticket: dict = {"at": secrets.token_hex(4)}  # the page sees a new value even when two answers are alike
        visitor = visitor_of(request)
        if visitor == GUEST:
            return ticket | {"error": "error_cookie"}
        try:
            asked = self._request(prompt or "", seconds, shape, style, seed or "")
            return ticket | {"id": self._workshop.submit(visitor, asked).id}
        except Refused as refused:
            return ticket | {"error": refused.key, "values": refused.values}
        except Busy as busy:
            other = busy.unfinished.request.prompt != asked.prompt
            return ticket | {"id": busy.unfinished.id, "busy": other}
        except QueueFull:
            return ticket | {"error": "error_queue_full"}
        except OSError:
            return ticket | {"error": "problem_disk"}

    def _request(self, prompt: str, seconds: int, shape: str, style: str, seed: str) -> GenerationRequest:
        """The checked request. Raises Refused."""
        width, height = (
            max(MIN_SIDE, round(side * self._frame_scale / 2) * 2) for side in SHAPES.get(shape, SHAPES["9:16"])
        )
        number = _seed(seed)
        try:
            return make_request(
                prompt=prompt, seconds=seconds, width=width, height=height, seed=number, style=style or None
            )
        except RequestError as error:
            raise _refusal(prompt, error) from None

    def understand(self, asked: dict, request: gr.Request) -> dict:
        """What the director reads from a prompt so far: {"understood", "missed"}, or {"error", "values"}."""
        from pipelines.director import direct

        nothing = {"understood": [], "missed": []}
        prompt = str(asked.get("prompt", ""))
        try:
            checked = make_request(prompt=prompt)
        except RequestError as error:
            refused = _refusal(prompt, error)
            return nothing | ({"error": refused.key, "values": refused.values} if prompt.strip() else {})
        return coverage_told(direct(checked.prompt), language_named(asked.get("language")))

    def look(self, asked: dict, request: gr.Request) -> dict:
        """A generation of this visitor as it is now; {"state": "unknown"} for any other."""
        generation = self._workshop.look(visitor_of(request), str(asked.get("id", "")))
        return {"state": "unknown"} if generation is None else self._told(generation, asked)

    def cancel(self, asked: dict, request: gr.Request) -> dict:
        """The generation after it was told to stop."""
        self._workshop.cancel(visitor_of(request), str(asked.get("id", "")))
        return self.look(asked, request)

    def mine(self, asked: dict, request: gr.Request) -> dict:
        """{"generations"} of this visitor, newest first, without what was cancelled."""
        visitor = visitor_of(request)
        kept = [g for g in self._workshop.of(visitor) if g.state != State.CANCELLED] if visitor != GUEST else []
        return {"generations": [self._told(g, asked) for g in kept[:RECENT]]}

    def _told(self, generation: Generation, asked: dict) -> dict:
        preview = self._workshop.preview(generation)
        if preview and preview[0] == asked.get("preview_number"):
            preview = None  # the page shows it already
        language, place = language_named(asked.get("language")), self._workshop.place(generation)
        return generation_told(generation, language, place=place, preview=preview)


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


def _served(method: Callable[[dict, gr.Request], dict]) -> Callable[[dict, gr.Request], dict]:
    """The method as a plain function that always gets a dict, as scripts should send but strangers need not."""

    def function(asked: dict, request: gr.Request) -> dict:
        return method(asked if isinstance(asked, dict) else {}, request)

    function.__name__ = method.__name__
    return function


def create_create_tab(workshop: Workshop, i18n: gr.I18n, frame_scale: float) -> None:
    """The form, the stage and their wiring."""
    handlers = CreateHandlers(workshop, frame_scale)
    with gr.Row(elem_classes="create", equal_height=False):
        with gr.Column(scale=4, min_width=300, elem_classes="create-side"):
            with gr.Column(elem_classes="create-form"):
                fields, button = _create_form(handlers, i18n)
            gr.HTML('<section class="shelf"></section>', js_on_load=None, elem_id="shelf", apply_default_css=False)
        with gr.Column(scale=7, min_width=300, elem_classes="create-stage"):
            stage = gr.HTML(
                value=None,
                html_template='<section class="stage"></section>',
                js_on_load=script("storyboard", "stage", start="stage(element, server, watch, props);"),
                server_functions=[_served(f) for f in (handlers.look, handlers.cancel, handlers.mine)],
                elem_id="stage",
                apply_default_css=False,
            )
    button.click(handlers.make, fields, stage, api_visibility="private", concurrency_limit=8, show_progress="hidden")


def _create_form(handlers: CreateHandlers, i18n: gr.I18n) -> tuple[list[gr.components.Component], gr.Button]:
    """The fields in the order in which `make` takes them, and the button."""
    prompt = gr.Textbox(
        label=i18n("prompt"),
        placeholder=i18n("prompt_placeholder"),
        lines=4,
        max_lines=10,
        elem_id="prompt",
    )
    gr.HTML(
        html_template='<div class="coverage" aria-live="polite"></div><div class="examples"></div>',
        js_on_load=script("storyboard", "prompt", start="prompting(element, server);"),
        server_functions=[_served(handlers.understand)],
        elem_id="coverage",
        apply_default_css=False,
    )
    with gr.Row(elem_classes="choices"):
        seconds = gr.Radio(
            [(f"{n} s", n) for n in SECONDS], value=SECONDS[0], label=i18n("seconds"), elem_id="seconds", min_width=150
        )
        shapes = [("9:16", i18n("shape_tall")), ("16:9", i18n("shape_wide")), ("1:1", i18n("shape_square"))]
        shape = gr.Radio(
            [(word, value) for value, word in shapes], value="9:16", label=i18n("shape"), elem_id="shape", min_width=150
        )
    styles = [(i18n("style_prompt"), ""), *((i18n(f"style_{style}"), style.value) for style in Style)]
    style = gr.Radio(styles, value="", label=i18n("style"), elem_id="style")
    with gr.Row(elem_classes="seed-row"):
        seed = gr.Textbox(
            label=i18n("seed"), placeholder=i18n("seed_placeholder"), max_lines=1, elem_id="seed", min_width=120
        )
        dice = gr.Button(i18n("dice"), elem_id="dice", size="sm", min_width=44)
    dice.click(None, None, seed, js=ROLL, api_visibility="private")
    gr.HTML('<p class="notice" role="alert"></p>', js_on_load=None, elem_id="notice", apply_default_css=False)
    button = gr.Button(i18n("make"), variant="primary", elem_id="make")
    return [prompt, seconds, shape, style, seed], button
