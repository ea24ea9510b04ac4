"""Me, Inbox, Help and Verify as people use them."""

import io
import json
import urllib.request
import zipfile

import pytest

from tests.e2e.conftest import PHONE


@pytest.fixture(scope="module")
def ada(app) -> str:
    return app.join("ada_of_me")


@pytest.fixture(scope="module")
def clip(app, ada) -> dict:
    """A draft of Ada's."""
    return app.make(ada, "a lighthouse in the fog")["clip"]


def test_a_draft_is_published_from_the_profile(visit, app, ada, clip, screenshot):
    page = visit(ada, tab="me")
    page.get_by_role("button", name="Drafts").click()
    page.locator(".poster").first.click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("Caption").fill("Fog over the sea")
    page.locator("dialog [type=submit]").click()
    page.get_by_role("button", name="Posts").click()
    page.locator(".poster").first.wait_for()
    screenshot(page, "me")
    page.locator(".poster").first.click()
    page.locator(".post-caption", has_text="Fog over the sea").wait_for()


def test_settings_keep_an_account_change_language_and_theme(visit, app, screenshot):
    page = visit(app.join("kim_of_me"), tab="me")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Add email and password").click()
    page.locator("dialog input[type=email]").fill("kim@example.org")
    page.locator("dialog input[type=password]").fill("four short words")
    page.locator("dialog [type=submit]").click()
    page.get_by_text("kim@example.org").wait_for()
    tick = page.get_by_label("Play clips by themselves")
    ground, sign = tick.evaluate(
        "(box) => [getComputedStyle(box).backgroundColor, getComputedStyle(box).backgroundImage]"
    )
    assert tick.is_checked() and sign != "none" and ground == "rgb(109, 40, 217)", "a tick is seen on its ground"
    screenshot(page, "settings")
    answer, cookie = app.ask("/account/sign_in", {"email": "kim@example.org", "password": "four short words"})
    assert answer == {"signed_in": True} and cookie
    page.get_by_label("Theme").select_option("dark")
    page.locator("body.dark").wait_for()
    page.locator(".me").wait_for()
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Réglages").wait_for()


def test_two_members_write_to_each_other_without_reloading(visit, app, ada, screenshot):
    ben = app.join("ben_of_me")
    for one, other in ((ada, "ben_of_me"), (ben, "ada_of_me")):
        app.call("people/relate", one, act="follow", handle=other)
    page = visit(ada, tab="inbox")
    app.call("inbox/send", ben, handle="ada_of_me", body="Shall we remix?")
    page.locator(".way .badge").wait_for()
    page.get_by_role("button", name="Messages").click()
    page.locator(".news-item", has_text="Shall we remix?").click()
    page.get_by_label("Write a message").fill("Yes!")
    page.keyboard.press("Enter")
    page.locator(".bubble.mine", has_text="Yes!").wait_for()
    app.call("inbox/send", ben, handle="ada_of_me", body="Tomorrow then.")
    page.locator(".bubble", has_text="Tomorrow then.").wait_for()
    screenshot(page, "messages")
    said = app.call("inbox/conversation", ben, handle="ada_of_me")["messages"]
    assert [one["body"] for one in said] == ["Tomorrow then.", "Yes!", "Shall we remix?"]


def test_strangers_cannot_write_and_blocks_hold(app, ada):
    eve = app.join("eve_of_me")
    answer, _ = app.ask("/calls/inbox/send", {"handle": "ada_of_me", "body": "Buy this"}, eve)
    assert answer["error"]["kind"] == "not_allowed"
    app.call("people/relate", ada, act="block", handle="eve_of_me")
    answer, _ = app.ask("/calls/me/profile", {"handle": "ada_of_me"}, eve)
    assert answer["error"]["kind"] == "not_found"


def test_everything_about_me_as_a_zip_and_then_nothing(visit, app):
    cookie = app.join("leo_of_me")
    app.call("me/update", cookie, bio="A lion.")
    with urllib.request.urlopen(urllib.request.Request(f"{app.url}/export", headers={"Cookie": cookie})) as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    assert "A lion." in archive.read("account.json").decode()
    page = visit(cookie, tab="me")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Delete account").click()
    page.locator("dialog input").fill("leo_of_me")
    page.locator("dialog [type=submit]").click()
    page.get_by_role("button", name="Join").first.wait_for()
    assert app.call("account/me", cookie)["me"] is None
    assert app.ask("/calls/me/profile", {"handle": "leo_of_me"})[0]["error"]["kind"] == "not_found"


def test_verify_knows_a_clip_of_ours_by_file_and_by_tab(visit, app, ada, clip, tmp_path, screenshot):
    with urllib.request.urlopen(urllib.request.Request(app.url + clip["video"], headers={"Cookie": ada})) as answer:
        file = tmp_path / "clip.mp4"
        file.write_bytes(answer.read())
    page = visit(tab="verify")
    page.locator(".file-input").set_input_files(file)
    page.locator(".verdict-made_here").wait_for()
    screenshot(page, "verify")
    damaged = tmp_path / "text.mp4"
    damaged.write_text("This is no video.")
    page.locator(".file-input").set_input_files(damaged)
    page.locator(".verify-answer .notice").wait_for()
    data = json.dumps({"link": "https://evil.example/?q=1"})
    assert app.ask("/calls/verify/link", json.loads(data))[0]["error"]["kind"] == "invalid"


@pytest.mark.parametrize("tab", ["inbox", "me", "help", "verify"])
def test_on_a_phone_in_french_and_in_the_dark(visit, app, ada, tab, screenshot):
    page = visit(ada, tab=tab, viewport=PHONE, color_scheme="dark", locale="fr-FR")
    page.wait_for_timeout(700)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, f"{tab}-phone-dark-fr")
