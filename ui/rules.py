"""Texts that people publish, and prompts, pass the live policy; what is refused says why, and can be appealed."""

import time

from data import policy_versions, safety
from data.client import SERVICE, VISITOR, Database
from data.errors import Invalid
from ui.calls import Asking

FRESH = 5.0  # seconds that a policy is used before the database is asked again


class Rules:
    """The live policy of this place."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._policy, self._asked_at = None, 0.0

    def policy(self):
        """The policy in force: the shipped one, with this place's amendments and licensed characters."""
        from pipelines.safety import load_policy

        if self._policy is None or time.monotonic() - self._asked_at > FRESH:
            live = policy_versions.live_policy(self._database, VISITOR)
            self._policy = load_policy(live["amendments"], licensed=live["licensed"])
            self._asked_at = time.monotonic()
        return self._policy

    def check(self, asking: Asking, text: str, where: str) -> None:
        """Raises Invalid, with the reason and what would pass, for a text that the policy refuses."""
        from pipelines.safety import rule

        if not text.strip():
            return
        ruling = rule(text, policy=self.policy(), where=where)
        if ruling.decision == "refuse":
            self.keep(asking, ruling, where)
            raise Invalid(ruling.told(asking.language))

    def keep(self, asking: Asking, ruling, where: str) -> int | None:
        """The number of a refusal or hold that was noted, so that it can be appealed. The text itself is not kept."""
        if asking.caller.id is None:
            return None
        return safety.keep_refusal(
            self._database,
            SERVICE,
            asking.caller.id,
            where,
            str(ruling.decision),
            ruling.rule,
            ruling.reason.told(asking.language),
            evidence={"policy": ruling.policy, "scores": ruling.scores},
        )
