"""Where a head looks, frame by frame: the person's own front view is turned in steps and laid over each frame."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipelines.cameo.faces import Landmarks, find_faces, landmarks_of, profile_cascade
from pipelines.cameo.likeness import Box

HEIGHT = 72  # pixels of the small front view
ROUND = 1.75  # radius of a head about its axis, in distances between the eyes
STEPS = np.radians(np.arange(-60, 61, 10))  # turns that are tried, radians
LOST = 0.3  # fit below which the front view is not to be seen in a frame
PROFILE = 1.2  # radians that a face seen from the side is taken to be turned
REACH = 0.9  # how far a head may move from where it was, in distances between the eyes


@dataclass(frozen=True)
class Seen:
    """The head in one frame."""

    yaw: float  # radians; above 0 it looks to the right of the picture
    likeness: float  # −1 to 1: how well the turned front view fits
    x: float  # column of the middle between the eyes, were it to look ahead: the axis about which it turns
    y: float  # row of the eyes

    def eyes_at(self, apart: float) -> float:
        """The column of the middle between the eyes, as they are seen."""
        return self.x + ROUND * apart * float(np.sin(self.yaw))


@dataclass(frozen=True)
class FrontView:
    """The front view and its turned copies, small and grey."""

    copies: tuple[np.ndarray, ...]  # one for each of STEPS
    scale: float  # pixels of a frame for each pixel of the copies
    middle: tuple[float, float]  # of the eyes in the copies


def turned_columns(columns: np.ndarray, radius: np.ndarray | float, yaw: float) -> np.ndarray:
    """Columns (from the axis) where the picture of a head must be read, so that it is seen turned by `yaw`; radians,
    for a surface as round as a cylinder of that radius."""
    angle = np.arcsin(np.clip(columns / radius, -1, 1)) - yaw
    return radius * np.sin(np.clip(angle, -1.5, 1.5))


def front_view(frame: np.ndarray, marks: Landmarks) -> FrontView:
    """The front view of the face in a (h, w, 3) uint8 BGR frame, turned in steps."""
    apart = marks.apart
    x, y = marks.middle
    scale = 3.1 * apart / HEIGHT  # from above the brows to below the chin
    half = round(1.15 * apart / scale)
    rows, columns = np.mgrid[0:HEIGHT, -half : half + 1].astype(np.float32)
    top = y - 1.05 * apart
    copies = []
    for yaw in STEPS:
        read = turned_columns(columns * scale + ROUND * apart * np.sin(yaw), ROUND * apart, float(yaw))
        picture = cv2.remap(frame, np.float32(x + read), np.float32(top + rows * scale), cv2.INTER_LINEAR)
        copies.append(_plain(picture))
    return FrontView(tuple(copies), scale, (float(half), 1.05 * apart / scale))


def _plain(picture: np.ndarray) -> np.ndarray:
    """Grey, with slow changes of light taken away; float32."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    return grey - cv2.GaussianBlur(grey, (0, 0), 12, borderType=cv2.BORDER_REPLICATE)


def follow(frames: np.ndarray, first: int, marks: Landmarks) -> list[Seen]:
    """The head in every frame, followed from frame `first`, where it looks ahead, to both ends."""
    view = front_view(frames[first], marks)
    start = Seen(0.0, 1.0, *marks.middle)
    after, before = [start], [start]
    for frame in frames[first + 1 :]:
        after.append(_find(frame, view, after[-1]))
    for frame in frames[:first][::-1]:
        before.append(_find(frame, view, before[-1]))
    return before[:0:-1] + after


def _find(frame: np.ndarray, view: FrontView, last: Seen) -> Seen:
    """The best place and turn near where the head was."""
    height, width = view.copies[0].shape
    reach = REACH * HEIGHT / 3.1
    radius = ROUND * HEIGHT / 3.1  # in pixels of the copies
    scale = 1 / view.scale
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    left = round(last.x * scale - view.middle[0] - reach - radius * 0.9)
    top = round(last.y * scale - view.middle[1] - reach * 0.6)
    part = _window(small, left, top, round(width + 2 * (reach + radius * 0.9)), round(height + 1.2 * reach))
    plain = _plain(part)
    best = Seen(last.yaw, -1.0, last.x, last.y)
    for yaw, copy in zip(STEPS, view.copies, strict=True):
        fits = cv2.matchTemplate(plain, copy, cv2.TM_CCOEFF_NORMED)
        at = round(last.x * scale - view.middle[0] + radius * np.sin(yaw) - left)  # where the eyes would have gone
        a, b = max(0, at - round(reach * 0.6)), min(fits.shape[1], at + round(reach * 0.6) + 1)
        if b <= a:
            continue
        _, fit, _, place = cv2.minMaxLoc(fits[:, a:b])
        fit -= 0.02 * abs(yaw - last.yaw)
        if fit > best.likeness:
            x = (left + a + place[0] + view.middle[0] - radius * np.sin(yaw)) / scale
            best = Seen(float(yaw), float(fit), float(x), float((top + place[1] + view.middle[1]) / scale))
    if best.likeness < LOST:  # the next frame looks where it was last seen
        return Seen(_profile(part) or best.yaw, best.likeness, last.x, last.y)
    return best


def _profile(part: np.ndarray) -> float | None:
    """The turn of a face seen from the side, radians; None when there is none. The cascade knows one side."""
    grey = cv2.equalizeHist(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY))
    if len(profile_cascade().detectMultiScale(grey, 1.1, 2, minSize=(32, 32))):
        return -PROFILE
    mirrored = np.ascontiguousarray(grey[:, ::-1])
    return PROFILE if len(profile_cascade().detectMultiScale(mirrored, 1.1, 2, minSize=(32, 32))) else None


def _window(picture: np.ndarray, left: int, top: int, width: int, height: int) -> np.ndarray:
    """The part of a picture, its edges repeated where the part lies outside."""
    rows = np.clip(np.arange(top, top + height), 0, picture.shape[0] - 1)
    columns = np.clip(np.arange(left, left + width), 0, picture.shape[1] - 1)
    return np.ascontiguousarray(picture[rows][:, columns])


def watch(frames: np.ndarray) -> tuple[int, Landmarks, list[Seen], list[list[Box]]] | None:
    """(frame that looks ahead, its landmarks, the head in every frame, faces of the searched frames); None without a
    face. Every third frame is searched for faces."""
    faces = {i: find_faces(frames[i]) for i in range(0, len(frames), 3)}
    seen = [i for i, boxes in faces.items() if boxes]
    if not seen:
        return None
    marked = [(i, landmarks_of(frames[i], faces[i][0])) for i in _usual(frames, seen)]
    first, marks = max(marked, key=lambda one: _frontal(frames[one[0]], one[1]))
    return first, marks, follow(frames, first, marks), list(faces.values())


def _usual(frames: np.ndarray, candidates: list[int]) -> list[int]:
    """The frames most like the others: people look ahead most of the time."""
    small = [cv2.resize(frames[i], (40, 40), interpolation=cv2.INTER_AREA).astype(np.float32) for i in candidates]
    middle = np.median(small, axis=0)
    unlike = np.array([np.abs(picture - middle).mean() for picture in small])
    nearest = np.argsort(unlike, kind="stable")[: max(1, len(candidates) // 4)]
    return [candidates[i] for i in nearest]


def _frontal(frame: np.ndarray, marks: Landmarks) -> float:
    """How much a face looks straight ahead: alike on both sides of the nose, eyes level, sharp."""
    x, y = marks.middle
    apart = marks.apart
    a, b, half = round(y - 0.5 * apart), round(y + 1.4 * apart), round(0.85 * apart)
    part = _window(frame, round(x) - half, a, 2 * half + 1, b - a)
    grey = cv2.resize(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY), (48, 48), interpolation=cv2.INTER_AREA)
    grey = grey.astype(np.float32) - grey.mean()
    alike = float((grey * grey[:, ::-1]).sum() / ((grey**2).sum() + 1e-6))
    (_, y0), (_, y1) = marks.eyes
    return alike + 0.6 * apart / marks.face[2] - abs(y1 - y0) / apart
