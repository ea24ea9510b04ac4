"""The Verify tab: where a file or a clip of ours comes from, with the evidence."""

import base64
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from data import clips, feed
from data.client import SERVICE
from data.errors import Invalid
from ui.area import area
from ui.calls import Asking, Call
from ui.studio import Studio
from ui.web.uploads import Upload

MAX_FILE = 100 * 1024 * 1024  # bytes


class Verify:
    """What the Verify tab asks of the server. Anybody may ask."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database

    def calls(self) -> dict[str, Call]:
        return {"verify/clip": self.clip, "verify/link": self.link}

    def uploads(self) -> dict[str, Upload]:
        return {"verify": Upload(MAX_FILE, self.file)}

    def file(self, asking: Asking, path: Path) -> dict:
        """What is known of an uploaded file."""
        return self._verified(asking, path)

    def clip(self, asking: Asking) -> dict:
        """What is known of a clip that the caller may see, read from its file as from anybody's."""
        post = asking.number("post")
        if post is not None:
            found = feed.post(self._database, asking.caller, post)["clip"]
        else:
            found = clips.clip(self._database, asking.caller, asking.text("clip", longest=36))
        return self._stored(asking, found["video_path"])

    def link(self, asking: Asking) -> dict:
        """What is known of the clip behind a shared link of ours."""
        query = parse_qs(urlsplit(asking.text("link", longest=400).strip()).query)
        if key := query.get("post"):
            post = feed.post_by_link(self._database, asking.caller, key[0])
        elif re.fullmatch(r"\d{1,15}", number := (query.get("p") or [""])[0]):
            post = feed.post(self._database, asking.caller, int(number))
        else:
            raise Invalid("This is no link to a clip here.", hint="Links look like …/?post=…; or choose a file.")
        return self._stored(asking, post["clip"]["video_path"])

    def _stored(self, asking: Asking, stored: str) -> dict:
        media = self._studio.data.media
        with tempfile.TemporaryDirectory(prefix="hibari-verify-") as folder:
            path = Path(folder) / "clip.mp4"
            with path.open("wb") as file:
                for piece in media.read(stored, 0, media.size(stored)):
                    file.write(piece)
            return self._verified(asking, path)

    def _verified(self, asking: Asking, path: Path) -> dict:
        from data.origins import DatabaseLookup
        from pipelines.provenance import open_provenance
        from pipelines.provenance.verify import NotReadable, verify

        provenance = open_provenance(self._studio.settings.data.folder / "keys", os.environ)
        try:
            found = verify(path, provenance, DatabaseLookup(self._database, SERVICE))
        except NotReadable as error:
            raise Invalid(str(error)) from None
        return verification_told(found, asking.language)


def verification_told(found, language: str) -> dict:
    """What the page shows of a Verification: a sentence, the evidence, the chain."""
    origin = found.origin
    return {
        "verdict": found.verdict,
        "sentence": found.sentence(language),
        "signer": found.signer,
        "origin": origin and {name: origin.get(name) for name in ("maker", "made_at", "withdrawn")},
        "evidence": [
            {"kind": one.kind, "code": one.code, "confidence": one.confidence, "sentence": one.sentence(language)}
            for one in found.evidence
        ],
        "tree": found.tree and _node_told(found.tree),
    }


def _node_told(node) -> dict:
    picture = node.thumbnail and "data:image/jpeg;base64," + base64.b64encode(node.thumbnail).decode()
    told = {name: getattr(node, name) for name in ("role", "title", "state", "signer", "maker", "engine", "prompt")}
    facts = {name: str(value) for name, value in node.facts.items()}
    made_at = node.made_at and str(node.made_at)
    children = [_node_told(child) for child in node.children]
    return told | {"made_at": made_at, "facts": facts, "thumbnail": picture, "children": children}


def create_verify_tab(studio: Studio) -> None:
    """The question and its answer."""
    area("verify", "verify.js")
