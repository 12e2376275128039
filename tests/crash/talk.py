"""A small community whose hub and one member keep what they know on disks that lose power."""

from random import Random
from typing import Final

from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import MemoryHub
from hobnob.testing.seat import Seat
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.errors import HobnobError
from hobnob_protocol.ids import DIRECTORY, ChannelId, channel_stream, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.inputs import HubSettings
from tests.crash.judging import opened_hub, opened_replica
from tests.crash.losing import Losing

HANDLES: Final = ("olga", "bob", "carol")
SETTINGS: Final = HubSettings(budget_capacity=1e9, budget_per_second=1e9)
SECONDS_MAX: Final = 70.0
"""A pause between two acts: long enough for checkpoints to be due."""


class Talk:
    """`bob` has a replica on a disk as the hub has; the others keep theirs in memory."""

    def __init__(self, rng: Random, hub_disk: Losing, replica_disk: Losing) -> None:
        self._rng = rng
        self._hub_disk = hub_disk
        self._replica_disk = replica_disk
        self._loop = VirtualLoop()
        self._store = SqliteEventStore(hub_disk.database)
        self._hub = MemoryHub(self._loop, rng, SETTINGS, self._store)
        self._hub_opened = opened_hub(self._hub.booted)
        replica = SqliteReplicaStore(replica_disk.database)
        stores = {"bob": replica}
        self._seats = [Seat(self._hub, name, rng, stores.get(name)) for name in HANDLES]
        self._bob = self._seats[1]
        self._replica_opened = opened_replica(self._bob.identity)
        room = ChannelId(rng.randbytes(16))
        self._hub.operate(DIRECTORY, ChannelCreate(room, "workshop", "", False, "from_join"))
        self._room = channel_stream(room)
        for seat in self._seats:
            seat.connect()
        self._judge()

    def go_on(self, acts: int) -> None:
        """So many things happen."""
        for _ in range(acts):
            self._act()
            self._judge()

    def close(self) -> None:
        """Everybody goes home; what SQLite does then is looked at as well."""
        for seat in self._seats:
            seat.close()
        self._store.close()
        self._judge()
        self._loop.close()

    def _judge(self) -> None:
        self._hub_disk.judge(self._hub_opened)
        self._replica_disk.judge(self._replica_opened)

    def _act(self) -> None:
        rng = self._rng
        # What happens to the one whose disk is watched is worth more than what others do.
        seat = rng.choice((*self._seats, self._bob))
        drawn = rng.random()
        if drawn < 0.70:
            self._say(seat)
        elif drawn < 0.78:
            seat.cut()
        elif drawn < 0.86:
            seat.connect()
        elif drawn < 0.90:
            self._bob.index_some()
        elif drawn < 0.94:
            seat.crash()
            seat.restart()
        elif drawn < 0.96:
            self._hub.crash()
            for each in self._seats:
                each.cut()
                each.connect()
        else:
            self._loop.run_for(rng.random() * SECONDS_MAX)

    def _say(self, seat: Seat) -> None:
        rng = self._rng
        where = [stream for stream in seat.reader.streams() if stream[:2] == b"c:"]
        if not where:
            return
        stream = rng.choice(where)
        known = seat.reader.before(stream, None, 20).messages
        text = f"{rng.randrange(1000)} " + "word " * rng.choice((1, 5, 40, 900))
        body: Body = Post(text)
        if known and rng.random() < 0.5:
            said = rng.choice(known)
            edit, delete = Edit(said.target, text), Delete(said.target)
            react = React(said.target, "👍", rng.random() < 0.7)
            reply, title = Post(text, said.target), ThreadTitle(said.target, text[:20])
            body = rng.choice((edit, delete, react, reply, title))
        drawn = rng.random()
        if drawn < 0.10:
            stream, body = user_stream(seat.account), ReadCursor(stream, 0, rng.randrange(9))
        elif drawn < 0.20:
            inside = self._room in where
            stream, body = self._room, Leave() if inside else Join()
        try:
            seat.say(stream, body)
        except HobnobError:
            # What a member may not say, the engine refuses; the disk does not care.
            return
