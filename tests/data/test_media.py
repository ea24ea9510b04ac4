"""Stored files: whole or not at all, read by those who may, in parts, and gone when their time has come."""

import io
import os
import pathlib
import resource
import signal
import subprocess
import sys
import time

import httpx
import pytest

from data.client import VISITOR, member
from data.errors import NotFound
from data.media import LocalMedia, MediaError, new_path, parse_range, read_media, sweep
from data.supabase_media import SupabaseMedia
from tests.data.fake_supabase_storage import FakeStorage
from tests.data.world import World

BYTES = bytes(range(256)) * 4096  # 1 MiB


@pytest.fixture()
def media(tmp_path: pathlib.Path) -> LocalMedia:
    return LocalMedia(tmp_path / "media")


def stored(media: LocalMedia, path: str, content: bytes = BYTES) -> str:
    media.write(path, io.BytesIO(content))
    return path


def post_with_files(world: World, media: LocalMedia, **arguments: object) -> tuple[int, str]:
    """A post whose files are really there, and the path of its video."""
    (author,) = world.people("author")
    post = world.post(author, **arguments)
    for (path,) in world.owner.execute("select path from public.media").fetchall():
        stored(media, path)
    return post, author.call("post", id=post)["clip"]["video_path"]


def test_what_is_written_is_read_back_in_any_part(media: LocalMedia) -> None:
    path = stored(media, new_path("clip", ".mp4"))
    assert media.size(path) == len(BYTES)
    assert b"".join(media.read(path, 0, len(BYTES))) == BYTES
    assert b"".join(media.read(path, 300_000, 700_001)) == BYTES[300_000:700_001]
    media.delete([path, path])
    with pytest.raises(NotFound):
        media.size(path)


def test_no_two_paths_are_alike_and_none_tells_of_another() -> None:
    paths = {new_path("clip", ".mp4") for _ in range(1000)}
    assert len(paths) == 1000 and all(len(path) == len("clips/") + 32 + 4 for path in paths)


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "clips/../../etc/passwd", "clips/short.mp4", "", "clips/"]
)
def test_a_path_that_leads_elsewhere_leads_nowhere(media: LocalMedia, world: World, path: str) -> None:
    with pytest.raises(NotFound):
        media.write(path, io.BytesIO(b"x"))
    with pytest.raises(NotFound):
        read_media(world.database, media, VISITOR, path)


def test_a_full_disk_leaves_nothing_behind(media: LocalMedia, tmp_path: pathlib.Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then writing fails with an error, as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(MediaError, match="could not be stored"):
            stored(media, new_path("clip", ".mp4"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_writer_that_is_killed_leaves_no_file_that_looks_whole(tmp_path: pathlib.Path) -> None:
    script = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from data.media import LocalMedia\n"
        "LocalMedia(pathlib.Path(sys.argv[2])).write('clips/' + '0' * 32 + '.mp4', sys.stdin.buffer)\n"
    )
    root = str(pathlib.Path(__file__).parents[2])
    command = [sys.executable, "-c", script, root, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as writer:
        writer.stdin.write(BYTES)
        writer.stdin.flush()
        for _ in range(1000):
            if list(tmp_path.rglob("*.unfinished")):
                break
            time.sleep(0.01)
        writer.kill()
    (left,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert left.name.endswith(".unfinished")
    assert list(LocalMedia(tmp_path).old_paths()) == [], "it may still be written"
    os.utime(left, (0, 0))
    old = list(LocalMedia(tmp_path).old_paths())
    assert old == [left.relative_to(tmp_path).as_posix()]
    LocalMedia(tmp_path).delete(old)
    assert not left.exists()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-3", (0, 4)),
        ("bytes=10-", (10, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=99-1000", (99, 100)),
        ("bytes=100-", (100, 100)),
        ("bytes=-0", (100, 100)),
        ("bytes=5-3", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("items=0-3", None),
        ("bytes=a-b", None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_ranges_as_browsers_and_others_write_them(header: str | None, expected: tuple[int, int] | None) -> None:
    assert parse_range(header, 100) == expected


def test_a_read_asks_the_database_first(world: World, media: LocalMedia) -> None:
    post, path = post_with_files(world, media)
    whole = read_media(world.database, media, VISITOR, path)
    assert (whole.status, whole.headers["Content-Type"], b"".join(whole.body)) == (200, "video/mp4", BYTES)
    part = read_media(world.database, media, VISITOR, path, range_header="bytes=100-199")
    assert (part.status, part.headers["Content-Range"]) == (206, f"bytes 100-199/{len(BYTES)}")
    assert b"".join(part.body) == BYTES[100:200] and part.headers["Content-Length"] == "100"
    none = read_media(world.database, media, VISITOR, path, range_header=f"bytes={len(BYTES)}-")
    assert (none.status, none.headers["Content-Range"], list(none.body)) == (416, f"bytes */{len(BYTES)}", [])
    assert whole.headers["Cache-Control"] == "public, no-cache", "kept by browsers, and asked for each time"
    same = read_media(world.database, media, VISITOR, path, known=whole.headers["ETag"])
    assert (same.status, list(same.body)) == (304, [])
    assert read_media(world.database, media, VISITOR, path, known='"another"').status == 200

    world.owner.execute("update public.posts set visibility = 'private'")
    for known in (None, whole.headers["ETag"]):
        with pytest.raises(NotFound):
            read_media(world.database, media, VISITOR, path, known=known)
    author = world.owner.execute("select author from public.posts where id = %s", (post,)).fetchone()[0]
    own = read_media(world.database, media, member(author, token=world.token(str(author))), path)
    assert own.headers["Cache-Control"] == "private, no-store"


def test_the_sweep_removes_what_fell_and_nothing_else(world: World, media: LocalMedia, tmp_path: pathlib.Path) -> None:
    _, path = post_with_files(world, media)
    other = world.join("other")
    kept = world.make(other)
    for (listed,) in world.owner.execute("select path from public.media where clip = %s", (kept,)).fetchall():
        stored(media, listed)
    unlisted, fresh = stored(media, new_path("clip", ".mp4")), stored(media, new_path("clip", ".mp4"))
    os.utime(tmp_path / "media" / unlisted, (0, 0))
    assert sweep(world.database, media) == 1, "an old file that nobody lists"
    world.owner.execute("update public.media set delete_at = now() where path = %s", (path,))
    assert sweep(world.database, media) == 1
    assert sweep(world.database, media) == 0
    left = {file.relative_to(tmp_path / "media").as_posix() for file in (tmp_path / "media").rglob("*.*")}
    assert path not in left and fresh in left and len(left) == 2 + 3 + 1


def test_supabase_storage_behind_the_same_interface() -> None:
    fake = FakeStorage()
    key = "header.payload.signature"
    media = SupabaseMedia("http://supabase.test", key, "media", http=httpx.Client(transport=fake))
    path = new_path("clip", ".mp4")
    media.write(path, io.BytesIO(b"0123456789"))
    assert media.size(path) == 10
    assert b"".join(media.read(path, 2, 5)) == b"234"
    media.delete([path])
    with pytest.raises(NotFound):
        media.size(path)
