"""What will be heard in one shot, as plain data. The scene writes it, the mixer plays it."""

from dataclasses import dataclass

from pipelines.sound.speech import Speech


@dataclass(frozen=True)
class SoundEvent:
    """Something that makes a sound at one instant. `time` is when the pixels show it, in seconds of the shot."""

    time: float
    kind: str  # footstep, impact, roll, splash, call, whoosh, rustle, engine …
    material: str = ""  # footstep and impact: what is struck (grass, wood, sand, water …); call: who calls (dog, cat …)
    struck_by: str = ""  # impact: what strikes (rubber, leather, wood, metal, glass, paper …)
    strength: float = 0.5  # 0 to 1; 1 is as loud as this kind of event gets
    pan: float = 0.0  # −1 left edge of the frame, 1 right edge
    distance: float = 3.0  # metres from the camera
    seconds: float = 0.0  # length of what lasts (roll, engine); 0 for what is struck
    size: float = 1.0  # relative to the usual size of its source: larger sounds lower


@dataclass(frozen=True)
class SpokenLine:
    """One line of speech, where and when it is heard."""

    time: float  # seconds of the shot at which the first sample plays
    speech: Speech
    pan: float = 0.0
    distance: float = 2.0  # metres


@dataclass(frozen=True)
class Score:
    """All sound of one shot."""

    seconds: float
    events: tuple[SoundEvent, ...] = ()
    lines: tuple[SpokenLine, ...] = ()
    ambiences: tuple[str, ...] = ()  # birdsong, wind, rain, waves, city, crowd …
    music: str | None = None  # mood
    room: str = "outdoors"  # outdoors, small, hall, gym, street, cave
    seed: int = 0
