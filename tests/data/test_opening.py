"""Opening everything as the settings say, and taking everything about oneself along."""

import io
import json
import os
import pathlib
import signal
import zipfile

import psycopg
import pytest

from data import account_data, clips, feed, migrate, profiles
from data.client import SERVICE, VISITOR
from data.errors import NotFound
from data.export import write_export
from data.media import LocalMedia, new_path, sweep
from data.opening import open_data
from data.settings import ROOT, DataSettings, SettingsError, settings_from
from data.supabase_client import SupabaseDatabase
from tests.data.world import World


def test_without_settings_everything_lies_beside_the_code() -> None:
    settings = settings_from({})
    assert settings == DataSettings() and settings.embedded
    assert settings.postgres_folder == ROOT / "var" / "postgres"


def test_settings_move_folders_and_name_a_project(tmp_path: pathlib.Path) -> None:
    moved = settings_from({"HIBARI_FOLDER": str(tmp_path), "HIBARI_MEDIA_FOLDER": "~/media"})
    assert moved.postgres_folder == tmp_path / "postgres"
    assert moved.media_folder == pathlib.Path.home() / "media"
    named = settings_from({"SUPABASE_URL": "https://x.supabase.co", "SUPABASE_KEY": "k", "SUPABASE_SERVICE_KEY": ""})
    assert not named.embedded and named.supabase_service_key is None
    with pytest.raises(SettingsError, match="SUPABASE_KEY is not"):
        settings_from({"SUPABASE_URL": "https://x.supabase.co"})
    with pytest.raises(SettingsError, match="must begin with https://"):
        settings_from({"SUPABASE_URL": "x.supabase.co", "SUPABASE_KEY": "k"})
    with pytest.raises(SettingsError, match="SUPABASE_SERVICE_KEY"):
        open_data(named)


def test_a_project_is_opened_without_a_database_of_ones_own() -> None:
    key = "header.payload.signature"
    data = open_data(DataSettings(supabase_url="https://x.supabase.co", supabase_key=key, supabase_service_key=key))
    assert isinstance(data.database, SupabaseDatabase) and data.server is None
    data.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps others out and needs another user")
def test_under_a_private_folder_of_roots_the_database_has_another(tmp_path, open_folder, monkeypatch) -> None:
    monkeypatch.setattr("data.opening.FOLDERS_FOR_ROOT", open_folder / "for_root")
    tmp_path.chmod(0o700)
    data = open_data(DataSettings(tmp_path, tmp_path / "postgres", tmp_path / "media"))
    assert data.server.folder.parent == open_folder / "for_root"
    assert profiles.site(data.database, VISITOR)["empty"]
    data.close()
    data.server.wait_until_stopped()


def test_a_fresh_folder_opens_keeps_and_survives(open_folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    settings = DataSettings(tmp_path, open_folder / "fresh", tmp_path / "media")
    data = open_data(settings)
    session = data.accounts.sign_up("alice@example.org", "four short words")
    profiles.create_profile(data.database, session.caller, "alice")

    # The server is killed while the app goes on: the next call brings it back.
    pid = int((settings.postgres_folder / "cluster" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert profiles.my_profile(data.database, data.accounts.caller(session.token))["handle"] == "alice"
    data.close()
    data.server.wait_until_stopped()

    again = open_data(settings)
    assert profiles.my_profile(again.database, again.accounts.caller(session.token))["handle"] == "alice"
    assert profiles.site(again.database, VISITOR)["empty"] is False
    again.close()
    again.server.wait_until_stopped()


def test_an_export_holds_every_file_and_an_account_leaves_none(world: World, tmp_path: pathlib.Path) -> None:
    media = LocalMedia(tmp_path / "media")
    alice, other = world.people("alice", "other")
    clip = world.make(alice)
    clips.publish_post(world.database, alice.caller, clip, caption="Été")
    theirs = world.make(other)
    for path, owner in world.owner.execute("select path, owner from public.media").fetchall():
        media.write(path, io.BytesIO(str(owner).encode()))
    listed_only = new_path("upload", ".jpg")
    alice.call("store_upload", path=listed_only)

    archive = io.BytesIO()
    assert write_export(world.database, media, alice.caller, archive) == 3
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        account = json.loads(opened.read("account.json"))
        assert account["posts"][0]["caption"] == "Été" and listed_only in account["media"]
        names = [name for name in opened.namelist() if name.startswith("media/")]
        assert len(names) == 3 and {opened.read(name).decode() for name in names} == {alice.id}

    account_data.delete_account(world.database, alice.caller, "alice")
    assert sweep(world.database, media) == 4
    left = [file.read_text() for file in (tmp_path / "media").rglob("*.*")]
    assert left == [other.id] * 3
    assert clips.clip(world.database, other.caller, theirs)["id"] == theirs
    with pytest.raises(NotFound):
        clips.clip(world.database, other.caller, clip)
    assert feed.latest_feed(world.database, VISITOR) == []
    assert world.database.call("media_to_delete", user=SERVICE) == []


def test_a_migration_that_fails_changes_nothing(
    world: World, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:

    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "99990101000000_good.sql").write_text("create table public.good (id int);")
    (folder / "99990102000000_bad.sql").write_text("select 1;\ncreate tabel public.bad (id int);")
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match=r"99990102000000_bad.sql, line 2: .*syntax error"):
        migrate.migrate(owner.info.dsn, embedded=False)
    assert owner.execute("select to_regclass('public.good')").fetchone() == (None,)
