"""How well and how fast the rules decide: `python -m tests.bench.bench_rules [--second] [--all]`.

Measured are the sets that rules may be tuned on; with `--second` also the half that only measures.

Bars: recall 97 % for real people, characters, sexual content and minors, 92 % elsewhere; false refusals 2 %; 2 ms p95.
"""

import statistics
import sys
import time
from pathlib import Path

from pipelines.safety import load_policy, rule
from pipelines.safety.measuring import TUNED_ON, Example, Tally, measure, read_examples

FOLDER = Path(__file__).parents[2] / "data" / "policy" / "eval"
STRICT = ("real_people", "characters", "sexual", "minors")
RECALL = {area: 0.97 for area in STRICT}
RECALL_ELSEWHERE = 0.92
FALSE_REFUSALS = 0.02


def main(show: int, names: tuple[str, ...] = TUNED_ON) -> None:
    """Prints recall and false refusals by area, the mistakes (`show` of each kind at most), and the times."""
    policy = load_policy()
    sets = {name: read_examples(FOLDER / f"{name}.csv") for name in names}
    for name, examples in sets.items():
        report(name, examples, show)
    examples = [example for name in TUNED_ON for example in sets[name]]
    for name in ("cold", "warm"):
        if name == "cold":
            policy.matcher.spelling.repaired.cache_clear()
            policy.matcher.spelling.as_names.cache_clear()
        times = sorted(_milliseconds(example.text) for example in examples)
        at = [times[int(len(times) * share)] for share in (0.5, 0.95, 0.99)]
        print(f"{name}: mean {statistics.mean(times):.2f} ms, p50 {at[0]:.2f}, p95 {at[1]:.2f}, p99 {at[2]:.2f} (CPU)")


def _milliseconds(text: str) -> float:
    start = time.process_time()
    rule(text, suggest=False)
    return (time.process_time() - start) * 1000


def report(half: str, examples: list[Example], show: int) -> None:
    """Prints one half's figures and mistakes."""
    measured = measure(load_policy(), examples)
    print(f"== {half}: {len(examples)} examples")
    for area, tally in sorted(measured.by_area.items()):
        bar = RECALL.get(area, RECALL_ELSEWHERE)
        print(f"  {area:14} {_line(tally, bar)}")
    print(f"  {'all':14} {_line(measured.total, RECALL_ELSEWHERE)}")
    print("  " + ", ".join(f"{expected} → {decided}" for expected, decided in measured.matrix.items()))
    for name, mistakes in (("missed", measured.misses), ("wrongly refused", measured.wrong)):
        for example, ruling in mistakes[:show]:
            why = "; ".join(f"{span.text}={span.meaning}" for span in ruling.spans)
            print(f"  {name} [{example.area} {example.note}] {example.text}  {ruling.rule} {why}")


def _line(tally: Tally, bar: float) -> str:
    recall, rate = tally.recall, tally.false_refusal_rate
    caught = "" if recall is None else f"recall {recall:6.1%} of {tally.caught + tally.missed:3}"
    caught += " *" if recall is not None and recall < bar else ""
    false = "" if rate is None else f"false refusals {rate:6.1%} of {tally.passed + tally.false_refusals:3}"
    false += " *" if rate is not None and rate > FALSE_REFUSALS else ""
    return f"{caught:24} {false}"


if __name__ == "__main__":
    main(10_000 if "--all" in sys.argv else 40, (*TUNED_ON, "second_half") if "--second" in sys.argv else TUNED_ON)
