"""The first feed: asks for the demo members' clips, and posts each when it is done.

Everything is read from the database, so that it goes on after a restart from wherever it was, and nothing is asked
for or posted twice. What a moderator took down stays down.
"""

import logging

from data import clips, demos, generations, seeding
from data.client import SERVICE, VISITOR, Caller, Database, PostgresDatabase
from data.errors import Conflict, DataError, LimitReached
from data.opening import Data
from data.profiles import site
from data.rows import DemoGeneration
from data.seeding import Seed
from pipelines.request import SHAPES, make_request

SECONDS = 5.0  # of each clip
logger = logging.getLogger(__name__)


def needs_seed(database: Database) -> bool:
    """Whether the first feed should be planted, or goes on being planted: on an installation that nobody has joined
    yet, or where it was begun. Never on Supabase, whose accounts only people make."""
    if not isinstance(database, PostgresDatabase):
        return False
    known = _known(database)
    return bool(_to_ask(known) or _to_post(known)) and (bool(known) or site(database, VISITOR)["empty"])


def plant_seeds(data: Data) -> None:
    """Asks for what is missing of the first feed, and posts what is done. Quick: the worker makes the clips, and calls
    this again after each."""
    known = _known(data.database)
    members = seeding.demo_members()
    for seed in _to_post(known) + _to_ask(known):
        try:
            caller = seeding.join(data.database, members[seed.member])
            if seed.key in known:
                clips.publish_post(data.database, caller, known[seed.key]["clip"], caption=seed.caption)
            else:
                _ask(data.database, caller, seed, known)
        except LimitReached:  # enough of theirs are in the making; the others follow
            continue
        except Conflict as error:  # posted by another worker this moment, or the handle is somebody's by now
            logger.info("the seed %s is left: %s", seed.name, error)
        except DataError as error:
            logger.warning("the seed %s could not be planted: %s", seed.name, error)


def _known(database: Database) -> dict[str, DemoGeneration]:
    """key → what was asked for already."""
    return {generation["key"]: generation for generation in demos.demo_generations(database, SERVICE)}


def _to_post(known: dict[str, DemoGeneration]) -> list[Seed]:
    """Seeds whose clip is done and was never posted."""
    done = {key for key, made in known.items() if made["clip"] and not made["gone"] and not made["was_posted"]}
    return [seed for seed in seeding.seeds() if seed.key in done]


def _to_ask(known: dict[str, DemoGeneration]) -> list[Seed]:
    """Seeds that can be asked for now: a remix waits for the clip that it is made from."""
    keys = {seed.name: seed.key for seed in seeding.seeds()}
    there = {key for key, made in known.items() if made["clip"] and made["was_posted"] and not made["gone"]}
    return [
        seed
        for seed in seeding.seeds()
        if seed.key not in known and (not seed.remix_of or keys[seed.remix_of] in there)
    ]


def _ask(database: Database, caller: Caller, seed: Seed, known: dict[str, DemoGeneration]) -> None:
    from pipelines.director import direct  # its dictionaries take a second

    width, height = SHAPES[seed.shape]
    request = make_request(prompt=seed.prompt, seconds=SECONDS, width=width, height=height, seed=seed.seed)
    storyboard = direct(request.prompt, seconds=request.seconds)
    parents = {other.name: other.key for other in seeding.seeds()}
    generations.request_generation(
        database,
        caller,
        request.model_dump(mode="json"),
        storyboard.model_dump(mode="json"),
        coverage=storyboard.coverage.model_dump(mode="json"),
        parent=known[parents[seed.remix_of]]["clip"] if seed.remix_of else None,
        key=seed.key,
    )
