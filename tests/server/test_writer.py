"""The group commit: all that waits in one commit, and a hub that survives what goes wrong."""

import io
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from hobnob_protocol.errors import StoreBroken, StoreFull
from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.limits import CHECKPOINT_SECONDS
from hobnob_server import beacon
from hobnob_server.beacon import Beacon
from hobnob_server.delivery import Delivery
from hobnob_server.limits import BATCH_BYTES_MAX, FULL_SECONDS, FULL_SECONDS_MAX, INPUT_BYTES
from hobnob_server.logs import Log
from hobnob_server.store import SqliteEventStore
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.writer import Writer
from hobnob_sync.hub_engine.inputs import Input, MakeInvite, Operate, Tick
from hobnob_sync.ports import HubTransaction
from tests.server.places import NOW_MS, directory, opened
from tests.stories.waiting import BOUND_SECONDS, TestClock


class Disk(SqliteEventStore):
    """A store whose disk fails as often as it is told to."""

    def __init__(self, path: Path) -> None:
        super().__init__(SqliteDatabase(str(path)))
        self.failures: list[Exception] = []
        self.commits = 0

    def commit(self, transaction: HubTransaction) -> None:
        """Fail, or make it durable."""
        if self.failures:
            raise self.failures.pop()
        self.commits += 1
        super().commit(transaction)


class Unheard(Input):
    """An input that no engine knows."""


class Desk:
    """A writer, and what it has delivered."""

    def __init__(self, writer: Writer, disk: Disk, clock: TestClock, logged: io.StringIO) -> None:
        self.writer = writer
        self.disk = disk
        self.clock = clock
        self.logged = logged
        self.delivered: SimpleQueue[Delivery] = SimpleQueue()
        self.died: SimpleQueue[BaseException] = SimpleQueue()

    def next(self) -> Delivery:
        """The next delivery."""
        return self.delivered.get(timeout=BOUND_SECONDS)


@contextmanager
def desk(tmp_path: Path) -> Generator[Desk]:
    """A writer that has not begun; what it is given waits."""
    place, clock, logged = directory(tmp_path / "hub"), TestClock(NOW_MS), io.StringIO()
    with opened(place) as hub:
        hub.store.close()
        disk = hub.store = Disk(place.database)
        light = Beacon(place.beacon, hub.total)
        found: list[Desk] = []
        writer = Writer(
            disk,
            hub.boot,
            light,
            clock,
            Log(logged, clock),
            lambda delivery: found[0].delivered.put(delivery),
            lambda ended: found[0].died.put(ended),
        )
        found.append(Desk(writer, disk, clock, logged))
        try:
            yield found[0]
        finally:
            writer.stop()
            writer.join()
            light.close()


def channel(nth: int) -> Operate:
    """The operator makes a channel."""
    return Operate(nth, DIRECTORY, ChannelCreate(ChannelId(b"%16d" % nth), f"channel-{nth}"))


def test_all_that_waits_is_one_commit(tmp_path: Path) -> None:
    """However much it is, up to the bound of a batch; in order, each answered once."""
    with desk(tmp_path) as here:
        for nth in range(100):
            here.writer.put(channel(nth))
        here.writer.start()
        delivery = here.next()
        assert [done.number for done in delivery.operated] == list(range(100))
        assert all(done.refusal is None for done in delivery.operated)
        assert here.disk.commits == 1
        assert (here.writer.commits, here.writer.inputs) == (1, 100)


def test_a_batch_has_a_bound(tmp_path: Path) -> None:
    """What is beyond it goes into the next, so that nobody waits for all of it."""
    most = BATCH_BYTES_MAX // INPUT_BYTES
    with desk(tmp_path) as here:
        for _ in range(most + 1):
            here.writer.put(Tick())
        here.writer.start()
        assert [len(here.next().batch), len(here.next().batch)] == [most, 1]


def test_a_question_is_asked_after_what_came_before_it(tmp_path: Path) -> None:
    """And not after what came later."""
    with desk(tmp_path) as here:
        here.writer.put(channel(1))
        names = here.writer.ask(lambda engine, store: sorted(engine.state.names))
        here.writer.put(channel(2))
        wrong = here.writer.ask(lambda engine, store: engine.state.names["no such"])
        here.writer.start()
        assert names.result(BOUND_SECONDS) == ["channel-1", "general"]
        with pytest.raises(KeyError):
            wrong.result(BOUND_SECONDS)


def test_what_came_before_the_end_is_committed(tmp_path: Path) -> None:
    """What comes after it is not; the thread ends."""
    with desk(tmp_path) as here:
        here.writer.put(channel(1))
        here.writer.stop()
        here.writer.put(channel(2))
        here.writer.start()
        here.writer.join()
        assert [done.number for done in here.next().operated] == [1]
        with pytest.raises(Empty):
            here.delivered.get_nowait()


def test_a_full_disk_makes_everybody_come_back_and_loses_nothing_else(tmp_path: Path) -> None:
    """Nothing is acknowledged; for a while the hub only reads, then it writes again."""
    with desk(tmp_path) as here:
        here.writer.start()
        here.disk.failures.append(StoreFull("no room"))
        here.writer.put(channel(1))
        delivery = here.next()
        assert delivery.reset
        assert delivery.operated == []
        assert "store.full" in here.logged.getvalue()
        until = here.writer.ask(lambda engine, store: engine.read_only_until_ms)
        assert until.result(BOUND_SECONDS) == NOW_MS + int(FULL_SECONDS * 1_000)
        here.writer.put(channel(1))
        assert [done.refusal for done in here.next().operated] == [None]


def test_a_disk_that_stays_full_is_tried_ever_less_often(tmp_path: Path) -> None:
    """Each try sends everybody away: twice as long after each, up to a bound, until one works."""
    with desk(tmp_path) as here:
        here.writer.start()

        def pause_seconds() -> float:
            here.disk.failures.append(StoreFull("no room"))
            here.writer.put(channel(1))
            assert here.next().reset
            until = here.writer.ask(lambda engine, store: engine.read_only_until_ms)
            return (until.result(BOUND_SECONDS) - NOW_MS) / 1_000

        pauses = [pause_seconds() for _ in range(6)]
        assert pauses[:3] == [FULL_SECONDS, 2 * FULL_SECONDS, 4 * FULL_SECONDS]
        assert pauses[4:] == [FULL_SECONDS_MAX] * 2
        here.writer.put(channel(2))
        assert not here.next().reset
        assert pause_seconds() == FULL_SECONDS


def test_what_is_due_on_a_full_disk_is_tried_again_though_nobody_comes(tmp_path: Path) -> None:
    """Once there may be room; a hub without visitors has nobody else to wake it."""
    with desk(tmp_path) as here:
        here.writer.start()
        here.clock.move(CHECKPOINT_SECONDS)
        here.disk.failures.append(StoreFull("no room"))
        here.writer.put(Tick())
        writable_ms = here.clock.wall_ms() + int(FULL_SECONDS * 1_000)
        assert here.next().deadline_ms == writable_ms
        here.clock.move(FULL_SECONDS)
        here.writer.put(Tick())
        assert here.next().deadline_ms is None
        assert here.disk.commits == 1


def test_a_fault_of_ours_does_not_end_the_hub(tmp_path: Path) -> None:
    """Everybody comes back, the log says where it was and no value of it, and it goes on."""
    with desk(tmp_path) as here:
        here.writer.start()
        here.writer.put(Unheard())
        assert here.next().reset
        said = here.logged.getvalue()
        assert "event=step.failed error=KeyError where=hobnob_sync.hub_engine.engine:" in said
        here.writer.put(channel(1))
        assert [done.refusal for done in here.next().operated] == [None]


def test_a_broken_store_ends_the_hub(tmp_path: Path) -> None:
    """Nothing more is written to it."""
    with desk(tmp_path) as here:
        here.writer.start()
        here.disk.failures.append(StoreBroken("rot"))
        here.writer.put(channel(1))
        assert isinstance(here.died.get(timeout=BOUND_SECONDS), StoreBroken)
        with pytest.raises(Empty):
            here.delivered.get_nowait()


def test_the_beacon_follows_each_commit(tmp_path: Path) -> None:
    """What is delivered is marked already."""
    with desk(tmp_path) as here:
        here.writer.start()
        here.writer.put(MakeInvite(sha256(b"x").digest(), 1, NOW_MS + 1))
        here.next()
        first = beacon.read(tmp_path / "hub" / "beacon")
        here.writer.put(channel(1))
        here.next()
        second = beacon.read(tmp_path / "hub" / "beacon")
        assert first is not None
        assert second is not None
        assert second.total == first.total + 1
        assert second.stream == DIRECTORY
