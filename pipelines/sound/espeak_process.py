"""One line of speech by espeak-ng, in a process of its own: JSON on stdin, a JSON line and 16-bit samples on stdout.

A process for each line because the library keeps state from one line to the next, which would shift times, and
because its licence (GPL) asks for a boundary between it and the rest. Only the standard library is imported, so that
it starts quickly.

In:  {"text": …, "voice": "fr+f2", "rate": words per minute, "pitch": 0–99, "range": 0–99}
Out: {"sample_rate": Hz, "phonemes": [[seconds, symbol], …], "words": [seconds, …]} and a line feed, then the samples.
"""

import ctypes
import json
import sys

import espeakng_loader

SYNCHRONOUS = 2  # samples come through the callback, during the call
PHONEME_EVENTS, IPA_SYMBOLS, DO_NOT_EXIT = 0x1, 0x2, 0x8000
UTF8_TEXT = 1  # neither SSML nor [[phonemes]] are read from the text
RATE, PITCH, RANGE = 1, 3, 4  # parameters
END_OF_EVENTS, WORD, PHONEME = 0, 1, 7


class _Identity(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identity),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def _open_library() -> tuple[ctypes.CDLL, int]:
    """The library, ready to speak, and its sample rate in Hz."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_Synth.argtypes = [
        *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int),
        *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
    ]
    options = PHONEME_EVENTS | IPA_SYMBOLS | DO_NOT_EXIT
    sample_rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), options)
    if sample_rate <= 0:
        raise RuntimeError("espeak-ng found no voice data")
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))  # else the clock seeds its breath, and no two runs are alike
    return library, sample_rate


def synthesise(request: dict) -> tuple[dict, bytes]:
    """What happened when, and the 16-bit mono samples in native byte order."""
    library, sample_rate = _open_library()
    samples, phonemes, words = bytearray(), [], []

    def receive(wave: object, count: int, events: object) -> int:
        if count > 0 and wave:
            samples.extend(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type != END_OF_EVENTS:
            event = events[index]
            if event.type == PHONEME:
                symbol = bytes(event.id.string).split(b"\0")[0].decode("utf-8", "replace")
                phonemes.append([event.audio_position / 1000, symbol])
            elif event.type == WORD:
                words.append(event.audio_position / 1000)
            index += 1
        return 0

    callback = _Callback(receive)  # held here: the library keeps only a pointer
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(request["voice"].encode()):
        raise RuntimeError(f"espeak-ng has no voice {request['voice']!r}")
    for parameter, value in ((RATE, "rate"), (PITCH, "pitch"), (RANGE, "range")):
        library.espeak_SetParameter(parameter, int(request[value]), 0)
    text = request["text"].encode() + b"\0"
    if library.espeak_Synth(text, len(text), 0, 1, 0, UTF8_TEXT, None, None):
        raise RuntimeError("espeak-ng could not read the text")
    return {"sample_rate": sample_rate, "phonemes": phonemes, "words": words}, bytes(samples)


if __name__ == "__main__":
    header, wave_bytes = synthesise(json.load(sys.stdin))
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + wave_bytes)
