"""The Cameo tab's other side: what was made with a likeness and ending it, wards' cameos, and cameos under review."""

import base64

from data import cameos, clips, guardians, profiles
from data.errors import NotFound
from data.rows_cameos import LikenessUse
from ui.calls import Asking, Call
from ui.studio import Studio
from ui.telling import clip_told
from ui.telling_cameo import cameo_told, use_told

PAGE = 12  # uses that are listed at once


class Likeness:
    """What the Cameo tab asks of the server about uses of a likeness, and for guardians and moderators."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "likeness/uses": self.uses,
            "likeness/pulse": self.pulse,
            "likeness/withdraw": self.withdraw,
            "likeness/receipt": self.receipt,
            "likeness/wards": self.wards,
            "likeness/approve": self.approve,
            "likeness/protect": self.protect,
            "likeness/waiting": self.waiting,
            "likeness/look_at": self.look_at,
            "likeness/review": self.review,
        }

    # ---- what was made with me

    def uses(self, asking: Asking) -> dict:
        """{"uses", "more"}: a page of what was made or tried with the caller or their wards, newest first."""
        member, before = asking.member(), asking.text("before", longest=40) or None
        found = cameos.likeness_uses(self._database, member, before=before, limit=PAGE)
        me = profiles.my_profile(self._database, member)["handle"]
        told = [use_told(use, self._media(asking, use), me) for use in found]
        return {"uses": told, "more": len(found) == PAGE}

    def _media(self, asking: Asking, use: LikenessUse) -> dict | None:
        """What plays the clip of a use; None where it can no longer be seen."""
        if not use["clip"] or use["withdrawn_at"]:
            return None
        try:
            return clip_told(clips.clip(self._database, asking.caller, use["clip"]))
        except NotFound:  # somebody else in it no longer agrees, or it rests
            return None

    def pulse(self, asking: Asking) -> dict:
        """{"mark"}: a text that changes with whatever the tab shows, cheap enough to ask every two seconds."""
        member = asking.member()
        cameo = cameos.my_cameo(self._database, member)
        last = cameos.likeness_uses(self._database, member, limit=3)
        wards = cameos.wards_cameos(self._database, member)
        grants = [(grant["handle"], grant["state"]) for grant in cameo["grants"]] if cameo else []
        states = cameo and (cameo["version"], cameo["review"], cameo["awaits_guardian"], cameo["paused"])
        seen = [(use["at"], use["state"], use["post"], use["withdrawn_at"]) for use in last]
        waiting = [(ward["handle"], ward["cameo"]["awaits_guardian"]) for ward in wards]
        return {"mark": repr((states, grants, seen, waiting))}

    def withdraw(self, asking: Asking) -> dict:
        """The caller, or a ward of theirs, no longer agrees to one clip."""
        clips.withdraw_from_clip(self._database, asking.member(), asking.text("clip", longest=36))
        return {}

    def receipt(self, asking: Asking) -> dict:
        """{"receipt"}: every consent of the caller and every use of their likeness, signed by this installation."""
        from pipelines.cameo.receipts import signed

        record = cameos.likeness_record(self._database, asking.member())
        return {"receipt": signed(dict(record), self._studio.settings.data.folder / "keys")}

    # ---- guardians

    def wards(self, asking: Asking) -> dict:
        """{"wards": [{"handle", "cameo"}]}: the cameos of the caller's wards, with their rules."""
        found = cameos.wards_cameos(self._database, asking.member())
        told = [{"handle": one["handle"], "cameo": cameo_told(one["cameo"], asking.language)} for one in found]
        return {"wards": told}

    def approve(self, asking: Asking) -> dict:
        """The guardian agrees to a ward's newest cameo."""
        cameos.approve_ward_cameo(self._database, asking.member(), asking.text("handle", longest=40))
        return self.wards(asking)

    def protect(self, asking: Asking) -> dict:
        """The guardian closes a ward's cameo to everybody else."""
        guardians.protect_ward(self._database, asking.member(), asking.text("handle", longest=40))
        return self.wards(asking)

    # ---- moderators

    def waiting(self, asking: Asking) -> dict:
        """{"cameos"}: those that wait for a moderator, oldest first, and why; no likeness."""
        return {"cameos": cameos.cameos_to_review(self._database, asking.member())}

    def look_at(self, asking: Asking) -> dict:
        """{"pictures", "sample", "numbers"} of a cameo under review: PNG and WAV as base64. The look leaves a trace."""
        from pipelines.cameo.keys import likeness_key
        from pipelines.cameo.likeness import open_likeness
        from pipelines.cameo.pictures import VIEWS, head_png, voice_wav

        found = cameos.cameo_for_review(self._database, asking.member(), asking.text("handle", longest=40))
        likeness = open_likeness(found["likeness"], likeness_key(self._studio.settings.data.folder / "keys"))
        pictures = {view: base64.b64encode(head_png(likeness, view)).decode() for view in VIEWS}
        sample = base64.b64encode(voice_wav(likeness)).decode()
        return {"pictures": pictures, "sample": sample, "numbers": found["live_check"].get("numbers", [])}

    def review(self, asking: Asking) -> dict:
        """A moderator lets others use a cameo, or deletes it."""
        handle, accept = asking.text("handle", longest=40), asking.flag("accept") or False
        reason = asking.text("reason", longest=500)
        cameos.review_cameo(self._database, asking.member(), handle, accept=accept, reason=reason)
        return self.waiting(asking)
