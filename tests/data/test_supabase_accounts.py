"""Accounts at Supabase: the same promises as the local kind, and sessions that outlast their hour."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from data.accounts import Session
from data.errors import Conflict, Invalid, NotSignedIn, Unavailable
from data.supabase_accounts import SupabaseAccounts
from tests.data.fake_supabase_auth import KEY, SERVICE_KEY, FakeSupabaseAuth, serving

SECRET = "a secret that only this test knows, of forty letters"
PASSWORD = "four short words"


@pytest.fixture
def project() -> FakeSupabaseAuth:
    return FakeSupabaseAuth(SECRET)


@pytest.fixture
def accounts(project: FakeSupabaseAuth) -> Iterator[SupabaseAccounts]:
    with serving([project.routes()]) as url:
        accounts = SupabaseAccounts(url, KEY, SERVICE_KEY)
        yield accounts
        accounts.close()


def test_whoever_signs_up_is_known_until_they_sign_out(accounts: SupabaseAccounts) -> None:
    session = accounts.sign_up("ada@example.org", PASSWORD)
    assert accounts.caller(session.token) == session.caller
    assert session.caller.token == session.token.partition("~")[0]  # what the database asks for

    elsewhere = accounts.sign_in("ada@example.org", PASSWORD)
    assert elsewhere.caller.id == session.caller.id
    accounts.sign_out(session.token)
    assert accounts.caller(session.token) is None
    assert accounts.caller(elsewhere.token) == elsewhere.caller
    accounts.sign_out(session.token)  # once more: nothing is wrong with that


def test_refusals_are_said_as_the_local_kind_says_them(accounts: SupabaseAccounts) -> None:
    accounts.sign_up("ada@example.org", PASSWORD)
    with pytest.raises(Conflict):
        accounts.sign_up("ada@example.org", PASSWORD)
    with pytest.raises(Invalid):
        accounts.sign_up("bob@example.org", "short")
    with pytest.raises(NotSignedIn):
        accounts.sign_in("ada@example.org", "another password")
    for forged in ("", "~", "a.b.c~d", "x" * 40):
        assert accounts.caller(forged) is None
        assert accounts.renewed(forged) == forged


def test_a_project_that_does_not_answer_is_named() -> None:
    nowhere = SupabaseAccounts("http://127.0.0.1:9", KEY, SERVICE_KEY)
    with pytest.raises(Unavailable):
        nowhere.sign_in("ada@example.org", PASSWORD)
    nowhere.close()


def test_somebody_new_keeps_their_account_by_an_address(accounts: SupabaseAccounts) -> None:
    accounts.sign_up("ada@example.org", PASSWORD)
    new = accounts.sign_in_as_new()
    with pytest.raises(Conflict):
        accounts.keep(new, "ada@example.org", PASSWORD)
    accounts.keep(Session(new.caller, new.caller.token), "bob@example.org", PASSWORD)
    assert accounts.sign_in("bob@example.org", PASSWORD).caller.id == new.caller.id


def test_a_session_outlasts_its_hour(project: FakeSupabaseAuth, accounts: SupabaseAccounts) -> None:
    session = accounts.sign_up("ada@example.org", PASSWORD)
    assert accounts.renewed(session.token) == session.token and project.renewals == 0

    project.token_seconds = 60
    ending = accounts.sign_in("ada@example.org", PASSWORD).token
    project.token_seconds = 3600
    # a page asks for many things at a time, all with the old token: it is renewed once
    with ThreadPoolExecutor(8) as page:
        (renewed,) = set(page.map(accounts.renewed, [ending] * 8))
    assert renewed != ending and project.renewals == 1
    assert accounts.caller(renewed).id == session.caller.id
    assert accounts.renewed(renewed) == renewed


def test_a_session_that_was_ended_is_not_renewed(project: FakeSupabaseAuth, accounts: SupabaseAccounts) -> None:
    project.token_seconds = 0
    token = accounts.sign_up("ada@example.org", PASSWORD).token
    access, _, _ = token.partition("~")
    for _ in range(3):
        assert accounts.renewed(f"{access}~made-up") == f"{access}~made-up"
    assert project.renewals == 1, "a page that asks often does not ask for the same refusal again and again"
    assert accounts.caller(f"{access}~made-up") is None


def test_a_link_signs_in_only_where_it_was_asked_for(project: FakeSupabaseAuth, accounts: SupabaseAccounts) -> None:
    secret = accounts.send_link("ada@example.org", "https://clips.example.org/account/link")
    (mail,) = project.mails
    assert mail["to"] == "ada@example.org" and mail["link"].startswith("https://clips.example.org/account/link?")
    (code,) = parse_qs(urlsplit(mail["link"]).query)["code"]
    session = accounts.sign_in_by_link(code, secret)
    assert accounts.caller(session.token) == session.caller
    with pytest.raises(NotSignedIn):
        accounts.sign_in_by_link(code, secret)  # a link works once

    accounts.send_link("ada@example.org", "https://clips.example.org/account/link")
    (code,) = parse_qs(urlsplit(project.mails[-1]["link"]).query)["code"]
    with pytest.raises(NotSignedIn):
        accounts.sign_in_by_link(code, secret)  # in the hands of somebody who found the email


def test_whom_another_service_vouches_for_has_one_account(accounts: SupabaseAccounts) -> None:
    first = accounts.sign_in_from("huggingface", "5f0c")
    again = accounts.sign_in_from("huggingface", "5f0c")
    other = accounts.sign_in_from("huggingface", "77aa")
    assert first.caller.id == again.caller.id != other.caller.id
    assert accounts.caller(again.token) == again.caller


def test_nobody_lays_out_an_account_for_somebody_else(accounts: SupabaseAccounts) -> None:
    accounts.sign_up("huggingface-5f0c@users.hibari.invalid", PASSWORD)
    with pytest.raises(NotSignedIn, match="Somebody else holds"):
        accounts.sign_in_from("huggingface", "5f0c")


def test_without_the_secret_key_nobody_is_vouched_for(project: FakeSupabaseAuth) -> None:
    with (
        serving([project.routes()]) as url,
        closing(SupabaseAccounts(url, KEY, KEY)) as accounts,
        pytest.raises(NotSignedIn),
    ):
        accounts.sign_in_from("huggingface", "5f0c")
