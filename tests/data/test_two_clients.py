"""psycopg on a socket and supabase-py through a real PostgREST: the same values, the same errors.

Every story of this folder runs through PostgREST with HIBARI_TEST_CLIENT=supabase; here both are asked the same.
"""

import uuid

import pytest

from data.client import SERVICE, VISITOR, Caller, Database, PostgresDatabase, member
from data.errors import DataError, NotSignedIn, Unavailable
from data.settings import SettingsError
from data.supabase_client import SupabaseDatabase
from tests.data import postgrest
from tests.data.test_account_data import full_life
from tests.data.world import SHA256, World, request, storyboard

NOBODY = "00000000-0000-0000-0000-000000000000"


def answer(database: Database, function: str, user: Caller, arguments: dict) -> object:
    """What a call returns or refuses, in a form that can be compared."""
    try:
        return database.call(function, user=user, **arguments)
    except DataError as error:
        return type(error).__name__, str(error), error.hint


def test_both_read_the_same_values(world: World, database: PostgresDatabase, over_http: SupabaseDatabase) -> None:
    star, friend, posts = full_life(world)
    clip = friend.call("post", id=posts["starring"])["clip"]
    generation = star.call("my_generations")[0]["id"]
    link = friend.call("post", id=posts["theirs"])["link_key"]
    reads: list[tuple[str, dict]] = [
        *((name, {}) for name in ("site", "my_profile", "my_invites", "my_guardianships", "my_blocks", "unread_count")),
        *((name, {}) for name in ("notifications", "my_generations", "drafts", "clips_starring_me", "my_cameo")),
        *((name, {}) for name in ("my_likeness", "usable_cameos", "following_feed", "latest_feed", "saved_posts")),
        *((name, {}) for name in ("conversations", "waiting_cases", "my_cases", "characters", "my_royalties")),
        *((name, {}) for name in ("credit_history", "my_api_keys", "my_watch_time", "daily_activity", "audit_log")),
        *((name, {"handle": "friend"}) for name in ("profile", "followers", "following", "posts_by", "conversation")),
        ("search_members", {"prefix": "fr"}),
        *((name, {}) for name in ("for_you_feed", "trends", "feed_weights", "my_described_feeds", "liked_posts")),
        ("described_feed", {"weights": {"dog": 1, "cat": -0.5}, "limit": 3}),
        ("search_posts", {"words": "dog", "tags": ["meadow"]}),
        ("search_tags", {"prefix": "d"}),
        ("changes_since", {"cursor": 0, "posts": [posts["theirs"]]}),
        ("answers", {"comment": 1}),
        ("latest_feed", {"before": "2100-01-01T00:00:00Z", "before_id": posts["theirs"], "limit": 2}),
        ("posts_tagged", {"tag": "dog"}),
        ("post", {"id": posts["theirs"]}),
        ("post_by_link", {"link": link}),
        ("post_numbers", {"post": posts["theirs"]}),
        ("comments", {"post": posts["theirs"]}),
        ("clip", {"id": clip["id"]}),
        ("remixes", {"clip": clip["id"]}),
        ("media_access", {"path": clip["video_path"]}),
        ("generation", {"id": generation}),
        ("generation_preview", {"id": generation}),
        ("rulings", {"generation": generation}),
        ("media_to_delete", {}),
        ("known_media", {"paths": [clip["video_path"], "clips/unknown"]}),
    ]
    differences = []
    for function, arguments in reads:
        for user in (star.caller, friend.caller, world.moderator.caller, VISITOR, SERVICE):
            one, other = (answer(client, function, user, arguments) for client in (database, over_http))
            if one != other:
                differences.append((function, user.role, one, other))
    assert differences == []


def test_both_refuse_in_the_same_words(world: World, database: PostgresDatabase, over_http: SupabaseDatabase) -> None:
    star, author = world.people("star", "author")
    world.cameo(star, "people")
    post = world.post(star)
    lease = {"generation": NOBODY, "lease": str(uuid.uuid4())}
    refused: list[tuple[str, Caller, dict]] = [
        ("my_credits", VISITOR, {}),
        ("my_credits", world.account(), {}),
        ("no_such_function", author.caller, {}),
        ("follow", author.caller, {"wrong": 1}),
        ("follow", author.caller, {"handle": "zoe"}),
        ("follow", author.caller, {"handle": "author"}),
        ("like_post", author.caller, {"post": 10**9}),
        ("like_post", author.caller, {"post": "ten"}),
        ("like_post", author.caller, {"post": 10**20}),
        ("clip", author.caller, {"id": "not-a-uuid"}),
        ("post", author.caller, {"id": -1}),
        ("latest_feed", author.caller, {"before": "yesterday-ish"}),
        ("update_profile", author.caller, {"language": "xx"}),
        ("update_profile", author.caller, {"bio": "x" * 301}),
        ("update_profile", author.caller, {"bio": "a\0b"}),
        ("update_profile", author.caller, {"wellbeing": [1, 2]}),
        ("create_profile", author.caller, {"handle": "other"}),
        ("create_profile", world.account(), {"handle": "star"}),
        ("request_generation", author.caller, {"request": request(), "storyboard": storyboard("star")}),
        ("request_generation", author.caller, {"request": {}, "storyboard": storyboard()}),
        ("grant_cameo", author.caller, {"handle": "star"}),
        ("publish_post", author.caller, {"clip": NOBODY}),
        ("update_post", author.caller, {"post": post, "caption": "Mine"}),
        ("cancel_generation", author.caller, {"id": NOBODY}),
        ("claim_generation", author.caller, {"worker": "x"}),
        ("finish_generation", SERVICE, lease | {"clip": {"sha256": SHA256}}),
        ("renew_lease", SERVICE, lease),
        ("decide_case", author.caller, {"case": 1, "decision": "keep", "reason": "x"}),
        ("decide_case", world.moderator.caller, {"case": 1, "decision": "keep", "reason": "x"}),
        ("store_upload", author.caller, {"path": "../x"}),
        ("report", author.caller, {"kind": "post", "target": post, "reason": "because"}),
        ("change_settings", author.caller, {"changes": {}}),
    ]
    differences = []
    for function, user, arguments in refused:
        one, other = (answer(client, function, user, arguments) for client in (database, over_http))
        assert isinstance(one, tuple), f"{function} {arguments} was not refused"
        if one != other:
            differences.append((function, arguments, one, other))
    assert differences == []


def test_both_do_the_same(world: World, owner: object, over_http: SupabaseDatabase) -> None:
    """A life lived over HTTP, from sign-up to leaving."""
    remote = World(over_http, world.owner, lambda account: postgrest.token("authenticated", account))
    star, friend, posts = full_life(remote)
    assert friend.call("post", id=posts["starring"])["people"] == ["star"]
    star.call("revoke_cameo", handle="friend")
    star.call("delete_account", handle="star")
    assert [post["id"] for post in friend.call("latest_feed")] == [posts["theirs"]]


def test_tokens_that_are_forged_expired_or_missing_open_nothing(over_http: SupabaseDatabase, world: World) -> None:
    account = world.join("alice").id
    forged = postgrest.token("authenticated", account)[:-4] + "AAAA"
    for bad in (forged, postgrest.token("authenticated", account, seconds=-100), "nonsense", None):
        with pytest.raises(NotSignedIn):
            over_http.call("my_profile", user=member(account, token=bad))


def test_what_is_missing_is_said(over_http: SupabaseDatabase) -> None:
    with pytest.raises(SettingsError, match="SUPABASE_SERVICE_KEY"):
        SupabaseDatabase(postgrest.URL, postgrest.token("anon")).call("media_to_delete", user=SERVICE)
    with pytest.raises(Unavailable, match="does not answer"):
        SupabaseDatabase("http://127.0.0.1:9", postgrest.token("anon")).call("site", user=VISITOR)
