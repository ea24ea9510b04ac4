"""Faces in finished frames: nobody appears who did not permit it, unless a person has looked."""

import numpy as np
import pytest

from pipelines.safety import Decision
from pipelines.safety.faces import EVERY, FaceWatch


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """A photograph of somebody, (512, 512, 3) uint8 BGR."""
    from skimage.data import astronaut

    return np.ascontiguousarray(astronaut()[:, :, ::-1])


def seen(frames: list[np.ndarray]) -> FaceWatch:
    watch = FaceWatch([])
    assert len(list(watch.watched(frames))) == len(frames), "frames pass as they are"
    return watch


def test_a_stranger_is_held(photo: np.ndarray) -> None:
    ruling = seen([photo] * (2 * EVERY)).ruling()
    assert (ruling.decision, ruling.rule) == (Decision.HOLD, "real_people.face")
    assert "cameo" in ruling.reason.en and "caméo" in ruling.reason.fr


def test_one_glimpse_is_no_evidence(photo: np.ndarray) -> None:
    nobody = np.full_like(photo, 90)
    assert seen([photo] + [nobody] * (2 * EVERY)).ruling().allowed


def test_no_face_no_hold() -> None:
    noise = np.random.default_rng([7]).integers(0, 255, (320, 180, 3), dtype=np.uint8)
    assert seen([noise] * (3 * EVERY)).ruling().allowed
