"""A page's events are told to the session that opened it, and to nobody else."""

import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.web import queue_owner
from ui.web.queue_owner import EVENTS, JOIN, QueueOwner
from ui.web.session import COOKIE

ADA, EVE = (f"{COOKIE}={letter * 43}" for letter in "ae")


async def told(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body() or b"events")


@pytest.fixture
def client() -> TestClient:
    routes = [Route(JOIN, told, methods=["POST"]), Route(EVENTS, told), Route("/other", told, methods=["POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(QueueOwner)]))


def join(client: TestClient, page: object, cookie: str = "") -> int:
    return client.post(JOIN, content=json.dumps({"session_hash": page}), headers={"cookie": cookie}).status_code


def hear(client: TestClient, page: str, cookie: str = "") -> int:
    return client.get(EVENTS, params={"session_hash": page}, headers={"cookie": cookie}).status_code


def test_a_page_hears_its_own_events_and_its_body_arrives_whole(client):
    sent = json.dumps({"session_hash": "page", "data": ["x" * 100_000]})
    assert client.post(JOIN, content=sent, headers={"cookie": ADA}).text == sent
    assert hear(client, "page", ADA) == 200


def test_somebody_who_knows_its_name_hears_nothing_and_joins_nothing(client):
    join(client, "page", ADA)
    for stranger in (EVE, "", f"{COOKIE}=forged"):
        assert (hear(client, "page", stranger), join(client, "page", stranger)) == (404, 404)
    assert hear(client, "page", ADA) == 200


def test_a_guest_who_signs_in_keeps_the_page_and_then_it_is_theirs(client):
    assert (join(client, "page"), hear(client, "page", ADA)) == (200, 200)
    assert (hear(client, "page"), hear(client, "page", EVE)) == (404, 404)


@pytest.mark.parametrize("sent", [b"", b"nonsense", b"[]", b'{"session_hash": 7}', b"{}"])
def test_what_names_no_page_is_refused(client, sent):
    assert client.post(JOIN, content=sent).status_code == 404
    assert client.get(EVENTS).status_code == 404
    assert client.post("/other", content=sent).status_code == 200


def test_pages_that_asked_longest_ago_are_forgotten(client, monkeypatch):
    monkeypatch.setattr(queue_owner, "REMEMBERED", 2)
    for page in ("first", "second", "third"):
        join(client, page, ADA)
    assert hear(client, "first", EVE) == 200 and hear(client, "third", EVE) == 404
