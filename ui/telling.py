"""What a browser is told about a generation: plain values, in the reader's language, for the script to show as text."""

from datetime import datetime

from data.rows import Clip, ClipWithRecipe, Generation, Preview
from pipelines.storyboard import Shot, Storyboard, Subject, Weather
from ui.concepts import name_of
from ui.words import words


def generation_told(generation: Generation, language: str, *, preview: Preview | None = None) -> dict:
    """All that the page shows of a generation. preview: the latest frame, if the page does not show it yet."""
    request = generation["request"]
    told = {
        "id": generation["id"],
        "state": generation["state"],
        "stage": generation["stage"],
        "fraction": generation["progress"],
        "seconds_left": generation["seconds_left"],
        "place": generation["ahead"] or 0,
        "prompt": request["prompt"],
        "seed": generation["seed"],
        "engine": generation["engine"],
        "width": request["width"],
        "height": request["height"],
        "parent": generation["parent"],
        "clip": generation["clip"],
        "took": seconds_between(generation["started_at"], generation["finished_at"]),
    }
    if generation["state"] in ("failed", "refused"):
        told["problem"] = {"code": generation["error_code"] or "", "text": _problem(generation, language)}
    if preview:
        told["preview_at"] = preview["updated_at"]
        told["preview"] = "data:image/jpeg;base64," + preview["image"]
    return told | storyboard_told(Storyboard.model_validate(generation["storyboard"]), language)


def _problem(generation: Generation, language: str) -> str:
    """Why there is no clip, in the reader's words where the code has some, else as it was kept."""
    kept = generation["error"] or ""
    sentence = words(language).get(f"problem_{generation['error_code']}")
    return sentence.format(text=kept) if sentence else kept


def clip_told(clip: ClipWithRecipe | Clip) -> dict:
    """What the page needs to play a clip and to say what it is."""
    return {
        "id": clip["id"],
        "video": media_url(clip["video_path"]),
        "poster": media_url(clip["poster_path"]),
        "preview": media_url(clip["preview_path"]),
        "seconds": clip["seconds"],
        "width": clip["width"],
        "height": clip["height"],
        "people": clip["people"],
        "post": clip.get("post"),
        "parent": clip["parent"],
        "held": clip["held"],
    }


def media_url(path: str) -> str:
    """Where the browser finds a stored file."""
    return f"/media/{path}"


def seconds_between(start: str | None, end: str | None) -> float | None:
    """Seconds from one time to another, both ISO 8601; None when one is missing."""
    if not start or not end:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def storyboard_told(storyboard: Storyboard, language: str) -> dict:
    """{"shots": cards, "storyboard": JSON, "understood", "missed"}."""
    shots = [shot_told(shot, language) for shot in storyboard.shots]
    kept = storyboard.model_dump(mode="json", exclude={"coverage"})
    return {"shots": shots, "storyboard": kept} | coverage_told(storyboard, language)


def coverage_told(storyboard: Storyboard, language: str) -> dict:
    """{"understood": [{"phrase", "means"}], "missed": [phrase]}; a phrase stands once, with all that it means."""
    meanings: dict[str, list[str]] = {}
    for part in storyboard.coverage.understood:
        path, _, concept = part.field.partition("=")
        known = meanings.setdefault(part.phrase, [])
        name = named(concept, path.rpartition(".")[2], language)
        if name and name not in known and not _alike(part.phrase, name):
            known.append(name)
    understood = [{"phrase": phrase, "means": ", ".join(names)} for phrase, names in meanings.items()]
    return {"understood": understood, "missed": list(storyboard.coverage.missed)}


def _alike(phrase: str, name: str) -> bool:
    """Whether one holds the other, as in flowers and flower: then the name tells nothing new."""
    phrase, name = phrase.lower(), name.lower()
    return name in phrase or phrase in name


def shot_told(shot: Shot, language: str) -> dict:
    """A shot as a card: who is in it, what is said, and its other facts by name."""
    camera = [
        named(shot.camera.framing, "framing", language),
        named(shot.camera.move, "move", language),
        named(shot.camera.angle, "angle", language),
    ]
    facts = [
        ("place", named(shot.place or "", "place", language)),
        ("time", named(shot.time, "time", language)),
        ("weather", "" if shot.weather == Weather.CLEAR else named(shot.weather, "weather", language)),
        ("camera", ", ".join(camera)),
        ("events", ", ".join(named(event, "events", language) for event in shot.events)),
        ("sounds", ", ".join(named(sound, "sounds", language) for sound in shot.sounds)),
        ("music", named(shot.music or "", "music", language)),
        ("style", named(shot.style, "style", language)),
    ]
    return {
        "seconds": shot.seconds,
        "subjects": [_subject(subject, language) for subject in shot.subjects],
        "lines": [{"who": named(line.speaker or "", "speaker", language), "text": line.text} for line in shot.lines],
        "facts": [{"key": key, "text": text} for key, text in facts if text],
    }


def _subject(subject: Subject, language: str) -> dict:
    """{"name", "count", "about"}: what it is, how many, and how it looks and acts."""
    about = [named(colour, "colours", language) for colour in subject.colours]
    about += [named(attribute, "attributes", language) for attribute in subject.attributes]
    about += [named(subject.action, "action", language)] if subject.action else []
    return {"name": named(subject.kind, "kind", language), "count": subject.count, "about": about}


def named(concept: str, field: str, language: str) -> str:
    """A concept's name: from the table of words for the few values of a choice, else as the director calls it."""
    if not concept:
        return ""
    return words(language).get(f"{field}_{concept}") or name_of(concept, field, language)
