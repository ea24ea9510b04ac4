"""Hibari: settings → workshop → tabs → serve."""

import logging
import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before Gradio is imported: then it asks nobody for news

from ui.serve import serve
from ui.settings import Settings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    serve(Settings.from_environment())


if __name__ == "__main__":
    main()
