"""Learns the vote from the examples that rules may be tuned on: `python -m pipelines.safety.training`.

With `--check` nothing is written: each set of examples, written by another hand, is judged by a vote that was learned
from the others, alone and beside the rules. `second_half` is never read here: it only measures.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipelines.safety import load_policy, rule
from pipelines.safety.features import KINDS, Feature, windows, with_pieces
from pipelines.safety.learned import WEIGHTS, Vote
from pipelines.safety.measuring import TUNED_ON, Example, read_examples
from pipelines.safety.policy import FOLDER, LEARNED
from pipelines.safety.reading import read
from pipelines.safety.ruling import Decision

# How sure the vote has to be of each area: as far down as `--check` finds several times more caught than wrongly held.
SURE = {"minors": 0.8, "sexual": 0.95, "self_harm": 0.72, "dangerous": 0.9, "hate": 0.75, "violence": 0.85} | {
    "harassment": 0.8,
    "deception": 0.8,
    "private_data": 0.8,
    "spam": 0.75,
}
RAREST = 2  # texts that must share a feature before anything is learned from it
SMOOTHNESS = 0.3  # how strongly large weights are held back
ROUNDS, PACE = 120, 0.1
STEP = 0.002  # what one whole number of the weights is worth
SMALLEST = 0.03  # a feature whose weights are all smaller is left out


def learn(examples: Sequence[Example]) -> Vote:
    """A vote that tells these examples apart."""
    found = [_features(example.text) for example in examples]
    texts = Counter(one.name for each in found for one in each)
    names = sorted(name for name, count in texts.items() if count >= RAREST)
    places = {name: row for row, name in enumerate(names)}
    scale = np.array([KINDS[name.partition(":")[0]] for name in names])
    weights, bias = _fitted(found, places, scale, np.array([_column(example) for example in examples]))
    kept = np.flatnonzero(np.abs(weights - weights.mean(axis=1, keepdims=True)).max(axis=1) >= SMALLEST)
    return Vote(
        places={names[row]: new for new, row in enumerate(kept)},
        weights=np.clip(np.rint(weights[kept] / STEP), -32767, 32767).astype(np.int16),
        bias=np.rint(bias / STEP).astype(np.int64),
        step=STEP,
        sure=tuple(SURE[area] for area in LEARNED),
    )


def write(vote: Vote, path: Path = WEIGHTS) -> None:
    """Writes a vote where the policy finds it."""
    names = np.frombuffer("\n".join(vote.places).encode(), np.uint8)
    np.savez_compressed(
        path, features=names, weights=vote.weights, bias=vote.bias, step=np.float64(vote.step), sure=np.array(vote.sure)
    )


def _features(text: str) -> list[Feature]:
    """What a whole example has: they are short."""
    read_text = read(text)
    return list(
        {one.name: one for first, end in windows(read_text) for one in with_pieces(read_text, first, end)}.values()
    )


def _column(example: Example) -> int:
    """The column of what an example is; a name is no matter of this vote, so a text with one is as good as fine."""
    harmful = example.expected is not Decision.ALLOW and example.area in LEARNED
    return 1 + LEARNED.index(example.area) if harmful else 0


def _fitted(
    found: list[list[Feature]], places: dict[str, int], scale: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(features, columns) weights and (columns,) bias of a smoothed softmax regression, by Adam over all examples."""
    pairs = [(text, places[one.name]) for text, each in enumerate(found) for one in each if one.name in places]
    texts, rows = (np.array(column) for column in zip(*pairs, strict=True))
    in_rows = texts[np.argsort(rows, kind="stable")]
    row_starts = np.searchsorted(np.sort(rows), np.arange(len(places)))
    counts = np.bincount(texts, minlength=len(found))
    some = np.flatnonzero(counts)  # texts that share nothing with any other have no sum
    text_starts = (np.cumsum(counts) - counts)[some]
    scale = scale[:, None].astype(np.float32)
    truth = np.eye(len(LEARNED) + 1, dtype=np.float32)[columns]
    values = np.zeros((len(places) + 1, len(LEARNED) + 1), np.float32)  # the bias last
    mean, spread = np.zeros_like(values), np.zeros_like(values)
    for number in range(1, ROUNDS + 1):
        sums = np.zeros_like(truth)
        sums[some] = np.add.reduceat((values[:-1] * scale)[rows], text_starts)
        sums += values[-1]
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        miss = powers / powers.sum(axis=1, keepdims=True) - truth
        by_row = np.add.reduceat(miss[in_rows], row_starts) * scale
        slope = np.vstack([by_row + SMOOTHNESS * values[:-1], miss.sum(axis=0)])
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        pace = PACE * (1 - number / (ROUNDS + 1))
        values -= pace * (mean / (1 - 0.9**number)) / (np.sqrt(spread / (1 - 0.99**number)) + 1e-8)
    return values[:-1] * scale, values[-1]


def check(sets: dict[str, list[Example]]) -> None:
    """Prints for each set how a vote that never saw it does, alone and beside the rules without any vote.

    The figures are what is caught of the harmful and what is wrongly held of the harmless.
    """
    amended = {"rules": {f"{area}.alike": {"enabled": False} for area in LEARNED}}
    rules_alone = load_policy(amended)
    held: list[tuple[Example, int | None, bool]] = []  # example, area that the vote is cast for, caught by the rules
    for name, examples in sets.items():
        vote = learn([one for other, more in sets.items() if other != name for one in more])
        ruled = [not rule(one.text, policy=rules_alone, suggest=False).allowed for one in examples]
        cast = [vote.area(vote.shares(_features(one.text)), len(read(one.text).tokens)) for one in examples]
        judged = list(zip(examples, cast, ruled, strict=True))
        held += judged
        print(f"{name}: {_rates(judged)}")
    print(f"all: {_rates(held)}")
    for column, area in enumerate(LEARNED, 1):
        added = [_column(one) > 0 for one, cast, ruled in held if cast == column and not ruled]
        wrong = sum(one.expected is Decision.ALLOW for one, cast, ruled in held if cast == column and not ruled)
        print(f"  {area}: {sum(added)} more caught, {wrong} wrongly")


def _rates(judged: list[tuple[Example, int | None, bool]]) -> str:
    """What rules, vote and both catch of what is harmful, and of what is fine."""
    lines = []
    for name, meets in (
        ("rules", lambda one: one[2]),
        ("vote", lambda one: one[1]),
        ("both", lambda one: any(one[1:])),
    ):
        shares = [
            sum(bool(meets(one)) for one in judged if holds(one[0])) / max(sum(holds(one[0]) for one in judged), 1)
            for holds in (lambda one: _column(one) > 0, lambda one: one.expected is Decision.ALLOW)
        ]
        lines.append(f"{name} {shares[0]:.1%} / {shares[1]:.1%}")
    return ", ".join(lines)


def main() -> None:
    """Learns and writes the vote, or checks what learning brings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; judge each set by the others")
    given = parser.parse_args()
    sets = {name: read_examples(FOLDER / "eval" / f"{name}.csv") for name in TUNED_ON}
    if given.check:
        check(sets)
        return
    vote = learn([example for examples in sets.values() for example in examples])
    write(vote)
    print(f"{len(vote.places)} features, {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
