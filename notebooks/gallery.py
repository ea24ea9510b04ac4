"""Runs the lessons and writes them with their outputs as web pages: `python -m notebooks.gallery FOLDER [LESSON …]`.

The pages stand by themselves: they load nothing from elsewhere, so that they can be shown without a network.
"""

import argparse
import html
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor

from notebooks.lesson import STATIC

FOLDER = Path(__file__).parent
TIME_LIMIT = 900  # seconds for one cell; the longest trains for about a minute
START_LIMIT = 180  # seconds until a kernel answers, on a machine with much else to do
_FROM_ELSEWHERE = re.compile(r"<script[^>]*(?:src=\"https?:[^>]*>\s*|type=\"module\"[^>]*>.*?cdnjs.*?)</script>", re.S)
_INDEX = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hibari: lessons</title>
<style>
body {{ font: 17px/1.55 system-ui, sans-serif; max-width: 44em; margin: 3em auto; padding: 0 1em; color: #241b3d; }}
a {{ color: #3b2a6b; }} li {{ margin: .5em 0; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #17122a; color: #ece8f5; }} a {{ color: #f0a37d; }} }}
</style>
<h1>Lessons · Leçons</h1>
<h2>English</h2><ol>{en}</ol><h2 lang="fr">Français</h2><ol lang="fr">{fr}</ol></html>
"""


def lessons(language: str) -> list[Path]:
    """The notebooks of a language ("en", "fr"), in order."""
    return sorted((FOLDER if language == "en" else FOLDER / language).glob("[0-9]*.ipynb"))


def run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Runs a notebook from top to bottom in a folder; its outputs are in its cells. Raises CellExecutionError."""
    before = os.environ.get(STATIC)
    os.environ[STATIC] = "1"
    try:
        NotebookClient(
            notebook,
            timeout=TIME_LIMIT,
            startup_timeout=START_LIMIT,
            iopub_timeout=START_LIMIT,
            resources={"metadata": {"path": str(folder)}},
        ).execute()
    finally:
        if before is None:
            del os.environ[STATIC]


def page_of(notebook: nbformat.NotebookNode, folder: Path, repository: str | None) -> str:
    """The page of a notebook that has run. Its links lead to other pages, its badges to that repository or nowhere."""
    exporter = HTMLExporter(embed_images=True, exclude_input_prompt=True, exclude_output_prompt=True)
    # lists of words would only be in the way, and the quiz's would give its answers away
    exporter.register_preprocessor(TagRemovePreprocessor(remove_input_tags={"words", "questions"}), enabled=True)
    first = notebook.cells[0]
    if repository:
        first.source = first.source.replace("OWNER/hibari", repository)
    first.source = "\n\n".join(
        part for part in first.source.split("\n\n") if "OWNER" not in part and "`OWNER`" not in part
    )
    first.source = re.sub(r"\(fr/(\S+)\.ipynb\)", r"(../fr/\1.html)", first.source)
    first.source = re.sub(r"\(\.\./(\d\S+)\.ipynb\)", r"(../en/\1.html)", first.source)
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"path": str(folder)}})
    return _FROM_ELSEWHERE.sub("", page)


def title_of(notebook: nbformat.NotebookNode) -> str:
    """The first heading."""
    return re.search(r"^# (.+)$", notebook.cells[0].source, re.M)[1]


def build(folder: Path, numbers: Sequence[int], repository: str | None = None) -> None:
    """Writes the pages of these lessons, in both languages, and an index into a folder."""
    entries: dict[str, list[str]] = {"en": [], "fr": []}
    for language, listed in entries.items():
        for path in lessons(language):
            target = Path(language) / path.with_suffix(".html").name
            if int(path.name[0]) in numbers:
                print(f"{language} {path.stem}", file=sys.stderr, flush=True)
                notebook = nbformat.read(path, as_version=4)
                run(notebook, path.parent)
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                (folder / target).write_text(page_of(notebook, path.parent, repository), encoding="utf-8")
            if (folder / target).exists():
                title = html.escape(title_of(nbformat.read(path, as_version=4)))
                listed.append(f'<li><a href="{target.as_posix()}">{title}</a></li>')
    (folder / "index.html").write_text(_INDEX.format(**{k: "".join(v) for k, v in entries.items()}), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m notebooks.gallery", description="Lessons as pages with outputs.")
    parser.add_argument("folder", type=Path, help="where the pages go")
    parser.add_argument("lesson", type=int, nargs="*", help="numbers of the lessons to run; else all")
    parser.add_argument("--repository", metavar="NAME/HIBARI", help="your copy on GitHub, for the links that open it")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    build(given.folder, given.lesson or range(1, 100), given.repository)


if __name__ == "__main__":
    main(sys.argv[1:])
