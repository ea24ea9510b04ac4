"""What the functions of provenance return, as JSON gives it; see rows.py."""

from typing import TypedDict


class MarkPage(TypedDict):
    marks: list[int]  # oldest first
    position: int  # to ask after next


class Provenance(TypedDict):
    """What may be told of a clip whose mark was read."""

    mark: int
    clip: str | None  # where the caller may see it
    maker: str | None  # handle, likewise
    made_at: str
    withdrawn: bool
    looks: list[str]  # hashes of its frames, in hexadecimal


class FramesFound(TypedDict):
    mark: int
    distance: int  # bits of 256 in which the nearest differ
    matched: int  # how many of those asked about are near


class SoundFound(TypedDict):
    mark: int
    prints: list[int]
