"""Somebody makes a clip in a browser: types, sees what is understood, watches it being made, plays and keeps it."""

import io
import re
from pathlib import Path

import av
import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.creating import (
    LONG,
    PROMPT,
    cancel,
    fill,
    press_make,
    screen,
    seed_used,
    violations,
    wait_for_clip,
)

MAKING = """() => {
    const at = (part) => document.querySelector(".making " + part), bar = at("[role=progressbar]");
    const done = Number(bar.getAttribute("aria-valuenow")), stage = at(".stage-name").innerText;
    return { bar: bar.getAttribute("aria-label"), done, stage, shot: at(".shot").innerText };
}"""


def test_a_prompt_becomes_a_clip_that_plays_with_its_sound(create):
    page = create()
    screen(page, "empty")
    fill(page, PROMPT + " and a zorblax")
    page.locator(".coverage .understood .chip", has_text="meadow").wait_for()
    assert "zorblax" in page.locator(".coverage .missed").inner_text()
    assert page.locator(".examples").is_hidden()
    press_make(page)

    page.locator(".making .preview:not([hidden])").wait_for()
    making = page.evaluate(MAKING)  # all at once: on a quick machine the clip is there in a moment
    assert making["bar"] == "Progress of your clip" and 0 <= making["done"] <= 100
    assert making["stage"] in ("Setting the scene", "Drawing the frames", "Mixing the sound")
    assert "meadow" in making["shot"]  # the storyboard is there before the clip
    screen(page, "making")

    wait_for_clip(page)
    page.evaluate("document.querySelector('.result video').play()")
    page.wait_for_function("document.querySelector('.result video').currentTime > 0.5")
    assert page.evaluate("document.querySelector('.result video').duration") == pytest.approx(5, abs=0.1)
    assert page.evaluate("document.querySelector('.result video').webkitAudioDecodedByteCount") > 0
    card = page.locator(".result .shot").inner_text()
    assert "sunset" in card and "flower" in card
    assert "zorblax" in page.locator(".result .missed").inner_text()
    page.locator(".result .json summary").click()
    assert '"place": "meadow"' in page.locator(".result .json pre").inner_text()
    screen(page, "result")

    with page.expect_download() as saved:
        page.locator(".result .download").click()
    assert re.fullmatch(r"hibari-\d+\.mp4", saved.value.suggested_filename)
    with av.open(io.BytesIO(Path(saved.value.path()).read_bytes())) as clip:
        assert {stream.type for stream in clip.streams} == {"video", "audio"}


def test_the_seed_of_a_clip_can_be_used_again(create):
    page = create()
    assert page.input_value("#seed input, #seed textarea") == ""  # empty: a new one each time
    fill(page)
    press_make(page)
    wait_for_clip(page)
    seed = seed_used(page)
    page.fill("#prompt textarea", "")
    page.get_by_role("button", name="Use this seed").click()
    assert page.input_value("#seed input, #seed textarea") == seed
    assert page.input_value("#prompt textarea") == PROMPT
    page.locator("#prompt textarea").press("Control+Enter")
    page.locator(".making").wait_for()
    wait_for_clip(page)
    assert seed_used(page) == seed


def test_the_dice_rolls_a_seed(create):
    page = create()
    rolled = set()
    for _ in range(2):
        before = page.input_value("#seed input, #seed textarea")
        page.click("#dice")
        page.wait_for_function(
            "before => document.querySelector('#seed input, #seed textarea').value !== before", arg=before
        )
        rolled.add(page.input_value("#seed input, #seed textarea"))
    assert len(rolled) == 2 and all(seed.isdigit() for seed in rolled)


def test_a_double_click_makes_one_clip(create, app):
    page = create()
    fill(page, **LONG)
    page.dblclick("#make")
    page.locator(".making .preview:not([hidden])").wait_for()
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    mine = app.call("create/mine", f"hibari_session={cookies['hibari_session']}")
    assert len(mine["generations"]) == 1
    assert page.locator("#notice .notice").inner_text() == ""
    cancel(page)


def test_another_prompt_while_one_is_made_is_told_so(create):
    page = create()
    fill(page, **LONG)
    press_make(page)
    page.locator(".making").wait_for()
    page.fill("#prompt textarea", "a dog")
    press_make(page)
    page.locator("#notice .notice", has_text="still being made").wait_for()
    assert page.locator(".making").is_visible()  # the first one goes on
    cancel(page)


def test_a_closed_tab_does_not_lose_the_clip(create, visit):
    page = create()
    fill(page)
    press_make(page)
    page.locator(".making").wait_for()
    page.close()
    back = visit(tab="create", again=page.context)
    wait_for_clip(back)
    back.locator("#shelf .thumb").click()
    assert back.locator(".result .prompt-said").inner_text() == PROMPT
    back.get_by_role("button", name="Inbox").click()  # and a note waits there
    back.get_by_role("button", name="Your clip is ready.").click()
    back.locator("body[data-tab=create] .result").wait_for()


@pytest.mark.parametrize(
    ("prompt", "seed", "sentence"),
    [("", "", "The prompt is empty"), (PROMPT, "seven", "A seed is a whole number"), ("dog " * 2500, "", "10,000")],
)
def test_what_cannot_be_made_is_said_in_one_sentence_beside_the_form(create, prompt, seed, sentence):
    page = create()
    fill(page, prompt)
    page.fill("#seed input, #seed textarea", seed)
    for _ in range(2):  # the same mistake twice is told twice
        press_make(page)
        page.locator("#notice .notice", has_text=sentence).wait_for()
        page.fill("#prompt textarea", "a dog")
        page.locator("#notice .notice", has_text=sentence).wait_for(state="hidden")
        page.fill("#prompt textarea", prompt)
    assert page.locator(".making").count() == 0


def test_what_people_type_is_never_markup(create):
    page = create()
    hostile = (
        'a dog <img src=x onerror="window.hit=1"> ${window.hit=2} {{value}} `'
        ' \\x3cimg src\\x3dx onerror\\x3dwindow.hit\\x3d3\\x3e says: "<b>${window.hit=4}</b>"'
    )
    fill(page, hostile)
    page.locator(".coverage .chip").first.wait_for()
    press_make(page)
    page.locator(".making .shot").wait_for()
    assert page.locator(".making .prompt-said").inner_text() == hostile
    page.wait_for_timeout(300)  # what hides in it would have run by then
    assert page.evaluate("window.hit") is None
    cancel(page)


def test_a_french_browser_reads_french(create):
    page = create(locale="fr-FR")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("#make").inner_text() == "Créer le clip"
    press_make(page)
    page.locator("#notice .notice", has_text="Le texte est vide").wait_for()
    page.locator(".example").first.click()
    page.locator(".coverage .understood .chip", has_text="chiot").wait_for()
    screen(page, "french")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_everything_fits_and_the_button_can_be_reached(create, scheme):
    page = create(viewport=PHONE, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("#make").scroll_into_view_if_needed()
    screen(page, f"phone-{scheme}")
    cut = page.evaluate(
        "[...document.querySelectorAll('.create-form label span, .create-form button')]"
        ".filter(part => part.getBoundingClientRect().right > innerWidth).map(part => part.textContent)"
    )
    assert cut == []


def test_nothing_bars_the_way_for_readers_and_keyboards(create):
    page = create()
    page.fill("#prompt textarea", "a dog and a zorblax")
    page.locator(".coverage .missed").wait_for()
    assert violations(page) == []
    press_make(page)
    page.locator(".making .shot").wait_for()
    assert violations(page) == []
    wait_for_clip(page)
    page.locator("#shelf .thumb").wait_for()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.reload()
    wait_for_clip(page)
    page.fill("#prompt textarea", "a dog and a zorblax")
    page.locator(".coverage .missed").wait_for()
    screen(page, "result-dark")
    assert violations(page) == []


def test_the_keyboard_goes_through_the_form_in_its_order(create):
    page = create()
    page.focus("#prompt textarea")
    page.keyboard.type("a dog")
    page.locator(".coverage .chip").wait_for()
    order = ["coverage", "seconds", "shape", "style", "seed", "dice", "variants", "engine", "make"]
    passed = []
    for _ in range(12):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(f"document.activeElement.closest('{', '.join('#' + part for part in order)}')?.id"))
        if passed[-1] == "make":
            break
    assert passed == order
    page.focus("#seconds input")
    for chosen in ("10 s", "15 s"):
        page.keyboard.press("ArrowRight")
        page.locator("#seconds label.selected", has_text=chosen).wait_for()
    page.keyboard.press("Shift+Tab")
    page.locator("#prompt textarea").press("Control+Enter")
    page.locator(".making .shot .seconds", has_text="15 s").wait_for()
    cancel(page)


def test_who_asks_for_less_motion_gets_none(create):
    page = create(reduced_motion="reduce")
    durations = page.evaluate(
        "[...document.querySelectorAll('#make, .example, .quiet, .create-form label')]"
        ".map(part => getComputedStyle(part).transitionDuration)"
    )
    assert set(durations) == {"0s"}
