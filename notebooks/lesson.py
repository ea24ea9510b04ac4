"""What every lesson shares: the look of plots, clips in a page, solutions behind a click, controls to play with.

begin      sets the look of every plot          show_clip       a clip with its sound, in the page
play       controls round a function            read_clip       a clip back into frames and samples
strip      frames beside each other             show_solution   an exercise's solution, folded
"""

import base64
import html
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import matplotlib.pyplot as plt
import mistune
import numpy as np
from IPython.display import HTML, display
from matplotlib.figure import Figure

from pipelines.storyboard import Coverage

SOLUTIONS = Path(__file__).with_name("solutions")
STATIC = "HIBARI_LESSONS_STATIC"  # set where nobody can move a control: in tests and in the gallery

# dawn over a field, told apart by everybody: dark, orange, blue, green, rose, grey
COLOURS = ("#3b2a6b", "#e8743b", "#2f7fb5", "#4a9a5b", "#c14b78", "#8a8794")

_WORDS = {
    "en": {"solution": "Show the solution of exercise", "missing": "There is no solution"},
    "fr": {"solution": "Montrer la solution de l'exercice", "missing": "Il n'y a pas de solution"},
}


def begin() -> None:
    """Sets the look of every plot that follows: quiet axes, letters that can be read from the last row."""
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "axes.prop_cycle": plt.cycler(color=COLOURS),
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "grid.color": "#dddbe4",
            "grid.linewidth": 0.6,
            "font.size": 11,
            "legend.frameon": False,
            "image.interpolation": "nearest",
        }
    )


def show_clip(path: Path, width: int = 240) -> HTML:
    """The clip as a player in the page, `width` pixels wide; the page holds the file itself."""
    data = base64.b64encode(path.read_bytes()).decode()
    player = f'<video controls loop playsinline width="{width}" src="data:video/mp4;base64,{data}"></video>'
    return HTML(player)


def show_clips(paths: Sequence[Path], titles: Sequence[str], width: int = 200) -> HTML:
    """Clips beside each other, each under its title."""
    cells = [
        f"<figure style='display:inline-block;margin:0 1em 0 0'><figcaption>{html.escape(title)}</figcaption>"
        f"{show_clip(path, width).data}</figure>"
        for path, title in zip(paths, titles, strict=True)
    ]
    return HTML("".join(cells))


def read_clip(path: Path) -> tuple[np.ndarray, np.ndarray, float]:
    """Frames (n, height, width, 3) uint8 RGB, samples (m,) float32 mono at 48 kHz −1..1, and frames a second."""
    with av.open(str(path)) as file:
        rate = float(file.streams.video[0].average_rate)
        frames = np.stack([frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)])
    with av.open(str(path)) as file:
        pieces = [frame.to_ndarray().mean(0) for frame in file.decode(audio=0)]
    return frames, np.concatenate(pieces).astype(np.float32), rate


def strip(pictures: Sequence[np.ndarray], titles: Sequence[str], height: float = 2.6) -> Figure:
    """A figure of pictures, (h, w, 3) uint8 RGB, beside each other, each under its title; `height` in inches."""
    aspect = pictures[0].shape[1] / pictures[0].shape[0]
    size = (max(3.0, len(pictures) * (height * aspect + 0.12)), height + 0.35)
    figure, axes = plt.subplots(1, len(pictures), figsize=size, squeeze=False)
    for axis, picture, title in zip(axes[0], pictures, titles, strict=True):
        axis.imshow(picture)
        axis.set_title(title, fontsize=10, fontweight="normal")
        axis.axis("off")
    return figure


def marked(prompt: str, coverage: Coverage) -> HTML:
    """The prompt with what was understood underlined in green and what was missed struck out in red."""
    marks = [(part.phrase, "understood", part.field) for part in coverage.understood]
    marks += [(phrase, "missed", "?") for phrase in coverage.missed]
    styles = {
        "understood": "border-bottom:3px solid #4a9a5b",
        "missed": "text-decoration:line-through;color:#b3261e",
    }
    fields: dict[str, tuple[str, list[str]]] = {}
    for phrase, kind, field in marks:
        fields.setdefault(phrase, (kind, []))[1].append(field)
    pattern = "|".join(re.escape(phrase) for phrase in sorted(fields, key=len, reverse=True)) or r"(?!)"

    def mark(found: re.Match) -> str:
        kind, names = fields[found[0]]
        title = html.escape(", ".join(names), quote=True)
        return f"<span style='{styles[kind]}' title='{title}'>{html.escape(found[0])}</span>"

    pieces, end = [], 0
    for found in re.finditer(pattern, prompt):
        pieces += [html.escape(prompt[end : found.start()]), mark(found)]
        end = found.end()
    text = "".join([*pieces, html.escape(prompt[end:])])
    return HTML(f"<p style='font-size:1.15em;line-height:2'>{text}</p>")


def play(draw: Callable[..., None], **choices: Sequence) -> None:
    """Shows `draw` with a control for each of its arguments; without anybody to move them, its first choices."""
    if os.environ.get(STATIC):
        draw(**{name: values[0] for name, values in choices.items()})
        return
    import ipywidgets

    controls = {
        name: ipywidgets.SelectionSlider(options=list(values), description=name, continuous_update=False)
        if all(isinstance(value, int | float) for value in values)
        else ipywidgets.Dropdown(options=list(values), description=name)
        for name, values in choices.items()
    }
    display(ipywidgets.interactive(draw, **controls))


def show_solution(exercise: str, language: str) -> None:
    """Shows the solution of an exercise such as "2.1" in English or French ("en", "fr"), folded until it is opened."""
    words = _WORDS[language]
    text = f"{words['solution']} {exercise}"
    solution = solutions(int(exercise.partition(".")[0]), language).get(exercise, f"{words['missing']} {exercise}.")
    display(HTML(f"<details><summary><b>{text}</b></summary>{mistune.html(solution)}</details>"))


def solutions(lesson: int, language: str) -> dict[str, str]:
    """Exercise → its solution in Markdown, as `notebooks/solutions` has them for a lesson."""
    folder = SOLUTIONS if language == "en" else SOLUTIONS / language
    parts = re.split(r"^## (\d+\.\d+)\s*$", (folder / f"{lesson}.md").read_text(encoding="utf-8"), flags=re.M)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}
