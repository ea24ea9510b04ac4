"""The keyboard alone: Tab to something, as far as it takes, and see at each stop where one stands."""

FURTHEST = 60  # presses after which something cannot be reached
# where the keyboard stands: what it would be told by, whether that can be seen, and whether it is the wanted one
STANDS = """(wanted) => {
    const at = document.activeElement, drawn = at.closest("label") || at;
    const ring = (one) => {
        const look = getComputedStyle(one);
        return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    };
    const box = at.getBoundingClientRect();
    const shown = ring(at) || ring(drawn) || at.matches("video, audio, [type=date]"); // with parts of the browser
    return {
        name: (at.getAttribute("aria-label") || at.textContent || at.id || at.tagName).trim().slice(0, 60),
        nowhere: at === document.body,
        seen: shown && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        there: at.matches(wanted),
    };
}"""


def tab_to(page, wanted: str, key: str = "Tab") -> list[str]:
    """Presses Tab until what matches this selector has the keyboard; the names of the stops before it.

    At each stop one sees where one is, and none of them holds the keyboard.
    """
    passed: list[str] = []
    for _ in range(FURTHEST):
        page.keyboard.press(key)
        stop = page.evaluate(STANDS, wanted)
        if stop["nowhere"]:  # the end of the page: the browser's own parts come next, then its beginning
            continue
        if not stop["seen"]:  # what is drawn meanwhile may move things for a moment
            page.wait_for_timeout(300)
            stop = page.evaluate(STANDS, wanted)
        assert stop["seen"], f"nobody sees that the keyboard is at {stop['name']!r}, after {passed[-3:]}"
        if stop["there"]:
            return passed
        passed.append(stop["name"])
    raise AssertionError(f"{wanted} is not reached from {passed[:1]}; passed {passed}")


def stands_at(page, wanted: str) -> bool:
    """Whether what matches this selector has the keyboard."""
    return page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted)


def wait_until_at(page, wanted: str) -> None:
    """Waits for the keyboard to be led to what matches this selector."""
    page.wait_for_function("(wanted) => document.activeElement.matches(wanted)", arg=wanted)
