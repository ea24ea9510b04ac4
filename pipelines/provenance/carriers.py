"""The secret patterns that marks are made of: a few to find a mark by, and one for each bit of its word.

A pattern is given by its Fourier coefficients in a band, so that it repeats without a seam, can be shifted at will, and
keeps out of frequencies that coding destroys or eyes see. All patterns of one set are orthogonal: none disturbs the
others.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from pipelines.provenance.codes import WORD_BITS, word

LARGEST = 2.5  # standard deviations; what is larger comes from the content
SYNCS = 4  # a clip uses one of them, so that no average over clips shows it


@dataclass(frozen=True)
class Carriers:
    """Orthogonal patterns of (rows, columns), as coefficients of their band."""

    rows: int
    columns: int
    band: tuple[np.ndarray, np.ndarray]  # (d,) cycles down (signed) and across a tile: indices into its rfft2
    alike: np.ndarray  # (d,) int: coefficients of one number have noise of one strength
    share: float  # of a mark's energy that goes into its sync pattern, 0..1
    movable: bool  # whether patterns may lie anywhere across, too, not only at any row
    sync: np.ndarray  # (SYNCS, d) complex64, each of norm 1
    bits: np.ndarray  # (WORD_BITS, d) complex64, each of norm 1

    def tile(self, secret: bytes, mark: int) -> np.ndarray:
        """(rows, columns) float32 of mean square 1: the pattern of one mark, at a place and with a sync of its own."""
        which, down, right = place_of(secret, mark, self.rows, self.columns if self.movable else 1)
        signs = word(secret, mark).astype(np.float32) * 2 - 1
        coefficients = np.sqrt(self.share) * self.sync[which]
        coefficients = coefficients + np.sqrt((1 - self.share) / WORD_BITS) * (signs @ self.bits)
        return self.pattern(coefficients * self.turn(down, right))

    def pattern(self, coefficients: np.ndarray) -> np.ndarray:
        """(rows, columns) float32 of mean square 1 from the (d,) coefficients of a band."""
        spectrum = np.zeros((self.rows, self.columns // 2 + 1), np.complex64)
        spectrum[self.band] = coefficients
        tile = np.fft.irfft2(spectrum, (self.rows, self.columns))
        return (tile / np.sqrt((tile**2).mean())).astype(np.float32)

    def turn(self, down: float, right: float) -> np.ndarray:
        """(d,) complex: what shifts a pattern by that many rows and columns."""
        rows, columns = self.band
        return np.exp(-2j * np.pi * (rows * down / self.rows + columns * right / self.columns)).astype(np.complex64)

    def read(self, tile: np.ndarray) -> np.ndarray:
        """(d,) complex64: the coefficients within the band of a tile, which may be drawn smaller than the pattern."""
        return np.fft.rfft2(tile)[self.band].astype(np.complex64)

    def whitened(self, tile: np.ndarray) -> np.ndarray:
        """(d,) complex64: the coefficients of a tile with noise of one strength everywhere, and none far too large."""
        seen = self.read(tile)
        power = np.bincount(self.alike, np.abs(seen) ** 2) / np.maximum(np.bincount(self.alike), 1)
        even = seen / np.sqrt(np.maximum(power[self.alike], 1e-12) / 2)  # each part, real and imaginary, has variance 1
        return even * np.minimum(1, LARGEST / np.maximum(np.abs(even), 1e-9))

    def found(self, seen: np.ndarray, rows: int, columns: int) -> tuple[float, float, float]:
        """(peak, down, right): where the best sync pattern lies in (d,) whitened coefficients.

        The peak is in standard deviations of all places, of which there are rows times columns; the place in shares of
        a tile.
        """
        spectrum = np.zeros((SYNCS, rows, columns // 2 + 1), np.complex64)
        spectrum[:, *self.band] = seen * np.conj(self.sync)
        peaks = np.fft.irfft2(spectrum, (rows, columns))
        spread = float(peaks.std())
        if not self.movable:
            peaks = peaks[:, :, :1]
        at = np.unravel_index(int(peaks.argmax()), peaks.shape)
        return float(peaks[at]) / max(spread, 1e-12), int(at[1]) / rows, int(at[2]) / columns

    def leanings(self, seen: np.ndarray, down: float, right: float) -> np.ndarray:
        """(125,) leanings in standard deviations of the noise, of a mark that lies there (in shares of a tile)."""
        back = np.conj(self.turn(down * self.rows, right * self.columns))
        return ((seen * back) @ self.bits.conj().T).real.astype(np.float64)


def carriers(
    secret: bytes,
    purpose: str,
    shape: tuple[int, int],
    band: np.ndarray,
    alike: np.ndarray,
    *,
    share: float,
    movable: bool,
) -> Carriers:
    """The patterns for one purpose. `band`: (rows, columns // 2 + 1) bool, without the first and the last column, whose
    coefficients are not free. `alike`: numbers of the same shape, see Carriers."""
    seed = hashlib.blake2b(purpose.encode(), digest_size=32, key=secret, person=b"mark carriers").digest()
    random = np.random.default_rng(list(seed))
    rows, columns = np.nonzero(band)
    rows = np.where(rows > shape[0] // 2, rows - shape[0], rows)  # signed, so that they hold for smaller tiles too
    wanted = SYNCS + WORD_BITS
    assert 2 * len(rows) > 2 * wanted, "the band is too narrow for so many patterns"
    basis, _ = np.linalg.qr(random.standard_normal((2 * len(rows), wanted)))
    patterns = (basis[: len(rows)] + 1j * basis[len(rows) :]).T.astype(np.complex64)
    numbers = alike[band].astype(np.int64)
    return Carriers(*shape, (rows, columns), numbers, share, movable, patterns[:SYNCS], patterns[SYNCS:])


def place_of(secret: bytes, mark: int, rows: int, columns: int) -> tuple[int, int, int]:
    """(sync, row, column): which sync pattern a mark uses and how far its tile is shifted."""
    digest = hashlib.blake2b(mark.to_bytes(8, "big"), digest_size=12, key=secret, person=b"place of mark").digest()
    numbers = [int.from_bytes(digest[start : start + 4], "big") for start in (0, 4, 8)]
    return numbers[0] % SYNCS, numbers[1] % rows, numbers[2] % columns
