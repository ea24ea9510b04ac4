"""What every test of the pipelines shares."""

import pytest

from pipelines.render_crew import waiting


@pytest.fixture(autouse=True)
def no_crew_waits() -> None:
    """Renderers that an earlier test left waiting for the next clip are gone."""
    waiting.dismiss()
