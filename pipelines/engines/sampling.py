"""One call of a pipeline: from what was planned to frames and sound, told and stopped between two steps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from PIL import Image

from pipelines.engines.loading import Loaded
from pipelines.engines.pictures import as_frames, frames_of_video, head_picture, picture_of
from pipelines.engines.planning import Call
from pipelines.engines.preview import Previewer
from pipelines.materials import Materials
from pipelines.sound.synthesis import SAMPLE_RATE
from pipelines.sound.voice_colour import resampled

PYRAMID_STAGES = 3  # of Helios, which is told the steps of each
HELIOS_CHUNK = 33  # frames that it makes at a time, each with all its steps

Tell = Callable[[float, bytes | None], None]  # share of the call that is done, a JPEG; may stop the call by raising


@dataclass(frozen=True)
class Sampled:
    """What one call gave."""

    frames: np.ndarray  # (n, height, width, 3) uint8 RGB
    sound: np.ndarray | None  # (m, 2) float32 at 48 kHz, as long as the frames; None for a silent model


def sample(loaded: Loaded, call: Call, materials: Materials, before: np.ndarray | None, tell: Tell) -> Sampled:
    """Runs a call. before: (n, h, w, 3) uint8 RGB, the end of the call before. Raises whatever `tell` raises.

    The same call gives the same frames: every random number comes from its seed.
    """
    import torch

    pipeline = loaded.pipeline(call.task)
    model = loaded.model
    steps = int(call.values["steps"])
    meter = _Meter(_all_steps(loaded, call, steps), tell)
    previewer = Previewer(pipeline, model.kin.latents, (call.width, call.height), steps)
    given = model.kin.named(call.task, _values(loaded, call, materials, before)) | dict(model.extra)
    if model.kin.latents:
        given["callback_on_step_end"] = meter.looking(previewer)
    if "sigmas" in given and steps != len(given["sigmas"]):
        del given["sigmas"]  # they are made for the usual number of steps
    pipeline.progress_bar = meter
    try:
        with torch.random.fork_rng(devices=_gpus(loaded.device)), torch.inference_mode():
            torch.manual_seed(call.seed)
            made = pipeline(generator=torch.Generator("cpu").manual_seed(call.seed), output_type="np", **given)
    finally:
        del pipeline.progress_bar
    frames = as_frames(made.video if hasattr(made, "video") else made.frames)
    seconds = len(frames) / model.rate
    return Sampled(frames, _sound(pipeline, made, model.kin.sound, seconds) if model.sounds else None)


class _Meter:
    """Stands in for a pipeline's progress bar: tells the steps that are done, and lets a step be the last one."""

    def __init__(self, steps: int, tell: Tell) -> None:
        self._steps = steps
        self._tell = tell
        self._done = 0
        self._picture: bytes | None = None

    def __call__(self, iterable: Any = None, total: int | None = None) -> "_Meter":
        return self

    def __enter__(self) -> "_Meter":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, n: int = 1) -> None:
        self._done += n
        self._tell(min(1.0, self._done / self._steps), self._picture)
        self._picture = None

    def looking(self, previewer: Previewer) -> Callable[[Any, int, Any, dict], dict]:
        """A pipeline's callback at the end of each step, which makes the picture that the next telling shows."""

        def look(_pipeline: Any, step: int, _time: Any, tensors: dict) -> dict:
            self._picture = previewer.picture(step, tensors["latents"])
            return {}

        return look


def _all_steps(loaded: Loaded, call: Call, steps: int) -> int:
    """Steps that the whole call takes."""
    if loaded.model.family != "helios":
        return steps
    return _pyramid(steps)[0] * PYRAMID_STAGES * -(-call.frames // HELIOS_CHUNK)


def _pyramid(steps: int) -> list[int]:
    return [max(1, round(steps / PYRAMID_STAGES))] * PYRAMID_STAGES


def _values(loaded: Loaded, call: Call, materials: Materials, before: np.ndarray | None) -> dict[str, Any]:
    """Everything that the call says, under our names."""
    model = loaded.model
    values = dict(call.values)
    values |= {
        "prompt": call.prompt,
        "width": call.width,
        "height": call.height,
        "frames": call.frames,
        "rate": float(model.rate),
    }
    if model.negative:
        values["negative"] = model.negative
    if model.family == "helios":
        values["steps"] = _pyramid(int(values["steps"]))
    return values | _start(loaded, call, materials, before)


def _start(loaded: Loaded, call: Call, materials: Materials, before: np.ndarray | None) -> dict[str, Any]:
    """What the call starts from, under our names."""
    size = call.width, call.height
    if call.start == "picture":
        return {"image": picture_of(materials.start_image, *size)}
    if call.start == "references":
        heads = [head_picture(likeness.front.picture) for likeness in materials.likenesses.values()]
        return {"references": heads + [picture_of(path, *size) for path in materials.references]}
    if call.start == "parent":
        frames = frames_of_video(materials.parent, loaded.model.rate, call.first, call.frames, *size)
        return {"video": _as_video(loaded, frames, 1 - call.values["strength"])}
    if call.start == "before":
        frames = [Image.fromarray(frame) for frame in before]
        return {"video": _as_video(loaded, frames, 1.0)} if call.task == "extend" else {"image": frames[-1]}
    return {}


def _as_video(loaded: Loaded, frames: list[Image.Image], held: float) -> Any:
    """The frames as the family takes them. held: how far they are kept as they are, 0..1."""
    if loaded.model.family != "ltx2":
        return frames
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    return [LTX2VideoCondition(frames=frames, index=0, strength=held)]


def _gpus(device: str) -> list[int]:
    import torch

    return list(range(torch.cuda.device_count())) if device == "cuda" else []


def _sound(pipeline: Any, made: Any, where: str, seconds: float) -> np.ndarray:
    """(m, 2) float32 at 48 kHz, as long as the pictures, from a waveform at the rate that the pipeline tells."""
    rate = int(reduce(getattr, where.split("."), pipeline))
    waves = made.sound if hasattr(made, "sound") else made.audio
    waves = np.asarray(waves.float().cpu() if hasattr(waves, "cpu") else waves, np.float32)
    return fitted_sound(waves, rate, seconds)


def fitted_sound(waves: np.ndarray, rate: int, seconds: float) -> np.ndarray:
    """(m, 2) float32 at 48 kHz of that length, from (…, channels, n) or (…, n) samples at another rate."""
    waves = waves.reshape(-1, waves.shape[-1])[:2]  # at most two channels
    assert np.isfinite(waves).all(), "the model's sound holds samples that are not numbers"
    ears = [resampled(wave, rate, 1.0) for wave in (waves if len(waves) == 2 else [waves[0], waves[0]])]
    result = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    length = min(len(result), len(ears[0]))
    result[:length] = np.stack(ears, axis=1)[:length]
    return result
