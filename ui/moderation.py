"""The Moderation tab: cases and decisions, the policy and its tester, rights, the audit log, and numbers for everybody.

The database refuses every call of somebody who is no moderator.
"""

import csv
import io
from datetime import date

from data import analytics, policy_versions, profiles, rights, safety
from data.errors import Invalid
from ui.area import area
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio
from ui.telling import media_url

CASES = 50
SHOWN = 40  # misses and false refusals that are listed


class Moderation:
    """What the Moderation tab asks of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database, self._rules = studio.data.database, Rules(studio.data.database)

    def calls(self) -> dict[str, Call]:
        return {
            "moderation/cases": self.cases,
            "moderation/case": self.case,
            "moderation/decide": self.decide,
            "moderation/role": self.role,
            "moderation/audit": self.audit,
            "moderation/numbers": self.numbers,
            "policy/all": self.policies,
            "policy/try": self.try_text,
            "policy/measure": self.measure,
            "policy/save": self.save_policy,
            "policy/publish": self.publish_policy,
            "policy/roll_back": self.roll_back,
            "policy/example": self.example,
            "rights/all": self.characters,
            "rights/set": self.set_character,
            "rights/statement": self.statement,
            "rights/claim": self.claim,
            "rights/counter": self.counter,
        }

    def cases(self, asking: Asking) -> dict:
        """{"cases"}: those that wait, the most urgent first."""
        return {"cases": safety.waiting_cases(self._database, asking.member(), limit=CASES)}

    def case(self, asking: Asking) -> dict:
        """{"case"} with everything that it takes to decide it."""
        found = dict(safety.case_view(self._database, asking.member(), asking.number("case") or 0))
        if found["clip"]:
            clip = found["clip"]
            found["clip"] = dict(clip) | {kind: media_url(clip[f"{kind}_path"]) for kind in ("video", "poster")}
        return {"case": found}

    def decide(self, asking: Asking) -> dict:
        """Decides a case."""
        safety.decide_case(
            self._database,
            asking.member(),
            asking.number("case") or 0,
            asking.text("decision", longest=20),
            asking.text("reason", longest=500),
            label=asking.text("label", longest=20) or None,
            days=asking.number("days"),
            strike=asking.flag("strike"),
        )
        return {}

    def role(self, asking: Asking) -> dict:
        """Gives a member a role."""
        handle, role = asking.text("handle", longest=40), asking.text("role", longest=20)
        profiles.set_role(self._database, asking.member(), handle, role)
        return {}

    def audit(self, asking: Asking) -> dict:
        """A page of the audit log, and whether its chain is whole."""
        return dict(safety.audit_log(self._database, asking.member(), before=asking.number("before"), limit=50))

    def numbers(self, asking: Asking) -> dict:
        """How this place is moderated, for everybody."""
        return dict(analytics.transparency(self._database, asking.caller))

    # ---- the policy
    def policies(self, asking: Asking) -> dict:
        """{"versions", "live", "examples", "rules"}."""
        from pipelines.safety import load_policy

        member = asking.member()
        written = load_policy().written
        return {
            "versions": policy_versions.policy_versions(self._database, member, limit=20),
            "live": policy_versions.live_policy(self._database, member),
            "examples": policy_versions.policy_examples(self._database, member),
            "rules": sorted(one.name for one in written.rules),
            "shipped": load_policy().version,
        }

    def try_text(self, asking: Asking) -> dict:
        """{"live", "draft"}: how both policies decide about a text."""
        from pipelines.safety import rule

        asking.member()
        text = asking.text("text")
        return {
            name: ruling_told(rule(text, policy=policy), asking.language)
            for name, policy in (("live", self._rules.policy()), ("draft", self._draft(asking)))
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
        told = {}
        for name, policy in (("live", self._rules.policy()), ("draft", self._draft(asking))):
            measured = measure(policy, examples)
            told[name] = {
                "matrix": measured.matrix,
                "recall": measured.total.recall,
                "false_refusals": measured.total.false_refusal_rate,
                "misses": [{"text": one.text, "area": one.area} for one, _ in measured.misses[:SHOWN]],
                "wrong": [
                    {"text": one.text, "area": one.area, "rule": ruling.rule} for one, ruling in measured.wrong[:SHOWN]
                ],
            }
        return told

    def _draft(self, asking: Asking):
        """The policy with the amendments that were sent. Raises Invalid."""
        from pipelines.safety import load_policy
        from pipelines.safety.policy import PolicyError

        live = policy_versions.live_policy(self._database, asking.caller)
        try:
            return load_policy(asking.fields("amendments"), licensed=live["licensed"])
        except PolicyError as error:
            raise Invalid(str(error)) from None

    def save_policy(self, asking: Asking) -> dict:
        """{"number"} of the draft that was kept."""
        self._draft(asking)
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
            asking.text("area", longest=40) or "other",
            asking.text("expected", longest=10),
        )
        return {"id": added}

    # ---- rights
    def characters(self, asking: Asking) -> dict:
        """{"characters"} of the registry, and the caller's own claims."""
        claims = rights.my_claims(self._database, asking.member())
        return {"characters": rights.characters(self._database, asking.member()), "claims": claims}

    def set_character(self, asking: Asking) -> dict:
        """Enters a character, or changes it."""
        rights.set_character(
            self._database,
            asking.member(),
            asking.text("concept", longest=40),
            asking.text("name", longest=80),
            asking.text("holder", longest=80),
            licensed=asking.flag("licensed"),
            royalty=asking.number("royalty"),
            aliases=[str(one)[:80] for one in asking.items("aliases", most=40)],
            terms=asking.text("terms", longest=500),
            contexts=[str(one)[:40] for one in asking.items("contexts", most=20)],
            attribution=asking.text("attribution", longest=200),
        )
        return {}

    def statement(self, asking: Asking) -> dict:
        """{"name", "csv"}: what characters earned in a month."""
        month = asking.text("month", longest=7) or date.today().strftime("%Y-%m")
        lines = rights.royalty_statement(self._database, asking.member(), month)
        return {"name": f"royalties-{month}.csv", "csv": as_csv([dict(line) for line in lines])}

    def claim(self, asking: Asking) -> dict:
        """{"case"}: a claim that a post shows what belongs to the caller."""
        fields = [asking.text(name, longest=1000) for name in ("work", "statement", "name")]
        return {"case": rights.file_claim(self._database, asking.member(), asking.number("post") or 0, *fields)}

    def counter(self, asking: Asking) -> dict:
        """Objects to a claim, or answers an objection."""
        member, case = asking.member(), asking.number("case") or 0
        insist = asking.flag("insist")
        if insist is None:
            rights.counter_notice(self._database, member, case, asking.text("statement", longest=1000))
        else:
            reference = asking.text("reference", longest=200) or None
            rights.answer_counter_notice(self._database, member, case, insist, reference=reference)
        return {}


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


def as_csv(rows: list[dict]) -> str:
    """Rows as CSV text; cells that a spreadsheet would run as a formula are quoted away."""
    target = io.StringIO()
    if rows:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _plain(value) for key, value in row.items()})
    return target.getvalue()


def _plain(value: object) -> object:
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def create_moderation_tab(studio: Studio) -> None:
    """Cases, policy, rights, audit."""
    area("moderation", "moderation.js")
