"""The app starts light: what draws, speaks and reads prompts comes after the page is up."""

import inspect
import subprocess
import sys
from pathlib import Path

from ui.quick_start import without_editor_stubs

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "diffusers", "skia", "pymunk", "av", "cv2", "scipy", "simplemma", "py3langid", "pipelines.generate")


def test_importing_the_app_loads_nothing_that_makes_clips():
    program = f"import app, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_gradio_asks_nobody_for_news():
    program = "import os; import app; print(os.environ['GRADIO_ANALYTICS_ENABLED'])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_only_gradios_classes_have_no_file_and_only_inside():
    class Ours:
        pass

    real = inspect.getfile
    Gradios = type("Gradios", (), {"__module__": "gradio.components.made_up"})  # noqa: N806
    with without_editor_stubs():
        assert inspect.getfile(Ours) == __file__
        try:
            inspect.getfile(Gradios)
        except OSError as error:
            assert "while Gradio is imported" in str(error)
        else:
            raise AssertionError("Gradio would write its stubs")
    assert inspect.getfile is real


def test_a_page_gets_one_server_and_only_when_it_is_launched():
    program = """
import app, gradio
from gradio.routes import App
from ui.quick_start import without_spare_servers
real = App.create_app
with without_spare_servers(), gradio.Blocks(analytics_enabled=False) as page:
    gradio.HTML("here")
    page.queue(api_open=False)
print(page.app is None, App.create_app is real)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "True True", done.stderr
