"""The Create tab: a prompt and its settings on one side, the clip as it comes to be on the other."""

import base64
from collections.abc import Callable
from pathlib import Path

import gradio as gr

from pipelines.request import SHAPES, GenerationRequest, RequestError, make_request, new_seed
from pipelines.storyboard import Storyboard, Style
from ui.web.visitor import visitor_of
from ui.words import words_for_scripts
from ui.workshop import Generation, State, Workshop, WorkshopError

SECONDS = (5, 10, 15, 20)
RECENT = 12  # clips listed under the form
_STATIC = Path(__file__).with_name("static")


class CreateHandlers:
    """What the Create tab asks of the server. Each answers for the visitor whose cookie the request carries."""

    def __init__(self, workshop: Workshop, frame_scale: float) -> None:
        self._workshop, self._frame_scale = workshop, frame_scale

    def make(
        self, prompt: str, seconds: int, shape: str, style: str, seed: float | None, request: gr.Request
    ) -> tuple[dict, int]:
        """({"id"} or {"error"} for the stage, the seed that is used)."""
        used = new_seed() if seed is None else int(seed)
        try:
            asked = self._request(prompt, seconds, shape, style, used)
            return {"id": self._workshop.submit(visitor_of(request), asked).id}, used
        except (RequestError, WorkshopError) as error:
            return {"error": str(error)}, used

    def _request(self, prompt: str, seconds: int, shape: str, style: str, seed: int) -> GenerationRequest:
        width, height = (
            max(128, round(side * self._frame_scale / 2) * 2) for side in SHAPES.get(shape, SHAPES["9:16"])
        )
        return make_request(prompt=prompt, seconds=seconds, width=width, height=height, seed=seed, style=style or None)

    def understand(self, asked: dict, request: gr.Request) -> dict:
        """What the director reads from a prompt so far: {"understood", "missed"}."""
        from pipelines.director import direct

        try:
            checked = make_request(prompt=str(asked.get("prompt", "")))
        except RequestError:
            return {"understood": [], "missed": []}
        return coverage_of(direct(checked.prompt))

    def look(self, asked: dict, request: gr.Request) -> dict:
        """A generation of this visitor as it is now; {"state": "unknown"} for any other."""
        generation = self._workshop.look(visitor_of(request), str(asked.get("id", "")))
        return {"state": "unknown"} if generation is None else self._seen(generation)

    def cancel(self, asked: dict, request: gr.Request) -> dict:
        self._workshop.cancel(visitor_of(request), str(asked.get("id", "")))
        return self.look(asked, request)

    def mine(self, asked: dict, request: gr.Request) -> dict:
        """This visitor's generations, newest first, without what was cancelled."""
        kept = [g for g in self._workshop.of(visitor_of(request)) if g.state != State.CANCELLED]
        return {"generations": [self._seen(g) for g in kept[:RECENT]]}

    def _seen(self, generation: Generation) -> dict:
        request, preview = generation.request, self._workshop.preview(generation)
        seen = {
            "id": generation.id,
            "state": generation.state,
            "stage": generation.stage,
            "fraction": generation.fraction,
            "seconds_left": generation.seconds_left,
            "place": self._workshop.place(generation) if generation.state == State.QUEUED else 0,
            "error": generation.error,
            "prompt": request.prompt,
            "seed": request.seed,
            "width": request.width,
            "height": request.height,
            "took": generation.took,
            "preview": "data:image/jpeg;base64," + base64.b64encode(preview).decode() if preview else None,
        }
        if generation.storyboard:
            seen["storyboard"] = generation.storyboard.model_dump(mode="json", exclude={"coverage"})
            seen |= coverage_of(generation.storyboard)
        return seen


def coverage_of(storyboard: Storyboard) -> dict:
    """{"understood": [{"phrase", "concept"}], "missed": [phrase]} of a storyboard."""
    understood = [
        {"phrase": part.phrase, "concept": part.field.rpartition("=")[2] or part.field}
        for part in storyboard.coverage.understood
    ]
    return {"understood": understood, "missed": list(storyboard.coverage.missed)}


def _served(method: Callable[[dict, gr.Request], dict]) -> Callable[[dict, gr.Request], dict]:
    """The method as a plain function, as Gradio wants what scripts call."""

    def function(asked: dict, request: gr.Request) -> dict:
        return method(asked, request)

    function.__name__ = method.__name__
    return function


def create_create_tab(workshop: Workshop, i18n: gr.I18n, frame_scale: float) -> None:
    """The form, the stage and their wiring."""
    handlers = CreateHandlers(workshop, frame_scale)
    script = (_STATIC / "create.js").read_text(encoding="utf-8").replace("/*WORDS*/{}", words_for_scripts())
    with gr.Row(elem_classes="create", equal_height=False):
        with gr.Column(scale=4, min_width=300, elem_classes="create-form"):
            prompt = gr.Textbox(
                label=i18n("prompt"),
                placeholder=i18n("prompt_placeholder"),
                lines=4,
                max_lines=12,
                elem_id="prompt",
                max_length=2000,
                autofocus=True,
            )
            gr.HTML(
                html_template='<div class="coverage" aria-live="polite"></div><div class="examples"></div>',
                js_on_load=script + "\ncoverage(element, server);",
                server_functions=[_served(handlers.understand)],
                elem_id="coverage",
            )
            seconds = gr.Radio([(f"{n} s", n) for n in SECONDS], value=5, label=i18n("seconds"), elem_id="seconds")
            shape = gr.Radio(
                [(i18n("shape_tall"), "9:16"), (i18n("shape_wide"), "16:9"), (i18n("shape_square"), "1:1")],
                value="9:16",
                label=i18n("shape"),
                elem_id="shape",
            )
            style = gr.Radio(
                [(i18n("style_prompt"), ""), *((i18n(f"style_{s}"), s.value) for s in Style)],
                value="",
                label=i18n("style"),
                elem_id="style",
            )
            seed = gr.Number(
                label=i18n("seed"),
                info=i18n("seed_info"),
                precision=0,
                minimum=0,
                maximum=2**31 - 1,
                value=None,
                elem_id="seed",
            )
            button = gr.Button(i18n("make"), variant="primary", elem_id="make")
        with gr.Column(scale=6, min_width=300, elem_classes="create-stage"):
            stage = gr.HTML(
                value=None,
                html_template='<section class="stage" data-ticket="${JSON.stringify(value) ? 1 : 0}"></section>',
                js_on_load=script + "\nstage(element, server, watch, props);",
                server_functions=[_served(f) for f in (handlers.look, handlers.cancel, handlers.mine)],
                elem_id="stage",
            )
    used = gr.Number(visible=False)
    button.click(
        handlers.make,
        [prompt, seconds, shape, style, seed],
        [stage, used],
        api_name="make",
        concurrency_limit=8,
        show_progress="hidden",
    )
