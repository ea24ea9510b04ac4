"""People whom a clip stars: who may be used, what they rule out, and how they want to look. The database has the last
word; here it is said before anything is asked for, and kept for the person when it was refused."""

from data import cameos
from data.client import SERVICE
from data.errors import NoPermission
from data.rows_cameos import UsableCameo
from pipelines.storyboard import Storyboard
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.studio import Studio
from ui.words import words


class Starring:
    """What the Create tab asks about people."""

    def __init__(self, studio: Studio) -> None:
        self._database = studio.data.database

    def calls(self) -> dict[str, Call]:
        return {"create/people": self.people}

    def people(self, asking: Asking) -> dict:
        """{"people"}: those whom the caller may star, with what they rule out; nobody for a guest."""
        if asking.caller.id is None:
            return {"people": []}
        found = cameos.usable_cameos(self._database, asking.caller)
        return {"people": [_told(one, asking) for one in found]}

    def told(self, asking: Asking, prompt: str, storyboard: Storyboard) -> list[dict]:
        """Everybody whom a storyboard names: {"handle", "may", "refused": a sentence, or "" when nothing is."""
        handles = handles_of(storyboard)
        if not handles or asking.caller.id is None:
            return []
        usable = {one["handle"]: one for one in cameos.usable_cameos(self._database, asking.caller, named=handles)}
        return [
            {
                "handle": handle,
                "may": handle in usable,
                "refused": _refusal(asking, prompt, storyboard, usable[handle]) if handle in usable else "",
            }
            for handle in handles
        ]

    def as_they_agree(self, asking: Asking, prompt: str, storyboard: Storyboard) -> Storyboard:
        """The storyboard with everybody looking as they asked for. Raises Refused where their rules do not allow it,
        which is kept for them."""
        handles = handles_of(storyboard)
        if not handles:
            return storyboard
        from pipelines.cameo.wishes import as_they_appear, refusals

        usable = {one["handle"]: one for one in cameos.usable_cameos(self._database, asking.member(), named=handles)}
        for handle in handles:
            person = usable.get(handle)
            if person is None:
                self.note(asking, handle, prompt, "permission")
                raise Refused("error_no_permission", handle=handle)
            if person["id"] == asking.caller.id:
                continue
            found = refusals(prompt, storyboard, handle, switches=person["switches"], wishes=person["wishes"])
            if found:
                self.note(asking, handle, prompt, found[0].rule)
                raise Refused("error_person", text=found[0].told(asking.language))
        return as_they_appear(storyboard, {handle: usable[handle]["appearance"] for handle in handles})

    def refused_by_database(self, asking: Asking, prompt: str, storyboard: Storyboard, error: NoPermission) -> Refused:
        """What to tell when the database knows better, which is kept for everybody who was named."""
        handles = handles_of(storyboard)
        for handle in handles:
            self.note(asking, handle, prompt, "restrictions")
        if not handles:
            return Refused("error_person", text=str(error))
        return Refused("error_restricted", handles=", ".join(f"@{handle}" for handle in handles))

    def note(self, asking: Asking, handle: str, prompt: str, reason: str) -> None:
        """Keeps for a person that somebody wanted to make something with them."""
        author = asking.member().id
        cameos.note_refused_use(self._database, SERVICE, author=author, handle=handle, prompt=prompt, reason=reason)


def handles_of(storyboard: Storyboard) -> list[str]:
    """The handles of real people in a storyboard, in the order in which they appear."""
    named = [subject.cameo for shot in storyboard.shots for subject in shot.subjects if subject.cameo]
    return list(dict.fromkeys(named))


def _refusal(asking: Asking, prompt: str, storyboard: Storyboard, person: UsableCameo) -> str:
    from pipelines.cameo.wishes import refusals

    if person["id"] == asking.caller.id:
        return ""
    rules = {"switches": person["switches"], "wishes": person["wishes"]}
    found = refusals(prompt, storyboard, person["handle"], **rules)
    return found[0].told(asking.language) if found else ""


def _told(person: UsableCameo, asking: Asking) -> dict:
    """A person as the page shows them. Their own words are theirs: shown as they wrote them."""
    known = words(asking.language)
    own = person["id"] == asking.caller.id
    ruled_out = [] if own else [known[f"starring_{switch}"] for switch in person["switches"]]
    return {
        "handle": person["handle"],
        "name": person["display_name"],
        "own": own,
        "rules": ", ".join(ruled_out + [person["wishes"]] * bool(person["wishes"] and not own)),
    }
