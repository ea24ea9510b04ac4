"""What a browser is told about a remix: changes as rows of before and after, and a family of clips."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.rows import Kin
from pipelines.storyboard import Shot, Subject
from ui.telling import clip_told, named, shot_told
from ui.words import words

if TYPE_CHECKING:
    from pipelines.director.remix_changes import Change  # brings the whole director: not before the page is up

_LISTS = ("colours", "attributes", "events", "sounds")


def changes_told(changes: Sequence["Change"], shots: int, language: str) -> list[dict]:
    """Rows of {"ids", "where", "what", "before", "after", "phrase"}. The same change of several shots is one row; `ids`
    are the changes in it. shots: how many the parent has."""
    rows: dict[tuple, dict] = {}
    numbers: dict[tuple, list[int]] = {}
    for id, change in enumerate(changes):
        told = _told(change, language)
        key = (told["what"], told["before"], told["after"], change.phrase)
        row = rows.setdefault(key, told | {"ids": [], "phrase": change.phrase})
        row["ids"].append(id)
        numbers.setdefault(key, []).append(int(change.path.split(".")[1]) + 1)
    for key, row in rows.items():
        row["where"] = _where(sorted(set(numbers[key])), shots, language)
    return list(rows.values())


def _where(numbers: list[int], shots: int, language: str) -> str:
    """Which shots; nothing where the clip has only one, or all of them are meant."""
    if shots == 1 and numbers == [1] or len(numbers) == shots:
        return ""
    key = "remix_shot" if len(numbers) == 1 else "remix_shots"
    return words(language)[key].format(n=", ".join(str(number) for number in numbers))


def _told(change: "Change", language: str) -> dict:
    """{"what": key of a word, "of": whose, "before", "after"}; "" stands for nothing."""
    parts = change.path.split(".")
    what = parts[-1]
    if len(parts) == 2:
        what = "shot"
    elif what.isdigit():
        what = "subject"
    before, after = (_value(what, value, language) for value in (change.before, change.after))
    return {"what": what, "before": before, "after": after}


def _value(what: str, value: object, language: str) -> str:
    """A field's value in words."""
    if value is None or value == []:
        return ""
    if what == "shot":
        return _shot(Shot.model_validate(value), language)
    if what == "subject":
        return subject_in_words(Subject.model_validate(value), language)
    if what == "lines":
        return " ".join(f"“{line['text']}”" for line in value)
    if what == "seconds":
        return f"{round(float(value), 1):g} s"
    if what == "cameo":
        return f"@{value}"
    if what in _LISTS:
        return ", ".join(named(each, what, language) for each in value)
    return str(value) if what == "count" else named(str(value), what, language)


def subject_in_words(subject: Subject, language: str) -> str:
    """Such as "2 × dog, black, runs"."""
    told = shot_told(Shot(subjects=(subject,)), language)["subjects"][0]
    name = f"{subject.count} × {told['name']}" if subject.count > 1 else told["name"]
    return ", ".join([f"@{subject.cameo}" if subject.cameo else name, *told["about"]])


def _shot(shot: Shot, language: str) -> str:
    told = [named(shot.place or "", "place", language), named(shot.time, "time", language)]
    told += [subject_in_words(subject, language) for subject in shot.subjects]
    return " · ".join(part for part in [*told, f"{round(shot.seconds, 1):g} s"] if part)


def family_told(kin: Sequence[Kin]) -> dict:
    """{"clips", "hidden"}: a family, parents first; hidden: the oldest was made from one that cannot be seen."""
    known = {one["id"] for one in kin}
    oldest = min(kin, key=lambda one: one["step"])
    told = [
        clip_told(one)
        | {"step": one["step"], "maker": (one["author"] or {}).get("handle", ""), "made": one["created_at"]}
        for one in kin
    ]
    return {"clips": told, "hidden": oldest["parent"] is not None and oldest["parent"] not in known}
