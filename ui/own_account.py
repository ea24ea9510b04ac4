"""The settings behind Me: how one signs in, who may do what, keys, the ward's guardian, and leaving for good."""

from data import account_data, api_keys, credits, guardians, profiles, social
from data.accounts import LocalAccounts, Session
from data.errors import NotAllowed
from ui.calls import Asking, Call
from ui.studio import Studio

LIMITS = ("cameo_audience", "messages_from")


class OwnAccount:
    """What the settings ask of the server."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database

    def calls(self) -> dict[str, Call]:
        return {
            "own/all": self.all,
            "own/keep": self.keep,
            "own/password": self.password,
            "own/sign_out": self.sign_out,
            "own/new_key": self.new_key,
            "own/revoke_key": self.revoke_key,
            "own/forget_history": self.forget_history,
            "own/delete": self.delete,
            "guardian/offer": self.offer,
            "guardian/accept": self.accept,
            "guardian/limits": self.limits,
            "guardian/end": self.end,
        }

    def all(self, asking: Asking) -> dict:
        """Everything that the settings show."""
        member, accounts = asking.member(), self._studio.data.accounts
        local = isinstance(accounts, LocalAccounts)
        return {
            "profile": profiles.my_profile(self._database, member),
            "email": accounts.email(member) if local else None,
            "local": local,
            "sessions": accounts.sessions(member) if local else [],
            "invites": profiles.my_invites(self._database, member),
            "site": profiles.site(self._database, member),
            "blocks": social.my_blocks(self._database, member),
            "credits": credits.my_credits(self._database, member),
            "keys": api_keys.my_api_keys(self._database, member),
            "guardianships": guardians.my_guardianships(self._database, member),
            "watched": social.my_watch_time(self._database, member),
        }

    def keep(self, asking: Asking) -> dict:
        """Gives the account an email address and a password."""
        session = Session(asking.member(), asking.member().token or "")
        self._studio.data.accounts.keep(
            session, asking.text("email", longest=300), asking.text("password", longest=300)
        )
        return {}

    def password(self, asking: Asking) -> dict:
        """Changes the password and signs out everywhere else; the page signs in again with the new one."""
        accounts = self._studio.data.accounts
        if not isinstance(accounts, LocalAccounts):
            raise NotAllowed("Passwords are changed where you signed up.")
        old, new = asking.text("old", longest=300), asking.text("new", longest=300)
        accounts.change_password(Session(asking.member(), ""), old, new)
        return {}

    def sign_out(self, asking: Asking) -> dict:
        """Ends one session of the caller's, or all of them."""
        accounts = self._studio.data.accounts
        if isinstance(accounts, LocalAccounts):
            accounts.sign_out_everywhere(asking.member(), session=asking.text("session", longest=100) or None)
        return {}

    def new_key(self, asking: Asking) -> dict:
        """{"key"}: a new key for the caller's programs, told this once."""
        return {"key": api_keys.create_api_key(self._database, asking.member(), asking.text("name", longest=60))}

    def revoke_key(self, asking: Asking) -> dict:
        """Ends one of the caller's keys."""
        api_keys.revoke_api_key(self._database, asking.member(), asking.text("id", longest=40))
        return {}

    def forget_history(self, asking: Asking) -> dict:
        """{"forgotten"}: how many watch events were erased."""
        return {"forgotten": social.forget_watch_history(self._database, asking.member())}

    def delete(self, asking: Asking) -> dict:
        """Deletes the caller's account and all that hangs on it; they confirm with their handle."""
        account_data.delete_account(self._database, asking.member(), asking.text("handle", longest=40))
        return self.sign_out(Asking(asking.caller, asking.language, {}))

    def offer(self, asking: Asking) -> dict:
        """Offers to look after a member."""
        guardians.offer_guardianship(self._database, asking.member(), asking.text("handle", longest=40))
        return {}

    def accept(self, asking: Asking) -> dict:
        """The caller becomes somebody's ward."""
        guardians.accept_guardianship(self._database, asking.member(), asking.text("handle", longest=40))
        return {}

    def limits(self, asking: Asking) -> dict:
        """Changes the limits of a ward of the caller's."""
        changes: dict[str, object] = {name: asking.text(name, longest=20) or None for name in LIMITS}
        changes |= {name: asking.flag(name) for name in ("may_publish", "personal_feed")}
        changes["daily_minutes"] = asking.number("daily_minutes")
        guardians.set_ward_limits(self._database, asking.member(), asking.text("handle", longest=40), **changes)
        return {}

    def end(self, asking: Asking) -> dict:
        """Ends a guardianship, or an offer of one."""
        guardians.end_guardianship(self._database, asking.member(), asking.text("handle", longest=40))
        return {}
