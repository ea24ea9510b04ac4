"""Who is here: what the bar at the top and every tab know of the person before the page."""

from data import profiles
from data.errors import NotSignedIn
from ui.calls import Asking, Call
from ui.studio import Studio


class Account:
    """What the page asks about the person who looks at it."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database
        settings = studio.settings
        self._ways = {"link": bool(settings.data.supabase_url), "hugging_face": settings.hugging_face is not None}

    def calls(self) -> dict[str, Call]:
        return {"account/me": self.me}

    def me(self, asking: Asking) -> dict:
        """{"me": the own profile, or None for a guest; "site": how one joins; "ways": by what else one signs in}."""
        try:
            mine = profiles.my_profile(self._database, asking.caller) if asking.caller.id else None
        except NotSignedIn:
            mine = None
        return {"me": mine, "site": profiles.site(self._database, asking.caller), "ways": self._ways}
