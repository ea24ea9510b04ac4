"""What a browser is told when something is refused or fails: a kind for scripts, sentences for people."""

import re

from data.errors import DataError
from ui.words import words


def error_told(error: DataError | None, language: str) -> dict[str, str]:
    """{"kind", "text", "hint"}; None stands for a mistake of ours, which the log tells in full."""
    if error is None:
        return {"kind": "unexpected", "text": words(language)["error_unexpected"], "hint": ""}
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    return {"kind": kind, "text": str(error), "hint": error.hint}
