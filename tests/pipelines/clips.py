"""What tests read from a finished MP4: its pictures as numbers, its samples, what it says about itself."""

from pathlib import Path

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter


def pictures(path: Path) -> np.ndarray:
    """(n, height, width, 3) uint8 BGR, every frame of a clip as a player shows it."""
    exact = Interpolation.BICUBIC | Interpolation.ACCURATE_RND
    to_bgr = VideoReformatter()
    with av.open(str(path)) as container:
        return np.stack(
            [
                to_bgr.reformat(
                    frame, format="bgr24", src_colorspace="ITU709", interpolation=exact, threads=1
                ).to_ndarray()
                for frame in container.decode(video=0)
            ]
        )


def samples(path: Path) -> np.ndarray:
    """(n, 2) float32, the sound of a clip at 48 kHz."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], 1).T


def files_in(folder: Path) -> list[str]:
    """The names of everything in a folder, hidden ones too."""
    return sorted(entry.name for entry in folder.iterdir())
