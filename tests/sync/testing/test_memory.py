"""The stores in memory, beyond the contract that all stores keep."""

from hobnob_sync.ports import HubTransaction
from hobnob_sync.testing.contract_stories import assert_same
from hobnob_sync.testing.hub_story import HubStory
from hobnob_sync.testing.memory import MemoryEventStore, MemoryReplicaStore
from hobnob_sync.testing.replica_story import ReplicaStory
from hobnob_sync.testing.scene import GARDEN, entries_of, entry


def test_a_hubs_snapshot_stays_what_it_was() -> None:
    """Commits after it change neither it nor a store made of it; what was restored goes on."""
    story, told = HubStory(3), HubStory(3)
    for _ in range(20):
        story.next()
        told.next()
    snapshot = story.model.snapshot()
    for _ in range(20):
        story.next()
    restored = MemoryEventStore()
    restored.restore(snapshot)
    assert_same(restored, told.model, story.every_question())
    for _ in range(20):
        restored.commit(told.next())
    assert_same(restored, told.model, story.every_question())
    again = MemoryEventStore()
    again.restore(snapshot)
    assert again.boot(frozenset()) != restored.boot(frozenset())


def test_a_replicas_snapshot_stays_what_it_was() -> None:
    """As the hub's."""
    story, told = ReplicaStory(3), ReplicaStory(3)
    for _ in range(20):
        story.next()
        told.next()
    snapshot = story.model.snapshot()
    for _ in range(20):
        story.next()
    restored = MemoryReplicaStore()
    restored.restore(snapshot)
    assert restored.context == told.model.context
    assert_same(restored, told.model, story.every_question())
    for _ in range(20):
        restored.commit(told.next())
    assert_same(restored, told.model, story.every_question())
    again = MemoryReplicaStore()
    again.restore(snapshot)
    assert again.boot(frozenset()) != restored.boot(frozenset())


def test_what_a_store_was_given_may_change_afterwards() -> None:
    """A transaction belongs to its maker: emptied later, it takes nothing away."""
    store = MemoryEventStore()
    transaction = HubTransaction(entries=[(GARDEN, entry(1))], meta={"name": b"garden"})
    store.commit(transaction)
    transaction.entries.clear()
    transaction.meta.clear()
    assert entries_of(store) == (entry(1),)
    assert dict(store.boot(frozenset()).meta) == {"name": b"garden"}
