"""A hub model behind the same button: chosen, pressed, watched, published. Its weights are tiny and random; its classes
and every step between the button and the feed are the real ones."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.pipelines.engines.tiny_catalog import NAME, tiny_settings
from tests.ui.running import RunningApp, new_folder, start_app, stop_app


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """An app whose catalog has the tiny model."""
    folder = new_folder()
    running = start_app(folder, **tiny_settings(folder / "weights"))
    yield replace(running, keeper=running.join("keeper"))
    stop_app(running)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_model_is_chosen_makes_a_clip_with_sound_and_is_named_in_the_feed(visit, app):
    maker = app.join("modeller")
    page = visit(maker, tab="create")
    page.locator("#engine .engine-pick").click()
    card = page.locator("dialog .engine", has_text="Tiny LTX")
    card.get_by_role("button").click()
    assert "Tiny LTX" in page.locator("#engine .engine-pick").inner_text()
    page.fill("#prompt textarea", "a small dog on a beach")
    page.click("#make")
    page.locator(".result video").wait_for(timeout=240_000)
    assert page.evaluate("document.querySelector('.result video').duration") == pytest.approx(5, abs=0.2)

    made = app.call("create/mine", maker)["generations"][0]
    assert (made["engine"], made["state"]) == (NAME, "done")
    post = app.call("post/publish", maker, clip=made["clip"]["id"], caption="Noise, beautifully", visibility="public")
    page.goto(f"{app.url}/?p={post['id']}")
    shown = page.locator(".post-caption", has_text="Noise, beautifully").first
    shown.wait_for()
