"""The whole app on a Supabase project: accounts, clips, consent and media as at home, and no database of its own."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.data.fake_project import Project, project
from tests.ui.running import new_folder, start_app, stop_app


@pytest.fixture
def hosted(server, database_name, owner, postgrest_program, tmp_path):
    """(project, app): an app that knows nothing but the project's address and keys."""
    address = server.address(user="authenticator", database=database_name)
    with project(postgrest_program, address, owner, tmp_path) as there:
        folder = new_folder()
        app = start_app(folder, SUPABASE_URL=there.url, SUPABASE_KEY=there.key, SUPABASE_SERVICE_KEY=there.service_key)
        yield there, app
        stop_app(app)


def get(app, path: str, cookie: str = "", **headers: str):
    """(status, body) of a GET."""
    connection = HTTPConnection(urlsplit(app.url).netloc, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, **headers})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def test_from_joining_to_a_clip_in_everybodys_feed(hosted: tuple[Project, object]):
    there, app = hosted
    cookie = app.join("ada", email="ada@example.org", password="four short words")
    assert app.call("account/me", cookie)["me"]["handle"] == "ada"
    assert app.call("account/me")["ways"]["link"]
    assert not (app.folder / "postgres").exists()

    made = app.make(cookie)
    video = made["clip"]["video"]
    assert get(app, video)[0] == 404, "a draft is its maker's alone"
    status, content = get(app, video, cookie)
    assert status == 200 and content[4:8] == b"ftyp"
    assert get(app, video, cookie, Range="bytes=4-7") == (206, b"ftyp")
    assert content in there.storage.files.values(), "media lie in the project's bucket"

    published = app.call("post/publish", cookie, clip=made["clip"]["id"], caption="Evening", visibility="public")
    (card,) = app.call("feed/page", stream="latest")["posts"]
    assert card["id"] == published["id"] and card["author"]["handle"] == "ada"
    assert get(app, video)[0] == 200, "what is published everybody may see"

    app.ask("/account/sign_out", {}, cookie)
    assert app.call("account/me", cookie)["me"] is None
    answer, again = app.ask("/account/sign_in", {"email": "ada@example.org", "password": "four short words"})
    assert answer == {"signed_in": True} and app.call("account/me", again)["me"]["handle"] == "ada"
    assert there.service_key not in app.log and json.dumps(there.key) not in app.log
