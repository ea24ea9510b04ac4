"""A storyboard as the prompt that video models were trained on: a paragraph that says what is seen, shot by shot."""

from collections.abc import Sequence

from pipelines.director import direct
from pipelines.request import GenerationRequest
from pipelines.storyboard import Angle, Camera, Framing, Line, Move, Season, Shot, Storyboard, Style, Subject, Time
from pipelines.storyboard import Weather as Sky

STYLES = {
    Style.CINEMATIC: "Cinematic live-action footage with natural light and fine detail",
    Style.FLAT: "Flat 2D animation with clean shapes and few hard shades",
    Style.PAPER: "Stop-motion animation of cut paper with textured sheets and soft shadows",
}
FRAMINGS = {
    Framing.WIDE: "a wide shot",
    Framing.FULL: "a full shot",
    Framing.MEDIUM: "a medium shot",
    Framing.CLOSE: "a close-up",
}
ANGLES = {Angle.EYE: "at eye level", Angle.LOW: "from a low angle", Angle.HIGH: "from a high angle"}
MOVES = {
    Move.STATIC: "the camera stands still",
    Move.PAN: "the camera pans slowly",
    Move.PUSH_IN: "the camera pushes in slowly",
    Move.PULL_OUT: "the camera pulls back slowly",
    Move.TRACK: "the camera travels beside the subject",
    Move.CRANE: "the camera rises on a crane",
    Move.ORBIT: "the camera circles the subject",
}
TIMES = {Time.DAWN: "at dawn", Time.DAY: "by day", Time.SUNSET: "at sunset", Time.NIGHT: "at night"}
SKIES = {
    Sky.CLEAR: "",
    Sky.RAIN: "in the rain",
    Sky.SNOW: "in falling snow",
    Sky.FOG: "in fog",
    Sky.STORM: "in a storm",
    Sky.WIND: "in strong wind",
}
ON = ("beach", "stage", "street", "rooftop", "snow_field", "sea", "desert", "mountains")  # places that one is on
NO_ARTICLE = ("underwater", "space", "mountains")
TENSES = {"lie": "lying", "die": "dying", "tie": "tying"}
NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PEOPLE = ("man", "woman", "boy", "girl", "child", "person", "baby", "old_man", "old_woman")
PLURALS = {"man": "men", "woman": "women", "child": "children", "fish": "fish", "sheep": "sheep", "person": "people"}


def prompt_for(
    request: GenerationRequest, storyboard: Storyboard, shots: Sequence[Shot], *, speaks: bool, sounds: bool, limit: int
) -> str:
    """The paragraph for these shots of the storyboard, in at most `limit` words.

    Begins with the person's own words, unless the storyboard was edited by hand and says something else by now.
    speaks: lines are quoted, for a model that says them. sounds: what is heard is described.
    """
    own = [request.prompt.rstrip(" .") + "."] if _is_what_the_prompt_says(request, storyboard, shots) else []
    said = [
        (f"Shot {number}: " if len(shots) > 1 else "") + _shot(shot, speaks, sounds)
        for number, shot in enumerate(shots, start=1)
    ]
    style = STYLES.get(shots[0].style, f"{_words(shots[0].style)} style") + "."
    return " ".join(" ".join([*own, style, *said]).split()[:limit])


def _is_what_the_prompt_says(request: GenerationRequest, storyboard: Storyboard, shots: Sequence[Shot]) -> bool:
    if len(shots) < len(storyboard.shots):
        return False  # one of several shots: the prompt tells of the others too
    return direct(request.prompt, seconds=request.seconds, style=request.style).shots == storyboard.shots


def _shot(shot: Shot, speaks: bool, sounds: bool) -> str:
    sentences = [_camera(shot.camera)]
    scene = " and ".join(_subject(subject) for subject in shot.subjects)
    where = " ".join(part for part in (_place(shot.place), TIMES[shot.time], SKIES[shot.weather]) if part)
    sentences.append(f"{scene} {where}" if scene else f"A view {where}")
    if shot.season != Season.SUMMER:
        sentences.append(f"It is {shot.season}")
    if shot.events:
        sentences.append("Then: " + ", ".join(_words(event) for event in shot.events))
    if speaks:
        sentences += [_line(line) for line in shot.lines]
    elif shot.lines:
        sentences.append("Somebody is talking")
    if sounds:
        sentences += _heard(shot)
    return " ".join(_sentence(text) for text in sentences if text)


def _camera(camera: Camera) -> str:
    return f"{FRAMINGS[camera.framing]} {ANGLES[camera.angle]}; {MOVES[camera.move]}"


def _subject(subject: Subject) -> str:
    """Such as "two small brown dogs running", or "a woman in red dancing": people wear their colours."""
    kind = _words(subject.kind)
    worn = subject.colours if subject.kind in PEOPLE else ()
    described = " ".join(_words(part) for part in (*subject.attributes, *(() if worn else subject.colours)))
    if subject.count > 1:
        name = f"{NUMBERS[subject.count]} {described} {PLURALS.get(kind, _plural(kind))}"
    else:
        name = f"{_article(described or kind)} {described} {kind}"
    wearing = f"in {' and '.join(_words(colour) for colour in worn)}" if worn else ""
    return " ".join(f"{name} {wearing} {_doing(subject.action) if subject.action else ''}".split())


def _place(place: str | None) -> str:
    if place is None:
        return ""
    if place == "underwater":
        return place
    preposition = "on" if place in ON else "in"
    return f"{preposition} {'' if place in NO_ARTICLE else _article(place)} {_words(place)}".replace("  ", " ")


def _line(line: Line) -> str:
    who = f"The {_words(line.speaker)} says" if line.speaker else "A voice says"
    return f"{who}{' in French' if line.language == 'fr' else ''}: “{line.text.rstrip('.')}”"


def _heard(shot: Shot) -> list[str]:
    sounds = [_words(sound) for sound in shot.sounds if sound != "silence"]
    return [f"One hears {', '.join(sounds)}"] * bool(sounds) + [f"{_words(shot.music or '')} music plays"] * bool(
        shot.music
    )


def _doing(action: str) -> str:
    """The action as it goes on: run → running, dance → dancing."""
    verb, _, rest = _words(action).partition(" ")
    if verb in TENSES:
        ending = TENSES[verb]
    elif verb.endswith("e") and not verb.endswith("ee"):
        ending = verb[:-1] + "ing"
    elif len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        ending = verb + verb[-1] + "ing"
    else:
        ending = verb + "ing"
    return f"{ending} {rest}".strip()


def _plural(kind: str) -> str:
    if kind.endswith(("s", "x", "ch", "sh")):
        return kind + "es"
    return kind[:-1] + "ies" if kind.endswith("y") and kind[-2:-1] not in tuple("aeiou") else kind + "s"


def _article(name: str) -> str:
    return "an" if name[:1] in "aeiou" else "a"


def _words(concept: str) -> str:
    return concept.replace("_", " ")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
