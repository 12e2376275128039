"""A store that fails when it is told to, and only then."""

import pytest

from hobnob_protocol.errors import StoreFull
from hobnob_sync.ports import HubTransaction, KnownKey
from hobnob_sync.testing.faults import Crashed, Fault, FaultyStore
from hobnob_sync.testing.memory import MemoryEventStore

ONE = HubTransaction(meta={"one": b"1"})
TWO = HubTransaction(meta={"two": b"2"})


def names(store: FaultyStore[HubTransaction, object] | MemoryEventStore) -> list[str]:
    """What was committed."""
    image = store.boot(frozenset())
    return sorted(getattr(image, "meta"))  # noqa: B009  # either store's image has it


def test_a_full_disk_refuses_one_commit_and_lives() -> None:
    """StoreFull once; then it goes on."""
    store = FaultyStore(MemoryEventStore())
    store.arm(Fault.FULL)
    with pytest.raises(StoreFull):
        store.commit(ONE)
    assert names(store) == []
    store.commit(ONE)
    assert names(store) == ["one"]


@pytest.mark.parametrize(
    ("fault", "left"), [(Fault.CRASH_BEFORE, []), (Fault.CRASH_AFTER, ["one"])]
)
def test_a_dead_process_does_nothing_more(fault: Fault, left: list[str]) -> None:
    """A crash before writes nothing, one after writes all; nothing answers until it is revived."""
    inner = MemoryEventStore()
    store = FaultyStore(inner)
    store.arm(fault)
    with pytest.raises(Crashed, match=fault.value):
        store.commit(ONE)
    assert names(inner) == left
    for act in (
        lambda: store.commit(TWO),
        lambda: store.boot(frozenset()),
        lambda: store.load((KnownKey(b"event"),)),  # type: ignore[arg-type]  # any bytes will do
    ):
        with pytest.raises(Crashed, match="dead"):
            act()
    store.revive()
    assert names(store) == left
    store.commit(TWO)
    assert names(store) == [*left, "two"]


def test_a_fault_may_spare_some_commits() -> None:
    """It strikes exactly once, after as many commits as it was told."""
    store = FaultyStore(MemoryEventStore())
    store.arm(Fault.FULL, spared=2)
    store.commit(ONE)
    store.commit(ONE)
    with pytest.raises(StoreFull):
        store.commit(TWO)
    store.commit(TWO)
    assert names(store) == ["one", "two"]


def test_a_disarmed_fault_does_not_strike() -> None:
    """Nor does one that another replaced."""
    store = FaultyStore(MemoryEventStore())
    store.arm(Fault.FULL)
    store.disarm()
    store.commit(ONE)
    store.arm(Fault.CRASH_BEFORE)
    store.arm(Fault.FULL, spared=1)
    store.commit(ONE)
    with pytest.raises(StoreFull):
        store.commit(TWO)
