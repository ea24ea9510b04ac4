"""Hostile people: what they type is text wherever it is shown, in every field there is."""

import json
from pathlib import Path

from tests.e2e.conftest import DESKTOP
from tests.e2e.hostile import ATTACK, BRIEF, ESCAPED, EVALUATED, FIELDS, MARKUP, drawn_by, unharmed

UI = Path(__file__).parents[2] / "ui"


def test_the_table_names_every_field_that_the_page_draws():
    named = [field.script for field in FIELDS]
    for script in sorted((UI / "static").glob("*.js")):
        drawn = drawn_by(script.read_text(encoding="utf-8"))
        assert named.count(script.name) == drawn, f"{script.name} draws {drawn} fields for text"
    drawn = (UI / "create.py").read_text(encoding="utf-8").count("gr.Textbox(")
    assert named.count("create.py") == drawn
    assert len(set(FIELDS)) == len(FIELDS)


def test_a_handle_is_letters_and_nothing_else(app):
    for handle in (EVALUATED, ESCAPED, MARKUP):
        answer, cookie = app.ask("/account/join", {"handle": handle[:60]}, address="127.0.1.1")
        assert answer["error"]["kind"] == "invalid"


# ---- what others read


def test_another_member_sees_text_and_nothing_runs(visit, app, hostile, reader):
    page = visit(reader)
    page.goto(f"{app.url}/?p={hostile['post']}")
    page.locator("article.post .post-caption").first.wait_for()
    assert page.locator(".post-caption").first.inner_text() == ATTACK
    unharmed(page, EVALUATED)
    page.locator("article.post .act-comment").first.click()
    page.locator(".comment-text").first.wait_for()
    unharmed(page)


def test_profile_inbox_and_own_feeds_show_text(visit, app, hostile, reader):
    page = visit(reader, "inbox")
    unharmed(page, MARKUP)
    page.get_by_role("button", name="Messages").click()
    page.locator(".news-item").first.click()
    page.locator(".bubble").first.wait_for()
    unharmed(page, EVALUATED)
    page.locator(".chat-head .person-link").click()
    page.locator(".me-bio").wait_for()
    assert page.locator(".me-bio").inner_text() == ATTACK
    page.locator(".way[data-tab=feed]").click()
    page.locator(".stream", has_text=EVALUATED[:10]).wait_for()
    unharmed(page)


def test_moderators_see_text(visit, app, hostile):
    page = visit(app.keeper, "moderation", viewport=DESKTOP)
    for case in ("case", "claim", "appealed"):
        page.locator(".case-row", has_text=f"#{hostile[case]} ").click()
        page.locator(".case-view blockquote").first.wait_for()
        unharmed(page, ATTACK)
        page.get_by_role("button", name="Back").click()
    for kind, shown in (("Policy", ".version"), ("Rights", ".table td"), ("Audit log", ".audit td")):
        page.get_by_role("button", name=kind).click()
        page.locator(shown).first.wait_for()
        unharmed(page)


# ---- what the page does with it while it is typed, and when it is refused


def test_who_joins_types_text(visit, attack):
    page = visit()

    def by_invitation(route) -> None:
        """The place as it is where people are invited."""
        told = route.fetch().json()
        route.fulfill(json=told | {"site": told["site"] | {"sign_up": "invite", "empty": False}})

    page.route("**/calls/account/me", by_invitation)
    page.reload()
    page.get_by_role("button", name="Join").first.click()
    form = page.locator(".dialog.join")
    form.locator("summary").click()
    for name in ("Handle", "Invitation", "Email", "Password"):
        attack(form, "bar.js", name)
    form.locator("[type=submit]").click()
    form.locator(".notice:not(:empty)").wait_for()
    unharmed(page)
    form.get_by_role("button", name="I have an account").click()
    for name in ("Email", "Password"):
        attack(form, "bar.js", name, "signing in")
    form.locator("[type=submit]").click()
    form.locator(".notice:not(:empty)").wait_for()
    unharmed(page)
    page.unroute_all(behavior="wait")


def test_the_own_account_takes_text(visit, app, attack):
    cookie = app.join("typist_of_evil")
    page, form = visit(cookie, "me"), None
    page.get_by_role("button", name="Edit profile").click()
    form = page.locator("dialog")
    attack(form, "me.js", "Name")
    attack(form, "me.js", "About you")
    form.locator("[type=submit]").click()
    unharmed(page, BRIEF, ATTACK)
    page.get_by_role("button", name="Settings").click()

    def refused(opens: str, *fields: tuple[str, str], place: str = "") -> None:
        """A dialog of the settings, filled in and sent; what is wrong is told, and the dialog goes."""
        page.get_by_role("button", name=opens, exact=True).click()
        for name in fields:
            attack(form, "settings.js", name, place)
        with page.expect_response("**/calls/own/*"):
            form.locator("[type=submit]").click()
        unharmed(page)
        page.keyboard.press("Escape")

    refused("Add email and password", "Email", "Password")
    app.call("own/keep", cookie, email="typist@example.org", password="four short words")
    page.reload()
    page.get_by_role("button", name="Settings").click()
    refused("Change password", "Old password", "New password")
    attack(page, "settings.js", "Look after")
    with page.expect_response("**/calls/guardian/offer"):
        page.get_by_role("button", name="Offer").click()
    unharmed(page)
    attack(page, "settings.js", "Name of a program")
    page.get_by_role("button", name="New key").click()
    form.wait_for()
    page.keyboard.press("Escape")
    unharmed(page, BRIEF)
    refused("Delete account", "Handle", place="leaving")
    assert app.call("account/me", cookie)["me"]["bio"] == ATTACK


def test_the_feed_takes_text(visit, app, hostile, reader, attack):
    page = visit(reader)
    page.goto(f"{app.url}/?p={hostile['post']}")
    post = page.locator("article.post").first
    post.locator(".act-comment").click()
    attack(page, "comments.js", "Say something kind", text=f"Typed {ATTACK}")
    page.locator(".comment-form [type=submit]").click()
    page.locator(".comment-text", has_text="Typed").wait_for()
    unharmed(page)
    page.keyboard.press("Escape")
    for reason, script, names in (
        ("spam", "share.js", ["Anything that helps to understand (optional)"]),
        ("rights", "claims.js", [field.name for field in FIELDS if field.script == "claims.js"][:3]),
    ):
        post.locator(".act-more").click()
        page.get_by_role("button", name="Report", exact=True).click()
        page.get_by_label("What is wrong?").select_option(reason)
        if reason == "rights":
            page.locator("dialog [type=submit]").click()
            page.get_by_label("Signed").wait_for()
        for name in names:
            attack(page, script, name)
        with page.expect_response("**/calls/*/*"):
            page.locator("dialog [type=submit]").click()
        unharmed(page)
        page.keyboard.press("Escape")
        page.locator("dialog").wait_for(state="detached")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("@evil")
    page.locator(".member").nth(1).wait_for()
    unharmed(page, MARKUP)
    with page.expect_response("**/calls/search/all"):
        attack(page, "search.js", "Search")
    # what was found for the payload has taken the place of what was found before
    page.locator(".member", has_text="@evil").first.wait_for(state="detached")
    unharmed(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="A feed in your words").click()
    with page.expect_response("**/calls/feed/describe"):
        attack(page, "described.js", "What do you want to see?", text=f"forest, {ATTACK}")
    attack(page, "described.js", "Its name", text=BRIEF)
    page.locator("dialog [role=status]:not(:empty)").wait_for()  # what was not understood
    unharmed(page)
    page.locator("dialog [type=submit]").click()
    unharmed(page, BRIEF[:10])


def test_the_inbox_takes_text(visit, app, hostile, evil, attack):
    page = visit(evil["evil_two"])
    objected = {"case": 1, "work": ATTACK, "statement": ATTACK, "counter_statement": ATTACK, "insists": None}
    claimed = {"id": 2, "target_kind": "rights", "state": "decided", "may_appeal": True, "appeal": None}
    when = {"created_at": "2026-01-01T00:00:00Z", "opened_at": "2026-01-01T00:00:00Z"}
    page.route("**/calls/rights/mine", lambda route: route.fulfill(json={"claims": [objected | when], "earned": 0}))

    def with_claim(route) -> None:
        """The decisions, and one about a claim that nobody objected to yet."""
        told = route.fetch().json()
        route.fulfill(json=told | {"cases": [*told["cases"], claimed | when | {"decisions": [], "struck": False}]})

    page.route("**/calls/inbox/cases", with_claim)
    page.locator(".way[data-tab=inbox]").click()
    page.get_by_role("button", name="Messages").click()
    attack(page, "inbox.js", "Write to")
    page.get_by_role("button", name="Write", exact=True).click()
    unharmed(page, f"@{BRIEF}")
    attack(page, "inbox.js", "Write a message")
    with page.expect_response("**/calls/inbox/send"):
        page.keyboard.press("Enter")
    unharmed(page)

    page.get_by_role("button", name="Decisions").click()
    unharmed(page, ATTACK)
    answers = (
        ("li", "Object to the claim", "claims.js", ["Why may you show it?"]),
        ("li", "Insist", "claims.js", ["Number of the lawsuit or the settlement office"]),
        (".decisions > ul li", "Appeal", "decisions.js", ["Why was the decision wrong?"]),
        (".decisions > section li", "Appeal", "decisions.js", ["The text that was refused", "Why is it fine?"]),
    )
    for place, button, script, names in answers:
        page.locator(place).get_by_role("button", name=button, exact=True).first.click()
        for name in names:
            attack(page, script, name)
        with page.expect_response("**/calls/*/*"):
            page.locator("dialog [type=submit]").click()
        unharmed(page)
        page.keyboard.press("Escape")
    page.unroute_all(behavior="wait")


def test_moderators_type_text(visit, app, hostile, attack):
    page = visit(app.keeper, "moderation")
    page.locator(".case-row", has_text=f"#{hostile['claim']} ").click()
    attack(page, "case.js", "Reason, which its author reads")
    page.get_by_role("button", name="Decide").click()
    page.locator(".toast").first.wait_for()
    unharmed(page)

    page.get_by_role("button", name="Policy").click()
    attack(page, "policy.js", "Text")
    with page.expect_response("**/calls/policy/try"):
        page.get_by_role("button", name="Try", exact=True).click()
    page.locator(".ruling").first.wait_for()
    page.get_by_role("button", name="Keep as example").click()
    unharmed(page, ATTACK)
    page.keyboard.press("Escape")
    draft, told = ("policy.js", "Amendments to the shipped policy, as JSON"), page.locator(".toast", has_text="stolen")
    for refused in (
        ATTACK,
        {"rules": {ATTACK: {"score": 0.5}}},
        {ATTACK: 1},
        {"people": [{"name": ATTACK, "kind": ATTACK}]},
    ):
        attack(page, *draft, text=refused if isinstance(refused, str) else json.dumps(refused))
        page.get_by_role("button", name="Try", exact=True).click()
        page.locator(".notice", has_text="JSON").or_(told.first).wait_for()
        unharmed(page)
    attack(page, *draft, text=json.dumps({"terms": [{"signal": "gore", "english": [ATTACK, "fine"]}]}))
    attack(page, "policy.js", "What changes, and why", text=f"Published {ATTACK}")
    page.get_by_role("button", name="Publish").click()
    page.locator("dialog").get_by_role("button", name="Publish").click()
    page.locator(".version-live", has_text="Published").wait_for()
    unharmed(page)
    page.get_by_role("button", name="Roll back").click()
    attack(page, "policy.js", "Why is it rolled back?")
    page.locator("dialog [type=submit]").click()
    page.locator(".version-retired", has_text="Published").wait_for()
    unharmed(page)

    page.get_by_role("button", name="Rights").click()
    page.get_by_role("button", name="New entry").click()
    form = page.locator("dialog")
    for field in FIELDS:
        if field.script == "rights.js":
            attack(form, field.script, field.name)
    with page.expect_response("**/calls/rights/set"):
        form.locator("[type=submit]").click()
    page.locator(".toast").last.wait_for()
    unharmed(page)  # an id is letters
    form.locator("input").first.fill("evil_goose")
    for refused in ("Member who is paid", "Where"):
        form.get_by_label(refused).first.fill("")
    form.locator("[type=submit]").click()
    form.wait_for(state="detached")
    unharmed(page, BRIEF)
    page.get_by_role("button", name="Audit log").click()
    page.locator(".roles summary").click()
    attack(page, "audit.js", "Handle")
    with page.expect_response("**/calls/moderation/role"):
        page.get_by_role("button", name="Give role").click()
    unharmed(page)


def test_the_author_sees_text_in_create_and_in_decisions(visit, app, hostile, evil, attack):
    page = visit(evil["evil_one"], "create")
    page.locator(".result .shot").first.wait_for()
    unharmed(page, MARKUP)
    attack(page, "create.py", "What should be seen and heard?", text=f"a dog {ATTACK}")
    page.locator(".coverage .chip").first.wait_for()
    unharmed(page)
    page.click(".panel summary")
    page.locator(".shot-toggle").first.click()
    page.get_by_role("button", name="Add a line").click()
    attack(page, "shot.js", "What is said")
    page.locator(".shot-toggle").first.click()
    page.locator(".shot-summary .line", has_text=EVALUATED).wait_for()
    unharmed(page)
    attack(page, "create.py", "Seed")
    page.click("#make")
    page.locator("#notice .notice:not(:empty)").wait_for()
    unharmed(page)
    page.goto(f"{app.url}/?p={hostile['post']}")
    page.locator("article.post .act-more").first.click()
    page.get_by_role("button", name="Edit caption and audience").click()
    attack(page, "share.js", "Caption", text=f"Edited {ATTACK}")
    page.locator("dialog [type=submit]").click()
    page.locator(".post-caption", has_text="Edited").first.wait_for()
    unharmed(page)


def test_a_link_to_verify_is_text(visit, attack):
    page = visit(tab="verify")
    attack(page, "verify.js", "Link to a clip here").press("Enter")
    page.locator(".verify-answer .notice").wait_for()
    unharmed(page)
