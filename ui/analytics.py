"""The Analytics tab: real numbers as plots, for moderators; nothing about fewer than five people."""

import gradio as gr

from data import analytics
from data.errors import DataError
from ui.calls import Asking, Call
from ui.moderation import as_csv
from ui.plots import PLOTS, plot_of
from ui.studio import Studio
from ui.web.session import caller_of
from ui.words import LANGUAGES, words

RANGES = (7, 30, 90, 365)  # days


class Analytics:
    """What scripts ask about numbers; the plots themselves are Gradio's."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {"analytics/csv": self.csv}

    def csv(self, asking: Asking) -> dict:
        """{"name", "csv"}: the numbers behind a plot."""
        about, days = asking.text("about", longest=30), min(asking.number("days") or 30, RANGES[-1])
        rows = analytics.numbers(self._database, asking.member(), about, days=days)
        return {"name": f"hibari-{about}.csv", "csv": as_csv(rows)}


def create_analytics_tab(studio: Studio) -> None:
    """The range and the plots; they are drawn when somebody who may see them asks."""
    i18n = studio.i18n

    def draw(days: int, language: str, request: gr.Request) -> list:
        caller = caller_of(studio, request)
        known = words(language if language in LANGUAGES else "en")
        figures = []
        for about in PLOTS:
            try:
                rows = analytics.numbers(studio.data.database, caller, about, days=int(days))
            except DataError as error:
                raise gr.Error(str(error)) from None
            figures.append(plot_of(about, rows, known))
        return figures

    with gr.Column(elem_classes="analytics"):
        with gr.Row(elem_classes="choices"):
            days = gr.Radio(
                [(i18n(f"range_{count}"), count) for count in RANGES],
                value=30,
                label=i18n("analytics_range"),
                elem_id="analytics-range",
            )
            show = gr.Button(i18n("analytics_show"), elem_id="analytics-show", variant="primary")
        language = gr.Textbox(visible=False)
        plots = []
        for start in range(0, len(PLOTS), 2):
            with gr.Row():
                for about in PLOTS[start : start + 2]:
                    plots.append(gr.Plot(show_label=False, elem_id=f"plot-{about}"))
        gr.HTML(
            html_template='<div class="area"></div>',
            js_on_load='import(new URL("./app/analytics.js", document.baseURI)).then((m) => m.start(element));',
            apply_default_css=False,
        )
    asked = {"fn": draw, "inputs": [days, language], "outputs": plots, "api_visibility": "private"}
    reading = "(days) => [days, document.documentElement.lang]"
    show.click(**asked, js=reading)
    days.change(**asked, js=reading)
