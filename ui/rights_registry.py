"""The rights registry: whose characters are whose, what they earn, and claims that a post shows what is somebody's."""

from datetime import date

from data import rights
from ui.calls import Asking, Call
from ui.csv_text import as_csv
from ui.studio import Studio


class RightsRegistry:
    """What the registry and claims ask of the server."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "rights/all": self.characters,
            "rights/set": self.set_character,
            "rights/statement": self.statement,
            "rights/mine": self.mine,
            "rights/claim": self.claim,
            "rights/counter": self.counter,
        }

    def characters(self, asking: Asking) -> dict:
        """{"characters"} of the registry."""
        return {"characters": rights.characters(self._database, asking.member())}

    def set_character(self, asking: Asking) -> dict:
        """Enters a character, or changes it."""
        rights.set_character(
            self._database,
            asking.member(),
            asking.text("concept", longest=40),
            asking.text("name", longest=80),
            asking.text("holder", longest=80),
            contact=asking.text("contact", longest=40) or None,
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
        return {"name": f"royalties-{month}.csv", "csv": as_csv(lines)}

    def mine(self, asking: Asking) -> dict:
        """{"claims"} of the caller's, with what was answered, and {"earned"}: credits of the caller's characters."""
        member = asking.member()
        return {
            "claims": rights.my_claims(self._database, member),
            "earned": rights.my_royalties(self._database, member)["total"],
        }

    def claim(self, asking: Asking) -> dict:
        """{"case"}: a claim that a post shows what belongs to the caller."""
        fields = [asking.text(name, longest=2000) for name in ("work", "statement", "signed")]
        return {"case": rights.file_claim(self._database, asking.member(), asking.number("post") or 0, *fields)}

    def counter(self, asking: Asking) -> dict:
        """Objects to a claim; with `insist`, answers an objection: yes with a reference, or no."""
        member, case = asking.member(), asking.number("case") or 0
        insist = asking.flag("insist")
        if insist is None:
            rights.counter_notice(self._database, member, case, asking.text("statement", longest=2000))
        else:
            reference = asking.text("reference", longest=300) or None
            rights.answer_counter_notice(self._database, member, case, insist, reference=reference)
        return {}
