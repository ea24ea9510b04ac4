"""The table of what marks survive, in small: one clip, three attacks, and a few looks at what carries nothing."""

import argparse
from pathlib import Path

import numpy as np
import pytest

from tests.bench import bench_marks
from tests.pipelines.provenance.scenes import hiss, painted_wall


@pytest.fixture(autouse=True)
def _painted(monkeypatch):
    """Clips are painted here rather than by the world engine, which takes a minute for each."""

    def drawn(number: int, keep: Path | None) -> tuple[list[np.ndarray], np.ndarray]:
        wall = painted_wall(number, 540 + 4 * 48, 960)
        return [np.ascontiguousarray(wall[:, 4 * n : 4 * n + 540]) for n in range(48)], hiss(number, 2.0)

    monkeypatch.setattr(bench_marks, "drawn", drawn)
    monkeypatch.setattr(bench_marks, "DECOYS", 2000)


def test_the_table_tells_which_way_found_what(tmp_path, capsys, monkeypatch):
    attacks = ["CRF 28", "screenshot"]
    asked = {"clips": 1, "attacks": attacks, "without_comparison": True, "backwards": False}
    given = argparse.Namespace(**asked, keep=tmp_path)
    right = bench_marks.table(given, tmp_path)
    bench_marks._print(right)
    told = capsys.readouterr().out
    assert "wrong numbers: 0" in told
    assert all(right[attack][way] == [True] for attack in attacks for way in ("mark", "alone", "looks", "any"))
    assert (right["CRF 28"]["sound mark"], right["screenshot"]["sound mark"]) == ([True], [False])

    monkeypatch.setattr(bench_marks, "found", None)  # a run that was stopped goes on: nothing is looked for twice
    assert bench_marks.table(given, tmp_path) == right


def test_nothing_is_found_where_nothing_is(capsys):
    bench_marks.unmarked(6, None)
    told = capsys.readouterr().out
    assert "6 clips without a mark: 0 numbers" in told
    assert "With 95 % confidence fewer than 5.0e-01 of clips" in told
