"""What the app brings along for a feed that is alive at first sight: demo members and the prompts of their clips.

The tables are data/seed/members.csv and data/seed/clips.csv; the clips are made like everybody's
(pipelines/worker/seeding.py).
"""

import csv
import pathlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from data import demos
from data.client import SERVICE, Caller, Database, member

FOLDER = pathlib.Path(__file__).with_name("seed")
KEYS = uuid.UUID("6a0f7d0e-5b1c-4d0a-9d53-2f1f6e0c51a7")  # the space in which seeds' names become request keys


@dataclass(frozen=True)
class DemoMember:
    """Somebody whom nobody can sign in as."""

    handle: str
    display_name: str
    language: str
    bio: str


@dataclass(frozen=True)
class Seed:
    """One clip of the first feed."""

    name: str
    member: str  # handle
    shape: str  # 9:16, 16:9 or 1:1
    seed: int
    prompt: str
    caption: str
    remix_of: str  # name of another seed, or nothing

    @property
    def key(self) -> str:
        """The key of its request: the same in every run, so that it is asked for once."""
        return str(uuid.uuid5(KEYS, self.name))


def demo_members(folder: pathlib.Path = FOLDER) -> dict[str, DemoMember]:
    """handle → member, of everybody in the table."""
    return {row["handle"]: DemoMember(**row) for row in _rows(folder / "members.csv")}


def seeds(folder: pathlib.Path = FOLDER) -> list[Seed]:
    """Every clip in the table, in its order."""
    return [Seed(**row | {"seed": int(row["seed"])}) for row in _rows(folder / "clips.csv")]


def join(database: Database, demo: DemoMember) -> Caller:
    """The demo member as a caller; made at the first call. Raises Conflict when somebody else has the handle."""
    account = database.call("auth.user_for_identity", user=SERVICE, provider="demo", subject=demo.handle)
    demos.create_demo_member(
        database, SERVICE, account, demo.handle, demo.display_name, language=demo.language, bio=demo.bio
    )
    return member(account)


def _rows(file: pathlib.Path) -> Iterator[dict[str, str]]:
    with open(file, encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)
