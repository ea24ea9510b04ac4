"""Analytics in a real browser: a busy month as plots, light and dark, their numbers as CSV, and nothing for others."""

import psycopg
import pytest

from data.postgres import EmbeddedPostgres
from tests.bench.busy_weeks import live_busily
from tests.e2e.conftest import PHONE
from ui.plots import PLOTS_OF


@pytest.fixture(scope="module")
def busy(app) -> None:
    """Six weeks of sixty people, written into the running app's database."""
    with psycopg.connect(EmbeddedPostgres(app.folder / "postgres").address(), autocommit=True) as owner:
        live_busily(owner)


def plotted(page) -> None:
    """Waits until every plot is drawn."""
    page.wait_for_function(f"document.querySelectorAll('.plot .main-svg .xtick').length >= {len(PLOTS_OF)}")


def test_a_moderator_reads_the_plots_and_saves_their_numbers(visit, app, busy, screenshot):
    page = visit(app.keeper, "analytics")
    plotted(page)
    assert page.locator(".plot h3").count() == len(PLOTS_OF)
    assert page.locator("#plot-engines .ytitle").text_content() == "seconds"
    screenshot(page, "analytics")
    page.get_by_label("7 days").check()
    with page.expect_download() as saved:
        page.locator("#plot-refusals .plot-save").click()
    assert saved.value.suggested_filename == "hibari-refusals-7-days.csv"
    assert set(saved.value.path().read_text().splitlines()[0].split(",")) == {
        "week",
        "stage",
        "rule",
        "verdict",
        "count",
    }
    page.get_by_role("heading", name="How For you is ranked").click()
    page.get_by_label("Value of a remix").fill("7")
    page.get_by_role("button", name="Save").last.click()
    page.locator(".toast").first.wait_for()
    assert app.call("analytics/weights", app.keeper)["weights"]["remix_value"] == 7
    app.call("analytics/set_weights", app.keeper, weights={"remix_value": 6})


def test_plots_suit_a_dark_french_phone(visit, app, busy, screenshot):
    page = visit(app.keeper, "analytics", viewport=PHONE, color_scheme="dark", locale="fr-FR")
    plotted(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("heading", name="Attente et fabrication").wait_for()
    ink, paper = page.evaluate(
        """() => [getComputedStyle(document.querySelector('.plot .xtitle')).fill,
            getComputedStyle(document.querySelector('.plot .main-svg')).backgroundColor]"""
    )
    assert ink == "rgb(188, 179, 202)" and paper in ("rgba(0, 0, 0, 0)", "transparent")
    screenshot(page, "analytics-phone-dark-fr")


def test_a_member_sees_no_plot_and_no_way_to_them(visit, app, busy):
    page = visit(app.join("curious_of_numbers"), "analytics")
    page.wait_for_timeout(800)
    assert page.locator(".plot h3").count() == 0 and page.locator(".plot .main-svg").count() == 0
    assert page.locator(".way[data-tab=analytics]").count() == 0
