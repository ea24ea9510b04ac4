"""How a photographed head is finished in each style, so that it belongs to what is drawn round it."""

import cv2
import numpy as np

from pipelines.world.people.cameo_views import Finish

TONES = {"poster": 8, "cut": 7}  # colours that are left of a head
HUE = 2.2  # how much more than lightness hue tells skin from hair
BORDER = 5  # pixels of paper round a cut-out head


def finish_for(portrait: str) -> Finish:
    """The finish of a style, by its painter's word for portraits: photo, poster or cut."""
    return {"photo": _photo, "poster": _poster, "cut": _cut}[portrait]


def _photo(picture: np.ndarray) -> np.ndarray:
    """A little smoother than a camera sees, a little stronger in colour: as the painted bodies are."""
    colours = cv2.bilateralFilter(picture[..., :3], 5, 22, 3)
    return np.dstack([_stronger(colours, 1.08), picture[..., 3]])


def _poster(picture: np.ndarray) -> np.ndarray:
    """Few clean fills with crisp edges."""
    return np.dstack([_fills(picture, TONES["poster"]), _crisp(picture[..., 3])])


def _cut(picture: np.ndarray) -> np.ndarray:
    """Few fills, cut out with scissors: a border of paper runs round the head."""
    fills, cover = _fills(picture, TONES["cut"]), _crisp(picture[..., 3])
    size = 2 * BORDER + 1
    sheet = cv2.dilate(cover, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    sheet = cv2.GaussianBlur(sheet, (0, 0), 1.0)
    inner = cover[..., None].astype(np.float32) / 255
    return np.dstack([fills * inner + np.array([232, 240, 246]) * (1 - inner), sheet]).astype(np.uint8)


def _stronger(colours: np.ndarray, amount: float) -> np.ndarray:
    lab = cv2.cvtColor(colours, cv2.COLOR_BGR2LAB).astype(np.float32)
    lab[..., 1:] = 128 + (lab[..., 1:] - 128) * amount
    return cv2.cvtColor(np.clip(lab, 0, 255).astype(np.uint8), cv2.COLOR_LAB2BGR)


def _crisp(cover: np.ndarray) -> np.ndarray:
    smooth = cv2.GaussianBlur(cover, (0, 0), 2.0).astype(np.float32)
    return np.clip((smooth - 128) * 2.2 + 128, 0, 255).astype(np.uint8)


def _fills(picture: np.ndarray, count: int) -> np.ndarray:
    """(h, w, 3) uint8: the colours gathered into `count`, in smooth patches, with fine dark lines kept."""
    colours = picture[..., :3]
    for _ in range(3):
        colours = cv2.bilateralFilter(colours, 9, 38, 5)
    lab = cv2.cvtColor(_stronger(colours, 1.22), cv2.COLOR_BGR2LAB)
    told_apart = np.array([1.0, HUE, HUE], np.float32)
    inside = lab[picture[..., 3] > 200].astype(np.float32) * told_apart
    cv2.setRNGSeed(7)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    _, _, centres = cv2.kmeans(inside[::5], count, None, criteria, 2, cv2.KMEANS_PP_CENTERS)
    flat = lab.reshape(-1, 3).astype(np.float32) * told_apart
    distances = ((flat[:, None] - centres[None]) ** 2).sum(2)
    labels = distances.argmin(1).reshape(lab.shape[:2]).astype(np.uint8)
    for size in (5, 3):
        labels = cv2.medianBlur(labels, size)
    centres = centres / told_apart
    gathered = cv2.cvtColor(centres.clip(0, 255).astype(np.uint8)[labels], cv2.COLOR_LAB2BGR)
    grey = cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY).astype(np.float32)
    lines = np.clip((cv2.GaussianBlur(grey, (0, 0), 3.0) - cv2.GaussianBlur(grey, (0, 0), 0.8) - 7) / 16, 0, 0.7)
    gathered = gathered * (1 - lines[..., None]) + np.array([36, 26, 44]) * lines[..., None]
    return cv2.GaussianBlur(gathered.astype(np.uint8), (3, 3), 0)
