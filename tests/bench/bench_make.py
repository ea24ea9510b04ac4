"""How fast a clip is made, and in how much memory: `python -m tests.bench.bench_make [--prompt …] [--warm]`.

Makes clips of 10 and 20 seconds at 540×960, each in a process of its own, and prints a table. The bars: at least
1.0 × real time on two cores, a first picture within 1 s, under 1 GB, and no more for 20 s than for 10. Processor time
is told beside the wall clock: on a busy machine it says more.

A short clip comes first, since a program that has never run compiles its modules and unpacks its dictionaries.
--warm: each process has made a short clip before, as the app's worker has.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PROMPT = (
    "Un chiot golden retriever portant un bandana rouge vif court joyeusement dans un champ de fleurs violettes "
    "au coucher du soleil. La caméra le suit à ras du sol, avec le chant des oiseaux en fond sonore."
)
LENGTHS = (10, 20)  # seconds of clip
STANDING_BY = 4.0  # seconds
SAMPLE_EVERY = 0.1  # seconds between two looks at the memory


def main() -> None:
    """Prints the table; with --one, makes one clip and prints its times as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompt", default=PROMPT)
    parser.add_argument("--engine", default="world")
    parser.add_argument("--size", default="540x960")
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(make_one(given)))
        return
    with tempfile.TemporaryDirectory() as compiled:
        measure(1, given, compiled)
        rows = [measure(seconds, given, compiled) for seconds in LENGTHS]
    for label, *values in zip(
        ("clip", "wall clock", "× real time", "processors", "first picture", "peak memory", *rows[0]["stages"]),
        *(described(row) for row in rows),
        strict=True,
    ):
        print(f"{label:>14}", *(f"{value:>12}" for value in values))


def make_one(given: argparse.Namespace) -> dict:
    """Makes one clip here; gives the seconds that the stages took, and until the first picture."""
    sys.path.insert(0, str(ROOT))
    begun = time.perf_counter()
    from pipelines.generate import generate
    from pipelines.progress import Progress, ProgressReport
    from pipelines.request import make_request, parse_size

    if given.warm:
        make_ready(given.engine)
    spent, loaded = processor_time(), time.perf_counter()
    stages: dict[str, float] = {} if given.warm else {"load": loaded - begun}
    first_picture: list[float] = []
    last = [("direct", loaded)]

    def watch(report: ProgressReport) -> None:
        now = time.perf_counter()
        stage, then = last[0]
        stages[stage] = stages.get(stage, 0) + now - then
        last[0] = (report.stage, now)
        if report.preview and not first_picture:
            first_picture.append(now - loaded)

    width, height = parse_size(given.size)
    request = make_request(
        prompt=given.prompt, seconds=given.one, width=width, height=height, seed=7, engine=given.engine
    )
    with tempfile.TemporaryDirectory() as folder:
        generate(request, Path(folder) / "clip.mp4", progress=Progress(watch))
    wall = time.perf_counter() - loaded
    return {
        "wall": wall,
        "processors": processor_time() - spent * given.warm,
        "first_picture": first_picture[0],
        "stages": stages,
    }


def make_ready(engine: str) -> None:
    """Makes a short clip, and waits until the processes for the next one stand by."""
    from pipelines.engines import engine_named
    from pipelines.generate import generate
    from pipelines.request import make_request

    if engine == "world":
        engine_named(engine).warm_up()
    with tempfile.TemporaryDirectory() as folder:
        generate(make_request(prompt=PROMPT, seconds=1, seed=7, engine=engine), Path(folder) / "clip.mp4")
    time.sleep(STANDING_BY)


def processor_time() -> float:
    """Seconds that this process and those it has waited for kept a processor busy."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(seconds: float, given: argparse.Namespace, compiled: str) -> dict:
    """The times of one clip made in a fresh process, and the most memory that it and its renderers held, in bytes.
    Compiled modules are kept in the folder `compiled`."""
    command = [sys.executable, __file__, "--one", str(seconds), "--prompt", given.prompt]
    command += ["--engine", given.engine, "--size", given.size, *["--warm"] * given.warm]
    environment = os.environ | {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(process))
        time.sleep(SAMPLE_EVERY)
    if process.returncode:
        sys.exit(f"The clip of {seconds:g} s was not made (exit code {process.returncode}).")
    return json.loads(process.stdout.read()) | {"seconds": seconds, "peak": peak}


def memory(process: psutil.Process) -> int:
    """Bytes that a process and its children hold, shared pages counted once where the system tells them."""
    held = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            info = one.memory_full_info()
        except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
            continue  # it ended while we looked
        held += getattr(info, "pss", None) or info.rss
    return held


def described(row: dict) -> list[str]:
    """One column of the table."""
    return [
        f"{row['seconds']:g} s",
        f"{row['wall']:.1f} s",
        f"{row['seconds'] / row['wall']:.2f}",
        f"{row['processors']:.1f} s",
        f"{row['first_picture']:.2f} s",
        f"{row['peak'] / 1024**2:.0f} MB",
        *(f"{seconds:.2f} s" for seconds in row["stages"].values()),
    ]


if __name__ == "__main__":
    main()
