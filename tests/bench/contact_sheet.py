"""Draws a contact sheet of a prompt or a storyboard, to be looked at.

python -m tests.bench.contact_sheet "a dog runs" sheet.png --seconds 5 --frames 12 --size 270x480
python -m tests.bench.contact_sheet storyboard.json sheet.png        # a Storyboard or a Shot as JSON
options: --style flat --seed 3 --columns 6 --from 0.0 --to 5.0 (seconds) --time (prints milliseconds a frame)
"""

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from pipelines.engines.world import Plan, frames_of, open_plan
from pipelines.request import FRAMES_PER_SECOND, parse_size
from pipelines.storyboard import Shot, Storyboard, Style
from pipelines.world.staging import stage


def shots_of(text: str, seconds: float | None, style: str | None) -> list[Shot]:
    if text.endswith(".json"):
        data = json.loads(Path(text).read_text())
        shots = list(Storyboard(**data).shots) if "shots" in data else [Shot(**data)]
        return [s.model_copy(update={"style": Style(style)} if style else {}) for s in shots]
    from pipelines.director import direct

    return list(direct(text, seconds=seconds, style=Style(style) if style else None).shots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what")
    parser.add_argument("out")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--style")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--size", default="270x480")
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--columns", type=int, default=6)
    parser.add_argument("--from", dest="start", type=float, default=0.0)
    parser.add_argument("--to", type=float)
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    width, height = parse_size(options.size)
    shots = shots_of(options.what, options.seconds, options.style)
    plan = Plan(tuple(stage(shot, options.seed, width / height) for shot in shots), width, height)
    total = sum(frames_of(s.shot.seconds) for s in plan.shots)
    last = min(total - 1, round((options.to or 1e9) * FRAMES_PER_SECOND))
    wanted = np.linspace(round(options.start * FRAMES_PER_SECOND), last, options.frames).round().astype(int)
    frame = open_plan(plan)
    begun = time.perf_counter()
    pictures = [frame(int(wanted[0]))]
    setup = time.perf_counter() - begun
    begun = time.perf_counter()
    pictures += [frame(int(i)) for i in wanted[1:]]
    if options.time:
        each = (time.perf_counter() - begun) / max(1, len(wanted) - 1) * 1000
        print(f"first frame {setup * 1000:.0f} ms, then {each:.1f} ms a frame")
    while len(pictures) % options.columns:
        pictures.append(np.zeros_like(pictures[0]))
    rows = [np.hstack(pictures[i : i + options.columns]) for i in range(0, len(pictures), options.columns)]
    cv2.imwrite(options.out, np.vstack(rows))


if __name__ == "__main__":
    main()
