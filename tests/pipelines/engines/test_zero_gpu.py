"""GPUs that are lent for a call: asked for by the request, and nothing of it elsewhere."""

import sys
from types import SimpleNamespace

import pytest

from pipelines.engines.model import catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.engines.speeds import record_speed
from pipelines.engines.zero_gpu import LONGEST, SHORTEST, gpu_seconds, is_zero_gpu, on_gpu, prepare
from pipelines.request import make_request

ZERO = {"SPACES_ZERO_GPU": "true"}


def request(**fields):
    return make_request(**({"prompt": "a dog", "engine": "wan-2.1-1.3b"} | fields))


@pytest.fixture
def spaces(monkeypatch):
    """A FAKE of the `spaces` package: notes for how long a GPU was asked for."""
    asked = []

    def lend(duration):
        def mark(work):
            def lent(*args, **kwargs):
                asked.append(duration(*args, **kwargs))
                return work(*args, **kwargs)

            return lent

        return mark

    monkeypatch.setitem(sys.modules, "spaces", SimpleNamespace(GPU=lend, asked=asked))
    return sys.modules["spaces"]


def test_elsewhere_the_function_is_itself_and_spaces_is_not_loaded(monkeypatch):
    monkeypatch.setitem(sys.modules, "spaces", None)  # importing it would fail
    prepare({})
    assert on_gpu(gpu_seconds, duration=gpu_seconds, environment={}) is gpu_seconds
    assert not is_zero_gpu({"SPACES_ZERO_GPU": "0"})


def test_on_such_a_space_each_call_asks_for_as_long_as_its_request_needs(spaces, tmp_path):
    settings = EngineSettings(models=tmp_path)
    prepare(ZERO)
    make = on_gpu(lambda asked: iter([asked.engine]), lambda asked: gpu_seconds(asked, settings), environment=ZERO)
    assert [*make(request()), *make(request(options={"steps": 4}))] == ["wan-2.1-1.3b"] * 2
    assert spaces.asked[0] > spaces.asked[1] >= SHORTEST


def test_what_was_measured_counts_more_than_arithmetic(tmp_path):
    settings = EngineSettings(models=tmp_path)
    assert SHORTEST <= gpu_seconds(request(), settings) < LONGEST
    record_speed(tmp_path, catalog_of().video["wan-2.1-1.3b"], "cuda", work=1e-9, seconds=60)
    assert gpu_seconds(request(), settings) == LONGEST
    assert gpu_seconds(request(engine="world"), settings) == SHORTEST
