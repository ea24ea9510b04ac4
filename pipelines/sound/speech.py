"""Text → speech with the time of every phoneme."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.sound.synthesis import SAMPLE_RATE
from pipelines.sound.voice_colour import coloured, resampled
from pipelines.sound.voices import Voice

LANGUAGES = {"en": "en-us", "fr": "fr"}  # ours → espeak-ng's
MAX_TEXT = 500  # characters
TIME_LIMIT = 20.0  # seconds for one line; it usually takes 0.1
_PROCESS = Path(__file__).with_name("espeak_process.py")


class SpeechError(RuntimeError):
    """A line that cannot be spoken; the message says why and what to do."""


@dataclass(frozen=True)
class Phoneme:
    """One sound of a language, in seconds of its speech."""

    start: float
    end: float
    symbol: str  # IPA, without stress marks


@dataclass(frozen=True)
class Speech:
    """A spoken line, ready to be mixed."""

    samples: NDArray[np.float32]  # (n,) mono at 48 kHz, about −20 LUFS
    phonemes: tuple[Phoneme, ...]
    words: tuple[float, ...] = ()  # seconds at which each word begins

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def speak(text: str, language: str, voice: Voice) -> Speech:
    """The text spoken in that language (en or fr) by that voice. The same words always give the same samples.

    Text without anything that can be pronounced gives a short silence. Raises SpeechError.
    """
    text = "".join(character for character in text if character.isprintable() or character.isspace()).strip()
    _check(text, language)
    header, raw = _espeak(text, LANGUAGES[language], voice)
    seconds_scale = voice.size  # a shorter tract is made by playing faster what was spoken slower
    phonemes = _phonemes(header["phonemes"], len(raw) / header["sample_rate"], seconds_scale)
    if not phonemes:
        return Speech(np.zeros(SAMPLE_RATE // 4, np.float32), ())
    samples = coloured(resampled(raw, header["sample_rate"], seconds_scale), voice)
    return Speech(samples, phonemes, tuple(round(time * seconds_scale, 4) for time in header["words"]))


def _check(text: str, language: str) -> None:
    if language not in LANGUAGES:
        raise SpeechError(f"Speech knows {' and '.join(LANGUAGES)}; {language!r} was asked for. Choose one of them.")
    if not text:
        raise SpeechError("The line is empty. Write what should be said.")
    if len(text) > MAX_TEXT:
        raise SpeechError(f"The line has {len(text):,} characters; the limit is {MAX_TEXT}. Shorten or split it.")


def _espeak(text: str, language: str, voice: Voice) -> tuple[dict, NDArray[np.float32]]:
    """espeak's times in seconds and its samples, −1 to 1, from a fresh process."""
    request = {
        "text": text,
        "voice": f"{language}+{voice.variant}",
        "rate": round(voice.rate * voice.size),
        "pitch": voice.pitch,
        "range": voice.melody,
    }
    command = [sys.executable, "-I", str(_PROCESS)]
    try:
        done = subprocess.run(command, input=json.dumps(request).encode(), capture_output=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise SpeechError(f"Speaking took over {TIME_LIMIT:g} seconds and was stopped. Shorten the line.") from None
    except OSError as error:
        raise SpeechError(f"The speech process could not be started ({error}). Free some memory and retry.") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
        raise SpeechError(
            f"The line could not be spoken ({reason[0]}). Reinstall espeakng-loader, or leave the line out."
        )
    header, _, wave = done.stdout.partition(b"\n")
    return json.loads(header), np.frombuffer(wave, np.int16).astype(np.float32) / 32768


def _phonemes(events: list, seconds: float, scale: float) -> tuple[Phoneme, ...]:
    """Phonemes with their ends, from the times at which they begin; pauses between them are left out."""
    ends = [time for time, _ in events[1:]] + [seconds]
    return tuple(
        Phoneme(round(min(start, seconds) * scale, 4), round(min(end, seconds) * scale, 4), symbol.strip("ˈˌ"))
        for (start, symbol), end in zip(events, ends, strict=True)
        if end > start and symbol.strip("ˈˌ _:|-")
    )
