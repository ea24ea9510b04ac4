"""Models that judge texts and pictures for the rules. Each from the catalog, and only where its weights are on this
machine; what they say is a vote, and what it counts for is the rules' to decide."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from pipelines.engines.device import pick_device
from pipelines.engines.settings import EngineSettings
from pipelines.engines.tools import installed_tools, parts_of

LONGEST_VERDICT = 24  # tokens of “unsafe” and the codes that follow
UNSAFE = "unsafe"
LARGE = 1.0  # billion weights, from which on a model that looks runs where engines do; smaller ones are quick anywhere

Judging = Callable[[str], tuple[str, ...]]  # text → the policy's areas that it offends against
Looking = Callable[[np.ndarray], dict[str, float]]  # (h, w, 3) uint8 RGB → area → how sure the model is, 0..1


@cache
def guard(settings: EngineSettings) -> Judging | None:
    """What a guard model (Llama Guard's kind) finds in a text; None where no such model is installed."""
    found = next(installed_tools("guard", settings), None)
    if found is None:
        return None
    tool, weights = found
    tokenizer, model = parts_of(tool, weights)

    def judge(text: str) -> tuple[str, ...]:
        import torch

        content = [{"type": "text", "text": text}] if tool.extra.get("content") == "parts" else text
        asked = tokenizer.apply_chat_template(
            [{"role": "user", "content": content}], return_tensors="pt", return_dict=True, add_generation_prompt=True
        )
        with torch.inference_mode():
            tokens = model.generate(**asked, max_new_tokens=LONGEST_VERDICT, do_sample=False)
        return areas_in(tokenizer.decode(tokens[0, asked["input_ids"].shape[1] :]), tool.arguments)

    return judge


def areas_in(verdict: str, areas: dict[str, str]) -> tuple[str, ...]:
    """The areas that a verdict such as “unsafe S1,S10” names; none for “safe”, or for codes that are not in the table
    (code → area)."""
    words = verdict.replace(",", " ").split()
    if UNSAFE not in words:
        return ()
    codes = (word.removesuffix(".") for word in words[words.index(UNSAFE) + 1 :])
    return tuple(dict.fromkeys(areas[code] for code in codes if code in areas))


@cache
def lookers(settings: EngineSettings) -> tuple[Looking, ...]:
    """What looks at a picture and says of which areas it shows something: one for each such model installed."""
    found = []
    for tool, weights in installed_tools("looks", settings):
        processor, model = parts_of(tool, weights)
        if tool.billions >= LARGE:
            model = model.to(pick_device(settings))
        made = _asker if tool.loads.startswith("ShieldGemma") else _labeller
        found.append(made(processor, model, tool.arguments))
    return tuple(found)


def _labeller(processor: Any, model: Any, areas: Mapping[str, str]) -> Looking:
    """Of a classifier that tells its labels apart."""
    labels = model.config.id2label

    def look(picture: np.ndarray) -> dict[str, float]:
        import torch

        with torch.inference_mode():
            logits = model(**processor(images=picture, return_tensors="pt").to(model.device)).logits[0]
        shares = logits.softmax(0).tolist()
        return {areas[labels[n]]: share for n, share in enumerate(shares) if labels[n] in areas}

    return look


def _asker(processor: Any, model: Any, areas: Mapping[str, str]) -> Looking:
    """Of a model that is asked about each of its policies and answers yes, it offends, or no (ShieldGemma 2)."""

    def look(picture: np.ndarray) -> dict[str, float]:
        import torch

        asked = processor(images=[picture], policies=list(areas), return_tensors="pt").to(model.device)
        asked["pixel_values"] = asked["pixel_values"].to(model.dtype)
        with torch.inference_mode():
            yes = model(**asked).probabilities[:, 0].float().tolist()
        return dict(zip(areas.values(), yes, strict=True))

    return look
