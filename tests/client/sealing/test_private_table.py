"""What is private stands in the replica as the person has left it, and never grows without end."""

from hobnob_client.sealing.meeting import Held
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store.sqlite import open_memory_sqlite
from hobnob_protocol.kinds.private import OwnKeyId
from hobnob_protocol.limits import PRIVATE_CELLS_MAX
from hobnob_protocol.sealing.draft import Draft, encode_draft, other_of
from tests.client.sealing.devices import GARDEN

KEY = OwnKeyId(b"k" * 16)


def a_table() -> PrivateTable:
    """Nothing in it."""
    return PrivateTable(open_memory_sqlite().sql)


def test_what_was_edited_waits_to_be_sealed() -> None:
    """With the number it had; setting what is there already changes nothing."""
    table = a_table()
    assert not table.edit(b"one", b"", 5)
    assert table.edit(b"one", b"1", 5)
    assert not table.edit(b"one", b"1", 9)
    table.put(Held(b"other", b"2", 7, 3, KEY))
    assert table.edit(b"other", b"", 8)
    assert table.edited() == (
        Held(b"one", b"1", edited_ms=5),
        Held(b"other", b"", 7, 3, KEY, edited_ms=8),
    )
    assert table.all() == (Held(b"one", b"1", edited_ms=5),)
    table.drop(b"one")
    assert table.get(b"one") is None


def test_one_sort_is_asked_for_by_how_its_names_begin() -> None:
    """What holds of it, and nothing else."""
    table = a_table()
    for name in (b"so", b"so on", b"so\x00", b"sp", b"sn\xfe", b"so gone"):
        table.edit(name, b"value", 5)
    table.edit(b"so gone", b"", 6)
    assert [held.name for held in table.begun_with(b"so")] == [b"so", b"so\x00", b"so on"]


def test_beyond_the_bound_the_oldest_goes() -> None:
    """It is taken away, and that is told to the other devices too."""
    table = a_table()
    for nth in range(PRIVATE_CELLS_MAX + 1):
        table.edit(b"%d" % nth, b"value", nth + 1)
    assert len(table.all()) == PRIVATE_CELLS_MAX
    assert table.get(b"0") == Held(b"0", b"", edited_ms=PRIVATE_CELLS_MAX + 1)


def test_what_was_taken_away_is_not_remembered_for_ever() -> None:
    """The oldest of it goes, once it is at the hub."""
    table = a_table()
    for nth in range(PRIVATE_CELLS_MAX + 1):
        table.put(Held(b"%d" % nth, b"", nth + 1, 0, KEY))
    table.edit(b"one", b"1", 5)
    assert table.get(b"0") is None
    assert table.get(b"1") is not None


def test_what_one_had_not_seen_is_kept_beside() -> None:
    """It came from another device while one wrote here."""
    table, name = a_table(), encode_draft(Draft(GARDEN))
    table.put(Held(name, b"from there", 7, 3, KEY))
    assert table.edit(name, b"from here", 9, known=b"")
    lost = encode_draft(Draft(GARDEN, None, other_of(b"from there")))
    assert table.get(lost) == Held(lost, b"from there", edited_ms=7)
    assert not table.edit(name, b"", 9, known=b"")
    assert table.edit(name, b"from here, too", 9, known=b"from here")
    assert table.edit(name, b"", 9)
    assert len(table.all()) == 1
