"""Models that serve engines and checks: ambience and music, speech, captions, listening. Each from the catalog, and
only where its weights are on this machine."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import numpy as np

from pipelines.engines.model import Tool, catalog_of
from pipelines.engines.sampling import fitted_sound
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import NotReady, Weights, check_safe, installed, obtain
from pipelines.request import RequestError
from pipelines.sound.speech import speak
from pipelines.sound.synthesis import SAMPLE_RATE
from pipelines.sound.voices import voice_named

HEARD_RATE = 16_000  # samples a second that listeners take
LONGEST_CAPTION = 30  # tokens
LONGEST_SPEECH = 224  # tokens of what was heard
SAMPLE = {  # what our narrator says for a model that copies a voice
    "en": "The skylark sings as it climbs, high over the fields, on a clear morning.",
    "fr": "L'alouette chante en montant, haut sur les champs, par un matin clair.",
}

# class of a model → what prepares its input, where that is no processor
READERS = {
    "VitsModel": "AutoTokenizer",
    "LlamaForCausalLM": "AutoTokenizer",
    "ViTForImageClassification": "AutoImageProcessor",
}

Hearing = Callable[[np.ndarray], str]  # (n,) float32 mono at 16 kHz → the words in it
Seeing = Callable[[np.ndarray], str]  # (h, w, 3) uint8 RGB → a sentence
Uttering = Callable[[str], tuple[np.ndarray, int]]  # words → (n,) float32 mono, samples a second
Saying = Callable[[str], np.ndarray]  # words → (n,) float32 mono at 48 kHz


def tool_named(name: str, kinds: tuple[str, ...], settings: EngineSettings) -> Tool:
    """The tool of that name, if it is of one of these kinds. Raises RequestError."""
    known = {tool.name: tool for tool in catalog_of(settings.more).tools.values() if tool.kind in kinds}
    if name not in known:
        raise RequestError(f"There is no {' or '.join(kinds)} model {name!r}. Choose one of: {', '.join(known)}.")
    return known[name]


def ambience(
    name: str, prompt: str, seconds: float, seed: int, settings: EngineSettings, tell: Callable[[float], None]
) -> np.ndarray:
    """(n, 2) float32 at 48 kHz: surroundings or music for a silent model's pictures, the same for the same seed.

    Raises RequestError for an unknown model, NotReady when its weights cannot be had, and whatever `tell` raises.
    """
    import torch

    tool = tool_named(name, ("music", "sounds"), settings)
    pipeline = _pipeline(tool, obtain(tool.name, tool.source, settings, tell))
    names = {"prompt": "prompt", "steps": "num_inference_steps", "guidance": "guidance_scale", **tool.arguments}
    values = {"prompt": prompt, "steps": tool.steps, "guidance": tool.guidance, "seconds": seconds}
    given = {names[key]: value for key, value in values.items()} | dict(tool.extra)
    with torch.random.fork_rng(devices=[]), torch.inference_mode():
        torch.manual_seed(seed)
        made = pipeline(generator=torch.Generator("cpu").manual_seed(seed), output_type="np", **given)
    tell(1.0)
    rate = pipeline.vae.config.get("sampling_rate") or pipeline.vae.config["sample_rate"]
    return fitted_sound(np.asarray(made.audios, np.float32), int(rate), seconds)


def captioner(settings: EngineSettings) -> Seeing | None:
    """What says in a sentence what a picture shows; None where no such model is installed."""
    found = _first_installed("captions", settings)
    if found is None:
        return None
    processor, model = parts_of(*found)

    def see(picture: np.ndarray) -> str:
        import torch

        inputs = processor(images=picture, return_tensors="pt")
        with torch.inference_mode():
            tokens = model.generate(**inputs, max_new_tokens=LONGEST_CAPTION, do_sample=False)
        return processor.batch_decode(tokens, skip_special_tokens=True)[0].strip()

    return see


def listener(settings: EngineSettings) -> Hearing | None:
    """What writes down spoken words; None where no such model is installed."""
    found = _first_installed("listening", settings)
    if found is None:
        return None
    processor, model = parts_of(*found)

    def hear(samples: np.ndarray) -> str:
        import torch

        inputs = processor(samples, sampling_rate=HEARD_RATE, return_tensors="pt")
        with torch.inference_mode():
            tokens = model.generate(inputs["input_features"], max_new_tokens=LONGEST_SPEECH, do_sample=False)
        return processor.batch_decode(tokens, skip_special_tokens=True)[0].strip()

    return hear


def speaker(language: str, settings: EngineSettings, *, seed: int = 0) -> Saying | None:
    """What speaks a language (en or fr) with a model's voice; None where no such model is installed."""
    found = _first_installed("speech", settings, language)
    if found is None:
        return None
    processor, model = parts_of(*found)
    uttered = (
        _like_a_sample(processor, model, language) if "Pocket" in found[0].loads else _from_letters(processor, model)
    )

    def say(words: str) -> np.ndarray:
        import torch

        with torch.random.fork_rng(devices=[]), torch.inference_mode():
            torch.manual_seed(seed)
            wave, rate = uttered(words)
        return fitted_sound(wave[None], rate, len(wave) / rate)[:, 0]

    return say


def _from_letters(processor: Any, model: Any) -> Uttering:
    """Speech of models that know one voice."""

    def utter(words: str) -> tuple[np.ndarray, int]:
        wave = model(**processor(words, return_tensors="pt")).waveform[0].float().cpu().numpy()
        return wave, model.config.sampling_rate

    return utter


def _like_a_sample(processor: Any, model: Any, language: str) -> Uttering:
    """Speech of models that speak like a voice that they are given: our own narrator's, so that nobody is copied."""
    rate = processor.feature_extractor.sampling_rate
    sample = speak(SAMPLE[language], language, voice_named("narrator")).samples[:: SAMPLE_RATE // rate]
    begin, end = processor.audio_prompt_bos_token or "", processor.audio_bos_token

    def utter(words: str) -> tuple[np.ndarray, int]:
        text = f"{begin}{processor.audio_token}{words}{end}"
        inputs = processor(text=[text], audio=[sample], return_tensors="pt", sampling_rate=rate)
        return processor.decode(model.generate(**inputs)[0]).numpy(), rate

    return utter


def installed_tools(kind: str, settings: EngineSettings) -> Iterator[tuple[Tool, Weights]]:
    """The tools of a kind whose weights are on this machine, as the catalog lists them."""
    for tool in catalog_of(settings.more).tools.values():
        weights = installed(tool.name, tool.source, settings) if tool.kind == kind else None
        if weights is not None:
            yield tool, weights


def _first_installed(kind: str, settings: EngineSettings, language: str | None = None) -> tuple[Tool, Weights] | None:
    found = installed_tools(kind, settings)
    return next((one for one in found if language is None or language in one[0].languages), None)


def _pipeline(tool: Tool, weights: Weights) -> Any:
    """A pipeline of diffusers. Raises NotReady."""
    check_safe(weights.folder)
    kind = getattr(import_module("diffusers"), tool.loads)
    try:
        pipeline = kind.from_pretrained(
            weights.folder, use_safetensors=True, trust_remote_code=False, local_files_only=True
        )
    except (OSError, ValueError, TypeError, KeyError, ImportError, RuntimeError) as error:
        raise NotReady(f"The checkpoint in {weights.folder} cannot be loaded as {tool.loads}: {error}") from error
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def parts_of(tool: Tool, weights: Weights) -> tuple[Any, Any]:
    """(processor, model) of transformers. Raises NotReady."""
    library = import_module("transformers")
    safe = {"local_files_only": True, "trust_remote_code": False}
    reads = READERS.get(tool.loads, "AutoProcessor")
    try:
        processor = getattr(library, reads).from_pretrained(weights.folder, **safe)
        model = getattr(library, tool.loads).from_pretrained(weights.folder, use_safetensors=True, **safe)
    except (OSError, ValueError, TypeError, KeyError, ImportError, RuntimeError) as error:
        raise NotReady(f"The checkpoint in {weights.folder} cannot be loaded as {tool.loads}: {error}") from error
    return processor, model.eval()
