"""Engines on the page: what each can do, how long it takes here, what it costs, and what to do where one is missing."""

import time

from data.client import SERVICE
from data.credits import engine_speeds, set_engine_price
from data.rows import EngineSpeed
from pipelines.request import MIN_SIDE, SHAPES, GenerationRequest
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.studio import Studio
from ui.words import words

FRESH = 30.0  # seconds that the catalog is used before the disk is looked at again


class Engines:
    """What the choice of an engine asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._entries: list = []
        self._looked_at: float | None = None

    def calls(self) -> dict[str, Call]:
        return {"engines/list": self.list}

    def list(self, asking: Asking) -> dict:
        """{"engines"}: those that are ready first, with how long they take for `seconds` in this `shape`."""
        width, height = frame_of(self._studio, asking.text("shape", longest=10))
        seconds = min(20, max(1, asking.number("seconds") or 5))
        request = GenerationRequest(prompt="?", width=width, height=height, seconds=seconds)
        speeds = engine_speeds(self._database, asking.caller)
        told = [_told(entry, request, speeds.get(entry.name), asking.language) for entry in self.entries()]
        return {"engines": sorted(told, key=lambda one: not one["ready"])}

    def entries(self) -> list:
        """The catalog. An engine that has become ready is offered from now on."""
        from pipelines.engines.catalog import catalog

        if self._looked_at is None or time.monotonic() - self._looked_at > FRESH:
            ready = {entry.name for entry in self._entries if entry.installed}
            self._entries, self._looked_at = catalog(), time.monotonic()
            for entry in self._entries:
                if entry.installed and entry.name not in ready:
                    set_engine_price(self._database, SERVICE, entry.name, entry.price)
        return self._entries

    def chosen(self, asking: Asking):
        """The catalog entry of the engine that was asked for. Raises Refused."""
        name = asking.text("engine", longest=80) or "world"
        entry = next((entry for entry in self.entries() if entry.name == name), None)
        if entry is None:
            raise Refused("error_engine", name=name)
        if not entry.installed and name not in engine_speeds(self._database, asking.caller):
            raise Refused("error_engine_not_ready", name=entry.title, text=entry.readiness.say[asking.language])
        return entry


def frame_of(studio: Studio, shape: str) -> tuple[int, int]:
    """(width, height) in pixels of a shape such as 9:16, as this place makes its clips."""
    scale = studio.settings.frame_scale
    width, height = (max(MIN_SIDE, round(side * scale / 2) * 2) for side in SHAPES.get(shape, SHAPES["9:16"]))
    return width, height


def _told(entry, request: GenerationRequest, speed: EngineSpeed | None, language: str) -> dict:
    """What is told of an engine. One that is not on this machine, and has a price, is on another that works for us."""
    elsewhere = speed is not None and not entry.installed
    return {
        "name": entry.name,
        "title": entry.title,
        "kind": entry.kind,
        "ready": entry.installed or elsewhere,
        "say": words(language)["engine_elsewhere"] if elsewhere else entry.readiness.say[language],
        "text": "text" in entry.tasks,
        "images": "image" in entry.tasks,
        "references": "references" in entry.tasks,
        "cameos": entry.cameos,
        "own_sound": entry.own_sound,
        "speaks": entry.speaks,
        "longest": entry.seconds[1],
        "memory": min(entry.memory.values(), default=None),
        "licence": {
            "name": entry.licence.name,
            "url": entry.licence.url,
            "limits": entry.licence.limits.get(language, ""),
        },
        "gated": entry.gated,
        "credits": entry.price * -(-int(request.seconds or 5) // 5),
        "dollars": round(entry.dollars_a_second * (request.seconds or 5), 2),
        "takes": seconds_here(entry, request, speed),
        "waiting": speed["waiting"] if speed else 0,
    }


def seconds_here(entry, request: GenerationRequest, speed: EngineSpeed | None) -> float | None:
    """How long a clip takes here, in seconds of work: as this machine measured it, else as the newest clips took; None
    before the first."""
    pace = speed and speed["seconds_per_megapixel_second"]
    measured = entry.estimate(request) if entry.installed else None
    if measured is None and pace:
        measured = pace * (request.seconds or 5) * request.width * request.height / 1e6
    return None if measured is None else round(measured, 1)
