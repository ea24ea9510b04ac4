"""The store of manifests in a file, as the tree that people see: this clip, its parent, the parent's parent …

Everything here was written by whoever made the file, so nothing is taken for granted: values are cut, the tree is
pruned.
"""

import base64
import binascii
from typing import Any

from pipelines.provenance.statement import CAMEOS, GENERATION
from pipelines.provenance.verification import Node

DEEPEST, MOST_NODES = 16, 64
LONGEST = 300  # characters of a value
FACTS = ("mark", "prompt_sha256", "seed", "engine_version", "storyboard_sha256")
ROLES = {"parentOf": "parent", "inputTo": "input", "componentOf": "cameo"}


def chain_tree(credential: dict, state: str) -> Node | None:
    """The tree of a file's credential, whose own state is known already; None where there is none to read."""
    store = _dict(credential.get("store"))
    active = store.get("active_manifest")
    if not isinstance(active, str) or active not in _dict(store.get("manifests")):
        return None
    return _Grower(credential).node(active, "this", state, 0)


def generation_of(credential: dict) -> dict:
    """What the active manifest says of how the clip was made; empty where it says nothing."""
    store = _dict(credential.get("store"))
    manifest = _dict(_dict(store.get("manifests")).get(_text(store.get("active_manifest")) or ""))
    return _assertion(manifest, GENERATION)


class _Grower:
    """Builds nodes, and stops at the limits."""

    def __init__(self, credential: dict) -> None:
        self._manifests = _dict(_dict(credential.get("store")).get("manifests"))
        self._thumbnails = _dict(credential.get("thumbnails"))
        self._left = MOST_NODES

    def node(self, label: str, role: str, state: str, depth: int) -> Node:
        manifest = _dict(self._manifests.get(label))
        told = _assertion(manifest, GENERATION)
        self._left -= 1
        return Node(
            role=role,
            state=state,
            title=_text(manifest.get("title")) or "",
            signer=signer_of(manifest),
            maker=_text(told.get("maker")),
            made_at=_text(told.get("made_at")),
            engine=_text(told.get("engine")),
            prompt=_text(told.get("prompt"), 2000),
            facts={name: str(told[name])[:LONGEST] for name in FACTS if isinstance(told.get(name), str | int)},
            thumbnail=self._picture(label),
            children=self._children(label, manifest, depth),
        )

    def _children(self, label: str, manifest: dict, depth: int) -> tuple[Node, ...]:
        ingredients = manifest.get("ingredients")
        found = []
        for number, ingredient in enumerate(ingredients if isinstance(ingredients, list) else []):
            if self._left > 0 and depth < DEEPEST:
                found.append(self._ingredient(_dict(ingredient), f"{label}#{number}", manifest, depth))
        return tuple(sorted(found, key=lambda node: ("parent", "input", "cameo").index(node.role)))

    def _ingredient(self, ingredient: dict, place: str, manifest: dict, depth: int) -> Node:
        role = ROLES.get(ingredient.get("relationship"), "input")
        below = ingredient.get("active_manifest")
        if isinstance(below, str) and below in self._manifests:
            return self.node(below, role, _ingredient_state(ingredient), depth + 1)
        self._left -= 1
        title = _text(ingredient.get("title")) or ""
        facts = _receipt(manifest, title) if role == "cameo" else {}
        return Node(role, "none", title, None, facts=facts, thumbnail=self._picture(place))

    def _picture(self, name: str) -> bytes | None:
        try:
            return base64.b64decode(self._thumbnails.get(name) or "", validate=True) or None
        except (binascii.Error, TypeError, ValueError):
            return None


def signer_of(manifest: dict) -> str | None:
    """Who signed, as the certificate calls them."""
    signature = _dict(manifest.get("signature_info"))
    names = [_text(signature.get(field), 100) for field in ("common_name", "issuer")]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def failures(results: Any) -> list[str]:
    """The codes of what a reader found wrong."""
    found = _dict(_dict(results).get("activeManifest")).get("failure")
    return [str(one.get("code")) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def successes(results: Any) -> list[str]:
    """The codes of what a reader found right."""
    found = _dict(_dict(results).get("activeManifest")).get("success")
    return [str(one.get("code")) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _ingredient_state(ingredient: dict) -> str:
    """What the signer found of an ingredient when it was taken in."""
    wrong = [code for code in failures(ingredient.get("validation_results")) if code != "signingCredential.untrusted"]
    if wrong:
        return "changed"
    return "intact" if "signingCredential.trusted" in successes(ingredient.get("validation_results")) else "untrusted"


def _receipt(manifest: dict, title: str) -> dict[str, str]:
    """The receipt of a person's consent that the manifest names."""
    cameos = _assertion(manifest, CAMEOS).get("cameos")
    for cameo in cameos if isinstance(cameos, list) else []:
        if isinstance(cameo, dict) and f"@{cameo.get('handle')}" == title and _text(cameo.get("receipt_sha256")):
            return {"receipt_sha256": str(cameo["receipt_sha256"])[:64]}
    return {}


def _assertion(manifest: dict, label: str) -> dict:
    assertions = manifest.get("assertions")
    for assertion in assertions if isinstance(assertions, list) else []:
        if isinstance(assertion, dict) and assertion.get("label") == label:
            return _dict(assertion.get("data"))
    return {}


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _text(value: Any, longest: int = LONGEST) -> str | None:
    """The value if it is text, cut, without what cannot be shown."""
    if not isinstance(value, str):
        return None
    return "".join(c for c in value[:longest] if c.isprintable()) or None
