"""Hostile people: what is not theirs stays closed."""

import gzip
import http.client
import io
import json
import threading
import zipfile
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.ui.running import RunningApp
from ui.web.session import COOKIE


def ask(app: RunningApp, path: str, method="GET", body: bytes | None = None, **headers: str):
    """(status, headers, body) of one request, as any program may send it."""
    with closing(http.client.HTTPConnection(urlsplit(app.url).netloc, timeout=60)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        try:
            return answer.status, told, answer.read()
        except http.client.IncompleteRead as broken:  # Gradio's queue breaks off the events of a page it does not know
            return answer.status, told, broken.partial


@pytest.mark.parametrize("name", ["me/update", "post/like", "moderation/decide", "create/make"])
def test_a_page_of_another_site_changes_nothing_with_a_members_cookie(app, reader, name):
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        body = json.dumps({"display_name": "Stolen"}).encode()
        status, _, _ = ask(app, f"/calls/{name}", "POST", body, Cookie=reader, Origin=origin)
        assert status == 403
    status, _, _ = ask(app, "/uploads/picture", "POST", b"x", Cookie=reader, Origin="https://evil.example")
    assert status == 403
    assert app.call("account/me", reader)["me"]["display_name"] != "Stolen"


def test_no_answer_repeats_what_the_browser_sent(app, reader, hostile):
    sent = {"Cookie": reader, "User_Agent": "secret-agent", "Authorization": "Bearer secret", "X_Ip_Token": "secret"}
    for path in ("/", "/config", "/app/page.js", hostile["clip"]["video"], "/gradio_api/queue/data?session_hash=none"):
        for more in ({}, {"Range": "bytes=0-3"}, {"Range": "bytes=0-1,3-4"}):
            _, headers, _ = ask(app, path, **sent, **more)
            assert not {"cookie", "authorization", "user-agent", "x-ip-token", "range"} & headers.keys(), path
            assert reader.partition("=")[2] not in str(headers)


def test_drafts_media_and_generations_of_others_do_not_exist(app, evil, reader):
    draft = app.call("create/make", evil["evil_one"], prompt="a quiet lake", seconds=1, seed="3")
    for cookie in ("", reader, app.keeper):
        answer, _ = app.ask("/calls/create/look", {"id": draft["id"]}, cookie)
        assert answer["error"]["kind"] in ("not_found", "not_signed_in")
        answer, _ = app.ask("/calls/create/cancel", {"id": draft["id"]}, cookie)
        assert answer["error"]["kind"] in ("not_found", "not_signed_in")
    app.call("create/cancel", evil["evil_one"], id=draft["id"])
    assert draft["id"] not in str(app.call("create/mine", reader))


def test_the_events_of_another_page_are_heard_by_nobody_else(app, reader, evil):
    page = "page12345678"
    joining = json.dumps({"data": [], "fn_index": 0, "session_hash": page}).encode()
    kind = {"Content_Type": "application/json"}
    mine = ask(app, "/gradio_api/queue/join", "POST", joining, Cookie=app.keeper, **kind)[0]
    assert mine != 404
    for cookie in (evil["evil_one"], reader, f"{COOKIE}={'x' * 43}", ""):
        assert ask(app, f"/gradio_api/queue/data?session_hash={page}", Cookie=cookie)[0] == 404
        assert ask(app, "/gradio_api/queue/join", "POST", joining, Cookie=cookie, **kind)[0] == 404


def test_forged_cookies_are_nobody(app, hostile, reader):
    token = reader.partition("=")[2]
    turned = token[:-1] + ("a" if token[-1] != "a" else "b")
    forged = [turned, token.upper(), token[::-1], token + "A", "' or 1=1 --", "null", "a" * 43, "../" * 14, "%00" * 20]
    for value in forged:
        status, _, body = ask(app, "/calls/account/me", "POST", b"{}", Cookie=f"{COOKIE}={value}")
        assert status == 200 and json.loads(body)["me"] is None, value
    status, _, body = ask(app, "/calls/account/me", "POST", b"{}", Cookie=f"other={token}; {COOKIE}=")
    assert json.loads(body)["me"] is None


def bomb() -> bytes:
    """A picture by name, and a thousand times larger when it is opened."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 2_000_000)
    return packed.getvalue()


NOT_PICTURES = {
    "text": b"GIF89a is what I say I am",
    "page": b"<html><script>window.stolen=1</script></html>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.stolen=1"/>',
    "program": b"\x7fELF" + b"\x00" * 4000,
    "zip": bomb(),
    "gzip": gzip.compress(b"0" * 2_000_000),
    "half a JPEG": b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF" + b"\x00" * 2000,
    "vast PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00"
    + b"\x00" * 200,
    "nothing": b"",
}


@pytest.mark.parametrize("purpose", ["picture", "verify"])
def test_an_upload_that_is_not_what_it_says_is_refused_kindly(app, reader, purpose):
    for name, data in NOT_PICTURES.items():
        kind = {"Content_Type": "image/png", "Cookie": reader}
        status, _, body = ask(app, f"/uploads/{purpose}?name=cat.png", "POST", data, **kind)
        told = json.loads(body)
        assert status < 500, (name, told)
        if purpose == "picture":
            assert told["error"]["kind"] == "invalid" and told["error"]["text"], name
    assert ask(app, "/uploads/picture", "POST", b"\x89PNG")[0] == 200
    assert ask(app, "/uploads/nothing", "POST", b"x", Cookie=reader)[0] == 404


def test_a_hundred_attempts_to_sign_in_open_nothing_and_the_page_stays_quick(app):
    owner = app.join("guessed_at", email="guessed@example.org", password="a long enough password")
    kinds: list[str] = []

    def guess(number: int) -> None:
        sent = {"email": "guessed@example.org", "password": f"password number {number}"}
        answer, cookie = app.ask("/account/sign_in", sent, address="127.0.2.1")
        kinds.append(answer["error"]["kind"] if not cookie else "open")

    threads = [
        threading.Thread(target=lambda first=first: [guess(n) for n in range(first, 100, 4)]) for first in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kinds) == 100 and set(kinds) == {"not_signed_in", "limit_reached"}
    assert kinds.count("not_signed_in") <= 12, "after a few wrong ones nothing is tried any more"
    sent = {"email": "guessed@example.org", "password": "a long enough password"}
    answer, _ = app.ask("/account/sign_in", sent, address="127.0.2.1")
    assert answer["error"]["kind"] == "limit_reached"
    assert app.call("account/me", owner)["me"]["handle"] == "guessed_at", "who is signed in stays so"
