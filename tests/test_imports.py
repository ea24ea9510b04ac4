"""Imports run one way: app → ui → pipelines | data. What people touch never needs torch."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("app", "ui", "pipelines", "data")

# part → the parts that it may import
MAY_IMPORT = {
    "app": {"app", "ui", "pipelines", "data"},
    "ui": {"ui", "pipelines", "data"},
    "pipelines": {"pipelines"},
    "data": {"data"},
}
# these two carry generations from the database to the screen's other side
PIPELINES_THAT_MAY_USE_DATA = {"pipelines.generate", "pipelines.worker"}
HEAVY = {"torch", "diffusers", "transformers", "accelerate"}


def modules(root: Path) -> dict[str, Path]:
    """Module name → file, of every Python file in the parts."""
    files = [file for part in PARTS for file in [root / f"{part}.py", *sorted((root / part).rglob("*.py"))]]
    return {name_of(file, root): file for file in files if file.is_file()}


def name_of(file: Path, root: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path, root: Path, *, when_loaded: bool = False) -> Iterator[str]:
    """Dotted names that a file imports: all of them, or only those that loading it imports at once."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in _loaded(tree) if when_loaded else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = list(file.relative_to(root).parent.parts)
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _loaded(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is loaded: nothing inside functions or under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _loaded(child)


def wrong_ways(root: Path) -> list[str]:
    """Each import against the direction, as a sentence."""
    found = []
    for name, file in modules(root).items():
        may_use_data = any(name == part or name.startswith(f"{part}.") for part in PIPELINES_THAT_MAY_USE_DATA)
        allowed = MAY_IMPORT[name.partition(".")[0]] | ({"data"} if may_use_data else set())
        forbidden = ({*PARTS, "tests", "notebooks"}) - allowed
        found += [f"{name} imports {what}" for what in imports(file, root) if what.partition(".")[0] in forbidden]
    return found


def heavy_behind(part: str, root: Path) -> list[str]:
    """The heavy packages that loading any module of a part would load through our own modules."""
    known = modules(root)
    seen: set[str] = set()
    waiting = [name for name in known if name.partition(".")[0] == part]
    found = []
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for what in imports(known[name], root, when_loaded=True):
            if what.partition(".")[0] in HEAVY:
                found.append(f"{name} loads {what}")
            prefixes = [what.rsplit(".", cut)[0] for cut in range(what.count(".") + 1)]
            waiting += [prefix for prefix in prefixes if prefix in known]
    return found


def test_imports_run_one_way():
    assert len(modules(ROOT)) > 10
    assert wrong_ways(ROOT) == []


def test_what_people_touch_loads_nothing_heavy():
    assert heavy_behind("ui", ROOT) == []
    assert heavy_behind("app", ROOT) == []


@pytest.mark.skipif(not (ROOT / "app.py").exists(), reason="there is no app yet")
def test_importing_the_app_loads_neither_torch_nor_diffusers():
    program = "import app, sys; print([name for name in ('torch', 'diffusers') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("file", "line", "found"),
    [
        ("pipelines/painting.py", "from ui.create import tab", ["pipelines.painting imports ui.create.tab"]),
        ("pipelines/painting.py", "import data.clips", ["pipelines.painting imports data.clips"]),
        ("pipelines/generate.py", "import data.clips", []),
        ("pipelines/worker/lease.py", "import data.leases", []),
        ("pipelines/worker_of_others.py", "import data.leases", ["pipelines.worker_of_others imports data.leases"]),
        ("data/clips.py", "from pipelines.storyboard import Shot", ["data.clips imports pipelines.storyboard.Shot"]),
        ("data/clips.py", "def later():\n    import ui.create", ["data.clips imports ui.create"]),
        ("data/clips.py", "from . import profiles", []),
        ("ui/create.py", "import app", ["ui.create imports app"]),
        ("ui/create.py", "from pipelines import director", []),
        ("pipelines/world/__init__.py", "from ...ui import create", ["pipelines.world imports ui.create"]),
        ("ui/create.py", "from tests.conftest import ROOT", ["ui.create imports tests.conftest.ROOT"]),
    ],
)
def test_an_import_against_the_direction_is_found(tmp_path, file, line, found):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line)
    assert wrong_ways(tmp_path) == found


def test_a_heavy_package_is_found_behind_our_own_modules(tmp_path):
    for file, text in {
        "ui/create.py": "from pipelines.engines import diffusion",
        "ui/later.py": "def press():\n    import torch",
        "pipelines/engines/diffusion.py": "import torch.nn",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    assert heavy_behind("ui", tmp_path) == ["pipelines.engines.diffusion loads torch.nn"]
