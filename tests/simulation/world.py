"""One seeded world: a hub, its members' devices, the links between them, and a clock of its own.

A step is one action of one seeded scheduler: a frame arrives, somebody says something, a link
breaks, a process dies, time passes. Everything that differs between two runs comes from the seed,
so a seed and a commit reproduce any run; nothing may depend on hashing order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from random import Random
from typing import Final

from hobnob_protocol.errors import StoreFull
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, EventId, StreamId, TargetId, hub_id, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.invites import HubInvite
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.limits import PING_SECONDS, PONG_SECONDS, SILENCE_SECONDS
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Compose, Retry
from hobnob_sync.hub_engine.inputs import HubSettings, Operate
from tests.simulation.clienthost import ClientHost, Crashed
from tests.simulation.halfopen import HalfOpen
from tests.simulation.hubhost import HubHost
from tests.simulation.network import CALM, Direction, Link, Noise, count, take
from tests.simulation.oracle_talk import said_at
from tests.simulation.people import Said
from tests.simulation.schedule import Habits, draw_habits
from tests.simulation.signatures import Signatures
from tests.simulation.stores import Stores
from tests.simulation.versions import NEWEST
from tests.simulation.violation import Violation

START_MS: Final = 1_700_000_000_000
PING_MS: Final = int(PING_SECONDS * 1_000)
PONG_MS: Final = int(PONG_SECONDS * 1_000)
SILENCE_MS: Final = int(SILENCE_SECONDS * 1_000)
BESIDE: Final = 12
"""Of 256 things said so many are said by another process of the profile: their salts tell."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One composed event, as the oracle remembers it."""

    host: str
    stream: StreamId
    name: str
    target: bytes


class World:
    """Everything of one seed."""

    def __init__(
        self,
        seed: int,
        stores: Stores,
        seen: dict[str, int],
        signatures: Signatures,
        habits: Habits | None = None,
    ) -> None:
        self.seed = seed
        self.rng = Random(seed)
        self.habits = habits or draw_habits(self.rng)
        self.rng.seed(seed)
        self.stores = stores
        self.signatures = signatures
        self.seen = seen
        self.swarm, self.mix = self.habits.swarm, self.habits.mix
        self.now_ms = START_MS
        self.trace = sha256()
        self.next_link = 1
        self.links: dict[int, tuple[Link, ClientHost]] = {}
        self.clients: list[ClientHost] = []
        self.messages: dict[StreamId, list[Said]] = {}
        self.channels: list[StreamId] = []
        self.withdrawn: dict[bytes, None] = {}
        self.spoken: dict[EventId, Spoken] = {}
        self.edits: dict[TargetId, TargetId] = {}
        self.repeated: dict[str, None] = {}
        """Texts that more than one event says."""
        self.secrets: dict[bytes, bytes] = {}
        """What members' invites carry, by its hash."""
        self.invites: list[tuple[AccountId, TargetId]] = []
        self.nth = 0
        self.restores = 0
        self.rotten: dict[str, None] = {}
        self.copies: dict[str, object] = {}
        self.half_open = HalfOpen(seen)
        self.verifier = signatures.verifier()
        signer = signatures.signer(self.rng.randbytes(32))
        self.hub_key = signer.public_key
        self.hub_name = hub_id(signer.public_key)
        self.settings = HubSettings()
        self.hub = HubHost(
            stores.hub(),
            self.hub_name,
            signer,
            self.verifier,
            STANDARD,
            self.settings,
            self.rng,
            seen,
            self.now_ms,
        )
        self.hub.backlog_bytes = self.swarm.backlog_bytes

    # Links.

    def connect(self, host: ClientHost) -> None:
        """Open a link for a host that has none."""
        if host.link is not None or host.away_ms:
            return
        link = Link(self.next_link)
        self.next_link += 1
        self.links[link.number] = (link, host)
        self.hub.accept(link, self.now_ms)
        host.connect(link, self.now_ms)
        count(self.seen, "connect")

    def cut(self, host: ClientHost) -> None:
        """Break a host's link; what was under way is lost from a random point on."""
        link = host.link
        if link is None:
            return
        self.links.pop(link.number, None)
        host.step_unlinked(self.now_ms)
        self._guard_hub(lambda: self.hub.drop(link.number, self.now_ms))
        count(self.seen, "cut")

    def vanish(self, host: ClientHost) -> None:
        """A host's link breaks and the hub does not hear of it: for it the socket stays open."""
        link = host.link
        if link is None:
            return
        self.links.pop(link.number, None)
        host.step_unlinked(self.now_ms)
        self.half_open.begin(link, self.now_ms)

    def _open_direction(self, calm: bool) -> tuple[Link, ClientHost, Direction] | None:
        """A link with something to deliver, in an order that only the seed decides."""
        ready: list[tuple[Link, ClientHost, Direction]] = []
        for link, host in self.links.values():
            for direction in (link.up, link.down):
                if direction.queue and (calm or direction.open_at_ms <= self.now_ms):
                    ready.append((link, host, direction))
        return ready[self.rng.randrange(len(ready))] if ready else None

    def deliver(self, noise: Noise, calm: bool = False) -> bool:
        """Deliver one frame; False when nothing is under way."""
        found = self._open_direction(calm)
        if found is None:
            return False
        link, host, direction = found
        rng = self.rng
        if noise.clog and rng.random() < noise.clog:
            direction.open_at_ms = self.now_ms + rng.choice((1_000, 20_000, 130_000))
            count(self.seen, "link clogged")
        data = take(direction, noise if link.opened else CALM, rng, self.seen)
        if link.congested and direction is link.down:
            self._guard_hub(lambda: self.hub.drained(link, self.now_ms))
        if data is None:
            return True
        self.trace.update(data)
        if direction is link.up:
            self._guard_hub(lambda: self.hub.receive(link.number, data, self.now_ms))
        elif host.link is link:
            self.guard_client(host, lambda: host.receive(data, self.now_ms))
            if host.wants_cut:
                host.wants_cut = False
                self.cut(host)
        self._reap()
        return True

    def _reap(self) -> None:
        """Links one side has closed: the other learns it once what was under way has come."""
        for number, (link, host) in list(self.links.items()):
            if host.link is not link:
                del self.links[number]
                self._guard_hub(partial(self.hub.drop, number, self.now_ms))
            elif number not in self.hub.links and not link.down.queue:
                del self.links[number]
                host.step_unlinked(self.now_ms)

    def _guard_hub(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Crashed:
            self.hub.reboot(self.now_ms)

    def guard_client(self, host: ClientHost, act: Callable[[], object]) -> None:
        try:
            act()
        except (Crashed, StoreFull) as broken:
            link = host.link
            host.crashes += isinstance(broken, Crashed)
            host.reboot()
            if any(row.said for row in host.engine.state.outbox.values()):
                waits = "unsealed" if host.engine.state.unsealed else "sealed"
                count(self.seen, f"{waits} across a crash")
            if link is not None:
                self.links.pop(link.number, None)
                self._guard_hub(lambda: self.hub.drop(link.number, self.now_ms))

    # People.

    def compose(self, host: ClientHost, name: str, stream: bytes, body: Body) -> None:
        """A member says something, if its version can."""
        if isinstance(body, Delete) and stream[:2] == b"d:":
            body = self._as_the_hub_knows_it(host, body)
        kind, data = NEWEST.encode(body)
        if host.registry.get(kind) is None:
            return
        said = Compose(
            StreamId(stream), kind, data, self.rng.randbytes(16), self.wall_ms(host) // 1000
        )
        event = self.speak(host, said, name, getattr(body, "target", b""))
        if isinstance(body, Edit) and event is not None:
            self.edits[body.target] = target_of(event)
        if isinstance(body, HubInvite) and event is not None:
            self.invites.append((host.author.account, target_of(event)))
        if isinstance(body, Delete | Erase):
            self.withdrawn[body.target] = None

    def _as_the_hub_knows_it(self, host: ClientHost, body: Delete) -> Delete:
        """A message that has been sealed is withdrawn by the name the hub knows it by."""
        for row in host.engine.state.outbox.values():
            if row.said and target_of(self.hub.oracle.talk.name_of(row)) == body.target:
                return body
        return Delete(self.hub.oracle.talk.at_hub(body.target))

    def operate(self, stream: StreamId, body: Body) -> None:
        """The operator does something as the hub."""
        count(self.seen, f"operated: {STANDARD.of(type(body)).name}")
        self._guard_hub(lambda: self.hub.step([Operate(0, stream, body)], self.now_ms))

    def speak(
        self, host: ClientHost, said: Compose | Retry, name: str, target: bytes
    ) -> EventId | None:
        """Put something said through a client, and remember what is durable of it afterwards."""
        first, crashes = host.engine.state.next_n, host.crashes
        step = host.step_beside if said.salt[0] < BESIDE else host.step
        self.guard_client(host, lambda: step(said, self.now_ms))
        host.flush()
        rows = [row for row in host.engine.state.outbox.values() if row.n >= first]
        if host.crashes > crashes:
            count(self.seen, "compose died after commit" if rows else "compose died before commit")
        for row in rows:
            self.spoken[row.event_id] = Spoken(host.name, row.stream, name, target)
            kind = STANDARD.get(decode_event(said_at(row)).header.kind)
            if kind is not None and kind.root:
                spoken = Said(target_of(row.event_id), host.author.account, name)
                self.messages.setdefault(row.stream, []).append(spoken)
            count(self.seen, f"said: {name}")
        return rows[-1].event_id if rows else None

    def repeat(self, event: bytes) -> None:
        """Somebody says again what this event says."""
        read = decode_event(event)
        body = STANDARD.decode(read.header.kind, read.body)
        if isinstance(body, Post | Edit):
            self.repeated[body.text] = None

    def admits(self, host: ClientHost) -> bool:
        """May this device still come in?"""
        hub = self.hub.engine.state
        return not hub.banned(host.author.account) and hub.accounts.is_active(host.author.device)

    def wall_ms(self, host: ClientHost) -> int:
        """What a member's clock shows: anything, as clocks do."""
        return self.now_ms + host.clock_off_ms

    # Time.

    def pass_time(self, ms: int) -> None:
        """The clock moves; whoever waited for it acts. In a long silence both ends of a link come
        to their deadlines one after the other, as they do in life."""
        for part in (PING_MS, PONG_MS, SILENCE_MS):
            if ms > SILENCE_MS:
                self._pass(part)
                ms -= part
        self._pass(ms)

    def _pass(self, ms: int) -> None:
        self.now_ms += ms
        self._guard_hub(lambda: self.hub.tick(self.now_ms))
        for host in self.clients:
            self.guard_client(host, partial(host.tick, self.now_ms))
            if host.wants_cut:
                host.wants_cut = False
                self.cut(host)
        self._reap()
        self.half_open.check(self.hub.links, [host.link for host in self.clients], self.now_ms)

    def calm_down(self) -> None:
        """Deliver all there is, without faults."""
        for _ in range(20_000):
            if not self.deliver(CALM, calm=True):
                if not self.hub.again and not self.hub.waiting:
                    return
                self._guard_hub(lambda: self.hub.tick(self.now_ms))
        raise Violation("livelock: frames never end")
