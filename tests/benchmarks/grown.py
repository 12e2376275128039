"""A replica that went on growing: to a million messages in minutes, without the hub's share of it.

It begins as a community's reader left it (`community`). What is added are signed events of the same
members, in their place in the chain, folded, indexed and checked as the client does it; only nobody
has ordered them but we. So it is one that a client reads as any other, and that no hub knows.
"""

import shutil
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from hobnob_client import keyring
from hobnob_client.index import TextIndex
from hobnob_client.paths import Profile
from hobnob_client.replica import identity_of
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import StreamId
from hobnob_sync import fold
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.reading import read_event
from hobnob_sync.client_engine.state import ReplicaState, meta_key
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import ReplicaStream, ReplicaTransaction
from tests.benchmarks import community
from tests.benchmarks.community import WRITERS, Community, Talk
from tests.benchmarks.hub import Member

MADE: Final = 1
"""Which recipe; one that was made by another is made anew."""
BATCH: Final = 500
"""Events of one transaction, all of one channel."""
SEED: Final = 2


def kept(cache: Path, begun: int, messages: int) -> Community:
    """The replica of so many messages, of which the first `begun` were said on a hub; made where
    it is not there yet."""
    directory = cache / f"grown-{messages}"
    found, recipe = Community(directory), (MADE, community.MADE, begun)
    if found.is_made_by(recipe):
        return found
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    first = community.kept(cache, begun)
    shutil.copytree(first.profile.directory, found.profile.directory)
    grow(found.profile, messages - begun, first.general)
    found.made(recipe, first.general)
    return found


def grow(profile: Profile, count: int, general: StreamId) -> None:
    """So many messages more."""
    device = keyring.load(profile)
    with closing(SqliteReplicaStore.open(str(profile.replica), "NORMAL")) as store:
        state = ReplicaState(store.boot(ClientEngine.NOUNS), identity_of(device, Ed25519Verifier()))
        writers = [Member(device.hub, number) for number in range(1, WRITERS + 1)]
        growing = _Growing(store, state, Talk(Random(SEED), general), writers)
        tells = count // 10
        while (left := count - growing.talk.said) > 0:
            growing.say(min(left, BATCH))
            if growing.talk.said >= tells:
                print(f"{growing.talk.said:,} of {count:,} said", file=sys.stderr, flush=True)
                tells += count // 10
        index = TextIndex(store, store.sql)
        rows = {row.stream: row for row in growing.rows.values()}
        while index.advance(rows):
            pass
        store.sql.query("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(slots=True)
class _Growing:
    """One replica while it grows."""

    store: SqliteReplicaStore
    state: ReplicaState
    talk: Talk
    writers: list[Member]

    @property
    def rows(self) -> dict[StreamId, ReplicaStream]:
        """What is held of each stream."""
        return self.state.streams

    def say(self, count: int) -> None:
        """Some more, all in one channel, in one transaction."""
        stream = self.talk.stream()
        row = self.rows[stream]
        cells = Overlay.fresh(stream)
        transaction = ReplicaTransaction()
        seq, head, at_ms = row.hi, row.head, self._last_ms(row)
        for nth in range(count):
            writer = self.writers[(seq + nth) % len(self.writers)]
            pushed = self.talk.event(writer, stream)
            seq, at_ms = seq + 1, at_ms + 1
            read = read_event(self.state, stream, seq, at_ms, pushed.event, head)
            assert read is not None, "the members are known, their events read"
            assert read.kind is not None
            head = read.entry.head
            fold.apply(cells, read.kind, read.fact)
            transaction.entries.append((stream, read.entry))
        self.talk.heard()
        grown = replace(row, hi=seq, head=head, head_seq=seq)
        self.rows[stream] = transaction.streams[stream] = grown
        for (noun, key), cell in cells.changes().items():
            transaction.cells[(stream, noun, key)] = cell
        transaction.meta[meta_key("verified", stream)] = encode((row.lo, seq))
        self.store.commit(transaction)

    def _last_ms(self, row: ReplicaStream) -> int:
        asked = "SELECT at_ms FROM log WHERE stream = ? AND seq = ?"
        found: int = self.store.sql.query(asked, (row.stream, row.hi))[0][0]
        return found
