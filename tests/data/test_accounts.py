"""Local accounts: signing up and in, staying signed in, being throttled, and signing out everywhere."""

import argon2
import psycopg
import pytest

from data import profiles
from data.accounts import MAX_FAILURES, LocalAccounts
from data.client import PostgresDatabase
from data.errors import Conflict, Invalid, LimitReached, NotSignedIn
from tests.data.databases import OVER_HTTP

pytestmark = pytest.mark.skipif(OVER_HTTP, reason="local accounts belong to the embedded database")

EMAIL, PASSWORD = "alice@example.org", "four short words here"
QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the app's own takes 64 MB and a while


@pytest.fixture()
def accounts(database: PostgresDatabase) -> LocalAccounts:
    return LocalAccounts(database, hasher=QUICK)


def test_a_stronger_hash_replaces_a_weaker_one_at_the_next_sign_in(
    accounts: LocalAccounts, database: PostgresDatabase, owner: psycopg.Connection
) -> None:
    accounts.sign_up(EMAIL, PASSWORD)
    strong = argon2.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    LocalAccounts(database, hasher=strong).sign_in(EMAIL, PASSWORD)
    (hashed,) = owner.execute("select encrypted_password from auth.users").fetchone()
    assert "m=16,t=2" in hashed
    accounts.sign_in(EMAIL, PASSWORD)


def test_signing_up_opens_a_session_that_lasts_until_it_is_closed(
    accounts: LocalAccounts, database: PostgresDatabase
) -> None:
    session = accounts.sign_up(" Alice@Example.ORG ", PASSWORD, device="Firefox")
    profiles.create_profile(database, session.caller, "alice")
    assert accounts.caller(session.token) == session.caller
    assert profiles.my_profile(database, accounts.caller(session.token))["handle"] == "alice"

    second = accounts.sign_in(EMAIL, PASSWORD, device="Phone")
    assert second.token != session.token and second.caller == session.caller
    assert [found["device"] for found in accounts.sessions(session.caller)] == ["Phone", "Firefox"]
    accounts.sign_out(session.token)
    assert accounts.caller(session.token) is None
    assert accounts.caller(second.token) == second.caller


def test_one_session_or_all_can_be_revoked(accounts: LocalAccounts) -> None:
    sessions = [accounts.sign_up(EMAIL, PASSWORD), accounts.sign_in(EMAIL, PASSWORD), accounts.sign_in(EMAIL, PASSWORD)]
    latest = accounts.sessions(sessions[0].caller)[0]["id"]
    other = accounts.sign_up("bob@example.org", PASSWORD)
    assert accounts.sign_out_everywhere(other.caller, session=latest) == 0, "only one's own"
    assert accounts.sign_out_everywhere(sessions[0].caller, session=latest) == 1
    assert [accounts.caller(session.token) is None for session in sessions].count(True) == 1
    assert accounts.sign_out_everywhere(sessions[0].caller) == 2
    assert accounts.caller(other.token) == other.caller


def test_nothing_in_the_database_signs_in(accounts: LocalAccounts, owner: psycopg.Connection) -> None:
    session = accounts.sign_up(EMAIL, PASSWORD)
    (hashed,) = owner.execute("select encrypted_password from auth.users").fetchone()
    assert hashed.startswith("$argon2id$")
    everything = str(owner.execute("select u::text, s::text from auth.users u, auth.sessions s").fetchall())
    assert PASSWORD not in everything and session.token not in everything
    (stored,) = owner.execute("select encode(token_hash, 'hex') from auth.sessions").fetchone()
    assert accounts.caller(stored) is None


def test_an_expired_session_is_none(accounts: LocalAccounts, owner: psycopg.Connection) -> None:
    session = accounts.sign_up(EMAIL, PASSWORD)
    owner.execute("update auth.sessions set expires_at = now()")
    assert accounts.caller(session.token) is None
    assert accounts.caller("") is None


@pytest.mark.parametrize("email", ["", "alice", "alice@", "@example.org", "a b@example.org", "alice@example"])
def test_an_address_that_is_none_is_refused(accounts: LocalAccounts, email: str) -> None:
    with pytest.raises(Invalid, match="not an email address"):
        accounts.sign_up(email, PASSWORD)


def test_short_and_endless_passwords_are_refused(accounts: LocalAccounts) -> None:
    for password in ("short", "x" * 201):
        with pytest.raises(Invalid, match=f"this one has {len(password)}"):
            accounts.sign_up(EMAIL, password)


def test_an_address_has_one_account(accounts: LocalAccounts) -> None:
    accounts.sign_up(EMAIL, PASSWORD)
    with pytest.raises(Conflict, match="There is an account"):
        accounts.sign_up(EMAIL.upper(), "another password")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(accounts: LocalAccounts) -> None:
    accounts.sign_up(EMAIL, PASSWORD)
    answers = []
    for email in (EMAIL, "nobody@example.org"):
        with pytest.raises(NotSignedIn) as refusal:
            accounts.sign_in(email, "wrong password")
        answers.append((str(refusal.value), refusal.value.hint))
    assert answers[0] == answers[1]


def test_guessing_is_throttled_by_address_and_by_network(accounts: LocalAccounts, owner: psycopg.Connection) -> None:
    accounts.sign_up(EMAIL, PASSWORD)
    for _ in range(MAX_FAILURES):
        with pytest.raises(NotSignedIn):
            accounts.sign_in(EMAIL, "wrong password", network_address="10.0.0.1")
    with pytest.raises(LimitReached, match="Too many"):
        accounts.sign_in(EMAIL, PASSWORD, network_address="10.0.0.2")
    accounts.sign_up("bob@example.org", PASSWORD)
    accounts.sign_in("bob@example.org", PASSWORD, network_address="10.0.0.1")
    owner.execute("insert into auth.sign_in_attempts (subject) select 'from:10.0.0.9' from generate_series(1, 30)")
    with pytest.raises(LimitReached):
        accounts.sign_in("bob@example.org", PASSWORD, network_address="10.0.0.9")
    owner.execute("update auth.sign_in_attempts set at = now() - interval '16 minutes'")
    accounts.sign_in(EMAIL, PASSWORD, network_address="10.0.0.9")


def test_changing_the_password_signs_out_everywhere_else(accounts: LocalAccounts) -> None:
    session = accounts.sign_up(EMAIL, PASSWORD)
    with pytest.raises(Invalid, match="old password"):
        accounts.change_password(session, "wrong password", "a new password")
    fresh = accounts.change_password(session, PASSWORD, "a new password")
    assert accounts.caller(session.token) is None and accounts.caller(fresh.token) == fresh.caller
    with pytest.raises(NotSignedIn):
        accounts.sign_in(EMAIL, PASSWORD)
    accounts.sign_in(EMAIL, "a new password")


def test_somebody_known_elsewhere_comes_back_to_the_same_account(accounts: LocalAccounts) -> None:
    first = accounts.sign_in_from("huggingface", "user-1")
    assert accounts.sign_in_from("huggingface", "user-1").caller == first.caller
    assert accounts.sign_in_from("huggingface", "user-2").caller != first.caller
    assert accounts.sign_in_from("elsewhere", "user-1").caller != first.caller


def test_a_first_account_takes_one_click(accounts: LocalAccounts, database: PostgresDatabase) -> None:
    session = accounts.sign_in_as_new()
    assert profiles.create_profile(database, session.caller, "mia")["role"] == "moderator"
    assert accounts.caller(session.token) == session.caller


def test_a_session_is_looked_up_once_in_a_while_and_at_once_when_it_ends_here(
    accounts: LocalAccounts, owner: psycopg.Connection
) -> None:
    session, other = accounts.sign_up(EMAIL, PASSWORD), accounts.sign_in(EMAIL, PASSWORD)
    assert accounts.caller(session.token) == accounts.caller(other.token) == session.caller
    owner.execute("delete from auth.sessions")
    assert accounts.caller(session.token) == session.caller, "for some seconds it is taken as known"
    accounts.sign_out(session.token)
    assert accounts.caller(session.token) is None
    accounts.sign_out_everywhere(session.caller)
    assert accounts.caller(other.token) is None
    assert accounts.caller("a" * 43) is None
