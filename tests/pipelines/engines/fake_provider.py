"""A FAKE of an inference provider, as fal.ai's queue is documented, with the ways in which providers fail.

A POST is answered with an id, the id's status is asked for, and its result names the video's address. Whether the real
one keeps to its documentation is not proved here.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeProvider:
    """What it answers, one after the other; the last answer stays."""

    video: bytes
    answers: list[str] = field(default_factory=lambda: ["video"])  # video, slow, half, text, json, or an HTTP status
    asked: list[dict] = field(default_factory=list)  # the bodies of the requests
    polls: int = 0
    now: str = "video"  # how the attempt at work ends
    address: str = ""


@contextmanager
def serving(provider: FakeProvider) -> Iterator[FakeProvider]:
    class Handler(_Handler):
        fake = provider

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    provider.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    fake: FakeProvider

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:  # noqa: N802 the name that http.server calls
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.fake.asked.append(json.loads(body))
        answer = self.fake.answers.pop(0) if len(self.fake.answers) > 1 else self.fake.answers[0]
        if answer.isdigit():
            return self._send(int(answer), b'{"error": "no"}')
        self.fake.now = answer
        if answer == "slow":
            time.sleep(1.5)
        told = {"request_id": "r1", "status": "IN_QUEUE", "response_url": f"{self.fake.address}/queue/requests/r1"}
        return self._send(200, json.dumps(told).encode())

    def do_GET(self) -> None:  # noqa: N802
        if self.path.endswith("/status"):
            self.fake.polls += 1
            return self._send(200, b'{"status": "COMPLETED"}')
        if self.path.startswith("/queue/requests/"):
            video = {"url": f"{self.fake.address}/clip.mp4"} if self.fake.now != "json" else None
            return self._send(200, json.dumps({"video": video}).encode())
        video = self.fake.video
        bodies = {"text": b"<html>busy</html>", "half": video[: len(video) // 2]}
        return self._send(200, bodies.get(self.fake.now, video))

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
