"""What holds for the schema as a whole, whatever is added to it."""

import importlib
import inspect
import pathlib
import re

import psycopg
import pytest

from data.client import SERVICE, VISITOR, PostgresDatabase
from data.errors import NotAllowed, UnknownFunction
from data.migrate import migrate
from data.postgres import EmbeddedPostgres
from tests.data.world import World

OURS = ("public", "private", "auth", "storage")

# Functions that run with their owner's rights, and why each must. Any other one fails the test below.
DEFINERS = {
    # Helpers of policies and checks: they read what the caller may not, and answer with yes, no or an id.
    "private.agrees": "the rule of consent reads both sides",
    "private.anybody_has_joined": "policies may hide members from the caller",
    "private.appears_in": "reads uses of a likeness",
    "private.blocked_between": "the blocked may not know",
    "private.can_see_clip": "reads posts, uses and grants",
    "private.can_see_post": "reads uses and grants",
    "private.character_fees": "reads what characters cost",
    "private.check_references": "reads clips and files of others",
    "private.clip_is_permitted": "reads grants and restrictions of others",
    "private.found_members": "finds by an index that policies keep from callers",
    "private.found_posts": "reads the list of public posts",
    "private.found_tags": "reads the list of public posts",
    "private.has_link": "a key opens what policies hide",
    "private.hidden_from_me": "the blocked may not know",
    "private.is_closed_to_me": "reads a guardian's row and rules of a cameo",
    "private.is_put_away": "reads pauses and waits of others",
    "private.is_comment_of": "a policy on comments reads comments",
    "private.is_offered": "reads posts and uses of a likeness",
    "private.is_moderator": "a policy on profiles reads profiles",
    "private.is_my_cameo": "a policy pair would recurse",
    "private.limits_of": "reads a guardian's limits",
    "private.living_cameo_of": "finds a cameo behind its policy",
    "private.me": "reads a suspension",
    "private.my_people": "reads guardianships inside policies",
    "private.owner_of": "finds whose a reported thing is",
    "private.owns_cameo": "a policy pair would recurse",
    "private.people_in": "names the people in a clip to those who see it",
    "private.permits": "the rule of consent reads both sides",
    "private.profile_of": "speaks to people behind a block",
    "private.cameos_needed": "finds cameos behind their policy",
    "private.described_posts": "reads the list of public posts and the weights",
    "private.my_taste": "what is concluded about oneself one may read",
    "private.ranked_posts": "reads the list of public posts and the weights",
    "private.reasons_for_review": "compares with members behind policies",
    "private.rules_out": "reads restrictions of others",
    "private.require_permissions": "locks and reads other people's cameos",
    "private.tagged_posts": "reads the list of public posts",
    "private.takes_messages": "reads other people's settings",
    "private.unfit_for_me": "reads a guardian's row",
    "private.unwanted_by_me": "the blocked may not know",
    "private.verify_audit_log": "reads the audit log",
    "private.case_clip": "a moderator sees the clip of a case",
    "private.case_history": "reads what was decided about somebody",
    "private.case_text": "a moderator reads the words of a case",
    "private.check_decision": "reads who decided before",
    "private.clip_of_case": "finds the clip behind a case",
    "private.reach_of": "counts views of what is hidden",
    "private.record_of": "reads other people's reports",
    "private.reviews_clip": "reads cases inside a policy",
    "private.similar_cases": "compares cases",
    "private.undo_of": "keeps what a decision takes away",
    "private.wants_personal_feed": "reads a guardian's row",
    "private.waiting_before": "counts other people's requests",
    # What follows from an act, in rows of others.
    "private.add_credits": "nobody writes their own balance",
    "private.audit": "leaves a trace that nobody shapes",
    "private.carry_out": "a decision changes the accused's rows",
    "private.answer_for": "a decision changes the accused's account",
    "private.ban": "closes an account",
    "private.decide_clip": "a decision changes the accused's rows",
    "private.decide_posts": "a decision changes the accused's rows",
    "private.keep_pace": "counters belong to nobody",
    "private.make_live": "versions belong to nobody",
    "private.suspend": "suspends an account",
    "private.unban": "opens an account",
    "private.watch_pace": "counters belong to nobody",
    "private.weigh_case": "reads every report of a case",
    "private.charge": "nobody writes their own balance",
    "private.count_comments": "counters and notes of others",
    "private.count_follows": "counters and notes of others",
    "private.count_reactions": "counters and notes of others",
    "private.end_generation": "pays back",
    "private.file_report": "joins a case that reporters cannot read",
    "private.give_daily_allowance": "nobody writes their own balance",
    "private.index_clip": "no role writes the index of marks",
    "private.keep_ward_limits": "closes the ward's cameo",
    "private.list_post": "no role writes the list of public posts",
    "private.keep_taste": "no role reads what the app concludes about members",
    "private.learn_from_act": "no role writes tastes",
    "private.learn_from_remix": "no role writes tastes",
    "private.learn_from_watching": "no role writes tastes",
    "private.unlearn_watching": "no role writes tastes",
    "private.lock_cameos": "locks other people's cameos",
    "private.notify": "a note for somebody else",
    "private.open_case": "cases belong to nobody",
    "private.part_after_block": "ends the other's follow too",
    "private.reconsider": "takes down other people's posts",
    "private.reconsider_after_change": "takes down other people's posts",
    "private.strike": "suspends an account",
    "private.withdraw_all_uses": "takes down other people's posts",
    "private.withdraw_use": "takes down other people's posts",
    # What members call and plain policies cannot express.
    "public.accept_guardianship": "the ward's yes, in a row of limits that only the guardian writes",
    "public.appeal": "moves a case",
    "public.add_policy_example": "for moderators, checked inside",
    "public.answer_counter_notice": "moves a case",
    "public.appeal_refusal": "opens a case",
    "public.audit_check": "for moderators, checked inside",
    "public.case_view": "for moderators, checked inside",
    "public.clip_provenance": "whoever holds a copy may know that it was made here",
    "public.counter_notice": "moves a case",
    "public.engine_speeds": "counts everybody's requests, names nobody",
    "public.file_claim": "opens a case",
    "public.numbers": "for moderators, checked inside",
    "public.publish_policy": "for moderators, checked inside",
    "public.remove_policy_example": "for moderators, checked inside",
    "public.remix_source": "a storyboard is its author's; whoever may remix the clip is shown it",
    "public.roll_back_policy": "for moderators, checked inside",
    "public.royalty_statement": "for moderators and holders, checked inside",
    "public.save_policy": "for moderators, checked inside",
    "public.set_pace": "for moderators, checked inside",
    "public.transparency": "counts for everybody, names nobody",
    "public.approve_ward_cameo": "a ward's cameo, for the guardian",
    "public.ask_for_cameo": "a row in somebody else's grants",
    "public.audit_log": "for moderators, checked inside",
    "public.cameo_for_review": "for moderators, checked inside",
    "public.cameos_to_review": "for moderators, checked inside",
    "public.cancel_generation": "pays back",
    "public.change_settings": "for moderators, checked inside",
    "public.create_profile": "takes an invitation of somebody else",
    "public.daily_activity": "for moderators, checked inside",
    "public.decide_case": "for moderators, checked inside",
    "public.delete_account": "deletes the account itself",
    "public.delete_cameo": "takes down other people's posts",
    "public.delete_clip": "everyone in a clip may",
    "public.feed_weights": "for moderators, checked inside",
    "public.grant_cameo": "tells somebody",
    "public.likeness_record": "uses by others, for the person",
    "public.likeness_uses": "drafts and refusals of others, for the person in them",
    "public.media_access": "answers about files that nobody may list",
    "public.my_blocks": "names those whom the block hides",
    "public.my_credits": "may give the daily allowance",
    "public.offer_guardianship": "a row that names somebody else",
    "public.post_by_link": "the key opens what policies hide",
    "public.post_numbers": "counts other people's watching",
    "public.protect_ward": "closes the ward's cameo",
    "public.publish_post": "checks everyone's consent",
    "public.remove_comment": "below one's own post",
    "public.remove_post": "everyone in it may",
    "public.request_generation": "charges, and checks everyone's consent",
    "public.review_cameo": "for moderators, checked inside",
    "public.revoke_cameo": "takes down other people's posts",
    "public.send_message": "reads whether the other takes messages",
    "public.set_cameo_rules": "takes down other people's posts",
    "public.set_character": "for moderators, checked inside",
    "public.set_feed_weights": "for moderators, checked inside",
    "public.set_role": "for moderators, checked inside",
    "public.site": "tells visitors how to join",
    "public.store_upload": "no role lists files directly",
    "public.trends": "counts over public posts",
    "public.update_post": "posts carry counters that authors may not write",
    "public.usable_cameos": "reads other people's cameos",
    "public.wards_cameos": "a ward's cameo, for the guardian",
    "public.withdraw_from_clip": "everyone in it may",
}

TWINS = [
    *(
        "account_data",
        "analytics",
        "api_keys",
        "cameos",
        "clips",
        "credits",
        "demos",
        "feed",
        "generations",
        "guardians",
    ),
    *("leases", "messages", "notifications", "policy_versions", "profiles", "provenance", "rights", "safety", "search"),
    *("social", "stored_media"),
]

WORKER_ONLY = [
    *("claim_generation", "renew_lease", "finish_generation", "fail_generation", "refuse_generation"),
    *("release_generation", "create_demo_member", "demo_generations"),
    *("known_marks", "frames_like", "sounds_like"),
    *(
        "cameo_likeness",
        "store_media",
        "record_ruling",
        "keep_refusal",
        "media_to_delete",
        "forget_media",
        "known_media",
    ),
    *("save_cameo", "keep_cameo_challenge", "take_cameo_challenge", "recording_marks", "cameo_faces", "faces_open_to"),
    *("cameo_terms", "note_refused_use", "end_expired_grants"),
    *("give_credits", "set_engine_price", "appoint", "authenticate_api_key"),
    *("create_user", "user_by_email", "set_password_hash", "open_session", "session_user_id", "close_sessions"),
]

FUNCTIONS = """
    select n.nspname || '.' || p.proname, p.prosecdef, p.proconfig, p.proacl::text, obj_description(p.oid)
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname = any (%s) order by 1
"""


@pytest.fixture()
def functions(owner: psycopg.Connection) -> list[tuple]:
    return owner.execute(FUNCTIONS, (list(OURS),)).fetchall()


def test_every_table_has_row_level_security_and_a_comment(owner: psycopg.Connection) -> None:
    tables = owner.execute(
        "select c.oid::regclass::text, c.relrowsecurity, obj_description(c.oid) from pg_class as c "
        "join pg_namespace as n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any (%s)",
        (list(OURS),),
    ).fetchall()
    assert len(tables) > 40
    assert [name for name, secured, _ in tables if not secured] == []
    assert [name for name, _, comment in tables if not comment] == []


def test_every_function_has_an_empty_search_path_and_a_comment(functions: list[tuple]) -> None:
    assert len(functions) > 150
    without = [name for name, _, config, *_ in functions if 'search_path=""' not in (config or [])]
    assert without == ["auth.jwt", "auth.uid"]  # as Supabase has them; they name nothing that a path could lead astray
    assert [name for name, _, _, _, comment in functions if not comment] == []


def test_no_function_is_executable_by_everybody(functions: list[tuple]) -> None:
    # No access list at all would mean the default, which is everybody; "=X/" grants to PUBLIC.
    assert [name for name, _, _, grants, *_ in functions if grants is None or re.search(r"[{,]=X", grants)] == []


def test_every_definer_is_listed_with_its_reason(functions: list[tuple]) -> None:
    assert {name for name, definer, *_ in functions if definer} == set(DEFINERS)


def test_definers_in_private_are_not_exposed_and_none_runs_sql_text(owner: psycopg.Connection) -> None:
    bodies = owner.execute(
        "select proname, prosrc from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
    )
    assert [name for name, body in bodies if re.search(r"\bexecute\b", body, re.I)] == []


def test_the_worker_alone_may_call_what_ends_generations(owner: psycopg.Connection) -> None:
    for role in ("anon", "authenticated"):
        allowed = owner.execute(
            "select proname from pg_proc where pronamespace in ('public'::regnamespace, 'auth'::regnamespace) "
            "and proname = any (%s) and has_function_privilege(%s, oid, 'execute')",
            (
                WORKER_ONLY,
                role,
            ),
        ).fetchall()
        assert allowed == []


def test_every_function_has_its_thin_twin_in_python(owner: psycopg.Connection) -> None:
    """Same name, same arguments in the same order, and optional where the database has a default."""
    in_sql = {
        name: (arguments or [], defaults)
        for name, arguments, defaults in owner.execute(
            "select proname, proargnames, pronargdefaults from pg_proc where pronamespace = 'public'::regnamespace"
        )
    }
    in_python = {}
    for module in TWINS:
        for name, function in inspect.getmembers(importlib.import_module(f"data.{module}"), inspect.isfunction):
            if function.__module__ == f"data.{module}":
                database, user, *parameters = inspect.signature(function).parameters.values()
                assert (database.name, user.name) == ("database", "user")
                optional = sum(parameter.default is None for parameter in parameters)
                in_python[name] = ([f"p_{parameter.name}" for parameter in parameters], optional)
    assert in_python == in_sql


def test_a_visitor_may_only_look(owner: psycopg.Connection) -> None:
    allowed = owner.execute(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v' "
        "and has_function_privilege('anon', oid, 'execute')"
    ).fetchall()
    assert allowed == []
    writable = owner.execute(
        "select table_name, privilege_type from information_schema.role_table_grants "
        "where grantee = 'anon' and table_schema in ('public', 'private') and privilege_type <> 'SELECT'"
    ).fetchall()
    assert writable == []


def test_members_write_few_tables_directly(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "select distinct table_name from information_schema.role_column_grants where grantee = 'authenticated' "
        "and table_schema = 'public' and privilege_type in ('INSERT', 'UPDATE', 'DELETE') order by 1"
    )
    assert [name for (name,) in rows] == [
        "api_keys",
        "blocks",
        "comments",
        "described_feeds",
        "follows",
        "guardianships",
        "likes",
        "messages",
        "mutes",
        "not_interested",
        "notifications",
        "profile_settings",
        "profiles",
        "saves",
        "watch_events",
    ]


def test_who_logs_in_may_do_nothing_by_itself(server: EmbeddedPostgres, database_name: str) -> None:
    address = server.address(user="authenticator", database=database_name)
    with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select count(*) from public.profiles")


def test_a_call_leaves_nothing_of_its_caller_for_the_next(world: World) -> None:
    (alice,) = world.people("alice")
    assert alice.call("my_profile")["handle"] == "alice"
    assert world.database.call("my_profile", user=VISITOR) is None


def test_tables_are_closed_to_those_they_do_not_concern(
    world: World, server: EmbeddedPostgres, database_name: str
) -> None:
    """Somebody who speaks SQL with a member's rights sees what the functions would show, and writes nothing else."""
    star, author, other = world.people("star", "author", "other")
    world.cameo(star, "everyone")
    world.make(author, "star")
    address = server.address(user="authenticator", database=database_name)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("set role authenticated")
        connection.execute("select set_config('request.jwt.claims', %s, false)", (other.caller.claims(),))
        for table in (
            "generations",
            "clips",
            "cameos",
            "cameo_versions",
            "cameo_grants",
            "cameo_uses",
            "media",
            "messages",
        ):
            assert connection.execute(f"select count(*) from public.{table}").fetchone() == (0,), table
        refused = (
            "update public.profiles set role = 'admin'",
            "update public.profile_settings set suspended_until = null",
            "insert into public.credit_entries (profile, amount, kind) select id, 100, 'gift' from public.profiles",
            "update public.posts set like_count = 1000",
            "update public.cameos set audience = 'everyone'",
            "insert into public.follows (follower, followee) select p.id, q.id from public.profiles p, "
            "public.profiles q "
            "where p.handle = 'star' and q.handle = 'author'",
            "select * from private.audit_log",
            "select * from auth.users",
            "select private.notify(id, 'fake') from public.profiles",
            "select private.end_generation(gen_random_uuid(), 'done', '', '')",
        )
        for statement in refused:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_members_cannot_act_as_the_worker(world: World) -> None:
    (alice,) = world.people("alice")
    with pytest.raises(NotAllowed):
        alice.call("claim_generation", worker="mine")
    with pytest.raises(NotAllowed):
        world.database.call("claim_generation", user=VISITOR, worker="mine")


def test_an_unknown_function_and_an_unknown_argument_say_so(database: PostgresDatabase) -> None:
    with pytest.raises(UnknownFunction):
        database.call("no_such_function", user=SERVICE)
    with pytest.raises(UnknownFunction):
        database.call("site", user=VISITOR, unknown=1)


def test_migrations_apply_once(server: EmbeddedPostgres, database_name: str) -> None:
    assert migrate(server.address(database=database_name), embedded=True) == []


def test_migrations_are_lower_case_and_revoke_first() -> None:
    files = sorted((pathlib.Path(__file__).parents[2] / "data/supabase/migrations").glob("*.sql"))
    statements = [line for line in files[0].read_text().splitlines() if line and not line.startswith("--")]
    assert statements[0] == "alter default privileges revoke execute on functions from public;"
    for file in files:
        text = re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", file.read_text())
        assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|TABLE|FROM|WHERE)\b", text), file.name
        assert file.read_text().count("\n") < 400, f"{file.name} would be clearer as two"
