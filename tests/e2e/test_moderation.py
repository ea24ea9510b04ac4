"""Moderation in a real browser: from a report to an appeal that is heard, a ban by two, a claim, a policy."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import PHONE


@pytest.fixture(scope="module")
def second(app) -> str:
    """The cookie of a second moderator."""
    cookie = app.join("second_mod")
    app.call("moderation/role", app.keeper, handle="second_mod", role="moderator")
    return cookie


@pytest.fixture(scope="module")
def author(app) -> str:
    return app.join("author_mod")


@pytest.fixture(scope="module")
def reporter(app) -> str:
    return app.join("reporter_mod")


@pytest.fixture(scope="module")
def clip(app, author) -> str:
    """One clip, published again for each story that takes its post down."""
    return app.make(author, "a lighthouse by the sea at night")["clip"]["id"]


@pytest.fixture
def post(app, author, clip) -> Iterator[int]:
    """A fresh post, which its author takes down in the end."""
    made = app.call("post/publish", author, clip=clip, caption="A light in the night")["id"]
    yield made
    app.ask("/calls/post/remove", {"id": made}, author)


def decide(page, case: int, decision: str, reason: str, label: str = "") -> None:
    """Opens a case from the list and decides it, as a moderator does."""
    page.locator(".case-row", has_text=f"#{case} ").click()
    page.get_by_role("heading", name=f"#{case} ").wait_for()
    page.get_by_label("Decision").select_option(decision)
    if label:
        page.locator(".decide select").nth(1).select_option(label)
    page.get_by_label("Reason, which its author reads").fill(reason)
    page.get_by_role("button", name="Decide").click()
    page.locator(".toast").first.wait_for()


def test_from_a_report_to_an_appeal_that_another_moderator_hears(
    visit, app, author, reporter, second, post, screenshot
):
    reading = visit(reporter)
    reading.goto(f"{app.url}/?p={post}")
    reading.locator("article.post .act-more").first.click()
    reading.get_by_role("button", name="Report", exact=True).click()
    reading.get_by_label("What is wrong?").select_option("deception")
    reading.get_by_label("Anything that helps").fill("No lighthouse stands there")
    reading.locator("dialog [type=submit]").click()
    reading.get_by_text("Thank you. A moderator will look at it.").wait_for()
    case = max(one["id"] for one in app.call("moderation/cases", app.keeper)["cases"])

    first = visit(app.keeper, "moderation")
    screenshot(first, "moderation-cases")
    first.locator(".case-row", has_text=f"#{case} ").click()
    first.get_by_text("No lighthouse stands there").wait_for()
    first.locator(".case-board > summary").click()
    first.locator(".case-board .shot").first.wait_for()
    assert first.locator(".case-view video").get_attribute("src").startswith("/media/")
    assert not first.get_by_text("Label", exact=True).is_visible(), "only what a decision needs is asked"
    screenshot(first, "moderation-case")
    first.get_by_role("button", name="Back").click()
    decide(first, case, "remove", "It looks like real news.")

    told = visit(author, "inbox")
    told.get_by_text("A moderator decided about something of yours").first.click()
    told.get_by_text("It looks like real news.").wait_for()
    told.locator(".standing").wait_for()
    screenshot(told, "inbox-decision")
    told.get_by_role("button", name="Appeal").first.click()
    told.get_by_label("Why was the decision wrong?").fill("It is a painting of mine.")
    told.locator("dialog [type=submit]").click()
    told.get_by_text("Your appeal waits for a moderator.").first.wait_for()
    answer, _ = app.ask("/calls/post/get", {"id": post}, reporter)
    assert answer["error"]["kind"] == "not_found"

    first.reload()
    first.locator(".case-row", has_text=f"#{case} ").click()
    first.get_by_text("another moderator answers the appeal").wait_for()
    other = visit(second, "moderation")
    decide(other, case, "keep", "A painting indeed.")
    assert app.call("post/get", reporter, id=post)["post"]["caption"] == "A light in the night"
    told.reload()
    told.get_by_role("button", name="Decisions").click()
    told.get_by_text("A painting indeed.").wait_for()
    assert told.locator(".standing").count() == 0


def test_a_label_stands_on_the_card_and_covers_what_is_sensitive(visit, app, author, reporter, post, screenshot):
    case = app.call("post/report", reporter, kind="post", target=str(post), reason="violence")["case"]
    page = visit(app.keeper, "moderation")
    decide(page, case, "label", "Waves that frighten.", label="sensitive")
    reading = visit(reporter)
    reading.goto(f"{app.url}/?p={post}")
    reading.locator("article.post .post-label", has_text="sensitive").first.wait_for()
    screenshot(reading, "feed-labelled")
    reading.get_by_role("button", name="Show anyway").click()
    reading.locator(".post-frame.covered").first.wait_for(state="detached")


def test_a_ban_takes_two_moderators(visit, app, second, reporter):
    troll = app.join("troll_mod")
    comment_on = app.call("post/publish", troll, clip=app.make(troll, "a small boat")["clip"]["id"])["id"]
    case = app.call("post/report", reporter, kind="post", target=str(comment_on), reason="hate")["case"]
    page = visit(app.keeper, "moderation")
    decide(page, case, "ban", "Hateful again and again.")
    page.get_by_text("Another moderator confirms it").wait_for()
    page.locator(".case-row", has_text=f"#{case} ").get_by_text("a ban is proposed").wait_for()
    decide(visit(second, "moderation"), case, "ban", "I agree.")
    banned = visit(troll, "inbox", locale="fr-FR")
    banned.get_by_role("button", name="Décisions").click()
    banned.get_by_text("Deux personnes ont fermé votre compte").wait_for()
    answer, _ = app.ask("/calls/create/make", {"prompt": "a dog", "language": "fr"}, troll)
    assert answer["error"]["text"] == "Votre compte a été fermé par deux personnes de la modération."


def test_a_rights_claim_is_answered_and_decided(visit, app, author, reporter, second, post):
    claimant = visit(reporter)
    claimant.goto(f"{app.url}/?p={post}")
    claimant.locator("article.post .act-more").first.click()
    claimant.get_by_role("button", name="Report", exact=True).click()
    claimant.get_by_label("What is wrong?").select_option("rights")
    claimant.locator("dialog [type=submit]").click()
    claimant.get_by_label("Which work or brand is yours?").fill("The Lighthouse, a photograph")
    claimant.get_by_label("Why is it yours").fill("I took it in 2019.")
    claimant.get_by_label("Signed").fill("Rita Porter")
    claimant.locator("dialog [type=submit]").click()
    claimant.locator("dialog").wait_for(state="detached")
    case = app.call("rights/mine", reporter)["claims"][0]["case"]

    page = visit(app.keeper, "moderation")
    page.locator(".case-row", has_text=f"#{case} ").click()
    page.get_by_text("Rita Porter").wait_for()
    page.get_by_role("button", name="Back").click()
    decide(page, case, "remove", "The photograph is hers.")
    mine = visit(author, "inbox")
    mine.get_by_role("button", name="Decisions").click()
    mine.get_by_role("button", name="Object to the claim").click()
    mine.get_by_label("Why may you show it?").fill("I was there as well.")
    mine.locator("dialog [type=submit]").click()
    mine.locator("dialog").wait_for(state="detached")
    hers = visit(reporter, "inbox")
    hers.get_by_role("button", name="Decisions").click()
    hers.get_by_text("I was there as well.").wait_for()
    hers.get_by_role("button", name="Give it up").click()
    hers.get_by_text("The claim was given up.").wait_for()
    decide(visit(second, "moderation"), case, "keep", "She gave in.")
    assert app.call("post/get", reporter, id=post)["post"]["id"] == post


def test_a_policy_is_tried_measured_published_and_rolled_back(visit, app, author, screenshot):
    page = visit(app.keeper, "moderation")
    page.get_by_role("button", name="Policy", exact=True).click()
    page.get_by_label("Amendments to the shipped policy").fill(
        '{"terms": [{"signal": "gore", "english": ["glimmerquake"], "french": ["scintilloquake"]}]}'
    )
    page.get_by_label("Text", exact=True).fill("a glimmerquake at noon")
    page.get_by_role("button", name="Try", exact=True).click()
    page.locator(".ruling-allow", has_text="Live policy").wait_for()
    page.locator(".ruling-refuse", has_text="Draft").wait_for()
    page.get_by_role("button", name="Keep as example").click()
    page.get_by_label("Area").select_option("violence")
    page.locator("dialog [type=submit]").click()
    page.locator("summary", has_text="Saved examples").click()
    page.locator("li", has_text="a glimmerquake at noon → refuse").wait_for()
    page.get_by_role("button", name="Try", exact=True).click()
    page.locator(".ruling-refuse", has_text="Draft").wait_for()  # the draft that was being written is still there

    page.get_by_label("Amendments to the shipped policy").fill("{ nonsense")
    page.get_by_role("button", name="Measure both").click()
    page.get_by_text("no valid JSON").wait_for()
    page.get_by_label("Amendments to the shipped policy").fill(
        '{"terms": [{"signal": "gore", "english": ["glimmerquake"], "french": ["scintilloquake"]}]}'
    )
    page.get_by_role("button", name="Measure both").click()
    page.locator(".matrix").nth(1).wait_for()
    screenshot(page, "moderation-policy")
    page.get_by_label("What changes, and why").fill("Glimmer is gore here")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator("dialog").get_by_role("button", name="Publish", exact=True).click()
    page.locator(".version-live", has_text="Glimmer is gore here").wait_for()
    page.get_by_role("button", name="Roll back").click()
    page.get_by_label("Why is it rolled back?").fill("It was a joke.")
    page.locator("dialog [type=submit]").click()
    page.locator(".version-retired", has_text="Glimmer is gore here").wait_for()
    assert app.call("policy/all", app.keeper)["live"]["number"] is None


def test_registry_log_and_numbers_on_a_french_phone_in_the_dark(visit, app, screenshot):
    page = visit(app.keeper, "moderation", viewport=PHONE, color_scheme="dark", locale="fr-FR")
    page.get_by_role("button", name="Droits", exact=True).click()
    page.get_by_role("button", name="Nouvelle entrée").click()
    page.get_by_label("Identifiant").fill("golden_duck")
    page.get_by_label("Nom", exact=True).fill("Le canard doré")
    page.get_by_role("textbox", name="Titulaire", exact=True).fill("Maison Canard")
    page.locator("dialog [type=submit]").click()
    page.get_by_text("Le canard doré").wait_for()
    page.get_by_role("button", name="Journal", exact=True).click()
    page.get_by_text("La chaîne du journal est intacte.").wait_for()
    page.get_by_text("@keeper").first.wait_for()
    for kind, shown in (
        ("Journal", "log-state"),
        ("Chiffres", "numbers"),
        ("Règles", "policy"),
        ("Dossiers", "lead"),
    ):
        page.get_by_role("button", name=kind, exact=True).click()
        page.locator(f".moderation-view .{shown}").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        screenshot(page, f"moderation-phone-{kind.lower()}")


def test_everybody_may_read_how_the_place_is_moderated(visit, screenshot):
    page = visit("", "help")
    page.get_by_role("button", name="How this place is moderated").click()
    page.get_by_text("Everybody may read this.").wait_for()
    page.get_by_role("heading", name="Reports by reason").wait_for()
    screenshot(page, "numbers-guest")
    page.get_by_role("button", name="Back").click()
    page.get_by_text("Keys in the feed").wait_for()
    assert page.locator(".way[data-tab=moderation]").count() == 0
