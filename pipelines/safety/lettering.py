"""The text that a picture shows, read by Tesseract and ruled on like a caption: to name a brand is not to show it.

Without Tesseract nothing is read and nothing changes. Three ways of looking, since no single one reads documents and
words laid over a photo alike: the picture as it is, its light letters alone, its dark letters alone.
"""

import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from pipelines.safety.deciding import Policy, load_policy, rule
from pipelines.safety.reading import MAX_CHARACTERS
from pipelines.safety.ruling import Decision, Reason, Ruling
from pipelines.safety.storyboards import stricter

LANGUAGES = ("eng", "fra")  # as far as they are installed
LONGEST = 8  # seconds that one way of looking may take
SURE = 60  # of 100; below it what was read is seldom letters
PAGE_SIDE = 1600  # pixels; the small print of a photographed page is still legible
SCENE_SIDE = 1000  # pixels; words that are meant to be seen in a scene stand 20 to 40 pixels high or more
MOST_ENLARGED = 3
PAGE, SPARSE = 3, 11  # Tesseract's ways to take a page apart: into columns and lines; into words anywhere
BRIGHT = 170  # of 255: how light the light letters of a scene are up to their edges …
BRIGHTER = 50  # … by how much lighter than what surrounds them …
BRIGHTEST, INSIDE = 225, 0.3  # … and how light a good part of each is; wood, fur and foam are duller
LEAST_LETTER = 8  # pixels; lower specks are texture
SHORT_WORDS = frozenset("aiyl|")  # single characters that are words; others are mostly texture
KEPT = ("PATH", "TESSDATA_PREFIX", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT")  # variables that Tesseract may see
PIECE = MAX_CHARACTERS - 500  # characters of a long text that are ruled on at once
OVERLAP = 200  # characters that two such pieces share
LOOKS = 4  # over a clip, and one more after each that found something
AGAIN = 12  # frames until that one; the words must still stand there

_UPRIGHT = re.compile(r"(?<!\S)[1l|](?= [^\W\d])")  # a lone stroke before a word, read as a sign though it says “I”

log = logging.getLogger(__name__)


class Line(NamedTuple):
    """Words that stand in a row, and where: pixels of the picture that was read."""

    left: int
    middle: float
    height: int
    text: str


@cache
def languages() -> str:
    """What Tesseract reads here, such as `eng+fra`; empty where it is not installed. Looked up once."""
    if shutil.which("tesseract") is None:
        return ""
    return "+".join(name for name in LANGUAGES if name in _tesseract().get_languages())


def rule_on_lettering(picture: np.ndarray, policy: Policy | None = None) -> Ruling:
    """The strictest ruling on what (h, w, 3) uint8 BGR shows in letters; allow where nothing can be read."""
    policy = policy or load_policy()
    strictest = Ruling(policy=policy.version)
    for text in letterings(picture):
        for piece in _pieces(text):
            strictest = stricter(strictest, rule(piece, policy=policy, where="picture", suggest=False))
        if strictest.decision is Decision.REFUSE:
            break
    return strictest


def forbidden_words(ruling: Ruling) -> str:
    """The words that led to a ruling, as they were read: `kill you, 06 12 34 56 78`."""
    area = ruling.rule.partition(".")[0]
    return ", ".join(dict.fromkeys(" ".join(span.text.split()) for span in ruling.spans if span.area == area))


def letterings(picture: np.ndarray) -> Iterator[str]:
    """What (h, w, 3) uint8 BGR shows in letters, line by line; once for each way of looking that finds any."""
    if not languages():
        return
    page = cv2.cvtColor(_sized(picture, PAGE_SIDE), cv2.COLOR_BGR2GRAY)
    scene = _sized(picture, SCENE_SIDE)
    # the darkest channel: near white all three are light, and most colours are not
    light, dark = (_light_letters(np.ascontiguousarray(seen.min(2))) for seen in (scene, 255 - scene))
    looks = ((page, PAGE), (light, SPARSE), (dark, SPARSE))
    for grey, layout in looks:
        text = "\n".join(_in_order(_lines(grey, layout)))
        if text:
            yield text


def _sized(picture: np.ndarray, side: int) -> np.ndarray:
    """The picture with its longer side so many pixels, unless that would enlarge it too much."""
    scale = min(MOST_ENLARGED, side / max(picture.shape[:2]))
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _light_letters(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8: black where something as narrow as a stroke is lighter than what surrounds it, else white."""
    width = max(grey.shape) // 25
    around = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, np.ones((width, width), np.uint8))
    strokes = ((grey >= BRIGHT) & (around >= BRIGHTER)).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes)
    widths, heights = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    highest = max(grey.shape) // 5
    inside = np.bincount(labels[grey >= BRIGHTEST], minlength=count) / boxes[:, cv2.CC_STAT_AREA]
    letters = (heights >= LEAST_LETTER) & (heights <= highest) & (widths <= 2 * highest) & (inside >= INSIDE)
    letters[0] = False  # the background
    return np.where(letters[labels], 0, 255).astype(np.uint8)


def _lines(grey: np.ndarray, layout: int) -> list[Line]:
    """The lines that Tesseract reads in (h, w) uint8, without words that it doubts."""
    tesseract = _tesseract()
    try:
        found = tesseract.image_to_data(
            grey,
            lang=languages(),
            config=f"--psm {layout}",
            timeout=LONGEST,
            output_type=tesseract.Output.DICT,
        )
    except (RuntimeError, OSError) as error:  # the time is over, Tesseract gave up, or no room for its copy on the disk
        log.warning("The text in a picture was not read: %s", error)
        return []
    lines: dict[tuple[int, ...], list[int]] = {}
    for index, word in enumerate(found["text"]):
        if float(found["conf"][index]) >= SURE and _is_word(word):
            key = tuple(found[part][index] for part in ("block_num", "par_num", "line_num"))
            lines.setdefault(key, []).append(index)
    return [_line(found, members) for members in lines.values()]


def _line(found: dict[str, list[Any]], members: list[int]) -> Line:
    """The line of these words of Tesseract's table."""
    first = members[0]
    heights = [found["height"][index] for index in members]
    middles = [found["top"][index] + found["height"][index] / 2 for index in members]
    text = _UPRIGHT.sub("I", " ".join(found["text"][index] for index in members))
    return Line(found["left"][first], sum(middles) / len(middles), max(heights), text)


def _is_word(word: str) -> bool:
    return word.isdigit() or word.lower() in SHORT_WORDS or sum(map(str.isalnum, word)) >= 2


def _in_order(lines: Iterable[Line]) -> Iterator[str]:
    """The texts from top to bottom; lines at one height, such as words far apart, from left to right in one."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if row and line.middle - row[0].middle > min(line.height, row[0].height) / 2:
            yield " ".join(each.text for each in sorted(row))
            row = []
        row.append(line)
    if row:
        yield " ".join(each.text for each in sorted(row))


def _pieces(text: str) -> Iterator[str]:
    """The text as its lines stand and as one sentence, since what is written large is broken anywhere; in pieces that
    overlap where it is long."""
    for whole in dict.fromkeys((text, " ".join(text.split()))):
        for start in range(0, max(1, len(whole) - OVERLAP), PIECE - OVERLAP):
            yield whole[start : start + PIECE]


@cache
def _tesseract() -> Any:
    """The package `pytesseract`, whose child processes see no secret of ours and use one thread."""
    import pytesseract  # loads pandas: only where something is read

    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    pytesseract.pytesseract.environ = {**kept, "OMP_THREAD_LIMIT": "1"}
    return pytesseract


class LetterWatch:
    """Looks at a few frames as they pass and remembers in which areas of the policy their letters were forbidden."""

    def __init__(self, policy: Policy | None, frame_count: int) -> None:
        self._policy, self._found = policy, Ruling()
        self._areas: dict[str, Ruling] = {}  # what one look found; another must agree
        self._apart = max(1, frame_count // LOOKS)
        self._next = self._apart // 2

    def watched(self, frames: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        """The same frames, (h, w, 3 or 4) uint8 BGR(A)."""
        for index, frame in enumerate(frames):
            if index == self._next and self._found.allowed and languages():
                self._next += self._after(np.ascontiguousarray(frame[:, :, :3]))
            yield frame

    def ruling(self) -> Ruling:
        """A hold if two looks agreed, once all frames have passed: one misreads now and then."""
        return self._found

    def _after(self, frame: np.ndarray) -> int:
        """Frames until the next look."""
        ruling = rule_on_lettering(frame, self._policy)
        if ruling.decision is not Decision.REFUSE:
            return self._apart
        area = ruling.rule.partition(".")[0]
        if area in self._areas:
            self._found = _held(ruling)
        self._areas[area] = ruling
        return min(AGAIN, self._apart)


def _held(ruling: Ruling) -> Ruling:
    """The same ruling as a hold that tells the words."""
    told = forbidden_words(ruling)
    reason = Reason(
        code=ruling.reason.code,
        en=f"Text in this clip is taken for “{told}”. A moderator looks before anybody else can.",
        fr=f"On croit lire « {told} » dans ce clip. La modération regarde d'abord.",
    )
    return ruling.model_copy(update={"decision": Decision.HOLD, "reason": reason})
