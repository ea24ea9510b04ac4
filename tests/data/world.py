"""What stories are told with: people who sign up, worry about their likeness, and make clips."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from data.client import SERVICE, VISITOR, Caller, Database, Json, member

SHA256 = "0" * 64


def storyboard(*handles: str, kind: str = "dog", action: str = "run", place: str = "meadow") -> dict:
    """A storyboard of one shot that stars these people, or an animal when there are none."""
    subjects = [{"kind": "person", "action": action, "cameo": handle} for handle in handles]
    return {"shots": [{"seconds": 5, "place": place, "subjects": subjects or [{"kind": kind, "action": action}]}]}


def request(prompt: str = "A dog runs through a meadow.", **fields: object) -> dict:
    """A request as the app sends it."""
    return {"prompt": prompt, "seconds": 5, "seed": 7, "engine": "world"} | fields


@dataclass
class Person:
    """A member with a handle, who calls functions in their own name."""

    handle: str
    caller: Caller
    database: Database

    @property
    def id(self) -> str:
        return self.caller.id

    def call(self, function: str, **arguments: object) -> Json:
        """What the function returns to this member."""
        return self.database.call(function, user=self.caller, **arguments)

    def balance(self) -> int:
        """The credits that this member has left."""
        return self.call("my_credits")["balance"]


class World:
    """A database with people in it, and a worker."""

    def __init__(
        self, database: Database, owner: psycopg.Connection, token_of: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """`token_of` signs people in where the client needs their token."""
        self.database = database
        self.owner = owner
        self.token = token_of

    def account(self) -> Caller:
        """Somebody who has signed up and not yet chosen a handle."""
        with self.owner.transaction():
            (account,) = self.owner.execute("insert into auth.users default values returning id").fetchone()
        return member(account, token=self.token(str(account)))

    def join(self, handle: str, **fields: object) -> Person:
        """A new member."""
        caller = self.account()
        self.database.call("create_profile", user=caller, handle=handle, **fields)
        return Person(handle, caller, self.database)

    def people(self, *handles: str) -> list[Person]:
        """New members; before them somebody else joined, who became the moderator."""
        if self.database.call("site", user=VISITOR)["empty"]:
            self.moderator = self.join("first_one")
        return [self.join(handle) for handle in handles]

    def cameo(self, person: Person, audience: str = "only_me", **rules: object) -> None:
        """Gives a person a cameo with this audience."""
        self.record(person)
        person.call("set_cameo_rules", audience=audience, **rules)

    def record(self, person: Person, likeness: str = "aGk=", **fields: object) -> Json:
        """The cameo of a person who passed the live check just now."""
        fields.setdefault("live_check", {"passed": True})
        return self.serve("save_cameo", owner=person.id, likeness={"face": likeness}, **fields)

    def mutual(self, one: Person, other: Person) -> None:
        """Makes two people follow each other."""
        one.call("follow", handle=other.handle)
        other.call("follow", handle=one.handle)

    # The worker

    def serve(self, function: str, **arguments: object) -> Json:
        """What the function returns to the app's own worker."""
        return self.database.call(function, user=SERVICE, **arguments)

    def ask(self, author: Person, *handles: str, **arguments: object) -> str:
        """The id of an accepted generation that stars these people."""
        arguments.setdefault("storyboard", storyboard(*handles))
        return author.call("request_generation", request=request(), **arguments)["id"]

    def claim(self, **arguments: object) -> Json:
        """The next generation, leased to a worker."""
        return self.serve("claim_generation", worker="worker-1", **arguments)

    def expire(self, generation: str) -> None:
        """Makes a lease run out, as if its worker had been killed some time ago, and skips the pause that follows."""
        self.owner.execute(
            "update public.generations set lease_until = now() - interval '1 second' where id = %s", (generation,)
        )
        self.owner.execute("update private.settings set retry_seconds = 0")

    def finish(self, claimed: Json, **fields: object) -> str:
        """Stores three files and ends a claimed generation as a clip, whose id comes back."""
        lease = {"generation": claimed["id"], "lease": claimed["lease"]}
        paths = {}
        for purpose, suffix in (("clip", "mp4"), ("poster", "jpg"), ("preview", "mp4")):
            path = f"{purpose}s/{uuid.uuid4().hex}.{suffix}"
            self.serve("store_media", path=path, purpose=purpose, **lease)
            paths[f"{'video' if purpose == 'clip' else purpose}_path"] = path
        clip = paths | {"sha256": SHA256, "seconds": 5, "bytes": 1000, "width": 540, "height": 960} | fields
        return self.serve("finish_generation", clip=clip, **lease)["clip"]

    def make(self, author: Person, *handles: str, **arguments: object) -> str:
        """The id of a finished clip that stars these people."""
        asked = self.ask(author, *handles, **arguments)
        claimed = self.claim()
        assert claimed["id"] == asked
        return self.finish(claimed)

    def publish(self, author: Person, clip: str, **arguments: object) -> int:
        """The id of a new post."""
        return author.call("publish_post", clip=clip, **arguments)["id"]

    def post(self, author: Person, *handles: str, **arguments: object) -> int:
        """The id of a new public post that stars these people."""
        return self.publish(author, self.make(author, *handles), **arguments)
