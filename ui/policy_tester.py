"""The policy tester: how the live policy and a draft decide about texts, and which version is in force.

The database refuses every call of somebody who is no moderator.
"""

from data import policy_versions
from data.errors import Invalid
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio

SHOWN = 40  # misses and false refusals that are listed


class PolicyTester:
    """What the policy's part of the Moderation tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database, self._rules = studio.data.database, Rules(studio.data.database)

    def calls(self) -> dict[str, Call]:
        return {
            "policy/all": self.policies,
            "policy/try": self.try_text,
            "policy/measure": self.measure,
            "policy/save": self.save_policy,
            "policy/publish": self.publish_policy,
            "policy/roll_back": self.roll_back,
            "policy/example": self.example,
        }

    def policies(self, asking: Asking) -> dict:
        """{"versions", "live", "examples", "rules", "areas", "shipped"}: all that the policy's page shows."""
        from pipelines.safety import load_policy

        member = asking.member()
        written = load_policy().written
        return {
            "versions": policy_versions.policy_versions(self._database, member, limit=20),
            "live": policy_versions.live_policy(self._database, member),
            "examples": policy_versions.policy_examples(self._database, member),
            "rules": sorted(one.name for one in written.rules),
            "areas": {name: getattr(area, f"title_{asking.language}") for name, area in written.areas.items()},
            "shipped": load_policy().version,
        }

    def try_text(self, asking: Asking) -> dict:
        """{"live", "draft"}: how both policies decide about a text."""
        from pipelines.safety import rule

        draft, text, where = self._draft(asking), asking.text("text"), asking.text("where", longest=10) or "prompt"
        return {
            name: ruling_told(rule(text, policy=policy, where=where), asking.language)
            for name, policy in (("live", self._rules.policy()), ("draft", draft))
        }

    def measure(self, asking: Asking) -> dict:
        """{"live", "draft"}: both policies over the saved examples and the built-in set, as confusion matrices."""
        from pipelines.safety.measuring import Example, measure, read_examples
        from pipelines.safety.policy import FOLDER
        from pipelines.safety.ruling import Decision

        saved = policy_versions.policy_examples(self._database, asking.member())
        examples = [
            Example(one["text"], one["language"], one["area"], Decision(one["expected"]), one["note"]) for one in saved
        ]
        if asking.flag("built_in") is not False:
            examples += read_examples(FOLDER / "eval" / "first_half.csv")
        live, draft = self._rules.policy(), self._draft(asking)
        told = measured_told(measure(live, examples))
        return {"live": told, "draft": told if draft is live else measured_told(measure(draft, examples))}

    def _draft(self, asking: Asking):
        """The policy with the amendments that a moderator sent. Raises Invalid."""
        from pipelines.safety import load_policy
        from pipelines.safety.policy import PolicyError

        policy_versions.policy_versions(self._database, asking.member(), limit=1)  # refuses all but moderators
        live = policy_versions.live_policy(self._database, asking.caller)
        try:
            return load_policy(asking.fields("amendments"), licensed=live["licensed"])
        except PolicyError as error:
            raise Invalid(str(error)) from None

    def save_policy(self, asking: Asking) -> dict:
        """{"number"} of the draft that was kept."""
        self._draft(asking)  # says what is wrong with the amendments, which the database cannot know
        amendments, note = asking.fields("amendments"), asking.text("note", longest=500)
        number = asking.number("number")
        return {"number": policy_versions.save_policy(self._database, asking.member(), amendments, note, number=number)}

    def publish_policy(self, asking: Asking) -> dict:
        """Puts a version in force."""
        policy_versions.publish_policy(self._database, asking.member(), asking.number("number") or 0)
        return {}

    def roll_back(self, asking: Asking) -> dict:
        """{"number"} of the version that is in force again."""
        reason = asking.text("reason", longest=500)
        return {"number": policy_versions.roll_back_policy(self._database, asking.member(), reason)}

    def example(self, asking: Asking) -> dict:
        """Keeps an example, or forgets the one whose number is sent."""
        member, number = asking.member(), asking.number("remove")
        if number is not None:
            policy_versions.remove_policy_example(self._database, member, number)
            return {}
        added = policy_versions.add_policy_example(
            self._database,
            member,
            asking.text("text"),
            asking.language,
            asking.text("area", longest=40),
            asking.text("expected", longest=10),
        )
        return {"id": added}


def ruling_told(ruling, language: str) -> dict:
    """A ruling as the page shows it."""
    return {
        "decision": str(ruling.decision),
        "rule": ruling.rule,
        "reason": ruling.reason.told(language),
        "suggestion": ruling.suggestion,
        "spans": [{"text": span.text, "area": span.area, "meaning": span.meaning} for span in ruling.spans],
        "scores": ruling.scores,
        "policy": ruling.policy,
    }


def measured_told(measured) -> dict:
    """What a policy caught and missed over examples, with the texts on which it erred."""
    return {
        "matrix": measured.matrix,
        "recall": measured.total.recall,
        "false_refusals": measured.total.false_refusal_rate,
        "misses": [{"text": one.text, "area": one.area} for one, _ in measured.misses[:SHOWN]],
        "wrong": [{"text": one.text, "area": one.area, "rule": ruling.rule} for one, ruling in measured.wrong[:SHOWN]],
    }
