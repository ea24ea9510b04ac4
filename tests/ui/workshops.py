"""A workshop that draws squares: the real path of a generation, with an engine that is quick."""

import time
from collections.abc import Callable

from pipelines.request import GenerationRequest, make_request
from ui.generation import Generation
from ui.workshop import Workshop

ADA, BEN = "ada" * 12, "ben" * 12  # two visitors


def asked(engine: str = "square", **fields) -> GenerationRequest:
    fields = {"prompt": "a dog runs", "seconds": 1, "width": 128, "height": 160, "seed": 5} | fields
    return make_request(engine=engine, **fields)


def until(holds: Callable[[], object], seconds: float = 30.0) -> object:
    """What `holds` gives as soon as it is true; fails the test if that takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:g} s")


def ended(workshop: Workshop, owner: str, generation: Generation) -> Generation:
    """The generation once it is over."""
    until(lambda: workshop.look(owner, generation.id).over)
    return workshop.look(owner, generation.id)
