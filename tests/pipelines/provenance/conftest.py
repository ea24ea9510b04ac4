"""Clips of these tests: made once by the whole path, with keys of their own."""

import cv2
import pytest

from pipelines.generate import Clip
from pipelines.materials import Materials
from pipelines.provenance import Provenance, open_provenance
from pipelines.storyboard import Shot, Storyboard, Subject
from tests.pipelines.provenance.scenes import SECONDS, made, painted_wall


@pytest.fixture(scope="session")
def provenance(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    """Keys made for these tests; the secret of the marks is always the same, so that what is read is, too."""
    folder = tmp_path_factory.mktemp("provenance")
    (folder / "marks.key").write_bytes(bytes(range(32)))
    return open_provenance(folder)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    """Keys of somebody else."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "marks.key").write_bytes(bytes(range(1, 33)))
    return open_provenance(folder)


@pytest.fixture(scope="session")
def clip(provenance: Provenance, tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """A clip by @ann."""
    return made(tmp_path_factory.mktemp("clip") / "clip.mp4", provenance, maker="ann", mark=0x123456789A)


@pytest.fixture(scope="session")
def remix(provenance: Provenance, clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """A remix of @ann's clip by @ben, who tells his prompt, begins with a picture, and stars @leo."""
    folder = tmp_path_factory.mktemp("remix")
    picture = folder / "start.png"
    cv2.imwrite(str(picture), painted_wall(9, 300, 500))
    starring = Storyboard(shots=(Shot(seconds=SECONDS, subjects=(Subject(kind="man", cameo="leo"),)),))
    return made(
        folder / "remix.mp4",
        provenance,
        seed=2,
        prompt="the same at night",
        maker="ben",
        mark=0x0FEDCBA987,
        tell_prompt=True,
        storyboard=starring,
        materials=Materials(parent=clip.path, start_image=picture, receipts={"leo": "ab" * 32}),
    )
