"""Sessions that are remembered for a moment: how long, and what ends that earlier."""

from data.client import Caller, member
from data.known_sessions import KnownSessions

ALICE, BOB = member("00000000-0000-0000-0000-00000000000a"), member("00000000-0000-0000-0000-00000000000b")


class Registry:
    """Who holds which secret, and how often that was asked."""

    def __init__(self) -> None:
        self.holders = {"one": ALICE, "two": ALICE, "three": BOB}
        self.asked, self.now = 0, 0.0
        self.known = KnownSessions(kept=10, clock=lambda: self.now)

    def caller(self, secret: str) -> Caller | None:
        return self.known.caller(secret, lambda: self.look_up(secret))

    def look_up(self, secret: str) -> Caller | None:
        self.asked += 1
        return self.holders.get(secret)


def test_an_answer_holds_for_some_seconds() -> None:
    registry = Registry()
    assert [registry.caller("one") for _ in range(5)] == [ALICE] * 5
    assert registry.asked == 1
    registry.now = 10.0
    del registry.holders["one"]
    assert registry.caller("one") is None
    registry.holders["one"] = ALICE
    assert registry.caller("one") == ALICE, "that nobody holds a secret is asked each time"


def test_what_ends_here_is_asked_at_once() -> None:
    registry = Registry()
    for secret in registry.holders:
        registry.caller(secret)
    registry.holders.clear()
    registry.known.forget("one")
    assert registry.caller("one") is None
    assert registry.caller("two") == ALICE
    registry.known.forget_all_of(ALICE.id)
    assert registry.caller("two") is None
    assert registry.caller("three") == BOB


def test_an_answer_that_is_overtaken_by_the_end_of_a_session_is_not_kept() -> None:
    registry = Registry()

    def slowly() -> Caller:
        registry.known.forget("one")  # somebody signs out between the look and the answer
        return ALICE

    assert registry.known.caller("one", slowly) == ALICE
    del registry.holders["one"]
    assert registry.caller("one") is None
