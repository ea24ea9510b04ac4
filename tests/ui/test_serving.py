"""The running app over HTTP: its page, its media for their maker alone, and what it refuses."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.ui.running import running_app
from tests.ui.workshops import ADA, until
from ui.web.visitor import COOKIE


@pytest.fixture(scope="module")
def address() -> str:
    return urlsplit(running_app().url).netloc


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


def call(address: str, function: str, data: object, visitor: str | None = None):
    """(status, answer) of a server function of the stage."""
    config = json.loads(ask(address, "/config")[2])
    stage = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "stage")
    asked = {"component_id": stage, "fn_name": function, "session_hash": "tests", "data": data}
    cookie = {"Cookie": f"{COOKIE}={visitor}"} if visitor else {}
    status, _, body = ask(address, "/gradio_api/component_server/", "POST", asked, **cookie)
    return status, json.loads(body)


@pytest.fixture(scope="module")
def clip(address) -> str:
    """The path of the media of a clip that ADA made."""
    config = json.loads(ask(address, "/config")[2])
    make = next(d["id"] for d in config["dependencies"] if d["api_name"] == "make")
    asked = {"fn_index": make, "session_hash": "tests", "data": ["a meadow at sunset", 5, "9:16", "", "7"]}
    assert ask(address, "/gradio_api/queue/join", "POST", asked, Cookie=f"{COOKIE}={ADA}")[0] == 200

    def made() -> list[dict]:
        return [g for g in call(address, "mine", {}, ADA)[1]["generations"] if g["state"] in ("done", "failed")]

    (generation,) = until(made, seconds=240)
    assert generation["state"] == "done", running_app().log
    return f"/media/{generation['id']}"


def test_the_page_opens_with_a_cookie_and_a_policy(address):
    status, headers, body = ask(address, "/")
    assert status == 200 and b"Hibari" in body
    assert headers["set-cookie"].startswith(COOKIE)
    assert "default-src 'self'" in headers["content-security-policy"]
    assert b"fonts.googleapis.com" not in body


def test_a_clip_is_served_to_its_maker_and_nobody_else(address, clip):
    maker = {"Cookie": f"{COOKIE}={ADA}"}
    status, headers, body = ask(address, f"{clip}/clip.mp4", **maker)
    assert (status, headers["content-type"], body[4:8]) == (200, "video/mp4", b"ftyp")
    assert headers["cache-control"].startswith("private")
    assert ask(address, f"{clip}/clip.jpg", **maker)[1]["content-type"] == "image/jpeg"
    for stranger in ({}, {"Cookie": f"{COOKIE}={'x' * 43}"}):
        assert ask(address, f"{clip}/clip.mp4", **stranger)[0] == 404
    assert ask(address, f"{clip}/generation.json", **maker)[0] == 404
    assert ask(address, f"{clip}/..%2f..%2flog", **maker)[0] == 404


def test_a_player_may_ask_for_parts(address, clip):
    maker = {"Cookie": f"{COOKIE}={ADA}"}
    status, headers, body = ask(address, f"{clip}/clip.mp4", Range="bytes=4-7", **maker)
    assert (status, body) == (206, b"ftyp")
    assert headers["content-range"].startswith("bytes 4-7/")
    assert not {"cookie", "range", "user-agent"} & set(headers)
    assert ask(address, f"{clip}/clip.mp4", Range="bytes=0-3,8-9", **maker)[0] == 200
    assert ask(address, f"{clip}/clip.mp4", Range="bytes=999999999-", **maker)[0] == 416


def test_a_download_is_named_after_its_seed(address, clip):
    headers = ask(address, f"{clip}/clip.mp4?download", Cookie=f"{COOKIE}={ADA}")[1]
    assert headers["content-disposition"] == 'attachment; filename="hibari-7.mp4"'


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_other_sites_get_nothing(address, method):
    assert ask(address, "/", method, Origin="https://evil.example")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/upload", "/gradio_api/info", "/gradio_api/call/make", "/monitoring"],
)
def test_what_gradio_offers_beside_the_page_is_closed(address, path):
    assert ask(address, path)[0] == 404


def test_server_functions_answer_strangers_with_nothing_of_others(address, clip):
    assert call(address, "look", {"id": clip.rpartition("/")[2]}) == (200, {"state": "unknown"})
    for nonsense in ({}, "nonsense", [1, 2], None):
        assert call(address, "mine", nonsense) == (200, {"generations": []})


def test_what_is_too_large_is_refused(address):
    status, answer = call(address, "look", {"id": "x" * 2_000_000})
    assert status == 413 and "too large" in answer["detail"]
