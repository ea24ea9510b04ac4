"""Texts that people publish pass the same rules as prompts."""

from data.errors import Invalid


def check_text(text: str, where: str, language: str) -> None:
    """Raises Invalid, with the rule's reason and what would pass, for a text that the live policy refuses."""
    from pipelines.safety import rule

    if not text.strip():
        return
    ruling = rule(text, where=where)
    if ruling.decision == "refuse":
        raise Invalid(ruling.told(language))
