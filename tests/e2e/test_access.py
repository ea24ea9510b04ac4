"""Everybody can use it: axe finds nothing, the keyboard reaches everything, and nothing moves for those who ask."""

import json

import pytest

from tests.e2e.conftest import DESKTOP, PHONE

MEMBER_TABS = ("feed", "create", "remix", "cameo", "inbox", "me", "verify", "help")
MODERATOR_TABS = ("moderation", "analytics")
SETTLED = 400  # milliseconds after the last part of a tab has come
DARK = "dark => document.body.classList.toggle('dark', dark)"  # as Gradio does it
# what can be clicked and is not met by the Tab key
UNREACHABLE = """() => [...document.querySelectorAll('.tabitem :is(button, a[href], input, select, textarea)')]
    .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex < 0)
    .map((one) => one.outerHTML.slice(0, 120))"""
# notes in `moved` what is animated, or would be when it changes, from the first moment on
MOTION = """() => {
    window.moved = new Set();
    const lasts = (time) => parseFloat(time) > 0;
    const moves = (one) => {
        const style = getComputedStyle(one);
        const animated = style.animationName !== 'none' && lasts(style.animationDuration);
        const changing = style.transitionProperty !== 'none' && lasts(style.transitionDuration);
        return one.checkVisibility() && (animated || changing);
    };
    const look = () => {
        document.querySelectorAll('*').forEach((one) => moves(one) && moved.add(one.outerHTML.slice(0, 100)));
        setTimeout(look, 50);
    };
    look();
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe, which comes with its package and asks nothing of the network."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


@pytest.fixture(scope="module")
def settled(app) -> str:
    """A member with a post, a comment and a message, so that tabs have something in them."""
    cookie, friend = app.join("eyes_of_all"), app.join("friend_of_eyes")
    clip = app.make(cookie, "a red balloon over a town")["clip"]["id"]
    post = app.call("post/publish", cookie, clip=clip, caption="Up it goes")["id"]
    app.call("post/comment", friend, id=post, body="How high?")
    app.call("people/relate", cookie, act="follow", handle="friend_of_eyes")
    app.call("inbox/send", friend, handle="eyes_of_all", body="Hello")
    case = app.call("post/report", friend, kind="post", target=str(post), reason="other", note="Only a test")["case"]
    app.call("moderation/decide", app.keeper, case=case, decision="label", label="altered", reason="It was painted.")
    return cookie


def found_by_axe(page, axe: str, *rules: str) -> list[str]:
    """What axe finds on the page as it is: rule, element, and why. All its rules, or some."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe)
    wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    where = {"exclude": [".main-svg"]}  # thousands of drawn parts, of which axe knows no rule
    asked = json.dumps(where), json.dumps({"runOnly": wanted, "resultTypes": ["violations"]})
    answer = page.evaluate(f"axe.run({', '.join(asked)})")
    return [
        f"{rule['id']}: {node['target']} – {(node['any'] or node['all'] or node['none'])[0]['message']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def go(page, tab: str) -> None:
    """Goes to a tab within the page, as its bar does, and waits until it stands."""
    page.evaluate(f"document.dispatchEvent(new CustomEvent('hibari:tab', {{ detail: '{tab}' }}))")
    page.locator(f"body[data-tab={tab}]").wait_for()
    page.locator(".area[aria-busy=true]:visible").first.wait_for(state="detached")
    if tab == "analytics":
        page.locator(".plot .main-svg").first.wait_for()
    page.wait_for_timeout(SETTLED)


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_any_tab(visit, app, settled, axe, viewport, scheme):
    """Everything on a wide light screen and on a narrow dark one; and the colours of both in the other light."""
    found: dict[str, list[str]] = {}

    def look(page, place: str) -> None:
        found[place] = found_by_axe(page, axe)
        page.evaluate(DARK, scheme == "light")
        found[f"{place} in the other light"] = found_by_axe(page, axe, "color-contrast") if viewport == DESKTOP else []
        page.evaluate(DARK, scheme == "dark")

    for cookie, tabs in ((settled, MEMBER_TABS), (app.keeper, MODERATOR_TABS)):
        page = visit(cookie, tabs[0], viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
        for tab in tabs:
            go(page, tab)
            look(page, tab)
    go(page, "moderation")
    for kind in ("policy", "rights", "audit", "numbers"):
        page.locator(f".moderation [data-kind={kind}]").click()
        page.wait_for_timeout(SETTLED)
        look(page, f"moderation, {kind}")
    problems = [f"{place}: {problem}" for place, here in found.items() for problem in here]
    assert problems == [], "\n".join(problems)


def test_the_keyboard_reaches_every_tab_and_all_that_it_offers(visit, app, settled):
    """Every control that can be clicked can be reached by Tab and shows where one is."""
    page = visit(settled, "help")
    for tab in ("inbox", "verify", "me"):
        way = page.locator(f".way[data-tab={tab}]")
        way.focus()
        page.keyboard.press("Enter")
        page.locator(f"body[data-tab={tab}]").wait_for()
        page.wait_for_timeout(SETTLED)
        unreachable = page.evaluate(UNREACHABLE)
        assert unreachable == [], tab
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_moderator_decides_a_case_with_the_keyboard_alone(visit, app, settled):
    friend = app.join("keys_of_friend")
    case = app.call("post/report", friend, kind="profile", target="eyes_of_all", reason="spam")["case"]
    page = visit(app.keeper, "moderation")
    page.locator(".case-row", has_text=f"#{case} ").focus()
    page.keyboard.press("Enter")
    page.locator(".case-head h3:focus").wait_for()
    for _ in range(40):
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Nothing is wrong with it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Decided. The author is told.").wait_for()


def test_a_dialog_keeps_the_keyboard_and_gives_it_back(visit, app):
    page = visit(app.keeper, "moderation")
    page.locator(".moderation [data-kind=rights]").click()
    page.get_by_role("button", name="New entry").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "New entry"


def test_nothing_moves_for_those_who_ask(visit, app, settled):
    page = visit(settled, reduced_motion="reduce")
    page.add_init_script(f"({MOTION})()")
    page.reload()
    page.locator(".bar .way").first.wait_for()
    for tab in MEMBER_TABS:
        go(page, tab)
    assert page.evaluate("[...moved]") == []
