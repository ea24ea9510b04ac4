"""The Cameo tab, one's own side: recording a likeness, the rules for it, and who may use it.

A recording stays in memory: it reaches neither a disk nor Gradio, and is gone when its checks are told.
"""

from data import cameos, guardians, profiles
from data.client import SERVICE
from data.errors import Invalid
from ui.area import area
from ui.calls import Asking, Call
from ui.rules import Rules
from ui.studio import Studio
from ui.telling_cameo import cameo_told, checks_told, reading_told
from ui.web.uploads import Upload

MAX_RECORDING = 80 * 1024 * 1024  # bytes: a minute as phones film it
SWITCHES = ("politics", "violence", "romance", "brands", "other_cameos", "voice", "minors", "remix")


class Cameo:
    """What the Cameo tab asks of the server about the caller's own cameo."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules = Rules(self._database)

    def calls(self) -> dict[str, Call]:
        return {
            "cameo/mine": self.mine,
            "cameo/begin": self.begin,
            "cameo/read": self.read,
            "cameo/rules": self.rules,
            "cameo/grant": self.grant,
            "cameo/revoke": self.revoke,
            "cameo/ask": self.ask,
            "cameo/delete": self.delete,
        }

    def uploads(self) -> dict[str, Upload]:
        return {"cameo": Upload(MAX_RECORDING, self.record, in_memory=True)}

    def mine(self, asking: Asking) -> dict:
        """{"cameo": the caller's or null, "consent", "widest": the audience that a guardian allows at most}."""
        from pipelines.cameo.consent import VERSION, text

        member = asking.member()
        mine = cameos.my_cameo(self._database, member)
        return {
            "cameo": mine and cameo_told(mine, asking.language),
            "consent": {"version": VERSION, "text": text(asking.language)},
            "widest": self._widest(asking),
        }

    def _widest(self, asking: Asking) -> str:
        """The widest audience that the caller may choose."""
        found = guardians.my_guardianships(self._database, asking.member())
        handle = profiles.my_profile(self._database, asking.member())["handle"]
        limits = (one["cameo_audience"] for one in found if one["state"] == "active" and one["ward"] == handle)
        return next(limits, "everyone")

    # ---- recording

    def begin(self, asking: Asking) -> dict:
        """What the recording must show: {"id", "seconds", "steps"}. The caller agrees to the consent text first."""
        from pipelines.cameo.challenge import LIFETIME, Challenge, new_challenge
        from pipelines.cameo.consent import VERSION

        member = asking.member()
        if asking.text("consent", longest=40) != VERSION:
            raise Invalid("You have not agreed to the text above.", hint="Read it, tick the box, and begin again.")
        drawn = new_challenge("")
        steps = [vars(step) for step in drawn.steps]
        id = cameos.keep_cameo_challenge(self._database, SERVICE, owner=member.id, steps=steps, seconds=LIFETIME)
        return Challenge(id, drawn.steps).as_json()

    def record(self, asking: Asking, recording: bytes) -> dict:
        """{"passed", "checks", "cameo"}: what was seen in a recording. One that passes becomes the caller's cameo."""
        from pipelines.cameo.challenge import Challenge
        from pipelines.cameo.enrolment import enrol
        from pipelines.cameo.keys import likeness_key

        member, id = asking.member(), asking.text("challenge", longest=36)
        steps = cameos.take_cameo_challenge(self._database, SERVICE, owner=member.id, id=id)
        done = enrol(
            recording,
            Challenge.from_json({"id": id, "steps": steps}),
            likeness_key(self._studio.settings.data.folder / "keys"),
            marks=cameos.recording_marks(self._database, SERVICE),
            faces=cameos.cameo_faces(self._database, SERVICE, owner=member.id),
            elsewhere=asking.text("camera", longest=10) == "another",
        )
        told = {"passed": done.kept is not None, "checks": checks_told(done.report, asking.language)}
        if done.kept is not None:
            saved = cameos.save_cameo(self._database, SERVICE, owner=member.id, **done.kept)
            told["cameo"] = cameo_told(saved, asking.language)
        return told

    # ---- rules

    def read(self, asking: Asking) -> dict:
        """{"refused", "worn"}: what is understood of texts that are being typed."""
        asking.member()
        return reading_told(asking.text("wishes", longest=500), asking.text("appearance", longest=300), asking.language)

    def rules(self, asking: Asking) -> dict:
        """{"cameo"} after the sent rules were changed. Words are read here, and their concepts kept beside them."""
        member, changes = asking.member(), {}
        for name in ("audience", "past_clips"):
            changes[name] = asking.text(name, longest=20) or None
        if "switches" in asking.sent:
            changes["switches"] = [one for one in SWITCHES if one in asking.items("switches")]
        if "wishes" in asking.sent:
            changes |= self._wishes(asking)
        if "appearance" in asking.sent:
            changes["appearance"] = asking.text("appearance", longest=300)
            self._rules.check(asking, changes["appearance"], "caption")
        changes["paused"] = asking.flag("paused")
        return {"cameo": cameo_told(cameos.set_cameo_rules(self._database, member, **changes), asking.language)}

    def _wishes(self, asking: Asking) -> dict:
        from pipelines.cameo.wishes import read_wishes

        wishes = asking.text("wishes", longest=500)
        return {"wishes": wishes, "restrictions": read_wishes(wishes).concepts[:100]}

    # ---- people

    def grant(self, asking: Asking) -> dict:
        """Lets a member use the caller's cameo, for ever or until a time."""
        until = asking.text("until", longest=40) or None
        cameos.grant_cameo(self._database, asking.member(), asking.text("handle", longest=40), until=until)
        return self.mine(asking)

    def revoke(self, asking: Asking) -> dict:
        """Ends a permission, or refuses a request; with "past_clips", what happens to clips already made."""
        member, past_clips = asking.member(), asking.text("past_clips", longest=10) or None
        if past_clips:
            cameos.set_cameo_rules(self._database, member, past_clips=past_clips)
        cameos.revoke_cameo(self._database, member, asking.text("handle", longest=40))
        return self.mine(asking)

    def ask(self, asking: Asking) -> dict:
        """{"state"}: asks a person for their cameo and says what for."""
        prompt = asking.text("prompt", longest=500)
        self._rules.check(asking, prompt, "prompt")
        handle = asking.text("handle", longest=40)
        return {"state": cameos.ask_for_cameo(self._database, asking.member(), handle, prompt=prompt or None)}

    def delete(self, asking: Asking) -> dict:
        """Deletes the caller's likeness for good; "past_clips" says what happens to clips already made."""
        past_clips = asking.text("past_clips", longest=10) or None
        cameos.delete_cameo(self._database, asking.member(), past_clips=past_clips)
        return {}


def create_cameo_tab(studio: Studio) -> None:
    """The cameo: its script does the rest."""
    area("cameo", "cameo.js")
