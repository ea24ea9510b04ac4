"""What a credential says about a clip, as C2PA's manifest: actions, ingredients, how it was made, how to find it again.

Assertions of our own:
    app.hibari.generation   maker, SHA-256 of the prompt (its words too if the maker agrees), seed, engine, SHA-256 of
                            the storyboard
    app.hibari.cameos       handles of real people, each with the SHA-256 of the receipt of their consent
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

GENERATION = "app.hibari.generation"
CAMEOS = "app.hibari.cameos"
MARK_ALGORITHM = "app.hibari.mark.1"
LOOK_ALGORITHM = "app.hibari.pdq.1"
PRODUCT = "Hibari"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
BY_CODE, BY_MODEL = "algorithmicMedia", "trainedAlgorithmicMedia"
DRAWN_BY_CODE = ("world",)  # engines without a trained model
THUMBNAIL = "thumbnail.jpg"  # name of the picture among the manifest's resources
# what machines may do with the clip: nothing that trains them, unless the maker says otherwise
TRAINING_AND_MINING = ("cawg.ai_training", "cawg.ai_generative_training", "cawg.data_mining", "cawg.ai_inference")


@dataclass(frozen=True)
class Origins:
    """Everything that a clip's credential tells."""

    prompt: str
    tell_prompt: bool  # whether the maker agrees that its words are told
    seed: int
    engine: str
    engine_version: str
    storyboard: str  # JSON
    mark: int
    made_at: str  # ISO 8601, UTC
    visible_mark: bool
    maker: str | None = None  # handle
    looks: tuple[tuple[float, bytes], ...] = ()  # (seconds, PDQ hash of 32 bytes) of some frames
    parent: Path | None = None  # MP4
    inputs: tuple[Path, ...] = ()  # start image and references
    cameos: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))  # handle → receipt's SHA-256


def manifest(
    origins: Origins, title: str, media_type: str, *, with_ingredients: bool = True, outside: str | None = None
) -> dict:
    """The manifest of one file of a clip. Files beside the MP4 leave its ingredients to the MP4's own manifest.

    outside: SHA-256 of what the standard's own hash leaves out, so that it is protected as well.
    """
    parts = _cameo_ingredients(origins) if with_ingredients else []
    return {
        "claim_generator_info": [{"name": PRODUCT, "version": origins.engine_version}],
        "title": title,
        "format": media_type,
        "thumbnail": {"format": "image/jpeg", "identifier": THUMBNAIL},
        "ingredients": parts,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": _actions(origins, with_ingredients)}},
            {"label": GENERATION, "data": _generation(origins) | ({"outside_sha256": outside} if outside else {})},
            *([{"label": CAMEOS, "data": {"cameos": _cameos(origins)}}] if origins.cameos else []),
            *_soft_bindings(origins),
            {
                "label": "cawg.training-mining",
                "data": {"entries": {u: {"use": "notAllowed"} for u in TRAINING_AND_MINING}},
            },
        ],
    }


def _actions(origins: Origins, with_ingredients: bool) -> list[dict]:
    """What was done, in order; ids name ingredients."""
    source = SOURCE_TYPES + (BY_CODE if origins.engine in DRAWN_BY_CODE else BY_MODEL)
    agent = {"name": f"{PRODUCT} {origins.engine}", "version": origins.engine_version}
    inputs = [input_id(number) for number in range(len(origins.inputs))] if with_ingredients else []
    made = {"digitalSourceType": source, "softwareAgent": agent, "when": origins.made_at}
    if inputs:
        made["parameters"] = {"ingredientIds": inputs}
    if origins.parent is not None and with_ingredients:
        actions = [
            {"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT_ID]}},
            {"action": "c2pa.edited", "description": "remixed", **made},
        ]
    else:
        actions = [{"action": "c2pa.created", **made}]
    if with_ingredients:
        placed = [{"action": "c2pa.placed", "parameters": {"ingredientIds": [cameo_id(h)]}} for h in origins.cameos]
        actions += placed
    actions.append({"action": "c2pa.watermarked.bound", "description": "invisible mark in picture and sound"})
    if origins.visible_mark:
        actions.append({"action": "c2pa.watermarked.unbound", "description": "visible mark: made with AI"})
    return actions


PARENT_ID = "parent"


def input_id(number: int) -> str:
    return f"input{number}"


def cameo_id(handle: str) -> str:
    return f"cameo-{handle}"


def _generation(origins: Origins) -> dict:
    """How it was made, as values that can be compared with a record."""
    told = {
        "mark": f"{origins.mark:010x}",
        "made_at": origins.made_at,
        "prompt_sha256": sha256(origins.prompt),
        "seed": origins.seed,
        "engine": origins.engine,
        "engine_version": origins.engine_version,
        "storyboard_sha256": sha256(origins.storyboard),
    }
    if origins.tell_prompt:
        told["prompt"] = origins.prompt
    return told | ({"maker": origins.maker} if origins.maker else {})


def _cameos(origins: Origins) -> list[dict]:
    return [
        {"handle": handle} | ({"receipt_sha256": receipt} if receipt else {})
        for handle, receipt in sorted(origins.cameos.items())
    ]


def _cameo_ingredients(origins: Origins) -> list[dict]:
    """Each person as a component that names the receipt of consent and shows no face."""
    return [
        {
            "title": f"@{handle}",
            "format": "application/octet-stream",
            "relationship": "componentOf",
            "instance_id": cameo_id(handle),
            "label": cameo_id(handle),
            "description": f"cameo; receipt of consent: sha256 {receipt}" if receipt else "cameo",
        }
        for handle, receipt in sorted(origins.cameos.items())
    ]


def _soft_bindings(origins: Origins) -> list[dict]:
    """What finds the credential again after a strip: the mark, and the look of some frames."""
    mark = [{"scope": {}, "value": base64.b64encode(origins.mark.to_bytes(5, "big")).decode()}]
    looks = [
        {
            "scope": {"timespan": {"start": round(at * 1000), "end": round(at * 1000)}},
            "value": base64.b64encode(look).decode(),
        }
        for at, look in origins.looks
    ]
    bindings = [(MARK_ALGORITHM, mark), *([(LOOK_ALGORITHM, looks)] if looks else [])]
    return [{"label": "c2pa.soft-binding", "data": {"alg": name, "blocks": blocks}} for name, blocks in bindings]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
