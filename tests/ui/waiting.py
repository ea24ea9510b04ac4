"""Waiting for what happens elsewhere."""

import time
from collections.abc import Callable


def until(holds: Callable[[], object], seconds: float = 90.0) -> object:
    """What `holds` gives as soon as it is true; fails the test if that takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:g} s")
