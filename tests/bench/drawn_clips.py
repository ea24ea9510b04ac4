"""Clips that the world engine draws for the benchmarks of marks, before anything is hidden in them."""

from pathlib import Path

import av
import numpy as np

from pipelines.director import direct
from pipelines.engines import engine_named
from pipelines.progress import Progress
from pipelines.request import make_request

SECONDS = 3
PROMPTS = (
    "A golden retriever puppy runs through a meadow of flowers at sunset",
    "A skateboarder rides down a neon street at night in the rain",
    "A woman dances on a rooftop at dawn",
    'A man talks to the camera on the beach: "Hello everyone"',
    "A cat sleeps in a living room, paper cut-out style",
    "A red ball bounces off the rim in a gym",
    "A horse gallops across the desert, flat animation",
    "A fish swims underwater",
    "A dog in the snow in winter, flat animation",
    "An elephant walks through the village in the fog",
    "A robot waves in space",
    "A bird flies over the mountains at day",
    "A boat sails on the sea in a storm",
    "A butterfly in the park in spring",
    "A fox in the forest at night",
    "Two people dance on a stage at night",
    "A woman walks in the city in the rain, paper cut-out style",
    "A rabbit jumps in a snow field at night",
    "A kite flies above the beach, flat animation",
    "A car drives down the street at night",
    "A bear sits in the forest in autumn, paper cut-out",
    "A man cooks in the kitchen",
    "A plain blue sky over a desert at day, camera still",
    "A cow in a meadow in the fog, close-up",
    "A child runs through the park, tracking shot",
    "A fisherman stands in the harbour at dawn",
    "A feather falls in the gym",
    "An astronaut floats in space, orbit shot",
)


def drawn(number: int, keep: Path | None) -> tuple[list[np.ndarray], np.ndarray]:
    """(frames, sound) of one prompt, from the folder of kept ones if they are there."""
    video = keep / f"{number:02d}.mkv" if keep else None
    if video is not None and video.exists():
        return pictures(video), np.load(video.with_suffix(".npy")).astype(np.float32)
    request = make_request(prompt=PROMPTS[number % len(PROMPTS)], seconds=SECONDS, seed=100 + number)
    storyboard = direct(request.prompt, seconds=SECONDS)
    rendering = engine_named("world").render(storyboard, request, Progress())
    frames = list(rendering.frames)
    sound = rendering.sound() if callable(rendering.sound) else rendering.sound
    if video is not None:
        _keep(video, frames, sound)
    return frames, sound


def _keep(video: Path, frames: list[np.ndarray], sound: np.ndarray) -> None:
    np.save(video.with_suffix(".npy"), sound)
    with av.open(str(video), "w", format="matroska") as container:
        stream = container.add_stream("libx264rgb", rate=24, options={"preset": "ultrafast", "qp": "0"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "bgr24"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="bgr24")))
        container.mux(stream.encode(None))


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
