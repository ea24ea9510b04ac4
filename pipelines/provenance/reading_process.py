"""Reads one file that somebody sent, in a process of its own with little memory and little time.

Started as `python -I reading_process.py PATH`, with {"ours": PEM, "all": PEM} on stdin. Writes a line of JSON about the
credential, a line of JSON about the media, then the raw frames and the raw sound. Whatever a hostile file does, it does
to this process, which holds no secret, writes to no disk, and fetches nothing.
"""

import base64
import hashlib
import io
import json
import struct
import sys

import av
import c2pa
import cv2
import numpy as np

RATE = 8  # frames a second that are kept
MOST_FRAMES = 120
LONGEST = 30.0  # seconds; of a longer file, what comes first
LARGEST_SIDE = 4096  # pixels of a side that is still decoded
AREA = 540 * 960  # pixels of a frame that is kept; the marks are no finer
SOUND_RATE = 48_000  # Hz
MEMORY = 3 * 2**30  # bytes of address space
PROCESSOR = 30  # seconds
LONGEST_STORE = 4_000_000  # characters of a credential that are still told
MOST_THUMBNAILS = 24
LARGEST_THUMBNAIL = 300_000  # bytes

# What may be inside, by its first bytes: (offset, bytes, media type, demuxer; None for pictures). No playlists: they
# name other files.
KINDS = (
    (4, b"ftyp", "video/mp4", "mov"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska", "matroska"),
    (8, b"AVI ", "video/x-msvideo", "avi"),
    (8, b"WEBP", "image/webp", None),
    (0, b"\xff\xd8\xff", "image/jpeg", None),
    (0, b"\x89PNG", "image/png", None),
    (0, b"GIF8", "image/gif", "gif"),
    (8, b"WAVE", "audio/wav", "wav"),
    (0, b"ID3", "audio/mpeg", "mp3"),
    (0, b"\xff\xfb", "audio/mpeg", "mp3"),
    (0, b"OggS", "audio/ogg", "ogg"),
    (0, b"fLaC", "audio/flac", "flac"),
)


def main(path: str) -> None:
    """Writes what the file holds; {"problem": code} where it cannot be read."""
    anchors = json.loads(sys.stdin.read())
    _limit()
    cv2.setNumThreads(1)
    with open(path, "rb") as file:
        start = file.read(16)
    kind = next((one for one in KINDS if start[one[0] : one[0] + len(one[1])] == one[1]), None)
    if kind is None:
        _answer({"state": "none"}, {"problem": "unknown_kind"})
        return
    _answer(credential(path, kind[2], anchors["ours"], anchors["all"]))
    try:
        times, frames, sound, seconds = picture(path) if kind[3] is None else decoded(path, kind[3])
    except (av.FFmpegError, ValueError, MemoryError, OverflowError, cv2.error) as error:
        _answer({"problem": str(error) if str(error) in ("too_large", "empty") else "unreadable"})
        return
    height, width = frames[0].shape if frames else (0, 0)
    told = {"times": times, "width": width, "height": height, "sound": len(sound), "seconds": seconds, "type": kind[2]}
    _answer(told)
    for frame in frames:
        sys.stdout.buffer.write(frame.tobytes())
    sys.stdout.buffer.write(sound.tobytes())
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Takes memory, time and disk away from this process, where the system knows how."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows: the one who started this process ends it in time
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(*lines: dict) -> None:
    for line in lines:
        sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


# The credential


def credential(path: str, media_type: str, ours: str, everybody: str) -> dict:
    """{"state": none / broken / the reader's own}, and the store of manifests with thumbnails where there is one."""
    try:
        with open(path, "rb") as file:
            reader = c2pa.Reader.try_create(media_type, file, context=_context(ours))
            if reader is None:
                return {"state": "none"}
            with reader:
                told = _told(reader)
        if media_type == "video/mp4":
            told["outside"] = _outside(path)
        if told["state"] == "Valid" and everybody != ours:
            with open(path, "rb") as file, c2pa.Reader(media_type, file, context=_context(everybody)) as reader:
                told["known"] = reader.get_validation_state() == "Trusted"
    except c2pa.C2paError as error:
        if isinstance(error, c2pa.C2paError.NotSupported):
            return {"state": "none"}
        return {"state": "broken", "error": str(error)[:300]}
    return told


def _outside(path: str) -> str | None:
    try:
        return outside(path)
    except ValueError:
        return None


def _context(anchors: str) -> c2pa.Context:
    trust = {"trust": {"trust_anchors": anchors}} if anchors else {}
    return c2pa.Context.from_dict({**trust, "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}})


def _told(reader: c2pa.Reader) -> dict:
    text = reader.json()
    if len(text) > LONGEST_STORE:
        return {"state": "broken", "error": "The credential is too long to be read."}
    store = json.loads(text)
    return {"state": reader.get_validation_state(), "store": store, "thumbnails": _thumbnails(reader, store)}


def _thumbnails(reader: c2pa.Reader, store: dict) -> dict[str, str]:
    """Manifest's label, or label and ingredient's number, → a picture in base64."""
    places = {}
    for label, manifest in store.get("manifests", {}).items():
        places[label] = manifest.get("thumbnail")
        for number, ingredient in enumerate(manifest.get("ingredients", [])):
            places[f"{label}#{number}"] = ingredient.get("thumbnail")
    found = {}
    for name, place in places.items():
        if place and place.get("identifier") and len(found) < MOST_THUMBNAILS:
            data = io.BytesIO()
            try:
                reader.resource_to_stream(place["identifier"], data)
            except c2pa.C2paError:
                continue
            if 0 < data.tell() <= LARGEST_THUMBNAIL:
                small = _jpeg(data.getvalue())
                found |= {name: base64.b64encode(small).decode()} if small else {}
    return found


def _jpeg(data: bytes) -> bytes | None:
    """The picture coded anew, so that what is shown later was made here; None if it is none or large."""
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None or max(decoded.shape) > 1024:
        return None
    return cv2.imencode(".jpg", decoded, [cv2.IMWRITE_JPEG_QUALITY, 75])[1].tobytes()


# What a credential leaves out

PROTECTED = (b"moov", b"moof", b"mdat")  # boxes of an MP4 that a credential's hash covers
CREDENTIAL_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # the kind of `uuid` box that holds a credential
LARGEST_OUTSIDE = 64_000_000  # bytes that are read of one box
MOST_BOXES = 10_000


def outside(path: str) -> str:
    """SHA-256 of what an MP4 holds beside its pictures, sound, index and first credential: C2PA's hash leaves it out.

    Raises ValueError for what is no MP4.
    """
    digest, credentials = hashlib.sha256(), 0
    with open(path, "rb") as file:
        size = file.seek(0, io.SEEK_END)
        at = 0
        for _ in range(MOST_BOXES):
            file.seek(at)
            head = file.read(24)
            if not head:
                return digest.hexdigest()
            length, kind = _box(head, size - at)
            is_credential = kind == b"uuid" and CREDENTIAL_BOX in head
            if kind not in PROTECTED and not (is_credential and credentials == 0):
                file.seek(at)
                digest.update(file.read(min(length, LARGEST_OUTSIDE)))
            credentials += is_credential
            at += length
    raise ValueError("The file has more boxes than any clip.")


def _box(head: bytes, left: int) -> tuple[int, bytes]:
    """(length, kind) of the box that begins so, of which so many bytes are left in the file."""
    if len(head) < 8:
        raise ValueError("The file ends within a box.")
    length, kind = struct.unpack(">I4s", head[:8])
    if length == 1 and len(head) >= 16:
        length = struct.unpack(">Q", head[8:16])[0]
    length = left if length == 0 else length
    if not 8 <= length <= left:
        raise ValueError("A box is longer than the file.")
    return length, kind


# The media

Media = tuple[list[float], list[np.ndarray], np.ndarray, float]  # times, (h, w) uint8 frames, (n,) float32, seconds


def picture(path: str) -> Media:
    """A still picture as a single frame."""
    data = np.fromfile(path, np.uint8)
    decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    if decoded is None:
        raise ValueError("unreadable")
    if max(decoded.shape) > 2 * LARGEST_SIDE:
        raise ValueError("too_large")
    return [0.0], [_small(decoded)], np.zeros(0, np.float32), 0.0


def decoded(path: str, demuxer: str) -> Media:
    """What the first video and audio streams hold, up to LONGEST seconds."""
    # opened as bytes, not by name: nothing in the file can lead to another one
    with open(path, "rb") as file, av.open(file, format=demuxer) as container:
        pictures = next((stream for stream in container.streams.video), None)
        sounds = next((stream for stream in container.streams.audio), None)
        if pictures is not None:
            if pictures.codec_context is None:
                raise ValueError("unreadable")
            if max(pictures.codec_context.width, pictures.codec_context.height) > LARGEST_SIDE:
                raise ValueError("too_large")
            pictures.thread_type, pictures.thread_count = "AUTO", 2
        streams = [stream for stream in (pictures, sounds) if stream is not None]
        if not streams:
            raise ValueError("empty")
        return _read(container, streams)


def _read(container: av.container.InputContainer, streams: list) -> Media:
    times: list[float] = []
    frames: list[np.ndarray] = []
    pieces: list[np.ndarray] = []
    apart, seconds = 1 / RATE, 0.0
    resampler = av.AudioResampler("flt", "mono", SOUND_RATE)
    try:
        for frame in container.decode(*streams):
            time = float(frame.time or 0.0)
            if time > LONGEST:
                break
            seconds = max(seconds, time)
            if isinstance(frame, av.AudioFrame):
                frame.pts = None
                pieces += [piece.to_ndarray().ravel() for piece in resampler.resample(frame)]
            elif (not times or time >= times[-1] + apart - 0.004) and len(frames) < MOST_FRAMES:
                frames.append(_grey(frame))
                times.append(round(time, 3))
                if len(frames) == MOST_FRAMES:  # a long one: every second frame is enough, and the rest half as dense
                    times, frames, apart = times[::2], frames[::2], apart * 2
    except (av.FFmpegError, EOFError):
        if not frames and not pieces:  # what came before the damage may tell enough
            raise
    same = [number for number, frame in enumerate(frames) if frame.shape == frames[0].shape]
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not same and not len(sound):
        raise ValueError("empty")
    sound = np.nan_to_num(np.clip(sound, -4, 4)).astype(np.float32)
    return [times[n] for n in same], [frames[n] for n in same], sound, round(seconds, 3)


def _grey(frame: av.VideoFrame) -> np.ndarray:
    """(h, w) uint8, upright."""
    if max(frame.width, frame.height) > LARGEST_SIDE:
        raise ValueError("too_large")
    turns = round(frame.rotation / 90) % 4
    return _small(np.rot90(frame.to_ndarray(format="gray"), turns))


def _small(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8, of at most AREA pixels."""
    height, width = grey.shape
    shrink = min(1.0, (AREA / (height * width)) ** 0.5)
    if min(height, width) * shrink < 8:
        raise ValueError("unreadable")
    if shrink == 1:
        return np.ascontiguousarray(grey)
    size = max(8, round(width * shrink)), max(8, round(height * shrink))
    return cv2.resize(np.ascontiguousarray(grey), size, interpolation=cv2.INTER_AREA)


if __name__ == "__main__":
    main(sys.argv[1])
