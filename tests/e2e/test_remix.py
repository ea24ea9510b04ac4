"""Somebody remixes a clip in a browser: says what shall be different, sees it before and after, and makes it."""

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.hostile import ATTACK, unharmed
from tests.e2e.keyboard import tab_to, wait_until_at


@pytest.fixture(scope="module")
def maker(app) -> str:
    return app.join("maker_of_remixes")


@pytest.fixture(scope="module")
def post(app, maker) -> int:
    """A post that may be remixed: a dog on a beach."""
    clip = app.make(maker, "a black dog with a red hat runs on a beach at sunset")["clip"]["id"]
    return app.call("post/publish", maker, clip=clip, caption="A dog")["id"]


def open_remix(page, app, post: int):
    """From the feed's card of a post to the Remix tab with its clip."""
    page.goto(f"{app.url}/?p={post}")
    page.locator("article.post .act-remix").first.click()
    page.locator(".remix-work").wait_for()
    return page


def say(page, instruction: str) -> None:
    page.fill(".remix-work textarea", instruction)
    page.locator(".diff-row").first.wait_for()


def rows(page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".diff-values").all_inner_texts()]


def no_sideways_scroll(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_clip_of_the_feed_is_remixed_and_published(visit, app, post, screenshot):
    page = visit(app.join("remixer"))
    page.locator(".way[data-tab=remix]").click()
    page.get_by_text("Pick a clip in the feed, then Remix").wait_for()
    screenshot(page, "remix-empty")
    open_remix(page, app, post)
    say(page, "make it night, replace the dog by a cat and add a zorblax")
    assert rows(page) == ["sunset → night", "dog → cat", "black → nothing"]
    assert page.locator(".missed .chip").inner_text() == "zorblax"

    taken_back = page.locator(".diff-act").nth(2)
    taken_back.focus()
    page.keyboard.press("Enter")
    page.locator(".diff-row.undone").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Redo"
    page.locator(".remix-hand summary").click()
    assert "black" in page.locator(".remix-cards .board-shot").inner_text()  # the cat stays black
    screenshot(page, "remix-before-and-after")

    page.locator(".save.big").click()
    page.locator(".remix-stage .making").wait_for()
    page.locator(".remix-stage .result video").wait_for(timeout=120_000)
    shot = page.locator(".remix-stage .storyboard .shot").first.inner_text()
    assert "cat" in shot and "black" in shot and "night" in shot
    page.locator(".kin").nth(1).wait_for()  # the family has grown
    screenshot(page, "remix-made")
    page.locator(".remix-stage .save", has_text="Publish").click()
    page.locator(".dialog [type=submit]").click()
    card = page.locator("article.post", has=page.locator(".post-parent")).first
    assert "maker_of_remixes" in card.locator(".post-parent").inner_text()


def test_a_clip_is_trimmed_on_a_phone_in_french(visit, app, post, screenshot):
    page = visit(app.join("coupeuse"), viewport=PHONE, color_scheme="dark", locale="fr-FR")
    open_remix(page, app, post)
    say(page, "mets-le de nuit et ajoute de la pluie avec une écharpe très longue et beaucoup d'autres mots encore")
    assert "coucher du soleil → nuit" in rows(page) and no_sideways_scroll(page)
    screenshot(page, "remix-phone-dark-fr")
    for kind in ("extend", "join", "trim"):
        page.locator(f".kinds [data-kind={kind}]").click()
        page.locator(".save.big").wait_for()
        assert no_sideways_scroll(page)
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("End")  # the begin never passes the end: a second stays
    assert page.locator(".remix-panel [role=status]").inner_text() == "il reste 1 s"
    page.locator(".save.big").click()
    page.locator(".remix-stage .result video").wait_for(timeout=120_000)
    assert page.locator(".remix-stage .prompt-said").inner_text() == "De 0,0 à 1,0 s"
    screenshot(page, "remix-phone-trimmed")


def test_a_clip_that_is_not_offered_says_so(visit, app, maker, post):
    app.call("post/update", maker, id=post, allow_remix=False)
    try:
        page = visit(app.join("turned_away"))
        page.goto(f"{app.url}/?p={post}")
        page.locator("article.post .act-remix").first.focus()
        page.keyboard.press("Enter")  # it can be reached, and says why it does nothing
        page.get_by_text("Its author does not allow remixes").wait_for()
        assert page.locator("body[data-tab=feed]").count() == 1
    finally:
        app.call("post/update", maker, id=post, allow_remix=True)


def test_a_guest_is_asked_to_join(visit, app, post):
    page = visit()
    page.goto(f"{app.url}/?p={post}")
    page.locator("article.post .act-remix").first.click()
    page.locator(".dialog.join").wait_for()


def test_what_is_typed_is_text_and_nothing_more(visit, app, post, attack):
    page = visit(app.join("attacker_of_remix"))
    open_remix(page, app, post)
    attack(page, "remix_change.js", "What should be different?", text=f"{ATTACK} add rain, and he says: “{ATTACK}”")
    page.locator(".diff-row").first.wait_for()
    unharmed(page)
    page.locator(".kinds [data-kind=extend]").click()
    attack(page, "remix_cut.js", "What happens next?", text=f"the dog says: “{ATTACK}”")
    page.locator(".remix-next .line").wait_for()
    unharmed(page)


def test_from_the_feed_to_a_remix_by_keyboard(visit, app, post):
    page = visit(app.join("remixer_by_keys"))
    page.goto(f"{app.url}/?p={post}")
    page.locator("article.post video[src]").first.wait_for()
    tab_to(page, "article.post .act-remix")
    page.keyboard.press("Enter")
    page.locator(".remix-work").wait_for()
    wait_until_at(page, ".remix-head h2")
    tab_to(page, ".remix-work textarea")
    page.keyboard.type("make it night and replace the dog by a cat")
    page.locator(".diff-row").nth(2).wait_for()
    passed = tab_to(page, ".diff-row:nth-child(3) .diff-act")
    page.keyboard.press("Enter")
    page.locator(".diff-row.undone").wait_for()
    wait_until_at(page, ".diff-row:nth-child(3) .diff-act")
    assert len(passed) <= 4, "from the instruction straight to what it changes"
    tab_to(page, ".remix-hand summary")
    tab_to(page, ".remix-work .save")
    page.keyboard.press("Enter")
    page.locator(".remix-stage .making").wait_for()
    page.locator(".remix-stage .result video").wait_for(timeout=120_000)
    tab_to(page, ".remix-stage .save")
    page.keyboard.press("Enter")
    tab_to(page, "dialog [type=submit]")
    page.keyboard.press("Escape")
    wait_until_at(page, ".remix-stage .save")
    tab_to(page, ".remix-work .save", key="Shift+Tab")
