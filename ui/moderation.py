"""The Moderation tab: cases and decisions, roles, the audit log, and numbers for everybody.

The database refuses every call of somebody who is no moderator, but for the numbers.
"""

from pydantic import ValidationError

from data import analytics, profiles, safety
from data.rows_moderation import CaseClip
from pipelines.storyboard import Storyboard
from ui.area import area
from ui.calls import Asking, Call
from ui.studio import Studio
from ui.telling import media_url, storyboard_told

CASES = 50


class Moderation:
    """What cases, roles, audit and numbers ask of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "moderation/cases": self.cases,
            "moderation/case": self.case,
            "moderation/decide": self.decide,
            "moderation/role": self.role,
            "moderation/audit": self.audit,
            "moderation/numbers": self.numbers,
        }

    def cases(self, asking: Asking) -> dict:
        """{"cases"}: those that wait, the most urgent first."""
        return {"cases": safety.waiting_cases(self._database, asking.member(), limit=CASES)}

    def case(self, asking: Asking) -> dict:
        """{"case"} with everything that it takes to decide it."""
        found = dict(safety.case_view(self._database, asking.member(), asking.number("case") or 0))
        if found["clip"]:
            found["clip"] = clip_told(found["clip"], asking.language)
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
        """How this place is moderated, for everybody; areas of refusals by their titles."""
        from pipelines.safety import load_policy

        told = dict(analytics.transparency(self._database, asking.caller, days=asking.number("days")))
        areas = load_policy().written.areas
        titles = {name: getattr(area, f"title_{asking.language}") for name, area in areas.items()}
        return told | {"refusals": {titles.get(name, name): count for name, count in told["refusals"].items()}}


def clip_told(clip: CaseClip, language: str) -> dict:
    """The clip of a case as a moderator looks at it: its files, and its storyboard as cards."""
    files = {kind: media_url(clip[f"{kind}_path"]) for kind in ("video", "poster")}
    try:
        seen = storyboard_told(Storyboard.model_validate(clip["storyboard"]), language)
    except ValidationError:  # of an older version; the case is decided all the same
        seen = {}
    return dict(clip) | files | {"seen": seen}


def create_moderation_tab(studio: Studio) -> None:
    """Cases, policy, rights, audit."""
    area("moderation", "moderation.js")
