"""How loud a mix is (ITU-R BS.1770) and the limiter that brings it to −16 LUFS without clipping.

Both work on frames of 32 samples: the weighted power and the true peak of each frame are measured once, then any
gain can be tried on those few numbers before a single sample is touched.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipelines.sound.synthesis import SAMPLE_RATE, Samples, fast_length, frequencies

TARGET = -16.0  # LUFS
CEILING = 10 ** (-1.5 / 20)  # −1.5 dB: half a decibel below the promise, for what the AAC encoder adds
MOST_GAIN = 10 ** (30 / 20)  # a feather that lands is not made as loud as a drum
MOST_STEP = 12.0  # dB by which one attempt may raise the gain
SILENCE = -70.0  # LUFS; also what silence measures
FRAME = 32  # samples
STEP_FRAMES = SAMPLE_RATE // 10 // FRAME  # frames in the 100 ms between two measurements
LOOK_AHEAD = 8  # frames (5 ms): the gain is down before the peak arrives
RELEASE = 0.12  # seconds until the gain has come back by two thirds
_MARGIN = 8  # samples at each side that the value between two samples depends on
_SEGMENT = 10 * SAMPLE_RATE  # filtered at a time, so that memory does not grow with length

# Biquads of BS.1770 at 48 kHz: a shelf for the head, then a high-pass. (b0, b1, b2), (a0, a1, a2)
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS of (n,) or (n, 2) samples, −70 for silence; anything shorter counts as 0.4 s."""
    return gated(frame_powers(samples.reshape(len(samples), -1)))


def frame_powers(samples: Samples) -> NDArray[np.float64]:
    """(frames,) mean K-weighted power of each 32 samples, summed over the channels of (n, channels)."""
    frames = -(-len(samples) // FRAME)
    powers = np.zeros(frames)
    for start in range(0, len(samples), _SEGMENT):
        for channel in samples[start : start + _SEGMENT].T:
            size = fast_length(len(channel) + 512)
            spectrum = np.fft.rfft(channel.astype(np.float32), size) * _weighting(size)
            weighted = np.fft.irfft(spectrum, size)[: -(-len(channel) // FRAME) * FRAME]
            first = start // FRAME
            power = np.mean(weighted.reshape(-1, FRAME) ** 2, axis=1)
            powers[first : first + len(power)] += power
    return powers


def gated(powers: NDArray[np.float64]) -> float:
    """Integrated loudness in LUFS from the powers of frames: 400 ms blocks, gated at −70 LUFS and 10 below the mean."""
    steps = max(4, round(len(powers) / STEP_FRAMES))
    padded = np.zeros(steps * STEP_FRAMES)
    count = min(len(padded), len(powers))
    padded[:count] = powers[:count]
    hundredths = padded.reshape(steps, STEP_FRAMES).mean(axis=1)
    blocks = np.convolve(hundredths, np.full(4, 0.25), "valid")
    heard = blocks[_lufs(blocks) >= SILENCE]
    if not len(heard):
        return SILENCE
    return float(_lufs(heard[_lufs(heard) > _lufs(heard.mean()) - 10].mean()))


def master(samples: Samples, target: float = TARGET) -> Samples:
    """(n, 2) the mix at the target loudness in LUFS, true peaks below −1 dB. Silence and whispers stay quiet."""
    powers = frame_powers(samples)
    if gated(powers) <= SILENCE:
        return samples
    first_guess = min(MOST_GAIN, 10 ** ((target - gated(powers)) / 20))
    peaks = frame_peaks(samples, 0.2 * CEILING / first_guess)
    gain, reduction = 1.0, np.ones(len(peaks))
    for _ in range(16):  # limiting takes loudness away, so the gain is raised until what is left is right
        missing = target - gated(powers * (gain * reduction) ** 2)
        if abs(missing) < 0.05 or (missing > 0 and gain >= MOST_GAIN):
            break
        gain = min(MOST_GAIN, gain * 10 ** (min(missing, MOST_STEP) / 20))
        reduction = limiting(peaks * gain)
    centres, gains = (np.arange(len(reduction)) + 0.5) * FRAME, gain * reduction
    result = np.empty_like(samples)
    for start in range(0, len(samples), SAMPLE_RATE):
        piece = samples[start : start + SAMPLE_RATE]
        curve = np.interp(np.arange(start, start + len(piece)), centres, gains).astype(np.float32)
        np.multiply(piece, curve[:, None], out=result[start : start + len(piece)])
    return result


def limiting(peaks: NDArray[np.float64]) -> NDArray[np.float64]:
    """(frames,) gains of at most 1 that keep these peaks under the ceiling: down ahead of a peak, slowly back."""
    needed = np.minimum(1, CEILING / np.maximum(peaks, 1e-9))
    reach = LOOK_AHEAD + 1
    padded = np.pad(needed, reach, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    recovery = np.exp(-FRAME / SAMPLE_RATE / RELEASE)
    held, gain = np.empty_like(lowest), 1.0
    for index, floor in enumerate(lowest.tolist()):
        gain = min(floor, 1 - (1 - gain) * recovery)
        held[index] = gain
    window = np.hanning(2 * LOOK_AHEAD + 1)
    return np.convolve(np.pad(held, LOOK_AHEAD, mode="edge"), window / window.sum(), "valid")


def true_peak(samples: Samples) -> float:
    """The largest magnitude that a player will reconstruct between the samples, of (n,) or (n, channels)."""
    samples = samples.reshape(len(samples), -1)
    return float(frame_peaks(samples, 0.45 * float(np.abs(samples).max(initial=0))).max(initial=0))


def frame_peaks(samples: Samples, above: float) -> NDArray[np.float64]:
    """(frames,) largest magnitude within each 32 samples of (n, channels).

    Where it exceeds `above`, the values between the samples count too (four times oversampled).
    """
    frames = -(-len(samples) // FRAME)
    peaks = np.zeros(frames)
    for channel in samples.T:
        padded = np.pad(channel, (_MARGIN, frames * FRAME - len(channel) + _MARGIN))
        largest = np.abs(padded[_MARGIN : _MARGIN + frames * FRAME]).reshape(frames, FRAME).max(axis=1)
        loud = np.flatnonzero(largest > above)
        windows = np.lib.stride_tricks.sliding_window_view(padded, FRAME + 2 * _MARGIN)[::FRAME]
        for start in range(0, len(loud), 4096):
            some = loud[start : start + 4096]
            largest[some] = np.maximum(largest[some], _between(windows[some]))
        np.maximum(peaks, largest, out=peaks)
    return peaks


def _between(windows: Samples) -> Samples:
    """(frames,) largest magnitude at the quarters between samples of (frames, 32 + margins)."""
    largest = np.zeros(len(windows), np.float32)
    for taps in _interpolators():
        between = sum(windows[:, place : place + FRAME] * tap for place, tap in enumerate(taps))
        np.maximum(largest, np.abs(between).max(axis=1), out=largest)
    return largest


@lru_cache(maxsize=1)
def _interpolators() -> Samples:
    """(3, 16) windowed sinc taps for a quarter, half and three quarters of a sample."""
    place = np.arange(2 * _MARGIN) - _MARGIN + 0.5
    rows = [np.sinc(place - shift) * np.cos(np.pi * (place - shift) / 18) ** 2 for shift in (-0.25, 0.0, 0.25)]
    return np.array([row / row.sum() for row in rows], np.float32)


@lru_cache(maxsize=4)
def _weighting(size: int) -> Samples:
    """Magnitude of the two K-weighting filters at each frequency of a transform of so many samples."""
    turn = np.exp(-2j * np.pi * frequencies(size).astype(np.float64) / SAMPLE_RATE)
    result = np.ones(len(turn))
    for top, bottom in (_SHELF, _HIGH_PASS):
        numerator, denominator = (c[0] + c[1] * turn + c[2] * turn**2 for c in (top, bottom))
        result *= np.abs(numerator / denominator)
    return result.astype(np.float32)


def _lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))
