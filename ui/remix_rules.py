"""What a remix passes before it is asked for: the policy, and the rules of everybody in it."""

from pipelines.storyboard import Storyboard
from ui.calls import Asking
from ui.refused import Refused
from ui.rules import Rules
from ui.starring import Starring


def check(rules: Rules, starring: Starring, asking: Asking, prompt: str, storyboard: Storyboard) -> Storyboard:
    """The storyboard with everybody looking as they asked for. Raises Refused, with the rule and what would pass."""
    from pipelines.safety import rule, rule_storyboard, stricter

    policy = rules.policy()
    ruling = stricter(rule(prompt, policy=policy), rule_storyboard(storyboard, policy))
    if ruling.decision == "refuse":
        rules.keep(asking, ruling, "prompt")
        raise Refused("remix_refused", text=ruling.told(asking.language))
    return starring.as_they_agree(asking, prompt, storyboard)
