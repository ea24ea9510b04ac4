"""Which calls of a pipeline make a clip: what each starts from, its size, its length, and what it is told."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from pipelines.engines.family import Task
from pipelines.engines.model import Model
from pipelines.engines.prompting import prompt_for
from pipelines.materials import Materials
from pipelines.request import GenerationRequest, RequestError
from pipelines.storyboard import Shot, Storyboard

Start = Literal["nothing", "picture", "parent", "references", "before"]
SHARPEST_STRENGTH = 0.75  # how far a remix moves away from its parent, 0 (not at all) to 1


@dataclass(frozen=True)
class Call:
    """One call of a pipeline."""

    task: Task
    start: Start  # what it is given beside its prompt; before: the end of the call before
    prompt: str
    width: int  # pixels, as the model makes them
    height: int
    frames: int  # that the model makes
    overlap: int  # frames at its beginning that the clip has already
    keep: int  # frames that the clip takes, after the overlap
    first: int  # number of the clip's first frame that this call makes
    seed: int
    values: Mapping[str, Any] = field(default_factory=dict)  # steps, guidance, strength: under our names


def plan(storyboard: Storyboard, request: GenerationRequest, model: Model, materials: Materials) -> tuple[Call, ...]:
    """The calls, in order. Raises RequestError for what this model cannot do, with what to do instead."""
    task, start = _beginning(model, materials)
    width, height = size_for(request.width, request.height, model)
    kin = model.kin
    told = {"speaks": kin.speaks, "sounds": model.sounds, "limit": kin.limits}
    calls: list[Call] = []
    first = 0
    for shots in _scenes(storyboard, model):
        count = sum(frames_of(shot, model.rate) for shot in shots)
        prompt = prompt_for(request, storyboard, shots, **told)
        for piece, (keep, overlap) in enumerate(_pieces(count, model, goes_on=start == "before")):
            goes_on = piece > 0 or start == "before"
            calls.append(
                Call(
                    task=_continuing(model)[0] if goes_on else task,
                    start="before" if goes_on else start,
                    prompt=f"{prompt} {model.suffix}".strip(),
                    width=width,
                    height=height,
                    frames=kin.frames_for(keep + overlap),
                    overlap=overlap,
                    keep=keep,
                    first=first,
                    seed=_seed(request.seed, len(calls)),
                    values=_values(request, model, task if not goes_on else "text"),
                )
            )
            first += keep
        if start == "picture":  # the first shot begins with the picture; the others are told in words
            task, start = ("text", "nothing") if "text" in model.tasks else (task, "before")
    return tuple(calls)


def frames_of(shot: Shot, rate: int) -> int:
    return max(1, round(shot.seconds * rate))


def size_for(width: int, height: int, model: Model) -> tuple[int, int]:
    """(width, height) in pixels that the model makes: the request's shape, within what the model was trained for."""
    least, most = model.pixels
    multiple = model.kin.multiple
    scale = math.sqrt(min(max(width * height, least), most) / (width * height))
    sides = [max(multiple, round(side * scale / multiple) * multiple) for side in (width, height)]
    while sides[0] * sides[1] > most and max(sides) > multiple:
        sides[sides.index(max(sides))] -= multiple
    return sides[0], sides[1]


def _beginning(model: Model, materials: Materials) -> tuple[Task, Start]:
    """What the first call starts from. Raises RequestError when the model cannot take what it is given."""
    if materials.start_image is not None:
        _must_do(model, "image", "begin with a picture")
        return "image", "picture"
    if materials.references or materials.likenesses:
        _must_do(model, "references", "show what is in other pictures" if materials.references else "show a cameo")
        return "references", "references"
    if materials.parent is not None and "video" in model.tasks:
        return "video", "parent"
    if "text" not in model.tasks:
        raise RequestError(f"{model.title} needs a picture to begin with. Add one, or choose another engine.")
    return "text", "nothing"


def _must_do(model: Model, task: Task, said: str) -> None:
    if task not in model.tasks:
        raise RequestError(f"{model.title} cannot {said}. Leave that out, or choose an engine that can.")


def _scenes(storyboard: Storyboard, model: Model) -> Sequence[tuple[Shot, ...]]:
    """Shots that one call shows: all of them where the model knows cuts and the clip is short enough, else each."""
    together = sum(frames_of(shot, model.rate) for shot in storyboard.shots)
    if model.kin.shots and together <= _longest(model):
        return (storyboard.shots,)
    return tuple((shot,) for shot in storyboard.shots)


def _longest(model: Model) -> int:
    return round(model.seconds[1] * model.rate)


def _continuing(model: Model) -> tuple[Task, int]:
    """(task, overlap in frames) by which a shot goes on after one call; ("text", 0) when it cannot."""
    if "extend" in model.tasks:
        return "extend", model.kin.context
    return ("image", 1) if "image" in model.tasks else ("text", 0)


def _pieces(count: int, model: Model, *, goes_on: bool) -> Sequence[tuple[int, int]]:
    """(frames to keep, overlap) of each call that a shot of so many frames takes. Raises RequestError.

    goes_on: the shot starts from the end of the one before.
    """
    longest = _longest(model)
    _, overlap = _continuing(model)
    before = overlap if goes_on else 0
    if count + before <= longest:
        return ((count, before),)
    if not overlap:
        raise RequestError(
            f"{model.title} makes shots of at most {model.seconds[1]:.3g} seconds; one lasts {count / model.rate:.3g}. "
            "Shorten it, tell it as several shots, or choose another engine."
        )
    pieces = [(longest - before, before)]
    left = count - pieces[0][0]
    while left > 0:
        keep = min(left, longest - overlap)
        pieces.append((keep, overlap))
        left -= keep
    return tuple(pieces)


def _values(request: GenerationRequest, model: Model, task: Task) -> dict[str, Any]:
    """Steps, guidance and strength: the request's where it says, else the catalog's."""
    asked = request.options
    values: dict[str, Any] = {
        "steps": asked.steps or model.steps,
        "guidance": model.guidance if asked.guidance is None else asked.guidance,
    }
    if model.guidance_2 is not None:
        values["guidance_2"] = model.guidance_2
    if task == "video":
        values["strength"] = SHARPEST_STRENGTH if asked.strength is None else asked.strength
    return values


def _seed(seed: int, number: int) -> int:
    """A seed of its own for each call: the same noise twice would show the same movement twice."""
    return int(np.random.default_rng([seed, number]).integers(2**63))
