"""A fake of Supabase Storage, which no machine here can have: the few answers that its client needs."""

import json
import re

import httpx


class FakeStorage(httpx.MockTransport):
    """Files of one bucket in memory, told of as the service's documentation describes it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/storage/v1/object")
        name = "/".join(path.split("/")[-2:])
        if request.method == "POST" and path.startswith("/sign/"):
            return httpx.Response(200, json={"signedURL": f"/object/sign/media/{name}?token=t"})
        if request.method == "POST":
            self.files[name] = re.search(rb"filename=.*?\r\n\r\n(.*?)\r\n--", request.read(), re.S)[1]
            return httpx.Response(200, json={"Key": f"media/{name}", "Id": "1"})
        if request.method == "DELETE":
            gone = [
                self.files.pop(prefix, None) and {"name": prefix} for prefix in json.loads(request.read())["prefixes"]
            ]
            return httpx.Response(200, json=[found for found in gone if found])
        if name not in self.files:
            return httpx.Response(400, json={"statusCode": "404", "error": "not_found", "message": "Object not found"})
        if path.startswith("/info/"):
            return httpx.Response(200, json={"size": len(self.files[name])})
        start, end = request.headers["range"].removeprefix("bytes=").split("-")
        return httpx.Response(206, content=self.files[name][int(start) : int(end) + 1])
