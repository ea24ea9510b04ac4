"""Faces in pictures: where they are, where their eyes, nose, mouth and chin are, and how alike two of them look."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from pipelines.cameo.likeness import Box, Likeness
from pipelines.cameo.recording import read_recording

SEARCHED = 320  # pixels of the longer side at which faces are looked for
SMALLEST = 0.11  # of the shorter side: smaller faces are not recognisable
MATCHES = 0.25  # distance up to which two faces count as one person's
USUAL = 0.435  # how far apart eyes are in a face as wide as the detector sees it
Point = tuple[float, float]


@dataclass(frozen=True)
class Landmarks:
    """Where the parts of a face are, in pixels of its picture."""

    face: Box
    eyes: tuple[Point, Point]  # left of the picture first
    nose: Point
    mouth: Point
    chin: float  # row

    @property
    def apart(self) -> float:
        """Pixels between the eyes: the measure of a face. The size of the whole face steadies it, because eyes may lie
        close together or far apart."""
        return _measure(self.eyes, self.face)

    @property
    def middle(self) -> Point:
        (x0, y0), (x1, y1) = self.eyes
        return (x0 + x1) / 2, (y0 + y1) / 2


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{name}.xml")


def profile_cascade() -> cv2.CascadeClassifier:
    """Finds faces seen from the side that look to the left of the picture."""
    return _cascade("profileface")


def find_faces(picture: np.ndarray, searched: int = SEARCHED) -> list[Box]:
    """The faces that look at the camera in a (h, w, 3) uint8 BGR picture, the largest first."""
    cv2.setNumThreads(1)
    height, width = picture.shape[:2]
    scale = min(1.0, searched / max(width, height))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    side = max(24, round(SMALLEST * min(small.shape[:2])))
    found = _cascade("frontalface_alt2").detectMultiScale(grey, 1.12, 4, minSize=(side, side))
    boxes = [tuple(round(float(v) / scale) for v in box) for box in found]
    return sorted(boxes, key=lambda box: -box[2])


def landmarks_of(picture: np.ndarray, face: Box) -> Landmarks:
    """Where eyes, nose, mouth and chin are; what no detector finds is put where faces usually have it."""
    eyes = _eyes(picture, face)
    (x0, y0), (x1, y1) = eyes
    apart = _measure(eyes, face)
    down = np.array([-(y1 - y0), x1 - x0]) / np.hypot(x1 - x0, y1 - y0)
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    mouth = _mouth(picture, middle, down, apart)
    nose = middle + down * 0.57 * apart
    chin = float((middle + down * 1.80 * apart)[1])
    return Landmarks(face, eyes, (float(nose[0]), float(nose[1])), mouth, chin)


def _measure(eyes: tuple[Point, Point], face: Box) -> float:
    (x0, y0), (x1, y1) = eyes
    return float(np.sqrt(np.hypot(x1 - x0, y1 - y0) * (face[2] or 2.3 * np.hypot(x1 - x0, y1 - y0)) * USUAL))


def _eyes(picture: np.ndarray, face: Box) -> tuple[Point, Point]:
    """Both eyes, each found in its own quarter of the face."""
    x, y, width, height = face
    found: list[Point] = []
    for left in (0.08, 0.50):
        a, b = x + round(left * width), y + round(0.20 * height)
        part = cv2.cvtColor(picture[max(0, b) : b + round(0.36 * height), max(0, a) : a + round(0.42 * width)],
                            cv2.COLOR_BGR2GRAY)  # fmt: skip
        usual = (x + (left + 0.21) * width, y + 0.385 * height)
        found.append(_eye(part, max(0, a), max(0, b), usual, width))
    (x0, y0), (x1, y1) = found
    if not 0.30 * width < x1 - x0 < 0.56 * width or abs(y1 - y0) > 0.16 * width:
        return (x + 0.30 * width, y + 0.385 * height), (x + 0.70 * width, y + 0.385 * height)
    return found[0], found[1]


def _eye(part: np.ndarray, left: int, top: int, usual: Point, width: int) -> Point:
    """The middle of the eye in a quarter of a face; where eyes usually are when none is found."""
    if min(part.shape) < 12:
        return usual
    scale = 64 / part.shape[1]
    grey = cv2.equalizeHist(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    boxes = _cascade("eye").detectMultiScale(grey, 1.06, 3, minSize=(22, 22), maxSize=(60, 60))
    if not len(boxes):
        return usual
    middles = [(float(left + (b[0] + b[2] / 2) / scale), float(top + (b[1] + b[3] * 0.52) / scale)) for b in boxes]
    nearest: Point = min(middles, key=lambda p: (p[0] - usual[0]) ** 2 + (p[1] - usual[1]) ** 2)
    return nearest if np.hypot(nearest[0] - usual[0], nearest[1] - usual[1]) < 0.16 * width else usual


def _mouth(picture: np.ndarray, middle: np.ndarray, down: np.ndarray, apart: float) -> Point:
    """The middle of the mouth: the reddest spot where mouths are."""
    centre = middle + down * 1.05 * apart
    half_w, half_h = 0.55 * apart, 0.26 * apart
    left, top = round(centre[0] - half_w), round(centre[1] - half_h)
    part = picture[max(0, top) : round(centre[1] + half_h), max(0, left) : round(centre[0] + half_w)]
    if min(part.shape[:2]) < 6:
        return float(centre[0]), float(centre[1])
    red = cv2.GaussianBlur(cv2.cvtColor(part, cv2.COLOR_BGR2LAB)[..., 1].astype(np.float32), (0, 0), apart * 0.05)
    weight = np.clip(red - np.percentile(red, 75), 0, None)
    if weight.sum() < 1e-3:
        return float(centre[0]), float(centre[1])
    rows, columns = np.mgrid[0 : red.shape[0], 0 : red.shape[1]]
    x = max(0, left) + float((columns * weight).sum() / weight.sum())
    y = max(0, top) + float((rows * weight).sum() / weight.sum())
    return 0.5 * x + 0.5 * float(centre[0]), y


# ---- whose face


def describe(picture: np.ndarray, marks: Landmarks) -> np.ndarray:
    """(n,) float32 of length 1: a face put upright and level in light, as directions of edges in cells, and tones."""
    (x0, y0), (x1, y1) = marks.eyes
    source = np.array([[x0, y0], [x1, y1], [marks.middle[0] - (y1 - y0), marks.middle[1] + (x1 - x0)]], np.float32)
    target = np.array([[20, 24], [44, 24], [32, 48]], np.float32)
    face = cv2.warpAffine(picture, cv2.getAffineTransform(source, target), (64, 72), borderMode=cv2.BORDER_REPLICATE)
    # Cameras mirror and do not tell: a face and its mirror image are described alike.
    both = _description(face) + _description(np.ascontiguousarray(face[:, ::-1]))
    return both / np.linalg.norm(both)


def _description(face: np.ndarray) -> np.ndarray:
    grey = cv2.createCLAHE(2.0, (4, 4)).apply(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY))
    edges = cv2.HOGDescriptor((64, 72), (16, 18), (8, 9), (8, 9), 8).compute(grey).ravel()
    edges = edges - edges.mean()
    tones = cv2.resize(grey, (16, 18), interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    tones = (tones - tones.mean()) / (tones.std() + 1e-6)
    colours = cv2.cvtColor(face, cv2.COLOR_BGR2LAB)[20:60, 12:52, 1:].reshape(-1, 2).mean(0).astype(np.float32) - 128
    parts = [edges / np.linalg.norm(edges), 0.7 * tones / np.linalg.norm(tones), 0.02 * colours]
    return np.concatenate(parts).astype(np.float32)


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """0 for the same picture of a face, towards 1 for faces that have nothing in common."""
    return float(np.clip((1 - float(one @ other)), 0, 1))


def faces_in(path: Path) -> list[np.ndarray]:
    """A description of each recognisable face in a picture or video that somebody uploaded, one for each person seen
    (see `matches`). Raises RecordingError for a file that cannot be read."""
    frames = read_recording(path).frames
    chosen = frames if len(frames) <= 24 else frames[np.linspace(0, len(frames) - 1, 24).round().astype(int)]
    known: list[np.ndarray] = []
    for frame in chosen:
        for box in find_faces(frame, searched=480):
            face = describe(frame, landmarks_of(frame, box))
            if all(distance(face, other) > MATCHES for other in known):
                known.append(face)
    return known


def face_of(likeness: Likeness) -> np.ndarray:
    """The description of a captured person's face, from the front."""
    return describe(_on_grey(likeness.front.picture), _marks(likeness))


def matches(face: np.ndarray, likeness: Likeness) -> float:
    """How far a described face is from a captured person, 0 to 1; up to MATCHES it counts as that person's."""
    return distance(face, face_of(likeness))


def _on_grey(picture: np.ndarray) -> np.ndarray:
    cover = picture[..., 3:].astype(np.float32) / 255
    return (picture[..., :3] * cover + 128 * (1 - cover)).astype(np.uint8)


def _marks(likeness: Likeness) -> Landmarks:
    view = likeness.front
    (a, b) = [(x + w / 2, view.eye_row) for x, _, w, _ in view.eyes]
    x, y, w, h = view.mouth
    return Landmarks((0, 0, 0, 0), (a, b), (view.axis, view.nose_row), (x + w / 2, y + h / 2), view.chin_row)
