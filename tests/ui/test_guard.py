"""Only our own pages reach the app, on open paths, with bodies of a sensible size, and nothing is echoed."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.web.body_limit import MAX_BODY, BodyLimit
from ui.web.guard import Guard
from ui.web.session import COOKIE, set_cookie, token_in

METHODS = ["GET", "POST", "PUT", "DELETE"]


async def echo(request: Request) -> JSONResponse:
    body = await request.body()
    answer = {"range": request.headers.get("range"), "bytes": len(body)}
    return JSONResponse(answer, headers={"cookie": "secret", "sec-fetch-site": "none", "x-kept": "yes"})


def client(**guard) -> TestClient:
    routes = [Route("/", echo, methods=METHODS), Route("/media/x", echo), Route("/gradio_api/upload", echo)]
    middleware = [Middleware(Guard, **guard), Middleware(BodyLimit)]
    return TestClient(Starlette(routes=routes, middleware=middleware), base_url="http://127.0.0.1:7860")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://127.0.0.1:9999", "http://127.0.0.1.evil.example"]
)
def test_a_page_of_another_site_is_refused_whatever_it_asks(method, origin):
    assert client().request(method, "/", headers={"origin": origin}).status_code == 403


def test_our_own_page_and_programs_on_this_machine_pass():
    assert client().post("/", headers={"origin": "http://127.0.0.1:7860"}).status_code == 200
    assert client().get("/").status_code == 200


def test_what_another_site_embeds_is_refused_but_a_link_from_there_opens_the_page():
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client().get("/media/x", headers=embedded).status_code == 403
    assert client().get("/", headers=followed).status_code == 200


def test_behind_a_proxy_the_named_addresses_pass():
    behind = client(origins=("https://clips.example.org",))
    assert behind.post("/", headers={"origin": "https://clips.example.org"}).status_code == 200
    assert behind.get("/", headers={"host": "clips.example.org"}).status_code == 200
    assert behind.post("/", headers={"origin": "https://evil.example"}).status_code == 403


def test_a_foreign_name_that_points_to_this_machine_reaches_nothing():
    rebound = {"host": "evil.example:7860", "origin": "http://evil.example:7860"}
    assert client().get("/", headers=rebound).status_code == 421
    assert client(host="0.0.0.0").get("/", headers=rebound).status_code == 200


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/monitoring", "/gradio_api/file=/etc/passwd", "/login"])
def test_paths_that_the_page_does_not_need_do_not_exist(path):
    assert client().get(path).status_code == 404


def test_every_answer_forbids_outside_sources_and_repeats_no_request_header():
    for answer in (client().get("/"), client().get("/monitoring"), client().get("/", headers={"origin": "null"})):
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not {"cookie", "sec-fetch-site"} & set(answer.headers)
    assert client().get("/").headers["x-kept"] == "yes"


def test_one_range_passes_and_several_are_dropped():
    assert client().get("/", headers={"range": "bytes=0-3"}).json()["range"] == "bytes=0-3"
    assert client().get("/", headers={"range": "bytes=0-3,5-7"}).json()["range"] is None


def test_a_body_is_taken_up_to_the_limit():
    assert client().post("/", content=b"x" * MAX_BODY).json()["bytes"] == MAX_BODY
    assert client().post("/", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_a_body_of_unknown_length_is_stopped_at_the_limit():
    pieces = (b"x" * 65536 for _ in range(MAX_BODY // 65536 + 1))
    assert client().post("/", content=pieces).status_code == 413


def test_the_session_lies_in_a_cookie_that_scripts_cannot_read():
    given = set_cookie("t" * 43, secure=False)
    assert given.startswith(f"{COOKIE}={'t' * 43}; ") and "HttpOnly" in given and "SameSite=Lax" in given
    assert "Max-Age=0" in set_cookie(None, secure=False)


def test_only_cookies_like_ours_name_a_session():
    assert token_in(f"a=b; {COOKIE}={'v' * 43}") == "v" * 43
    for cookies in ("", f"{COOKIE}=short", f"{COOKIE}={'v' * 5000}", "\x00;;=", f"other={'v' * 43}"):
        assert token_in(cookies) is None


def test_a_page_in_the_frame_of_a_space_keeps_its_cookie():
    assert "SameSite=None; Secure; Partitioned" in set_cookie("t" * 43, secure=True)
