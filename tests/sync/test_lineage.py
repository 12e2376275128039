"""Two histories of one hub: how much of a stream is surely the same."""

from hobnob_protocol.ids import DIRECTORY, PEOPLE, Epoch
from hobnob_protocol.limits import LINEAGE_MAX
from hobnob_sync.lineage import Ancestry, common_seq, decode_ancestry, encode_ancestry, extend

A, B, C, D = (Epoch(name * 8) for name in (b"a", b"b", b"c", b"d"))


def common(ancestry: Ancestry, epoch: Epoch, lineage: list[Epoch], forks: list[int]) -> int:
    """The common seq of the directory."""
    return common_seq(ancestry, epoch, lineage, forks, DIRECTORY)


def test_in_the_present_epoch_all_is_shared() -> None:
    """A stream that never left the epoch is whole."""
    assert common((), A, [A], []) > 10**12
    assert common((), B, [A, B], [5]) > 10**12


def test_an_epoch_the_hub_left_is_shared_up_to_its_fork() -> None:
    """And no further than the lowest fork since."""
    assert common((), A, [A, B], [5]) == 5
    assert common((), A, [A, B, C], [5, 3]) == 3
    assert common((), B, [A, B, C], [3, 5]) == 5


def test_an_unknown_epoch_leads_back_to_a_known_one() -> None:
    """Restored twice from one backup, the hub has forgotten the epoch in between."""
    left_a_at_4 = extend((), A, {DIRECTORY: 4, PEOPLE: 9})
    assert common(left_a_at_4, B, [A, C], [6]) == 4
    assert common(left_a_at_4, B, [A, C], [2]) == 2
    twice = extend(left_a_at_4, B, {DIRECTORY: 3})
    assert common(twice, C, [A, D], [6]) == 3
    assert common(twice, C, [B, D], [7]) == 3


def test_nothing_known_is_nothing_shared() -> None:
    """Neither a foreign past nor a stream that was not held then proves anything."""
    assert common((), B, [A], []) == 0
    assert common(extend((), B, {PEOPLE: 5}), C, [A, B], [5]) == 0
    assert common(extend((), B, {DIRECTORY: 5}), C, [A, D], [5]) == 0


def test_an_ancestry_comes_back_as_it_was() -> None:
    """The replica keeps it as bytes."""
    ancestry = extend(extend((), A, {PEOPLE: 2, DIRECTORY: 1}), B, {})
    assert decode_ancestry(encode_ancestry(ancestry)) == ancestry
    assert decode_ancestry(b"") == ()
    assert encode_ancestry(()) == b""


def test_an_ancestry_is_bounded() -> None:
    """The oldest epochs are forgotten."""
    ancestry: Ancestry = ()
    for number in range(LINEAGE_MAX + 3):
        ancestry = extend(ancestry, Epoch(number.to_bytes(8, "big")), {})
    assert len(ancestry) == LINEAGE_MAX
    assert ancestry[0][0] == (3).to_bytes(8, "big")
