"""Pixel buffers: surfaces that skia draws into, images that it draws from, noise."""

from functools import lru_cache

import cv2
import numpy as np
import skia

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
MIPMAPPED = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNearest)


@lru_cache(maxsize=256)
def _info(width: int, height: int) -> skia.ImageInfo:
    return skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


def surface(width: int, height: int) -> tuple[np.ndarray, skia.Surface]:
    """A (height, width, 4) uint8 premultiplied BGRA array, and the surface that draws into it."""
    pixels = np.zeros((height, width, 4), np.uint8)
    return pixels, skia.Surface.MakeRasterDirect(_info(width, height), pixels)


def image(pixels: np.ndarray, mipmaps: bool = False) -> skia.Image:
    """An immutable image of a (height, width, 4) uint8 premultiplied BGRA array."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    copied = skia.Image.MakeRasterCopy(skia.Pixmap(_info(width, height), pixels, width * 4))
    return copied.withDefaultMipmaps() if mipmaps else copied


def noise(
    rng: np.random.Generator, width: int, height: int, across: float, down: float, octaves: int = 5, gain: float = 0.52
) -> np.ndarray:
    """Fractal noise, (height, width) float32 in 0 to 1; `across` and `down` are the cells of the coarsest octave."""
    out, amplitude = np.zeros((height, width), np.float32), 1.0
    for octave in range(octaves):
        cells = (max(2, int(down * 2**octave)), max(2, int(across * 2**octave)))
        grid = rng.random(cells, dtype=np.float32)
        out += amplitude * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        amplitude *= gain
    out -= out.min()
    return out / out.max()


def tiling_noise(rng: np.random.Generator, size: int, cells: int, octaves: int = 5, gain: float = 0.55) -> np.ndarray:
    """Fractal noise that repeats without a seam, (size, size) float32 in 0 to 1."""
    out, amplitude = np.zeros((size, size), np.float32), 1.0
    for octave in range(octaves):
        n = min(size, cells * 2**octave)
        grid = np.pad(rng.random((n, n), dtype=np.float32), 2, "wrap")
        step = size / n
        whole = cv2.resize(grid, (round((n + 4) * step),) * 2, interpolation=cv2.INTER_CUBIC)
        start = round(2 * step)
        out += amplitude * whole[start : start + size, start : start + size]
        amplitude *= gain
    out -= out.min()
    return out / out.max()
