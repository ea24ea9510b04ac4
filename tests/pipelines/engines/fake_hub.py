"""A FAKE of the hub: just enough of its HTTP for `snapshot_download`, over a folder, with the troubles tests ask for.

It stands in for a service that tests cannot reach; it proves our side of the conversation only.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "c0ffee" * 6 + "cafe"  # 40 hex digits


@dataclass
class FakeHub:
    """What it serves, how it misbehaves, and what it was asked."""

    repository: str
    folder: Path
    gated: bool = False
    break_off_once: str = ""  # a file that ends after half of its bytes, the first time
    damaged: str = ""  # a file whose bytes are not those of its hash
    asked: list[str] = field(default_factory=list)  # method, path and range
    address: str = ""

    def files(self) -> dict[str, Path]:
        return {str(p.relative_to(self.folder)): p for p in sorted(self.folder.rglob("*")) if p.is_file()}


@contextmanager
def serving(hub: FakeHub) -> Iterator[FakeHub]:
    """Runs the fake at a free port of this machine."""

    class Handler(_Handler):
        fake = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    fake: FakeHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 the name that http.server calls
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # noqa: N802
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        self.fake.asked.append(f"{self.command} {path} {self.headers.get('Range', '')}".strip())
        if path.startswith("/api/models/"):
            return self._about(path)
        if "/resolve/" not in path or not path.startswith(f"/{self.fake.repository}/"):
            return self._send(404, b"", {"X-Error-Code": "RepoNotFound"})
        if self.fake.gated:
            return self._send(403, b"", {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access is restricted."})
        return self._file(path.split("/resolve/", 1)[1].split("/", 1)[1], with_body)

    def _about(self, path: str) -> None:
        if not path.startswith(f"/api/models/{self.fake.repository}"):
            return self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        if self.fake.gated:
            return self._send(403, b"{}", {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access is restricted."})
        if "/tree/" in path:
            listed = [self._listed(name, file) for name, file in self.fake.files().items()]
            return self._send(200, json.dumps(listed).encode(), {"Content-Type": "application/json"})
        siblings = [{"rfilename": name, "size": file.stat().st_size} for name, file in self.fake.files().items()]
        told = {"id": self.fake.repository, "sha": COMMIT, "siblings": siblings, "private": False, "gated": False}
        return self._send(200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _listed(self, name: str, file: Path) -> dict:
        data = file.read_bytes()
        told = {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
        if name.endswith(".safetensors"):
            told["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
        return told

    def _file(self, name: str, with_body: bool) -> None:
        if name not in self.fake.files():
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
        data = self.fake.files()[name].read_bytes()
        large = name.endswith(".safetensors")
        digest = hashlib.sha256(data).hexdigest() if large else hashlib.sha1(data).hexdigest()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{digest}"', "Accept-Ranges": "bytes"}
        if large:
            headers |= {"X-Linked-Etag": f'"{digest}"', "X-Linked-Size": str(len(data))}
        if name == self.fake.damaged:
            data = data[:-1] + bytes([data[-1] ^ 1])
        status, start = 200, 0
        if self.headers.get("Range", "").startswith("bytes="):
            start = int(self.headers["Range"].removeprefix("bytes=").split("-")[0])
            status = 206
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        body = data[start:]
        if with_body and name == self.fake.break_off_once:
            self.fake.break_off_once = ""
            self._send(status, body[: len(body) // 2], headers, told_length=len(body))
            self.close_connection = True
            return None
        return self._send(status, body if with_body else b"", headers, told_length=len(body))

    def _send(self, status: int, body: bytes, headers: dict[str, str], told_length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if told_length is None else told_length))
        self.end_headers()
        self.wfile.write(body)
