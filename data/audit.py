"""Whether the audit log is whole: `python -m data.audit`, or `make audit`.

The chain of hashes shows a row that was changed or taken out of the middle. Rows cut off its end break no chain, so the
latest hash is noted in var/audit_head.txt each time, and missed if it is gone the next time.
"""

import sys
from pathlib import Path

from data.client import SERVICE, Database
from data.opening import open_data
from data.safety import audit_check
from data.settings import settings_from

BROKEN = 1  # exit code


def main() -> int:
    """Prints whether the log is whole, notes its latest hash, and gives the exit code: 0 whole, 1 not."""
    settings = settings_from()
    data = open_data(settings)
    try:
        sentence, whole = checked(data.database, settings.folder / "audit_head.txt")
    finally:
        data.close()
    print(sentence, file=sys.stdout if whole else sys.stderr)
    return 0 if whole else BROKEN


def checked(database: Database, note: Path) -> tuple[str, bool]:
    """A sentence about the log and whether it is whole. The note keeps the latest hash of a log that is."""
    noted = note.read_text(encoding="ascii").strip() if note.exists() else None
    check = audit_check(database, SERVICE, hash=noted)
    if check["broken_at"] is not None:
        return f"The audit log was tampered with: entry {check['broken_at']} does not fit the one before it.", False
    if not check["known"]:
        return f"The audit log was cut: the entry {noted[:12]}… that {note} notes is gone.", False
    if check["head"] is not None:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(check["head"] + "\n", encoding="ascii")
    return f"The audit log is whole: {check['rows']:,} entries.", True


if __name__ == "__main__":
    sys.exit(main())
