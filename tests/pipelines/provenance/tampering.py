"""Ways to tamper with a signed MP4, as functions from bytes to bytes."""

import io
import struct
from collections.abc import Callable, Iterator

import av

Tampering = Callable[[bytes], bytes]


def boxes(data: bytes) -> Iterator[tuple[str, int, int]]:
    """(type, start, length) of each outermost box of an MP4."""
    at = 0
    while at < len(data) - 8:
        length, name = struct.unpack(">I4s", data[at : at + 8])
        length = length or len(data) - at
        yield name.decode("latin1"), at, length
        at += length


def box(data: bytes, name: str) -> tuple[int, int]:
    """(start, length) of the first such box."""
    return next((start, length) for kind, start, length in boxes(data) if kind == name)


def flipped(data: bytes, at: int) -> bytes:
    """The file with one bit changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def inside(name: str, share: float) -> Tampering:
    """Changes one bit of a box, so far into it."""

    def change(data: bytes) -> bytes:
        start, length = box(data, name)
        return flipped(data, start + 8 + int((length - 9) * share))

    return change


def after(text: bytes, distance: int) -> Tampering:
    """Changes one bit so many bytes after a text of the credential."""

    def change(data: bytes) -> bytes:
        start, _ = box(data, "uuid")
        at = data.find(text, start)
        assert at > 0, f"{text!r} is not in the credential"
        return flipped(data, at + distance)

    return change


def within(name: bytes, distance: int) -> Tampering:
    """Changes one bit so many bytes after the name of a box of the index."""

    def change(data: bytes) -> bytes:
        start, _ = box(data, "moov")
        return flipped(data, data.index(name, start) + distance)

    return change


def without_index(data: bytes) -> bytes:
    """The file with an index whose first box is larger than the file."""
    start, _ = box(data, "moov")
    return data[: start + 8] + b"\x7f" + data[start + 9 :]


def stripped(data: bytes) -> bytes:
    """The file without its credential. Offsets still fit if the box is kept as free space."""
    start, _ = box(data, "uuid")
    return data[: start + 4] + b"free" + data[start + 8 :]


def remuxed(data: bytes) -> bytes:
    """The same pictures and sound in a new file."""
    target = io.BytesIO()
    with av.open(io.BytesIO(data)) as source, av.open(target, "w", format="mp4") as copy:
        streams = {stream.index: copy.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                copy.mux(packet)
    return target.getvalue()


def with_credential_of(other: bytes) -> Tampering:
    """Puts another file's credential in place of this one's: a replay."""

    def change(data: bytes) -> bytes:
        start, length = box(data, "uuid")
        begin, size = box(other, "uuid")
        return data[:start] + other[begin : begin + size] + data[start + length :]

    return change


TAMPERINGS: dict[str, Tampering] = {
    "first byte of the pictures": inside("mdat", 0.0),
    "middle of the pictures": inside("mdat", 0.5),
    "last byte of the pictures": inside("mdat", 1.0),
    "a time in the index": within(b"mvhd", 12),
    "a size in the index": within(b"stsz", 24),
    "index, late": inside("moov", 0.9),
    "brand of the file": inside("ftyp", 0.9),
    "what was done": after(b"c2pa.created", 4),
    "how it was made": after(b"prompt_sha256", 20),
    "the mark's number": after(b"app.hibari.mark.1", 22),
    "claim": after(b"claim_generator_info", 30),
    "signature": after(b"c2pa.signature", 400),
    "bytes put behind": lambda data: data + b"\0" * 100,
    "a box put behind": lambda data: data + struct.pack(">I4s", 12, b"free") + b"more",
    "end cut off": lambda data: data[:-1000],
    "credential made free space": stripped,
    "remuxed": remuxed,
}
