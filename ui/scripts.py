"""Scripts of the page: files of static/, put together with the words they show."""

from pathlib import Path

from ui.words import words_for_scripts

STATIC = Path(__file__).with_name("static")


def script(*names: str, start: str) -> str:
    """The scripts of those names, the shared one first, and the statement that starts them on an element."""
    parts = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in ("page", *names)]
    return "\n".join([*parts, start]).replace("/*WORDS*/{}", words_for_scripts())
