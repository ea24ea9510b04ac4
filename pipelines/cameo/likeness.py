"""A person's captured likeness, and how it is sealed for keeping: nobody reads it without the key."""

import base64
import binascii
import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Colour = tuple[int, int, int]  # red, green, blue; 0 to 255
Box = tuple[int, int, int, int]  # left, top, width, height in pixels

FORMAT = 1
NONCE = 12  # bytes
PURPOSE, FACE = b"hibari likeness 1", b"hibari face 1"  # sealed data opens for its own purpose only
LARGEST = 3_000_000  # bytes of a sealed likeness; the database keeps 4 million characters


class LikenessError(ValueError):
    """A sealed likeness cannot be opened; the message says why, and nothing of what is inside."""


class Unspoken:
    """Says nothing of what it holds, so that no log and no error message ever tells it."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


@dataclass(frozen=True, repr=False)
class HeadView(Unspoken):
    """A head cut out of one picture, and where things are in it. Rows and columns are pixels of `picture`."""

    picture: np.ndarray  # (height, width, 4) uint8 blue, green, red, alpha (straight)
    yaw: float  # radians; above 0 the face looks to the right of the picture
    axis: float  # column of the middle of the head, about which it turns
    half_width: float  # pixels from there to the side of the face as seen from the front, ears left out
    eye_row: float
    nose_row: float  # of its tip
    mouth_row: float  # where the lips meet
    chin_row: float
    eyes: tuple[Box, ...]  # what is visible of them, from left to right of the picture
    mouth: Box


@dataclass(frozen=True, repr=False)
class Palette(Unspoken):
    """The colours of a person, as the camera saw them."""

    skin: Colour
    hair: Colour
    eyes: Colour
    lips: Colour
    clothes: Colour


@dataclass(frozen=True, repr=False)
class Voice(Unspoken):
    """How a voice sounds, measured over the lines that were said."""

    pitch: float  # Hz, median
    spread: float  # semitones between the 10th and 90th percentile of pitch
    formants: tuple[float, float, float]  # Hz, medians of the first three
    rate: float  # syllables a second


@dataclass(frozen=True, repr=False)
class Likeness(Unspoken):
    """All that is kept of a person: three views of the head, colours, voice."""

    front: HeadView
    left: HeadView  # the face looks to the left of the picture
    right: HeadView
    palette: Palette
    voice: Voice
    sample: np.ndarray  # (samples,) int16, a few seconds of the voice
    sample_rate: int  # Hz


def seal(likeness: Likeness, key: bytes) -> dict[str, Any]:
    """The likeness encrypted with a key of 32 bytes (AES-256-GCM), as JSON that the database keeps."""
    nonce = os.urandom(NONCE)
    closed = nonce + AESGCM(key).encrypt(nonce, _packed(likeness), PURPOSE)
    if len(closed) > LARGEST:
        raise LikenessError(f"The likeness takes {len(closed):,} bytes; the limit is {LARGEST:,}. Record it smaller.")
    return {"format": FORMAT, "sealed": base64.b64encode(closed).decode("ascii")}


def open_likeness(sealed: Mapping[str, Any], key: bytes) -> Likeness:
    """The likeness that was sealed with this key. Raises LikenessError, which never says what is inside."""
    return _unpacked(_opened(sealed, key, PURPOSE))


def seal_face(face: np.ndarray, key: bytes) -> dict[str, Any]:
    """A face's description (n,) float32, encrypted as likenesses are."""
    nonce = os.urandom(NONCE)
    closed = nonce + AESGCM(key).encrypt(nonce, face.astype("<f2").tobytes(), FACE)
    return {"format": FORMAT, "sealed": base64.b64encode(closed).decode("ascii")}


def unseal_face(sealed: Mapping[str, Any], key: bytes) -> np.ndarray:
    """The description that was sealed with this key, (n,) float32. Raises LikenessError."""
    return np.frombuffer(_opened(sealed, key, FACE), "<f2").astype(np.float32)


def _opened(sealed: Mapping[str, Any], key: bytes, purpose: bytes) -> bytes:
    if sealed.get("format") != FORMAT:
        raise LikenessError("This likeness was kept by another version of Hibari. Record the cameo again.")
    try:
        closed = base64.b64decode(str(sealed.get("sealed", "")), validate=True)
        return AESGCM(key).decrypt(closed[:NONCE], closed[NONCE:], purpose)
    except (binascii.Error, InvalidTag, ValueError):
        raise LikenessError(
            "The likeness cannot be opened with this key. Use the key it was sealed with, or record the cameo again."
        ) from None


def _packed(likeness: Likeness) -> bytes:
    header, arrays = {}, {"sample": likeness.sample}
    for name in ("front", "left", "right"):
        view: HeadView = getattr(likeness, name)
        arrays[name] = cv2.imencode(".png", view.picture)[1].ravel()
        header[name] = {field: value for field, value in vars(view).items() if field != "picture"}
    header |= {"palette": asdict(likeness.palette), "voice": asdict(likeness.voice), "rate": likeness.sample_rate}
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def _unpacked(packed: bytes) -> Likeness:
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            header = json.loads(arrays["header"].tobytes())
            views = {name: _view(header[name], arrays[name]) for name in ("front", "left", "right")}
            return Likeness(
                **views,
                palette=Palette(**{name: tuple(colour) for name, colour in header["palette"].items()}),
                voice=Voice(**{**header["voice"], "formants": tuple(header["voice"]["formants"])}),
                sample=arrays["sample"].astype(np.int16),
                sample_rate=int(header["rate"]),
            )
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, cv2.error):
        raise LikenessError("The likeness is damaged. Record the cameo again.") from None


def _view(fields: dict[str, Any], png: np.ndarray) -> HeadView:
    picture = cv2.imdecode(png, cv2.IMREAD_UNCHANGED)
    if picture is None or picture.ndim != 3 or picture.shape[2] != 4:
        raise ValueError("no picture with alpha")
    boxes = {"eyes": tuple(tuple(box) for box in fields["eyes"]), "mouth": tuple(fields["mouth"])}
    return HeadView(picture=picture, **{**fields, **boxes})
