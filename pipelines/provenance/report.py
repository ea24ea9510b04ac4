"""An answer of Verify as text: for the shell, and as JSON for programs."""

from collections.abc import Iterator
from dataclasses import asdict

from pipelines.provenance.verification import Language, Node, Verification

ROLES = {
    "this": ("this file", "ce fichier"),
    "parent": ("made from", "fait à partir de"),
    "input": ("with the picture", "avec l’image"),
    "cameo": ("with the likeness of", "avec l’apparence de"),
}


def as_lines(found: Verification, language: Language) -> list[str]:
    """The verdict, its evidence with how sure each is, and the chain, a line each."""
    lines = [found.sentence(language)]
    lines += [f"  {round(one.confidence * 100):3d} %  {one.sentence(language)}" for one in found.evidence]
    return lines + list(_tree_lines(found.tree, language, 1))


def as_json(found: Verification) -> dict:
    """Everything that was found, as JSON values; pictures are left out."""
    return {
        "verdict": found.verdict,
        "sentence": {"en": found.sentence("en"), "fr": found.sentence("fr")},
        "confidence": found.confidence,
        "signer": found.signer,
        "origin": found.origin,
        "evidence": [asdict(one) | {"sentence": one.sentence("en")} for one in found.evidence],
        "chain": _node_json(found.tree) if found.tree else None,
    }


def _tree_lines(node: Node | None, language: Language, depth: int) -> Iterator[str]:
    if node is None:
        return
    told = [node.title, f"@{node.maker}" if node.maker else "", node.made_at or "", node.signer or ""]
    yield f"{'  ' * depth}{ROLES[node.role][language == 'fr']}: {', '.join(part for part in told if part)}"
    for child in node.children:
        yield from _tree_lines(child, language, depth + 1)


def _node_json(node: Node) -> dict:
    fields = {name: value for name, value in vars(node).items() if name not in ("thumbnail", "children")}
    return fields | {"children": [_node_json(child) for child in node.children]}
