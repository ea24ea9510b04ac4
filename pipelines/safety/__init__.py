"""Rules → rulings: what may be made and shown, decided from words and pictures by policy that anybody can read."""

from importlib import import_module

from pipelines.safety.ruling import Decision, Reason, Refused, Ruling, Span, Where

__all__ = ["Decision", "Reason", "Refused", "Ruling", "Span", "Where"]

# What reads texts brings the director's dictionaries: it is loaded when it is first used, not when the app starts.
_READING = {
    "Policy": "deciding",
    "PolicyError": "policy",
    "load_policy": "deciding",
    "rule": "deciding",
    "rule_storyboard": "storyboards",
    "stricter": "storyboards",
}


def __getattr__(name: str) -> object:
    """What reads texts, loaded now."""
    if name not in _READING:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_READING[name]}"), name)
