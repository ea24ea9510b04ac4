"""Physics measured from a finished MP4: the ball's pixels are tracked, the onsets of its sound are found."""

from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from scipy.signal import butter, sosfiltfilt

from pipelines.generate import generate
from pipelines.request import make_request
from pipelines.storyboard import Shot, Storyboard, Subject
from pipelines.world.staging import stage
from pipelines.world.things.solid import solid_of
from tests.pipelines.clips import pictures, samples

WIDTH, HEIGHT, RATE, SEED = 216, 384, 24, 7
FRAME = 1 / RATE  # seconds
SHOT = Shot(
    seconds=4.0,
    place="rooftop",
    subjects=(Subject(kind="ball", colours=("red",), action="bounce"),),
    sounds=("silence",),
)


@dataclass(frozen=True)
class Watched:
    """What the MP4 shows and lets hear."""

    times: np.ndarray  # (n,) seconds of the frames
    x: np.ndarray  # (n,) metres: the ball's middle
    y: np.ndarray  # (n,)
    size: np.ndarray  # (n,) metres: its radius in the picture
    sound: np.ndarray  # (samples,) float


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    path = tmp_path_factory.mktemp("clip") / "ball.mp4"
    request = make_request(prompt="a red ball bounces", width=WIDTH, height=HEIGHT, seed=SEED)
    generate(request, path, storyboard=Storyboard(shots=(SHOT,)))
    shown = pictures(path)
    still = np.median(redness(shown), axis=0)
    found = np.array([red_disc(redness(frame) - still) for frame in shown])
    times = np.arange(len(found)) * FRAME
    metres = np.array([in_metres(column, row, t) for (column, row, _), t in zip(found, times, strict=True)])
    camera = stage(SHOT, SEED, WIDTH / HEIGHT).camera
    size = found[:, 2] / [camera.at(t, WIDTH, HEIGHT).scale_at(0.0) for t in times]
    return Watched(times, metres[:, 0], metres[:, 1], size, samples(path).mean(1))


def redness(frames: np.ndarray) -> np.ndarray:
    """(…, height, width) float32: how much redder than green each pixel of BGR pictures is."""
    return frames[..., 2].astype(np.float32) - frames[..., 1]


def red_disc(redder: np.ndarray) -> tuple[float, float, float]:
    """(column, row, radius) in pixels of the largest thing that is redder than the place, its pale belt included."""
    mask = cv2.morphologyEx((redder > 38).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))
    contours = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    (column, row), radius = cv2.minEnclosingCircle(max(contours, key=cv2.contourArea))
    return column + 0.5, row + 0.5, radius + 0.5


def in_metres(column: float, row: float, t: float) -> tuple[float, float]:
    """(x, y) of a pixel in the plane in which the ball bounces."""
    camera = stage_camera(t)
    scale = camera.scale_at(0.0)
    return camera.x + (column - camera.centre) / scale, camera.y + (camera.horizon - row) / scale


_tracks: list = []


def stage_camera(t: float):
    """The camera of the shot at a time; the shot is staged once."""
    if not _tracks:
        _tracks.append(stage(SHOT, SEED, WIDTH / HEIGHT).camera)
    return _tracks[0].at(t, WIDTH, HEIGHT)


def flights(clip: Watched) -> list[tuple[float, np.ndarray]]:
    """(middle time, parabola) of each flight that is long enough to be measured, from the pixels alone."""
    low = [i for i in range(1, len(clip.y) - 1) if clip.y[i] <= clip.y[i - 1] and clip.y[i] < clip.y[i + 1]]
    fitted = []
    for a, b in zip([-1, *low], [*low, len(clip.y)], strict=True):
        inside = slice(a + 1, b)
        if b - a > 9:
            middle = float(clip.times[inside].mean())
            fitted.append((middle, np.polyfit(clip.times[inside] - middle, clip.y[inside], 2)))
    return fitted


def touches(clip: Watched) -> list[tuple[float, float, float]]:
    """(time, speed before, speed after) of each bounce between two flights: where their parabolas meet."""
    met = []
    for (t0, first), (t1, second) in zip(flights(clip), flights(clip)[1:], strict=False):
        times = np.linspace(t0, t1, 8001)
        gap = np.abs(np.polyval(first, times - t0) - np.polyval(second, times - t1))
        low = np.polyval(first, times - t0) < 0.5
        time = float(times[np.argmin(np.where(low, gap, np.inf))])
        met.append((time, -np.polyval(np.polyder(first), time - t0), np.polyval(np.polyder(second), time - t1)))
    return met


def onsets(sound: np.ndarray) -> list[float]:
    """Seconds at which the energy above 300 Hz rises over what the last 30 ms explain."""
    heard = sosfiltfilt(butter(2, 300, "high", fs=48_000, output="sos"), sound)
    step = 96  # 2 ms
    energy = np.sqrt((heard[: len(heard) // step * step].reshape(-1, step) ** 2).mean(1))
    times: list[float] = []
    for i in range(15, len(energy)):
        before = energy[max(0, i - 15) : i].max(initial=0.0)
        if energy[i] > 0.004 and energy[i] > 2.2 * before and (not times or i * 0.002 - times[-1] > 0.06):
            times.append(i * 0.002)
    return times


def test_the_ball_is_seen_in_every_frame_at_its_true_size(clip: Watched):
    assert len(clip.times) == round(SHOT.seconds * RATE)
    assert clip.size == pytest.approx(solid_of("ball").radius, abs=0.025)


def test_every_flight_is_a_parabola_under_true_gravity(clip: Watched):
    measured = flights(clip)
    assert len(measured) >= 3
    for _, parabola in measured[:4]:
        assert -2 * parabola[0] == pytest.approx(9.81, rel=0.05)


def test_it_loses_energy_at_every_bounce(clip: Watched):
    met = touches(clip)
    assert len(met) >= 2
    for _, before, after in met:
        assert 0 < after < 0.97 * before
    tops = [np.polyval(parabola, -parabola[1] / (2 * parabola[0])) for _, parabola in flights(clip)]
    assert all(later < earlier - 0.02 for earlier, later in zip(tops, tops[1:], strict=False))


def test_it_never_jumps_and_never_sinks_into_the_ground(clip: Watched):
    fastest = np.sqrt(2 * 9.81 * clip.y.max())
    step = np.hypot(np.diff(clip.x), np.diff(clip.y))
    assert step.max() < 1.1 * fastest * FRAME
    assert clip.y.min() > solid_of("ball").radius - 0.02


def test_every_bounce_that_is_seen_is_heard_within_a_frame(clip: Watched):
    heard = onsets(clip.sound)
    for time, _, _ in touches(clip):
        assert min(abs(onset - time) for onset in heard) < FRAME


def test_every_contact_of_the_shot_is_heard_within_a_frame_and_nothing_else_is(clip: Watched):
    heard = onsets(clip.sound)
    contacts = [event.time for event in stage(SHOT, SEED, WIDTH / HEIGHT).score.events if event.kind == "impact"]
    loud = [time for time, gap in zip(contacts, np.diff([-1, *contacts]), strict=True) if gap > 0.15]
    for contact in loud:
        assert min(abs(onset - contact) for onset in heard) < FRAME
    for onset in heard:
        assert min(abs(onset - contact) for contact in contacts) < 2 * FRAME
