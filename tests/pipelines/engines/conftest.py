"""What tests of engines share."""

import gc
import os
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


@pytest.fixture(scope="session")
def _all_checkpoints(tmp_path_factory):
    import torch

    from tests.pipelines.engines.checkpoints import Checkpoints

    torch.set_num_threads(1)
    gc.freeze()  # the libraries' own objects stay: giving a model's memory back need not look at them each time
    return Checkpoints(tmp_path_factory.mktemp("models"))


@pytest.fixture
def checkpoints(_all_checkpoints) -> Iterator:
    """Tiny checkpoints, made as they are asked for; no model stays in memory after a test."""
    yield _all_checkpoints
    _all_checkpoints.shelf.clear()


@pytest.fixture(scope="session")
def red_and_blue(tmp_path_factory):
    """Two pictures, of another shape than any clip here."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, colour in (("red", (30, 20, 210)), ("blue", (220, 60, 20))):
        cv2.imwrite(str(folder / f"{name}.png"), np.full((90, 60, 3), colour, np.uint8))
    return folder / "red.png", folder / "blue.png"
