"""Everything about me as one zip: JSON for what was said and done, and every file of mine."""

import json
import zipfile
from typing import BinaryIO

from data.account_data import export_account
from data.client import Caller, Database
from data.errors import NotFound
from data.media import MediaStorage

READ_ME = """\
This is everything that this installation of Hibari keeps about you.

account.json   your profile, settings, cameo with its likeness, generations, posts, messages, and all else
media/         your clips, posters, previews and uploads, by the paths that account.json names
"""


def write_export(database: Database, storage: MediaStorage, user: Caller, target: BinaryIO) -> int:
    """Writes the zip to `target`, one file at a time, and returns how many media files are in it."""
    account = export_account(database, user)
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("account.json", json.dumps(account, indent=2, ensure_ascii=False))
        for path in account["media"]:
            count += _copy(storage, path, archive)
    return count


def _copy(storage: MediaStorage, path: str, archive: zipfile.ZipFile) -> int:
    """1 when the file was added, 0 when it is listed but not stored yet, as while it is being made."""
    try:
        size = storage.size(path)
    except NotFound:
        return 0
    # Stored, not deflated: media are compressed already.
    with archive.open(zipfile.ZipInfo(f"media/{path}"), "w", force_zip64=True) as entry:
        for piece in storage.read(path, 0, size):
            entry.write(piece)
    return 1
