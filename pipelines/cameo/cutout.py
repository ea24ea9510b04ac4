"""Cutting a head out of a frame, with hair and without neck, and reading its colours."""

import cv2
import numpy as np

from pipelines.cameo.faces import Landmarks
from pipelines.cameo.likeness import Box, Colour, HeadView, Palette
from pipelines.cameo.pose import ROUND

# Where things are in a head, in distances between the eyes from the middle between them.
CHIN, NOSE, HALF_WIDTH = 1.80, 0.57, 1.06
LEFT, ABOVE, BELOW = 2.5, 2.5, 2.6  # how much of the frame round a head is looked at
WORK = 30.0  # pixels between the eyes at which the outline is found


def cut_out(frame: np.ndarray, axis: float, eye_row: float, apart: float, yaw: float, mouth_row: float) -> HeadView:
    """The head in a (h, w, 3) uint8 BGR frame, turned by `yaw`: its middle is at column `axis`, its eyes at `eye_row`
    and `apart` pixels from each other when seen from the front."""
    scale = WORK / apart
    left, top = round(axis - LEFT * apart), round(eye_row - ABOVE * apart)
    width, height = round(2 * LEFT * apart), round((ABOVE + BELOW) * apart)
    part = _window(frame, left, top, width, height)
    outline = _outline(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), yaw)
    cover = cv2.resize(outline, (width, height), interpolation=cv2.INTER_CUBIC)
    cover = _soft(cover, apart)
    inside = _outside_frame(frame, left, top, width, height)
    cover[~inside] = 0
    picture = np.dstack([_clean_edge(part, cover), cover])
    rows, columns = np.flatnonzero(cover.max(1) > 8), np.flatnonzero(cover.max(0) > 8)
    a, b = max(0, rows[0] - 2), min(height, rows[-1] + 3)
    c, d = max(0, columns[0] - 2), min(width, columns[-1] + 3)
    x, y = axis - left - c, eye_row - top - a
    lips = mouth_row - top - a
    return HeadView(
        picture=np.ascontiguousarray(picture[a:b, c:d]),
        yaw=round(float(yaw), 3),
        axis=round(x, 2),
        half_width=round(HALF_WIDTH * apart, 2),
        eye_row=round(y, 2),
        nose_row=round(y + NOSE * apart, 2),
        mouth_row=round(_lip_line(picture[a:b, c:d], x, lips, apart, yaw), 2),
        chin_row=round(y + CHIN * apart, 2),
        eyes=_eye_boxes(x, y, apart, yaw),
        mouth=_mouth_box(x, lips, apart, yaw),
    )


def _window(frame: np.ndarray, left: int, top: int, width: int, height: int) -> np.ndarray:
    rows = np.clip(np.arange(top, top + height), 0, frame.shape[0] - 1)
    columns = np.clip(np.arange(left, left + width), 0, frame.shape[1] - 1)
    return np.ascontiguousarray(frame[rows][:, columns])


def _outside_frame(frame: np.ndarray, left: int, top: int, width: int, height: int) -> np.ndarray:
    """(height, width) bool: which pixels of the window the frame has."""
    rows = (np.arange(top, top + height) >= 0) & (np.arange(top, top + height) < frame.shape[0])
    columns = (np.arange(left, left + width) >= 0) & (np.arange(left, left + width) < frame.shape[1])
    return rows[:, None] & columns[None]


def _outline(part: np.ndarray, yaw: float) -> np.ndarray:
    """(h, w) uint8, 255 inside the head, at WORK pixels between the eyes."""
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]].astype(np.float32)
    x, y = columns / WORK - LEFT, rows / WORK - ABOVE
    ahead = ROUND * np.sin(yaw)  # where the face is
    marks = np.full(part.shape[:2], cv2.GC_BGD, np.uint8)
    marks[(np.abs(x) < 2.25) & (y < 2.45)] = cv2.GC_PR_BGD
    marks[(((x - 0.5 * ahead) / 1.8) ** 2 + ((y + 0.15) / 2.0) ** 2) < 1] = cv2.GC_PR_FGD
    marks[(np.abs(x - 0.5 * ahead) < 0.8) & (y > 1.0) & (y < 2.4)] = cv2.GC_PR_FGD
    narrow = 0.82 * np.cos(yaw) ** 0.7
    marks[(((x - 0.93 * ahead) / narrow) ** 2 + ((y - 0.45) / 1.15) ** 2) < 1] = cv2.GC_FGD
    marks[((x - 0.7 * ahead) / 0.5) ** 2 + ((y + 0.9) / 0.5) ** 2 < 1] = cv2.GC_FGD
    cv2.setRNGSeed(7)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(cv2.GaussianBlur(part, (3, 3), 0), marks, None, *models, 4, cv2.GC_INIT_WITH_MASK)
    head = np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD))
    head &= _above_jaw(part, head, x - 0.85 * ahead, y)
    mask = (head * 255).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    thick = cv2.morphologyEx(mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13)))
    mask = np.where(y > 1.1, np.minimum(mask, thick), mask)  # below the ears: locks, but no threads of shadow
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return _largest(mask)


def _above_jaw(part: np.ndarray, head: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(h, w) bool: what lies above the jaw, and hair that hangs below it."""
    jaw = CHIN + 0.04 - 0.86 * np.minimum(np.abs(x) / 1.08, 1.6) ** 2.3
    above = y < jaw
    lab = cv2.cvtColor(part, cv2.COLOR_BGR2LAB).astype(np.float32)
    hair = np.median(lab[head & (y < -1.15)], 0) if (head & (y < -1.15)).any() else np.zeros(3)
    skin = np.median(lab[(np.abs(x) < 0.6) & (y > 0.25) & (y < 0.9)], 0)
    near_hair = np.linalg.norm((lab - hair) * (0.5, 1, 1), axis=2)
    near_skin = np.linalg.norm((lab - skin) * (0.5, 1, 1), axis=2)
    distinct = np.linalg.norm((hair - skin) * (0.5, 1, 1)) > 14
    hanging = (near_hair < 16) & (near_hair < 0.7 * near_skin) & (np.abs(x) > 0.7) & (y < 2.3)
    return above | (hanging if distinct else (np.abs(x) > 1.1) & (y < 0.8))


def _largest(mask: np.ndarray) -> np.ndarray:
    """The mask's largest piece, without holes."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    whole = np.zeros_like(mask)
    if outlines:
        cv2.drawContours(whole, [max(outlines, key=cv2.contourArea)], -1, 255, -1)
    return whole


def _soft(cover: np.ndarray, apart: float) -> np.ndarray:
    """(h, w) uint8 alpha: the outline drawn in a little, with an edge of a few pixels."""
    blurred = cv2.GaussianBlur(cover, (0, 0), max(1.0, apart * 0.035)).astype(np.float32) / 255
    return (np.clip((blurred - 0.52) / 0.36, 0, 1) * 255).astype(np.uint8)


def _clean_edge(part: np.ndarray, cover: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8: the colours of the inside carried out over the edge, so that no background shines through."""
    sure = (cover > 250).astype(np.float32)[..., None]
    colours, weight = part.astype(np.float32) * sure, sure
    for size in (5, 11, 21):
        spread = cv2.blur(colours, (size, size))
        amount = cv2.blur(weight, (size, size))[..., None]
        missing = (weight < 0.5) & (amount > 1e-4)
        colours = np.where(missing, spread / np.maximum(amount, 1e-4), colours)
        weight = np.where(missing, 1.0, weight)
    return np.clip(colours, 0, 255).astype(np.uint8)


def _eye_boxes(axis: float, row: float, apart: float, yaw: float) -> tuple[Box, ...]:
    """Boxes round the eyes that are seen, from left to right."""
    boxes = []
    for side in (-1, 1):
        angle = np.arcsin(0.5 / ROUND) * side + yaw
        if abs(angle) < 1.2:
            x = axis + ROUND * apart * np.sin(angle)
            half = 0.36 * apart * max(0.45, np.cos(angle))
            boxes.append((round(x - half), round(row - 0.26 * apart), round(2 * half), round(0.46 * apart)))
    return tuple(boxes)


def _mouth_box(axis: float, row: float, apart: float, yaw: float) -> Box:
    half = 0.46 * apart * max(0.5, np.cos(yaw))
    x = axis + ROUND * apart * np.sin(yaw)
    return round(x - half), round(row - 0.22 * apart), round(2 * half), round(0.44 * apart)


def _lip_line(picture: np.ndarray, axis: float, row: float, apart: float, yaw: float) -> float:
    """The row where the lips part: under the teeth of a smile, else the darkest row of the mouth."""
    x = axis + ROUND * apart * np.sin(yaw)
    a, b = round(row - 0.26 * apart), round(row + 0.26 * apart)
    c, d = round(x - 0.16 * apart), round(x + 0.16 * apart)
    part = picture[max(0, a) : b, max(0, c) : d, :3]
    if min(part.shape[:2]) < 4:
        return row
    lab = cv2.cvtColor(part, cv2.COLOR_BGR2LAB).astype(np.float32)
    light, red = lab[..., 0].mean(1), lab[..., 1].mean(1)
    teeth = (light > np.median(light) + 12) & (red < np.median(red))
    if teeth.sum() >= 0.06 * apart:
        return max(0, a) + float(np.flatnonzero(teeth)[-1]) + 1
    dark = cv2.GaussianBlur(light[:, None], (0, 0), apart * 0.02).ravel()
    middle = slice(len(dark) // 4, -len(dark) // 4)
    return max(0, a) + len(dark) // 4 + float(dark[middle].argmin())


def teeth_of(view: HeadView) -> float:
    """How many rows of teeth a smile shows above the line between the lips."""
    apart = view.half_width / HALF_WIDTH
    x, _, width, _ = view.mouth
    line, middle = round(view.mouth_row), round(x + width / 2)
    c, d = round(middle - 0.16 * apart), round(middle + 0.16 * apart)
    part = view.picture[max(0, line - round(0.32 * apart)) : line, max(0, c) : d, :3]
    if min(part.shape[:2]) < 3:
        return 0.0
    lab = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2LAB).astype(np.float32)
    light, red = lab[..., 0].mean(1), lab[..., 1].mean(1)
    below = view.picture[line : line + round(0.2 * apart), max(0, c) : d, :3]
    lips = cv2.cvtColor(np.ascontiguousarray(below), cv2.COLOR_BGR2LAB).astype(np.float32)
    white = (light > lips[..., 0].mean() + 10) & (red < lips[..., 1].mean() - 4)
    count = 0
    for row in white[::-1]:
        if not row:
            break
        count += 1
    return float(count) if count >= 0.05 * apart else 0.0


# ---- colours


def palette_of(frame: np.ndarray, marks: Landmarks, view: HeadView) -> Palette:
    """The colours of the person in the frame that the front view was cut from."""
    x, y = marks.middle
    apart = marks.apart
    cheeks = [_patch(frame, x + side * 0.55 * apart, y + 0.75 * apart, 0.16 * apart) for side in (-1, 1)]
    head = view.picture
    above = head[: max(1, round(view.eye_row - 1.15 * apart))]
    hair = above[above[..., 3] > 250][:, :3]
    cheek = np.concatenate(cheeks)
    eyes = np.concatenate([_darkest(_patch(frame, ex, ey, 0.10 * apart)) for ex, ey in marks.eyes])
    lips = _patch(frame, marks.mouth[0], marks.mouth[1] + 0.14 * apart, 0.10 * apart)
    shoulders = frame[round(min(frame.shape[0] - 6.0, y + 2.5 * apart)) :]
    reach = slice(max(0, round(x - 2.4 * apart)), max(2, round(x + 2.4 * apart)))
    clothes = shoulders[:, reach].reshape(-1, 3)
    return Palette(
        skin=_middle(cheek),
        hair=_middle(hair) if len(hair) > 50 else _middle(cheek),
        eyes=_middle(eyes),
        lips=_middle(lips),
        clothes=_strongest(clothes),
    )


def _patch(frame: np.ndarray, x: float, y: float, half: float) -> np.ndarray:
    """(n, 3) pixels of a square, as far as the frame has them."""
    height, width = frame.shape[:2]
    a, b = int(np.clip(y - half, 0, height - 2)), int(np.clip(y + half + 1, 1, height))
    c, d = int(np.clip(x - half, 0, width - 2)), int(np.clip(x + half + 1, 1, width))
    return frame[a : max(b, a + 1), c : max(d, c + 1)].reshape(-1, 3)


def _darkest(pixels: np.ndarray) -> np.ndarray:
    light = pixels.mean(1)
    return pixels[light <= np.percentile(light, 45)]


def _middle(pixels: np.ndarray) -> Colour:
    blue, green, red = np.median(pixels, 0)
    return int(red), int(green), int(blue)


def _strongest(pixels: np.ndarray) -> Colour:
    """The colour that covers most, the stronger one among nearly equals."""
    cv2.setRNGSeed(7)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    _, labels, centres = cv2.kmeans(pixels[::7].astype(np.float32), 3, None, criteria, 1, cv2.KMEANS_PP_CENTERS)
    share = np.bincount(labels.ravel(), minlength=3) / len(labels)
    strength = (centres.max(1) - centres.min(1)) / 255
    blue, green, red = centres[int((share * (0.2 + strength)).argmax())]
    return int(red), int(green), int(blue)
