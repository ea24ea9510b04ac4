"""Cameo as people use it: somebody made up does what the server asks before a camera; then a permission, a clip, a
notice, and the end of both.

A recording has to be made for the challenge that the server drew. So a challenge is begun first, by the same call and
on the same server, and the page is then given that very challenge when it asks for one.
"""

import json
import urllib.error
import urllib.request

import pytest

from pipelines.cameo.challenge import Challenge
from tests.e2e.conftest import CHROMIUM, DESKTOP, FLAGS, PHONE
from tests.e2e.hostile import ATTACK, unharmed
from tests.e2e.keyboard import stands_at, tab_to, wait_until_at
from tests.pipelines.cameo.captures import write

CONSENT = "2026-11"
TRIES = 3
# A camera that plays a recording from the moment at which the page records: it drops pictures on a busy machine as a
# camera does, but never lags behind the clock, as the camera that Chromium has for tests does.
CAMERA = """(() => {
    const film = document.createElement("video"), start = MediaRecorder.prototype.start;
    film.preload = "auto";
    film.src = "/somebody.webm";
    const ready = new Promise((told) => film.addEventListener("canplaythrough", told, { once: true }));
    navigator.mediaDevices.getUserMedia = async () => { await ready; return film.captureStream(); };
    MediaRecorder.prototype.start = function (...given) { start.apply(this, given); film.play(); };
})()"""


def recording_of(begun: dict, folder) -> bytes:
    """What a browser records of somebody who does what a challenge asks."""
    return write(folder / "somebody.webm", Challenge.from_json(begun)).read_bytes()


@pytest.fixture(scope="module")
def ann(app, tmp_path_factory) -> str:
    """The cookie of a member with a cameo that waits for a moderator."""
    cookie = app.join("ann_of_cameo")
    begun = app.call("cameo/begin", cookie, consent=CONSENT)
    sent = recording_of(begun, tmp_path_factory.mktemp("ann"))
    request = urllib.request.Request(f"{app.url}/uploads/cameo?challenge={begun['id']}", sent, {"Cookie": cookie})
    with urllib.request.urlopen(request) as answer:
        told = json.load(answer)
    assert told["passed"], told
    return cookie


@pytest.fixture(scope="module")
def fake_camera(browser):
    """A browser in which a green picture comes from the camera and beeps from the microphone."""
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS + flags)
    yield other
    other.close()


def kept_files(app) -> set[str]:
    """Every file that the app keeps, the database's own left out."""
    found = (path.relative_to(app.folder) for path in app.folder.rglob("*") if path.is_file())
    return {str(path) for path in found if path.parts[0] != "postgres"}


def agreed(visit, cookie: str, begun: dict, context):
    """The page before somebody who has read and agreed, and will be given that challenge."""
    page = visit(cookie, tab="cameo", again=context)
    page.route("**/calls/cameo/begin", lambda route: route.fulfill(json=begun))
    page.get_by_role("button", name="Record my cameo").click()
    assert page.get_by_role("button", name="Turn on the camera").is_disabled(), "nobody is filmed who has not agreed"
    page.get_by_label("I have read this and agree.").check()
    return page


def recorded(visit, app, browser, cookie: str, folder, screenshot):
    """The page after a recording of somebody who did what was asked."""
    begun = app.call("cameo/begin", cookie, consent=CONSENT)
    film = recording_of(begun, folder)
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    context.add_init_script(CAMERA)
    context.route("**/somebody.webm", lambda route: route.fulfill(body=film, content_type="video/webm"))
    page = agreed(visit, cookie, begun, context)
    page.get_by_role("button", name="Turn on the camera").click()
    page.get_by_role("button", name="Start").click()
    page.locator(".guide-step.now").wait_for()
    screenshot(page, "cameo-live-check")
    page.locator(".checks + .capture-foot button").first.wait_for(timeout=120_000)
    return page


@pytest.mark.alone
def test_who_does_what_was_asked_has_a_cameo(visit, app, browser, screenshot, tmp_path):
    before = kept_files(app)
    amy = app.join("amy_of_cameo")
    for _ in range(TRIES):  # a browser that gets no processor records no turn: then people record once more, too
        page = recorded(visit, app, browser, amy, tmp_path, screenshot)
        if page.locator(".check.passed").count() == 9:
            break
    assert page.locator(".check.passed").count() == 9, page.locator(".checks").inner_text()
    page.get_by_role("button", name="Go on").click()
    page.locator(".cameo-own").wait_for()
    assert page.get_by_text("A moderator confirms first").is_visible()
    page.wait_for_function("[...document.querySelectorAll('.head')].every((head) => head.naturalWidth > 50)")
    screenshot(page, "cameo-own")
    assert kept_files(app) - before <= {"keys/likeness.key", "keys/receipts.pem"}, "no picture, no sound, no recording"
    assert "Traceback" not in app.log and len(app.call("likeness/receipt", amy)["receipt"]["record"]["consents"]) == 1


def test_who_does_not_hears_what_to_do(visit, app, fake_camera, screenshot):
    """Somebody changed the page, so that it asks for nothing and stops early: the server still knows what it asked."""
    eve = app.join("eve_of_cameo")
    begun = app.call("cameo/begin", eve, consent=CONSENT)
    context = fake_camera.new_context(viewport=DESKTOP, locale="en-US")
    page = agreed(visit, eve, begun | {"steps": begun["steps"][:1], "seconds": 2.5}, context)
    page.get_by_role("button", name="Turn on the camera").click()
    page.get_by_role("button", name="Start").click()
    page.locator(".checks + .capture-foot button").first.wait_for(timeout=120_000)
    assert page.get_by_role("heading", name="Not yet").is_visible()
    advice = page.locator(".check.failed .check-advice").all_inner_texts()
    assert "The recording ends before the last step. Go on until the end." in advice, advice
    screenshot(page, "cameo-failed")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Start").wait_for()
    assert app.call("cameo/mine", eve)["cameo"] is None


def test_the_cut_out_is_shown_to_nobody_else(app, ann):
    def asked(cookie: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{app.url}/likeness/front.png", headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers["Cache-Control"]
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers["Cache-Control"]

    assert asked(ann) == (200, "no-store")
    assert asked(app.join("peeker_of_cameo")) == asked(app.keeper) == asked("") == (404, "no-store")


@pytest.fixture(scope="module")
def ben(app) -> str:
    return app.join("ben_of_cameo")


def test_a_moderator_confirms_and_the_person_allows(visit, app, ann, ben, screenshot, attack):
    page = visit(app.keeper, tab="moderation")
    page.get_by_role("button", name="Cameos").click()
    waiting = page.locator(".waiting-cameo", has_text="ann_of_cameo")
    waiting.get_by_role("button", name="Look and listen").click()
    attack(waiting, "cameo_queue.js", "Why")
    unharmed(page)
    waiting.get_by_label("Why").fill("All three numbers are said.")
    screenshot(page, "cameo-review")
    waiting.get_by_role("button", name="Confirm").click()
    waiting.wait_for(state="detached")

    page = visit(ann, tab="cameo")
    page.get_by_role("button", name="Rules").click()
    page.get_by_label("People I approve").check()
    page.get_by_text("Whom you name may use your cameo.").wait_for()
    page.get_by_label("What you do not want").fill("never smoking")
    page.get_by_text("“never smoking” → smoking").wait_for()
    page.locator(".words-form .save").click()
    app.call("cameo/ask", ben, handle="ann_of_cameo", prompt="You, dancing on a beach")
    page.locator(".request blockquote", has_text="You, dancing on a beach").wait_for()
    screenshot(page, "cameo-rules")
    page.locator(".request").get_by_role("button", name="Allow").click()
    page.locator(".grant-state", has_text="allowed").wait_for()
    refused = app.call("create/make", ben, prompt="@ann_of_cameo smokes a cigarette", seconds=1)
    assert "id" not in refused


def test_hostile_rules_are_text(visit, app, ann, attack):
    app.call("cameo/ask", app.join("asker_of_cameo"), handle="ann_of_cameo", prompt=ATTACK)
    page = visit(ann, tab="cameo")
    page.get_by_role("button", name="Rules").click()
    unharmed(page, ATTACK)
    with page.expect_response("**/calls/cameo/read"):
        attack(page, "cameo_rules.js", "What you do not want", text=f"never smoking {ATTACK}")
        attack(page, "cameo_rules.js", "How you appear", text=f"a red scarf {ATTACK}")
    page.locator(".wish-list li").first.wait_for()
    unharmed(page)
    attack(page, "cameo_rules.js", "Handle")
    with page.expect_response("**/calls/cameo/grant"):
        page.locator(".grant-form [type=submit]").click()
    page.locator(".toast").first.wait_for()
    unharmed(page)


def test_a_cameo_is_begun_and_its_rules_are_kept_by_keyboard(visit, app, ann):
    page = visit(app.join("eli_of_cameo"), tab="cameo")
    page.get_by_role("button", name="Record my cameo").wait_for()
    tab_to(page, ".cameo-welcome .save")
    page.keyboard.press("Enter")
    wait_until_at(page, ".capture-consent h2")
    tab_to(page, ".consent-yes input")
    page.keyboard.press("Space")
    tab_to(page, ".capture-foot .save")
    page.keyboard.press("Enter")
    page.locator(".notice", has_text="camera").wait_for()  # this browser has none
    wait_until_at(page, ".capture-consent h2")
    tab_to(page, ".capture-foot .quiet:last-child")
    page.keyboard.press("Enter")
    wait_until_at(page, ".cameo-welcome h2")

    page = visit(ann, tab="cameo")
    page.locator(".cameo-own").wait_for()
    tab_to(page, ".cameo [data-kind=rules]")
    page.keyboard.press("Enter")
    page.locator(".rules").wait_for()
    assert stands_at(page, ".cameo [data-kind=rules]")
    tab_to(page, ".request input[type=date]")
    tab_to(page, ".request .quiet")
    page.keyboard.press("Enter")  # the asker is told no
    page.locator(".request").wait_for(state="detached")
    wait_until_at(page, ".rules h3")
    tab_to(page, ".rules input[type=radio]")
    page.keyboard.press("ArrowUp")  # fewer people: asks first
    page.locator("dialog").wait_for()
    tab_to(page, "dialog .danger")
    page.keyboard.press("Escape")
    wait_until_at(page, ".rules h3")
    assert page.get_by_label("People I approve").is_checked(), "left as it was"
    tab_to(page, ".words-form textarea")
    page.keyboard.press("End")
    tab_to(page, ".words-form .save")
    page.keyboard.press("Enter")
    page.locator(".toast").first.wait_for()
    assert stands_at(page, ".words-form .save")


def test_a_clip_is_noticed_and_gone_as_soon_as_the_permission_is_taken_back(visit, app, ann, ben, screenshot):
    made = app.make(ben, "@ann_of_cameo dances on the beach")
    post = app.call("post/publish", ben, clip=made["clip"]["id"], caption="Ann dances", visibility="public")
    guest = visit()
    guest.goto(f"{app.url}/?post={post['link_key']}")
    guest.locator("article.post video[src]").first.wait_for()
    files = [made["clip"]["video"], made["clip"]["poster"]]

    own = guest.context.new_page()
    own.goto(f"{app.url}/robots.txt")

    def seen() -> list[int]:
        """How the guest's own browser, its cache and all, gets the files."""
        ask = "(addresses) => Promise.all(addresses.map((each) => fetch(each).then((answer) => answer.status)))"
        return own.evaluate(ask, files)

    assert seen() == [200, 200]
    page = visit(ann, tab="inbox")
    page.locator(".news-item", has_text="published a clip with you in it").first.click()
    use = page.locator(".use", has_text="dances on the beach")
    use.locator(".use-state", has_text="published").wait_for()
    screenshot(page, "cameo-likeness")
    use.get_by_role("button", name="Stop @ben_of_cameo").click()
    with page.expect_response("**/calls/cameo/revoke"):
        page.get_by_role("button", name="Take it back").click()
    # the answer is there: from now on nobody sees it
    assert all(one["id"] != post["id"] for one in app.call("feed/page", stream="latest")["posts"])
    assert seen() == [404, 404]
    for cookie in (ben, ann, app.keeper, ""):
        request = urllib.request.Request(app.url + files[0], headers={"Cookie": cookie})
        with pytest.raises(urllib.error.HTTPError) as gone:
            urllib.request.urlopen(request)
        gone.value.close()
        assert gone.value.code == 404
    assert app.call("create/make", ben, prompt="@ann_of_cameo runs", seconds=1).keys() == {"refused"}
    use.locator(".use-state", has_text="taken down").wait_for()
    assert any(one["kind"] == "consent_ended" for one in app.call("inbox/news", ben)["news"])
    guest.get_by_role("heading", name="This clip is not here").wait_for()  # on the page that was open all the while
    guest.reload()
    guest.get_by_role("heading", name="This clip is not here").wait_for()


def test_on_a_phone_in_french_and_in_the_dark(visit, app, ann, screenshot):
    page = visit(ann, tab="cameo", viewport=PHONE, color_scheme="dark", locale="fr-FR")
    for kind, shown in (("mine", ".cameo-own"), ("rules", ".rules"), ("likeness", ".uses")):
        page.locator(f".cameo [data-kind={kind}]").click()
        page.locator(shown).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        screenshot(page, f"cameo-{kind}-phone-dark-fr")
