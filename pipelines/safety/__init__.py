"""Rules → rulings: what may be made and shown, decided from words and pictures by policy that anybody can read."""

from pipelines.safety.deciding import Policy, load_policy, rule
from pipelines.safety.policy import PolicyError
from pipelines.safety.ruling import Decision, Reason, Refused, Ruling, Span, Where
from pipelines.safety.storyboards import rule_storyboard, stricter

__all__ = [
    "Decision",
    "Policy",
    "PolicyError",
    "Reason",
    "Refused",
    "Ruling",
    "Span",
    "Where",
    "load_policy",
    "rule",
    "rule_storyboard",
    "stricter",
]
