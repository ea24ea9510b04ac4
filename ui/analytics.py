"""The Analytics tab: real numbers as plots, for moderators; nothing about fewer than five people."""

import gradio as gr

from data import analytics, feed
from data.errors import DataError
from ui.area import area
from ui.calls import Asking, Call
from ui.csv_text import as_csv
from ui.plots import PLOTS_OF, plot_of
from ui.studio import Studio
from ui.telling_errors import error_told
from ui.web.session import caller_of
from ui.words import language_named, words

RANGES = (7, 30, 90, 365)  # days


class Analytics:
    """What scripts ask about numbers; the plots themselves are Gradio's."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "analytics/csv": self.csv,
            "analytics/weights": self.weights,
            "analytics/set_weights": self.set_weights,
        }

    def csv(self, asking: Asking) -> dict:
        """{"name", "csv"}: the numbers behind a plot."""
        plot, days = PLOTS_OF.get(asking.text("plot", longest=30)), _days(asking.number("days"))
        about = plot.about if plot else asking.text("plot")
        rows = analytics.numbers(self._database, asking.member(), about, days=days)
        return {"name": f"hibari-{about}-{days}-days.csv", "csv": as_csv(rows)}

    def weights(self, asking: Asking) -> dict:
        """{"weights"}: how For you is ranked."""
        return {"weights": feed.feed_weights(self._database, asking.member())}

    def set_weights(self, asking: Asking) -> dict:
        """{"weights"} after those that were sent have changed."""
        return {"weights": feed.set_feed_weights(self._database, asking.member(), asking.fields("weights"))}


def create_analytics_tab(studio: Studio) -> None:
    """The range and the plots; they are drawn when somebody who may see them asks."""
    i18n = studio.i18n

    def draw(days: int, language: str, request: gr.Request) -> list:
        caller, language = caller_of(studio, request), language_named(language)
        known = words(language)
        try:
            subjects = {plot.about for plot in PLOTS_OF.values()}
            rows = {
                about: analytics.numbers(studio.data.database, caller, about, days=_days(days)) for about in subjects
            }
        except DataError as error:
            raise gr.Error(error_told(error, language)["text"], print_exception=False) from None
        return [plot_of(name, rows[plot.about], known, language) for name, plot in PLOTS_OF.items()]

    area("analytics-head", "analytics.js")
    with gr.Column(elem_classes="analytics"):
        days = gr.Radio(
            [(i18n(f"range_{count}"), count) for count in RANGES],
            value=30,
            label=i18n("analytics_range"),
            elem_id="analytics-range",
        )
        language = gr.Textbox(visible=False)
        show = gr.Button(i18n("analytics_show"), elem_id="analytics-show", size="sm")
        plots = []
        with gr.Row(elem_classes="plots"):
            for name in PLOTS_OF:
                with gr.Column(elem_classes="plot", elem_id=f"plot-{name}", min_width=300):
                    plots.append(gr.Plot(show_label=False, container=False))
    asked = {"fn": draw, "inputs": [days, language], "outputs": plots, "api_visibility": "private"}
    reading = "(days) => [days, document.documentElement.lang]"
    show.click(**asked, js=reading)
    days.change(**asked, js=reading)
    area("analytics-weights", "weights.js")


def _days(asked: object) -> int:
    """How many days back, whatever was asked for."""
    return min(max(int(asked), 1), RANGES[-1]) if isinstance(asked, int | float) else 30
