"""Analytics: a busy month as plots whose axes say what they count, in both languages, with nothing personal in them."""

import csv
import io
import re

import pytest

from tests.bench.busy_weeks import live_busily
from tests.data.world import World
from ui.plots import PLOTS_OF, plot_of
from ui.web.page import STATIC
from ui.words import LANGUAGES, words


@pytest.fixture
def busy(world: World) -> World:
    """A place where sixty people were active for six weeks."""
    world.people()
    live_busily(world.owner)
    return world


def test_every_plot_of_a_busy_place_shows_something_with_units_in_both_languages(busy: World):
    for name, plot in PLOTS_OF.items():
        rows = busy.moderator.call("numbers", about=plot.about, days=30)
        for language in LANGUAGES:
            figure = plot_of(name, rows, words(language), language)
            machines = words(language)["series_failed"]  # what fails are machines, of which few are told
            drawn = [value for trace in figure.data if trace.name != machines for value in [*trace.x, *trace.y]]
            assert figure.data and not figure.layout.annotations, name
            unit = figure.layout.xaxis if plot.kind == "lying" else figure.layout.yaxis
            assert unit.title.text == words(language)[f"unit_{plot.unit}"]
            assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
            labels = [trace.name for trace in figure.data]
            assert len(set(labels)) == len(labels) and not any("_" in label for label in labels if "." not in label)
            counts = [value for value in drawn if isinstance(value, int | float)]
            if plot.unit in ("count", "people", "cases", "appeals"):
                assert not any(0 < value < 5 for value in counts), f"{name} tells of fewer than five people"


def test_an_empty_place_says_so(world: World):
    world.people()
    for name, plot in PLOTS_OF.items():
        rows = world.moderator.call("numbers", about=plot.about)
        figure = plot_of(name, rows, words("fr"), "fr")
        assert [note.text for note in figure.layout.annotations] == [words("fr")["plot_nothing"]], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plot_and_weight_is_named(world: World, language):
    world.people()
    weights = world.moderator.call("feed_weights")
    needed = [f"{kind}_{name}" for name in PLOTS_OF for kind in ("plot", "about")] + [
        f"weight_{name}" for name in weights
    ]
    assert [key for key in needed if key not in words(language)] == []


def test_the_numbers_behind_a_plot_are_saved_as_csv(call, busy: World):
    saved = call("analytics/csv", busy.moderator, plot="creation_rate", days=7)
    rows = list(csv.DictReader(io.StringIO(saved["csv"])))
    assert (
        saved["name"] == "hibari-creation-7-days.csv" and len(rows) == 7 and {"day", "active", "rate"} <= rows[0].keys()
    )


def test_a_moderator_changes_how_the_feed_is_ranked_and_the_log_tells(call, world: World):
    world.people()
    before = call("analytics/weights", world.moderator)["weights"]
    after = call("analytics/set_weights", world.moderator, weights={"fresh": 2})["weights"]
    assert after == before | {"fresh": 2}
    assert call("moderation/audit", world.moderator)["entries"][0]["action"] == "feed.weights"


def test_plots_take_their_ink_from_the_page():
    sheet = (STATIC / "analytics.css").read_text()
    assert re.search(r"\.plot text \{ fill: var\(--ink-2\)", sheet)
