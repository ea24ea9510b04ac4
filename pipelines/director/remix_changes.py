"""What a remix changed, as values that can be shown, undone one by one, and applied again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.storyboard import Shot, Storyboard

Value = Any  # of a field, as JSON: text, number, list, object, or None


@dataclass(frozen=True)
class Change:
    """One field of the parent's storyboard that is different now.

    The path counts shots and subjects as the parent has them; beyond its last one stands what is new. `before` is None
    for something new, `after` for something taken out.
    """

    path: str  # such as shots.0.time, shots.1.subjects.0.colours, shots.0.camera.framing, shots.2
    before: Value
    after: Value
    phrase: str  # of the instruction, as typed


def applied(storyboard: Storyboard, changes: Iterable[Change]) -> Storyboard:
    """The storyboard with these changes, which may be any of those that a remix of it gave, in any order.

    Raises pydantic.ValidationError where nothing would be left to show."""
    held = storyboard.model_dump(mode="json")
    changes = list(changes)
    for change in changes:
        if change.before is not None or not _is_item(change.path):
            _set(held, change.path, change.after)
    for change in sorted(changes, key=lambda one: _numbers(one.path)):
        if change.before is None and _is_item(change.path):
            _append(held, change.path, change.after)
    for shot in held["shots"]:
        if shot is not None:
            shot["subjects"] = [subject for subject in shot["subjects"] if subject is not None]
    held["shots"] = [shot for shot in held["shots"] if shot is not None]
    return Storyboard.model_validate(held)


def difference(before: Shot, after: Shot, path: str, phrases: dict[str, str]) -> list[Change]:
    """The changes of a shot's own fields; those of its subjects are told elsewhere. phrases: field → why."""
    was, now = (_fields(shot) for shot in (before, after))
    return [
        Change(f"{path}.{name}", was[name], now[name], phrases.get(name, "")) for name in was if was[name] != now[name]
    ]


def _fields(shot: Shot) -> dict[str, Value]:
    fields = shot.model_dump(mode="json", exclude={"subjects", "camera"})
    return fields | {f"camera.{name}": value for name, value in shot.camera.model_dump(mode="json").items()}


def _is_item(path: str) -> bool:
    """Whether a path names a whole shot or subject."""
    return path.rpartition(".")[2].isdigit()


def _numbers(path: str) -> list[int]:
    return [int(part) for part in path.split(".") if part.isdigit()]


def _at(held: Any, steps: list[str]) -> Any:
    for step in steps:
        held = held[int(step)] if step.isdigit() else held[step]
    return held


def _set(held: dict, path: str, value: Value) -> None:
    """Sets a field; what a shot that was taken out holds is left alone."""
    *steps, last = path.split(".")
    target = _at(held, steps[:2]) if len(steps) > 1 else held
    if target is None:
        return
    inner = _at(target, steps[2:]) if len(steps) > 1 else _at(held, steps)
    if inner is not None:
        inner[int(last) if last.isdigit() else last] = value


def _append(held: dict, path: str, value: Value) -> None:
    *steps, _ = path.split(".")
    target = held if len(steps) < 2 else _at(held, steps[:2])
    if target is not None:
        _at(target, steps if len(steps) < 2 else steps[2:]).append(value)
