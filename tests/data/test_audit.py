"""`make audit` notices a changed entry, a missing one, and an end that was cut off."""

from pathlib import Path

from data.audit import checked
from tests.data.world import World


def test_a_whole_log_is_noted(world: World, tmp_path: Path) -> None:
    world.people("ann")
    note = tmp_path / "head.txt"
    sentence, whole = checked(world.database, note)
    assert whole and "whole" in sentence and len(note.read_text().strip()) == 64
    world.people("ben")
    assert checked(world.database, note)[1], "more entries are no harm"


def test_tampering_is_told(world: World, tmp_path: Path) -> None:
    world.people("ann", "ben")
    note = tmp_path / "head.txt"
    assert checked(world.database, note)[1]
    world.owner.execute("alter table private.audit_log disable trigger all")
    world.owner.execute("delete from private.audit_log where id = (select max(id) from private.audit_log)")
    sentence, whole = checked(world.database, note)
    assert not whole and "cut" in sentence
    world.owner.execute("update private.audit_log set subject = 'x' where id = (select min(id) from private.audit_log)")
    sentence, whole = checked(world.database, note)
    assert not whole and "tampered" in sentence
