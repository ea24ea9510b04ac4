"""What is pushed to a Space: everything that the app needs, set up by its README, and nothing else."""

import subprocess
import sys

import pytest
import yaml

from space.build import HARDWARE, build, main


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("space") / "cpu"
    assert main([str(folder)]) == 0
    return folder


def front_matter(folder):
    return yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])


def test_the_app_starts_from_the_folder_alone(built):
    program = "import app, sys; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=built, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False"


def test_nothing_else_is_in_it(built):
    assert {path.name for path in built.iterdir()} <= {
        *("app.py", "data", "docs", "LICENSE", "notebooks", "packages.txt", "pipelines", "pyproject.toml", "README.md"),
        *("requirements.txt", "ui"),
    }
    assert not list(built.rglob("*.sqlite")) and not (built / "var").exists()


def test_the_readme_sets_the_space_up(built):
    told = front_matter(built)
    assert told["sdk"] == "gradio" and told["app_file"] == "app.py"
    assert told["suggested_hardware"] == HARDWARE["cpu"]
    pins = dict(line.split("==") for line in (built / "requirements.txt").read_text().split() if "==" in line)
    assert told["sdk_version"] == pins["gradio"]


def test_a_space_without_gpu_installs_no_model_libraries_and_one_with_a_lent_gpu_does(built, tmp_path):
    assert "torch==" not in (built / "requirements.txt").read_text()
    build(tmp_path / "zero", "zero")
    wanted = (tmp_path / "zero" / "requirements.txt").read_text()
    assert "torch==" in wanted and "diffusers==" in wanted and "spaces==" in wanted
    assert front_matter(tmp_path / "zero")["suggested_hardware"] == HARDWARE["zero"]


def test_building_again_replaces_what_was_there_but_never_another_folder(built, tmp_path, capsys):
    (built / "pipelines" / "left_over.py").write_text("")
    build(built, "cpu")
    assert not (built / "pipelines" / "left_over.py").exists()
    (tmp_path / "letters.txt").write_text("dear diary")
    assert main([str(tmp_path)]) == 2
    assert "holds something else" in capsys.readouterr().err and (tmp_path / "letters.txt").exists()
