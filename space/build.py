"""Builds the folder that is pushed to a Hugging Face Space: `make space`, or `make space HARDWARE=zero`.

cpu    the app and the world engine: small, starts within a minute, runs on free hardware
zero   also hub models, on a GPU that is lent for each clip (ZeroGPU)
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHIPPED = ("app.py", "LICENSE", "packages.txt", "pyproject.toml", "data", "docs", "notebooks", "pipelines", "ui")
FOR_MODELS = ("accelerate", "diffusers", "ftfy", "safetensors", "torch", "transformers")  # a CPU Space does without
FOR_ZERO = "spaces==0.51.0"  # lends the GPU
FRONT_MATTER = Path(__file__).with_name("front_matter.yaml")
HARDWARE = {"cpu": "cpu-basic", "zero": "zero-a10g"}


def main(arguments: Sequence[str]) -> int:
    """Builds the folder and says what to do with it. Gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to build; what is there is replaced")
    parser.add_argument("--hardware", choices=sorted(HARDWARE), default="cpu")
    given = parser.parse_args(arguments)
    if given.folder.exists() and not (given.folder / "app.py").exists() and any(given.folder.iterdir()):
        print(f"{given.folder} holds something else. Choose an empty folder.", file=sys.stderr)
        return 2
    build(given.folder, given.hardware)
    print(f"Built {given.folder}. Push it with: hf upload OWNER/NAME {given.folder} --repo-type space")
    return 0


def build(folder: Path, hardware: str) -> None:
    """Writes the Space's files into the folder, replacing what an earlier build left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in tracked_files():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, folder / file)
    (folder / "README.md").write_text(readme(hardware), encoding="utf-8")
    (folder / "requirements.txt").write_text(requirements(hardware), encoding="utf-8")


def tracked_files() -> list[str]:
    """What git knows of the parts that a Space runs; nothing that was made at run time."""
    listed = subprocess.run(["git", "ls-files", "-z", *SHIPPED], cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def readme(hardware: str) -> str:
    """The project's README behind the lines by which the Space is set up."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if text.startswith("---\n"):
        text = text.split("---\n", 2)[2].lstrip("\n")
    lines = FRONT_MATTER.read_text(encoding="utf-8").replace("HARDWARE", HARDWARE[hardware])
    return f"---\n{lines}---\n\n{text}"


def requirements(hardware: str) -> str:
    """The pinned packages that this hardware needs. Gradio comes with the Space, at the version of the front matter."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    left_out = FOR_MODELS if hardware == "cpu" else ()
    kept = [line for line in lines if line.partition("==")[0] not in left_out]
    return "\n".join([*kept, *([FOR_ZERO] if hardware == "zero" else [])]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
