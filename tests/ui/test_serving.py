"""The running app over HTTP: its page, its media for their maker alone, and what it refuses."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.ui.running import RunningApp
from tests.ui.waiting import until
from ui.web.session import COOKIE


@pytest.fixture(scope="module")
def address(app: RunningApp) -> str:
    return urlsplit(app.url).netloc


def ask(address: str, path: str, method: str = "GET", body: dict | None = None, **headers: str):
    """(status, headers, body) of one request."""
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        sent = json.dumps(body) if body is not None else None
        kind = {"Content-Type": "application/json"} if sent else {}
        connection.request(method, path, sent, {**kind, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def joined(address: str, handle: str) -> str:
    """The cookie of a new member."""
    status, headers, body = ask(address, "/account/join", "POST", {"handle": handle})
    assert (status, json.loads(body)) == (200, {"signed_in": True}), body
    return headers["set-cookie"].partition(";")[0]


def call(address: str, name: str, sent: dict, cookie: str = ""):
    """(status, answer) of a call."""
    status, _, body = ask(address, f"/calls/{name}", "POST", sent, Cookie=cookie)
    return status, json.loads(body)


@pytest.fixture(scope="module")
def ada(address) -> str:
    return joined(address, "ada_serves")


@pytest.fixture(scope="module")
def clip(app, address, ada) -> dict:
    """A clip that Ada made."""
    accepted = call(address, "create/make", {"prompt": "a meadow at sunset", "seconds": 1, "seed": "7"}, ada)[1]

    def made() -> dict | None:
        now = call(address, "create/look", accepted, ada)[1]
        return now if now["state"] in ("done", "failed", "refused") else None

    generation = until(made, seconds=240)
    assert generation["state"] == "done", app.log
    return generation["clip"]


def test_the_page_opens_with_our_head_and_a_policy(address):
    status, headers, body = ask(address, "/")
    assert status == 200 and b"Hibari" in body
    for name in (b"page.js", b"card.js", b"words.js"):  # what the first card needs is asked for with the page
        assert b'<link rel="modulepreload" href="./app/' + name + b'" />' in body
    assert "set-cookie" not in headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert b"fonts.googleapis.com" not in body and b"githubusercontent" not in body


def test_scripts_are_served_and_nothing_beside_them(address):
    for name in ("page.js", "words.js", "bar.js"):
        status, headers, _ = ask(address, f"/app/{name}")
        assert (status, headers["content-type"].partition(";")[0]) == (200, "text/javascript")
    for name in ("..%2fserve.py", "%2fetc%2fpasswd", "nothing.js", "../serve.py"):
        assert ask(address, f"/app/{name}")[0] == 404


def test_joining_signs_in_and_signing_out_ends_it(address):
    cookie = joined(address, "ben_serves")
    assert call(address, "account/me", {}, cookie)[1]["me"]["handle"] == "ben_serves"
    taken = json.loads(ask(address, "/account/join", "POST", {"handle": "ben_serves"})[2])
    assert taken["error"]["kind"] == "conflict" and "taken" in taken["error"]["text"]
    ask(address, "/account/sign_out", "POST", {}, Cookie=cookie)
    assert call(address, "account/me", {}, cookie)[1]["me"] is None


def test_a_draft_is_served_to_its_maker_and_nobody_else(address, clip, ada):
    status, headers, body = ask(address, clip["video"], Cookie=ada)
    assert (status, headers["content-type"], body[4:8]) == (200, "video/mp4", b"ftyp")
    assert "no-store" in headers["cache-control"]
    assert ask(address, clip["poster"], Cookie=ada)[1]["content-type"] == "image/jpeg"
    for stranger in ("", f"{COOKIE}={'x' * 43}", joined(address, "eve_serves")):
        assert ask(address, clip["video"], Cookie=stranger)[0] == 404
    assert ask(address, "/media/clips/..%2f..%2flog", Cookie=ada)[0] == 404


def test_a_player_may_ask_for_parts(address, clip, ada):
    status, headers, body = ask(address, clip["video"], Range="bytes=4-7", Cookie=ada)
    assert (status, body) == (206, b"ftyp")
    assert headers["content-range"].startswith("bytes 4-7/")
    assert not {"cookie", "range", "user-agent"} & set(headers)
    assert ask(address, clip["video"], Range="bytes=0-3,8-9", Cookie=ada)[0] == 200
    assert ask(address, clip["video"], Range="bytes=999999999-", Cookie=ada)[0] == 416


def test_a_download_has_a_name_that_cannot_break_the_header(address, clip, ada):
    headers = ask(address, f"{clip['video']}?download=hibari-7.mp4", Cookie=ada)[1]
    assert headers["content-disposition"] == 'attachment; filename="hibari-7.mp4"'
    headers = ask(address, f"{clip['video']}?download=a%22%0d%0aX-Evil:%201", Cookie=ada)[1]
    assert headers["content-disposition"] == 'attachment; filename="aX-Evil1"' and "x-evil" not in headers


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_other_sites_get_nothing(address, method):
    assert ask(address, "/", method, Origin="https://evil.example")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/upload", "/gradio_api/info", "/gradio_api/call/make", "/monitoring"],
)
def test_what_gradio_offers_beside_the_page_is_closed(address, path):
    assert ask(address, path)[0] == 404


def test_calls_answer_guests_with_nothing_of_others_and_nonsense_kindly(address, clip, ada):
    assert call(address, "create/mine", {})[1] == {"generations": []}
    assert call(address, "create/look", {"id": clip["id"]})[1]["error"]["kind"] == "not_signed_in"
    assert (
        call(address, "create/look", {"id": clip["id"]}, joined(address, "mal_serves"))[1]["error"]["kind"]
        == "not_found"
    )
    assert call(address, "create/nothing", {})[0] == 404
    for nonsense in ("nonsense", [1, 2], 7):
        assert call(address, "create/mine", nonsense, ada)[0] == 400


def test_what_is_too_large_is_refused(address):
    status, answer = call(address, "create/understand", {"prompt": "x" * 2_000_000})
    assert status == 413 and "too large" in answer["detail"]
