"""A studio for the calls of the tabs: a real database, real media, and a real worker that draws small squares."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.accounts import LocalAccounts
from data.client import VISITOR, Caller
from data.media import LocalMedia
from data.opening import Data
from data.settings import DataSettings
from pipelines.worker import Worker
from tests.data.world import Person, World
from ui.calls import Asking
from ui.settings import Settings
from ui.studio import Studio
from ui.tabs import all_calls


@pytest.fixture
def studio(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """Everything a tab is given. Its worker makes clips of the engine `world` with the one that draws squares."""
    import gradio

    from pipelines.engines import ENGINES

    monkeypatch.setitem(ENGINES, "world", "tests.pipelines.square_engine:SquareEngine")
    data = Data(world.database, LocalAccounts(world.database), LocalMedia(tmp_path / "media"))
    worker = Worker(data, var=tmp_path)
    settings = Settings(frame_scale=0.25, data=DataSettings(folder=tmp_path, media_folder=tmp_path / "media"))
    worker.start()
    yield Studio(settings, data, worker, gradio.I18n())
    worker.close()


@pytest.fixture
def call(studio: Studio) -> Callable[..., dict]:
    """Calls a call by name, as a person or a visitor: call("create/mine", ada, language="fr")."""
    calls = all_calls(studio)

    def call(name: str, who: Person | Caller = VISITOR, /, *, language: str = "en", **sent: object) -> dict:
        caller = who.caller if isinstance(who, Person) else who
        return calls[name](Asking(caller, language, sent))

    return call
