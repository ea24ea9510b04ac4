"""A classroom: runs a lesson as a pupil would, then asks what it found."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from notebooks import gallery
from notebooks.lesson import solutions

Found = dict[str, object]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def _cells(notebook: nbformat.NotebookNode, *, number: int, questions: dict[str, str]) -> None:
    """Adds what is asked about the lesson's results, then every solution, to the end of a notebook."""
    asked = ", ".join(f"{name!r}: {expression}" for name, expression in questions.items())
    notebook.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({{{asked}}}))"))
    for text in solutions(number, "en").values():
        notebook.cells += [nbformat.v4.new_code_cell(code) for code in BLOCK.findall(text)]


def _complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells wrote to stderr."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]


@pytest.fixture()
def teach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Found]:
    """Runs a lesson and its solutions from top to bottom; the values of named expressions at the lesson's end."""
    monkeypatch.setenv("TMPDIR", "/dev/shm" if Path("/dev/shm").is_dir() else str(tmp_path))

    def run(number: int, **questions: str) -> Found:
        (path,) = [path for path in gallery.lessons("en") if path.name.startswith(f"{number}_")]
        notebook = nbformat.read(path, as_version=4)
        last = len(notebook.cells)
        _cells(notebook, number=number, questions=questions)
        gallery.run(notebook, path.parent)
        assert _complaints(notebook) == []
        return json.loads(notebook.cells[last].outputs[0].text)

    return run
