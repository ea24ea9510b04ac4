"""A number survives the loss of many of its bits, and noise is never taken for one."""

import numpy as np
import pytest

from pipelines.provenance.codes import WORD_BITS, KnownMarks, decode, word

SECRET = bytes(range(32))


def leanings(mark: int, strength: float, seed: int = 0) -> np.ndarray:
    """What a detector reads of a mark of that strength, in noise of strength 1."""
    noise = np.random.default_rng([seed, mark]).standard_normal(WORD_BITS)
    return strength * (word(SECRET, mark) * 2.0 - 1) + noise


@pytest.mark.parametrize("mark", [1, 77, 0xABCDEF1234, 2**40 - 1])
def test_a_clear_word_gives_its_number(mark):
    read = decode(SECRET, 10 * (word(SECRET, mark) * 2.0 - 1))
    assert read.mark == mark and read.chance < 1e-12


def test_six_wrong_symbols_are_corrected_and_thirteen_weak_ones_filled_in():
    clear = 5 * (word(SECRET, 77) * 2.0 - 1)
    wrong = clear.reshape(25, 5).copy()
    wrong[3:9] *= -1
    assert decode(SECRET, wrong.reshape(-1)).mark == 77
    weak = clear.reshape(25, 5).copy()
    weak[5:17] = np.random.default_rng(0).normal(0, 0.1, (12, 5))
    assert decode(SECRET, weak.reshape(-1)).mark == 77


def test_another_key_reads_nothing():
    assert decode(b"another secret of thirty-two b..", 10 * (word(SECRET, 77) * 2.0 - 1)) is None


def test_noise_is_never_a_number():
    random = np.random.default_rng(1)
    known = KnownMarks(SECRET, random.integers(1, 2**40, 2000).tolist())
    for _ in range(150):
        noise = random.standard_normal(WORD_BITS)
        assert decode(SECRET, noise) is None
        assert known.best(noise) is None


def test_a_known_number_is_found_in_far_more_noise():
    marks = np.random.default_rng(2).integers(1, 2**40, 5000).tolist()
    known = KnownMarks(SECRET, marks)
    read = [known.best(leanings(mark, 0.9)) for mark in marks[:40]]
    assert sum(one is not None and one.mark == mark for one, mark in zip(read, marks, strict=False)) >= 37
    assert all(decode(SECRET, leanings(mark, 0.9)) is None for mark in marks[:5]), "without the list it is lost"


def test_a_list_that_grows_is_as_good_as_one_made_at_once():
    known = KnownMarks(SECRET)
    assert known.best(leanings(77, 2)) is None
    known.add([5, 6])
    known.add([])
    known.add([77])
    assert len(known) == 3
    assert known.best(leanings(77, 2)).mark == 77


def test_the_more_numbers_there_are_the_surer_a_reading_must_be():
    few, many = KnownMarks(SECRET, [77]), KnownMarks(SECRET, range(1, 5001))
    assert few.best(leanings(77, 2)).chance < many.best(leanings(77, 2)).chance
