"""Hours of strange texts for the rules: `python -m tests.bench.fuzz_rules --seconds 3600 [--seed 1]` (CPU seconds).

Looks for crashes, for texts of 10,000 characters that take over 50 ms, for spans outside the text, and for decisions
that change with case, spacing or look-alike letters. Findings are printed as Python literals, to become tests.
"""

import argparse
import random
import string
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.safety import load_policy, rule
from pipelines.safety.measuring import read_examples
from pipelines.safety.reading import MAX_CHARACTERS
from pipelines.safety.spelling import lemmas

LONG = 10_000  # characters
SLOWEST = 50.0  # ms for a long text
EVAL = Path(__file__).parents[2] / "data" / "policy" / "eval" / "first_half.csv"
LOOK_ALIKES = str.maketrans("aeopcxi", "аеорсхі")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ODD = "\u200b\u200d\u2060\ufeff\u0301\u0337\u202e\u00ad🇸🇪🅽ⓃＮ𝕹ñßœİıſ'’`*@$!|+#€()[]{}«»—…0123456789 \n\t\x00\ud800"


def main() -> None:
    """Runs for the given CPU time and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    numbers = random.Random(given.seed)
    sentences = [example.text for example in read_examples(EVAL)]
    words = sorted({word for sentence in sentences for word in sentence.split()} | _policy_words())
    slowest, rounds, found, end = 0.0, 0, 0, time.process_time() + given.seconds
    while time.process_time() < end:
        rounds += 1
        kind = numbers.choice((_letters, _mixed, _wordy, _long_run))
        text = kind(numbers, words, sentences)[: numbers.choice((MAX_CHARACTERS, LONG))]
        problem, milliseconds = _trouble(text)
        slowest = max(slowest, milliseconds)
        problem = problem or _unstable(numbers, numbers.choice(sentences))
        if problem:
            found += 1
            print(f"FOUND {problem}", flush=True)
    print(f"{rounds} rounds, {found} findings, slowest text {slowest:.1f} ms of CPU, seed {given.seed}")


def _policy_words() -> set[str]:
    written = load_policy().written
    phrases = [phrase for term in written.terms for phrase in (*term.english, *term.french)]
    return {word for phrase in phrases for word in phrase.split()} | {person.name for person in written.people}


def _letters(numbers: random.Random, _words: list[str], _sentences: list[str]) -> str:
    """Characters from anywhere in Unicode."""
    return "".join(chr(numbers.randrange(0x110000)) for _ in range(numbers.randrange(1, 400)))


def _mixed(numbers: random.Random, _words: list[str], sentences: list[str]) -> str:
    """A sentence with odd characters put in and letters taken out."""
    text = list(numbers.choice(sentences))
    for _ in range(numbers.randrange(1, 30)):
        position = numbers.randrange(len(text) + 1)
        if numbers.random() < 0.7:
            text.insert(position, numbers.choice(ODD))
        elif text:
            text.pop(min(position, len(text) - 1))
    return "".join(text)


def _wordy(numbers: random.Random, words: list[str], _sentences: list[str]) -> str:
    """As many words of the policy as fit into a long text: the most hits there can be."""
    text = " ".join(numbers.choices(words, k=LONG // 5))
    return text[: numbers.choice((500, MAX_CHARACTERS, LONG))]


def _long_run(numbers: random.Random, words: list[str], _sentences: list[str]) -> str:
    """The same few characters over and over, or single letters, or words never seen before."""
    choice = numbers.randrange(4)
    if choice == 0:
        return (numbers.choice((*ODD, "a", "a ", "a.", "1-", "é")) * LONG)[:LONG]
    if choice == 1:
        return " ".join(numbers.choices(string.ascii_lowercase, k=LONG // 2))
    if choice == 2:
        lengths = (numbers.randrange(3, 12) for _ in range(LONG))
        return " ".join("".join(numbers.choices(string.ascii_lowercase, k=length)) for length in lengths)[:LONG]
    return (numbers.choice(words) * LONG)[:LONG]


def _trouble(text: str) -> tuple[str | None, float]:
    """What is wrong with the ruling on a text, and how long it took in ms of CPU."""
    start = time.process_time()
    try:
        ruling = rule(text, suggest=False)
    except Exception as error:  # whatever it is, it is a finding
        return f"{type(error).__name__}: {error} for {text[:300]!r}", 0.0
    milliseconds = (time.process_time() - start) * 1000
    for _ in range(3):  # a busy machine makes single measurements worthless
        if milliseconds > SLOWEST:
            milliseconds = min(milliseconds, _cold(text))
    if milliseconds > SLOWEST:
        return f"{milliseconds:.0f} ms for {len(text)} characters: {text[:120]!r}", milliseconds
    for span in ruling.spans:
        if text[span.start : span.end] != span.text:
            return f"a span outside of its text: {span} of {text[:300]!r}", milliseconds
    return None, milliseconds


def _cold(text: str) -> float:
    """How long a text takes in ms of CPU whose words were never seen before."""
    spelling = load_policy().matcher.spelling
    for remembered in (spelling.repaired, spelling.as_names, lemmas):
        remembered.cache_clear()
    start = time.process_time()
    rule(text, suggest=False)
    return (time.process_time() - start) * 1000


VARIANTS: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "title": str.title,
    "spaces": lambda text: "  " + text.replace(" ", "   ") + "\n",
    "look-alikes": lambda text: text.translate(LOOK_ALIKES),
    "full width": lambda text: text.translate(FULL_WIDTH),
    "zero width": lambda text: "\u200b".join(text),
}


def _unstable(numbers: random.Random, sentence: str) -> str | None:
    """A sentence whose ruling changes although nobody would read it differently."""
    if not sentence.isascii():  # disguised already
        return None
    name, variant = numbers.choice(list(VARIANTS.items()))
    before, after = rule(sentence, suggest=False), rule(variant(sentence), suggest=False)
    if (before.decision, before.rule) != (after.decision, after.rule):
        return f"{name}: {before.rule} became {after.rule} for {sentence!r}"
    return None


if __name__ == "__main__":
    main()
