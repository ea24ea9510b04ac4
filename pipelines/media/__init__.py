"""Frames and sound → the three files of a clip: MP4, poster, preview."""

from pipelines.media.encode import Media, encode
from pipelines.media.target import BadTarget, MediaError, check_target

__all__ = ["BadTarget", "Media", "MediaError", "check_target", "encode"]
