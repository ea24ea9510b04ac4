"""A catalog of one's own with one tiny model: a real checkpoint of LTX-2, which makes picture and sound."""

from pathlib import Path

from tests.pipelines.engines.tiny import ltx2

NAME = "tiny-ltx"
TOML = """
[video.tiny-ltx]
title = "Tiny LTX"
family = "ltx2"
source = { folder = "FOLDER" }
tasks = ["text", "image", "video", "extend"]
pixels = [4096, 8192]
seconds = [0.2, 6]
rate = 8
steps = 1
billions = { transformer = 0.001 }
working = 0.1
licence = { name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0" }
"""


def tiny_settings(folder: Path) -> dict[str, str]:
    """The environment in which the app and its workers have the tiny model, made in the folder."""
    ltx2.ltx2().save_pretrained(folder / NAME)
    catalog = folder / "mine.toml"
    catalog.write_text(TOML.replace("FOLDER", str(folder / NAME)))
    return {"HIBARI_CATALOG": str(catalog), "HIBARI_MODELS": str(folder / "models"), "HIBARI_DEVICE": "cpu"}
