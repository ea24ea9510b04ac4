"""Hibari: settings → database → worker → tabs → serve."""

import logging
import os

from pipelines.engines.zero_gpu import prepare
from ui.quick_start import without_editor_stubs

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before Gradio is imported: then it asks nobody for news
with without_editor_stubs():
    prepare()  # first of all on a Space that lends GPUs
    import gradio  # noqa: F401  everything below uses it

from ui.serve import serve
from ui.settings import Settings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # Gradio asks itself whether it has started
    serve(Settings.from_environment())


if __name__ == "__main__":
    main()
