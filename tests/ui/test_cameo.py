"""The Cameo tab's calls: recording, rules, requests, uses, guardians and moderators, each for whom it is for."""

import base64
import json
import zipfile

import cv2
import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.client import VISITOR
from data.errors import DataError, Invalid, NotAllowed, NotFound, NotSignedIn, WrongState
from data.export import write_export
from pipelines.cameo import receipts
from pipelines.cameo.keys import likeness_key
from pipelines.cameo.likeness import HeadView, Likeness, Palette, Voice, seal
from tests.data.world import Person, World
from tests.pipelines.cameo.captures import Acting, write
from tests.pipelines.cameo.likenesses import short_challenge
from tests.ui.waiting import until
from ui.calls import Asking
from ui.studio import Studio
from ui.tabs import all_uploads
from ui.web.likeness import likeness_route
from ui.web.uploads import uploads_route

CONSENT = "2026-11"


@pytest.fixture
def short(monkeypatch) -> None:
    """Every challenge is the same short one."""
    monkeypatch.setattr("pipelines.cameo.challenge.new_challenge", lambda identity: short_challenge())


@pytest.fixture
def send(studio: Studio):
    """Sends a recording for a challenge, as a person."""

    def send(who: Person, challenge: str, recording: bytes, language: str = "en") -> dict:
        asking = Asking(who.caller, language, {"challenge": challenge})
        return all_uploads(studio)["cameo"].use(asking, recording)

    return send


@pytest.fixture
def star(studio: Studio, world: World):
    """Gives a person a cameo whose seal opens, at once."""

    def star(person: Person, audience: str = "only_me", **fields) -> Likeness:
        likeness = somebody()
        key = likeness_key(studio.settings.data.folder / "keys")
        check = {"passed": True, "numbers": [47, 81, 23]} | fields
        world.serve("save_cameo", owner=person.id, likeness=seal(likeness, key), live_check=check, consent=CONSENT)
        person.call("set_cameo_rules", audience=audience)
        return likeness

    return star


def somebody() -> Likeness:
    """A likeness that costs nothing."""
    rng = np.random.default_rng(3)

    def view(yaw: float) -> HeadView:
        picture = rng.integers(0, 255, (40, 30, 4), np.uint8)
        boxes = ((6, 12, 6, 4), (18, 12, 6, 4))
        return HeadView(picture, yaw, 15.0, 10.0, 14.0, 20.0, 26.0, 36.0, boxes, (10, 24, 10, 4))

    palette = Palette((201, 163, 143), (71, 52, 37), (61, 43, 33), (173, 93, 97), (37, 83, 113))
    voice = Voice(187.3, 6.1, (561.0, 1603.0, 2711.0), 4.3)
    sample = rng.integers(-3000, 3000, 8000).astype(np.int16)
    return Likeness(view(0.0), view(-0.6), view(0.6), palette, voice, sample, 16_000)


def made(call, who: Person, prompt: str) -> dict:
    """A finished generation."""
    id = call("create/make", who, prompt=prompt, seconds=1, seed="7")["id"]
    done = until(lambda: (now := call("create/look", who, id=id))["state"] not in ("queued", "running") and now)
    assert done["state"] == "done", done
    return done


# ---- recording


def test_a_recording_that_passes_becomes_a_cameo_and_leaves_nothing_else(
    world, studio, call, send, short, tmp_path, monkeypatch, caplog
):
    (ada,) = world.people("ada")
    assert call("cameo/mine", ada)["cameo"] is None
    with pytest.raises(Invalid, match="agreed"):
        call("cameo/begin", ada, consent="an older text")
    empty = tmp_path / "temporary"
    empty.mkdir()
    monkeypatch.setenv("TMPDIR", str(empty))
    monkeypatch.setattr("tempfile.tempdir", None)
    challenge = call("cameo/begin", ada, consent=CONSENT)
    assert [step["value"] for step in challenge["steps"]] == ["47", "left", "right"] and challenge["seconds"] < 10
    recording = write(tmp_path / "capture.webm", short_challenge()).read_bytes()
    told = send(ada, challenge["id"], recording)
    assert told["passed"] and all(check["passed"] for check in told["checks"])
    assert told["cameo"]["review"] == ["speech"], "nobody recognised the numbers: a moderator confirms"
    mine = call("cameo/mine", ada, language="fr")
    assert mine["cameo"]["audience"] == "only_me" and "visage" in mine["consent"]["text"]
    kept = ada.call("likeness_record")["consents"]
    assert [one["text"] for one in kept] == [CONSENT] and kept[0]["at"]
    with pytest.raises(WrongState):
        send(ada, challenge["id"], recording)
    assert list(empty.rglob("*")) == []
    sealed = ada.call("my_likeness")["sealed"]
    assert sealed[:40] not in caplog.text and sealed[:40] not in json.dumps([told, mine])


def test_a_recording_that_fails_says_what_to_do(world, call, send, short, tmp_path):
    ada, ben = world.people("ada", "ben")
    begin = call("cameo/begin", ada, consent=CONSENT)["id"]
    silent = write(tmp_path / "silent.webm", short_challenge(), Acting(silent=True)).read_bytes()
    with pytest.raises(WrongState):
        send(ben, begin, silent)
    told = send(ada, begin, silent, "fr")
    failed = {check["code"]: check["advice"] for check in told["checks"] if check["passed"] is False}
    assert not told["passed"] and "micro" in failed["speech"] and "turns" not in failed
    told = send(ada, call("cameo/begin", ada, consent=CONSENT)["id"], b"no video at all")
    assert told["checks"][0]["advice"].startswith("The recording cannot be read")
    assert [check["passed"] for check in told["checks"][1:]] == [None] * 8
    assert call("cameo/mine", ada)["cameo"] is None and call("likeness/receipt", ada)["receipt"]["record"]["uses"] == []


def test_a_recording_is_never_on_a_disk(world, studio, tmp_path, monkeypatch):
    """Looked at while it is being checked: a crash at that moment would leave nothing either."""
    (ada,) = world.people("ada")
    empty, seen = tmp_path / "temporary", []
    empty.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(empty))
    monkeypatch.setattr("ui.web.uploads.caller_of", lambda studio, request: ada.caller)
    steps = [vars(step) for step in short_challenge().steps]
    monkeypatch.setattr("data.cameos.take_cameo_challenge", lambda *_, **__: steps)

    def enrol(recording: bytes, *_, **__):
        seen.append((recording, [path.name for path in empty.rglob("*")]))
        raise ArithmeticError("a mistake of ours")

    monkeypatch.setattr("pipelines.cameo.enrolment.enrol", enrol)
    client = TestClient(Starlette(routes=[uploads_route(studio, all_uploads(studio))]))
    answer = client.post("/uploads/cameo?challenge=x", content=b"somebody's face")
    assert answer.status_code == 500 and answer.json()["error"]["kind"] == "unexpected"
    assert seen == [(b"somebody's face", [])] and list(empty.rglob("*")) == []


def test_guests_record_nothing(call, send):
    for name in ("cameo/mine", "cameo/begin", "cameo/read", "likeness/uses", "likeness/receipt", "likeness/pulse"):
        with pytest.raises(NotSignedIn):
            call(name, consent=CONSENT)


def test_the_cut_out_is_for_its_person_alone_and_for_no_cache(world, studio, star, monkeypatch):
    ada, ben = world.people("ada", "ben")
    likeness, caller = star(ada), [ada.caller]
    monkeypatch.setattr("ui.web.likeness.caller_of", lambda studio, request: caller[0])
    client = TestClient(Starlette(routes=[likeness_route(studio)]))
    shown = client.get("/likeness/front.png")
    assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
    picture = cv2.imdecode(np.frombuffer(shown.content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(picture, likeness.front.picture)
    assert client.get("/likeness/voice.wav").content[:4] == b"RIFF"
    assert client.get("/likeness/../keys/likeness.key").status_code == 404
    assert client.get("/likeness/palette.png").status_code == 404
    for caller[0] in (ben.caller, VISITOR, world.moderator.caller):
        hidden = client.get("/likeness/front.png")
        assert hidden.status_code == 404 and hidden.headers["cache-control"] == "no-store"


def test_an_export_holds_ones_own_likeness_and_nobody_elses(world, studio, star, tmp_path):
    ada, ben = world.people("ada", "ben")
    star(ada, "everyone")
    star(ben, "everyone")
    for one, other in ((ada, ben), (ben, ada)):
        with (tmp_path / "export.zip").open("w+b") as target:
            write_export(studio.data.database, studio.data.media, one.caller, target)
        with zipfile.ZipFile(tmp_path / "export.zip") as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert one.call("my_likeness")["sealed"].encode() in everything
        assert other.call("my_likeness")["sealed"][:60].encode() not in everything


# ---- rules


def test_what_one_rules_out_is_shown_back_while_one_types(world, call):
    (ada,) = world.people("ada")
    read = call("cameo/read", ada, wishes="never smoking, no dogs", appearance="always with my red hat")
    assert read["refused"] == ["“never smoking” → smoking", "“no dogs” → dog"] and read["worn"] == ["red hat"]
    read = call("cameo/read", ada, language="fr", wishes="pas de chiens, zorblax", appearance="blorp")
    assert read["refused"][0] == "« pas de chiens » → chien" and read["worn"] == []


def test_rules_hold_against_what_others_make(world, call, star):
    ada, ben = world.people("ada", "ben")
    star(ada)
    call("cameo/rules", ada, audience="everyone", wishes="no dogs", switches=["politics", "telepathy"])
    told = call("cameo/mine", ada)["cameo"]
    assert (told["audience"], told["wishes"], told["switches"]) == ("everyone", "no dogs", ["politics"])
    assert "refused" in call("create/make", ben, prompt="@ada runs with a dog", seconds=1)
    assert "id" in call("create/make", ben, prompt="@ada runs on the beach", seconds=1)
    tried = [use for use in call("likeness/uses", ada)["uses"] if use["kind"] == "refusal"]
    assert [(use["author"]["handle"], use["prompt"]) for use in tried] == [("ben", "@ada runs with a dog")]
    call("cameo/rules", ada, paused=True)
    assert call("cameo/mine", ada)["cameo"]["paused"]
    with pytest.raises(Invalid):
        call("cameo/rules", ada, appearance="x" * 301)


def test_a_request_shows_its_prompt_and_is_answered_until_a_day(world, call, star):
    ada, ben = world.people("ada", "ben")
    star(ada, "people")
    before = call("likeness/pulse", ada)["mark"]
    assert call("cameo/ask", ben, handle="ada", prompt="You in a small boat") == {"state": "asked"}
    assert call("likeness/pulse", ada)["mark"] != before, "the open page hears of it"
    (asked,) = call("cameo/mine", ada)["cameo"]["grants"]
    assert (asked["handle"], asked["state"], asked["prompt"]) == ("ben", "asked", "You in a small boat")
    allowed = call("cameo/grant", ada, handle="ben", until="2100-01-01T20:00:00Z")["cameo"]["grants"][0]
    assert allowed["state"] == "granted" and allowed["until"].startswith("2100-01-01")
    refused = call("cameo/revoke", ada, handle="ben")["cameo"]["grants"][0]
    assert refused["state"] == "revoked"
    assert call("cameo/ask", ben, handle="ada", prompt="Please") == {"state": "revoked"}


@pytest.mark.parametrize("past_clips", ["remove", "keep"])
def test_who_takes_a_permission_back_says_what_becomes_of_clips(world, call, star, past_clips):
    ada, ben = world.people("ada", "ben")
    star(ada, "people")
    call("cameo/grant", ada, handle="ben")
    clip = made(call, ben, "@ada walks")["clip"]["id"]
    call("cameo/revoke", ada, handle="ben", past_clips=past_clips)
    (use,) = call("likeness/uses", ada)["uses"]
    assert bool(use["withdrawn_at"]) == (past_clips == "remove") and bool(use["media"]) == (past_clips == "keep")
    assert bool(use["kept_at"]) == (past_clips == "keep") and use["clip"] == clip
    assert "refused" in call("create/make", ben, prompt="@ada runs", seconds=1)


# ---- what was made


def test_my_likeness_lists_drafts_by_others_and_ends_them_one_by_one(world, call, star):
    ada, ben, eve = world.people("ada", "ben", "eve")
    star(ada, "everyone")
    first, second = (made(call, ben, f"@ada {does}")["clip"]["id"] for does in ("walks", "waves"))
    uses = call("likeness/uses", ada)["uses"]
    assert [use["clip"] for use in uses] == [second, first] and not any(use["own"] or use["ward"] for use in uses)
    assert {use["permission"] for use in uses} == {"everyone"} and all(use["media"]["poster"] for use in uses)
    assert call("likeness/uses", eve)["uses"] == [] == call("likeness/uses", ben)["uses"]
    with pytest.raises(DataError):
        call("likeness/withdraw", eve, clip=first)
    call("likeness/withdraw", ada, clip=first)
    call("me/delete_clip", ada, clip=second)
    left = {use["clip"]: use for use in call("likeness/uses", ada)["uses"]}
    assert left[first]["withdrawn_at"] and left[first]["media"] is None and second not in left
    receipt = json.loads(json.dumps(call("likeness/receipt", ada)["receipt"]))
    assert receipts.is_genuine(receipt) and len(receipt["record"]["uses"]) == 2
    assert receipt["record"]["consents"][0]["text"] == CONSENT
    receipt["record"]["uses"].pop()
    assert not receipts.is_genuine(receipt)


def test_deleting_a_cameo_ends_it(world, call, star):
    ada, ben = world.people("ada", "ben")
    star(ada, "everyone")
    call("cameo/delete", ada, past_clips="remove")
    assert call("cameo/mine", ada)["cameo"] is None and ada.call("my_likeness") is None
    assert "refused" in call("create/make", ben, prompt="@ada runs", seconds=1)
    with pytest.raises(NotFound):
        call("cameo/rules", ada, audience="everyone")


# ---- guardians and moderators


def test_a_wards_cameo_waits_for_the_guardian(world, call, star):
    kid, mum, eve = world.people("kid", "mum", "eve")
    star(kid)
    call("guardian/offer", mum, handle="kid")
    call("guardian/accept", kid, handle="mum")
    call("guardian/limits", mum, handle="kid", cameo_audience="people")
    mine = call("cameo/mine", kid)
    assert (
        mine["cameo"]["awaits_guardian"]
        and mine["widest"] == "people"
        and call("cameo/mine", mum)["widest"] == "everyone"
    )
    assert "refused" in call("create/make", kid, prompt="@kid runs", seconds=1)
    assert [one["handle"] for one in call("likeness/wards", mum)["wards"]] == ["kid"]
    with pytest.raises(NotFound):
        call("likeness/approve", eve, handle="kid")
    call("likeness/approve", mum, handle="kid")
    made(call, kid, "@kid runs")
    assert [use["ward"] for use in call("likeness/uses", mum)["uses"]] == [True]
    call("cameo/rules", kid, audience="people")
    call("likeness/protect", mum, handle="kid")
    assert call("cameo/mine", kid)["cameo"]["audience"] == "only_me"


def test_a_moderator_looks_listens_and_decides(world, call, star):
    ada, ben = world.people("ada", "ben")
    star(ada, "everyone", needs_confirmation=True)
    assert "refused" in call("create/make", ben, prompt="@ada runs", seconds=1)
    for name in ("likeness/waiting", "likeness/look_at", "likeness/review"):
        with pytest.raises(NotAllowed):
            call(name, ben, handle="ada", accept=True, reason="Me too.")
    (waiting,) = call("likeness/waiting", world.moderator)["cameos"]
    assert (waiting["handle"], waiting["review"]) == ("ada", ["speech"]) and "likeness" not in waiting
    seen = call("likeness/look_at", world.moderator, handle="ada")
    assert seen["numbers"] == [47, 81, 23] and base64.b64decode(seen["sample"]).startswith(b"RIFF")
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for picture in seen["pictures"].values())
    assert call("likeness/review", world.moderator, handle="ada", accept=True, reason="Heard.")["cameos"] == []
    assert "id" in call("create/make", ben, prompt="@ada runs", seconds=1)
    with pytest.raises(NotFound):
        call("likeness/look_at", world.moderator, handle="ada")
