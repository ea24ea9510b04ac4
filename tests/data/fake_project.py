"""A Supabase project for one test: real Postgres behind a real PostgREST, and fakes of its accounts and its storage."""

import contextlib
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import psycopg
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.data import postgrest
from tests.data.fake_supabase_auth import FakeSupabaseAuth, serving
from tests.data.fake_supabase_storage import FakeStorage

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
_OF_THE_LINE = {"host", "content-length", "connection", "transfer-encoding", "content-encoding"}


@dataclass(frozen=True)
class Project:
    """Where it is, its keys, and what it keeps."""

    url: str
    auth: FakeSupabaseAuth
    storage: FakeStorage
    key: str
    service_key: str


@contextlib.contextmanager
def project(program: pathlib.Path, address: str, owner: psycopg.Connection, folder: pathlib.Path) -> Iterator[Project]:
    """A project whose database is at `address` (of `authenticator`)."""
    key, service_key = postgrest.token("anon"), postgrest.token("service_role")

    def add(account: str) -> None:
        owner.execute("insert into auth.users (id) values (%s)", [account])

    auth = FakeSupabaseAuth(postgrest.SECRET, service_key=service_key, on_new_user=add)
    storage = FakeStorage()
    with (
        postgrest.serve(program, address, folder),
        httpx.Client(transport=httpx.HTTPTransport(uds=str(folder / "rest.sock"))) as rest,
        httpx.Client(transport=storage) as files,
        serving([auth.routes(), _passing("/rest/v1", rest, strip=True), _passing("/storage/v1", files)]) as url,
    ):
        yield Project(url, auth, storage, key, service_key)


def _passing(prefix: str, to: httpx.Client, *, strip: bool = False) -> Route:
    """Passes on whatever comes below a prefix, which PostgREST does not know of."""

    async def answer(request: Request) -> Response:
        path = request.url.path.removeprefix(prefix) if strip else request.url.path
        kept = {name: value for name, value in request.headers.items() if name not in _OF_THE_LINE}
        asked = f"http://project{path}?{request.url.query}".rstrip("?")
        # storage is asked for seconds at most, and one test asks at a time
        told = to.request(request.method, asked, headers=kept, content=await request.body())
        headers = {name: value for name, value in told.headers.items() if name not in _OF_THE_LINE}
        return Response(told.content, told.status_code, headers)

    return Route(prefix + "/{rest:path}", answer, methods=_METHODS)
