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

from hobnob_protocol import chain
from hobnob_protocol.connection import JoinRequest
from hobnob_protocol.crypto import Signer
from hobnob_protocol.errors import StoreFull
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    DIRECTORY,
    AccountId,
    ChannelId,
    EventId,
    StreamId,
    channel_stream,
    device_id,
    hub_id,
    target_of,
)
from hobnob_protocol.kinds.channels import HISTORIES, ChannelCreate
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.client_engine.inputs import Compose
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.ports import ReplicaStore
from tests.simulation import people
from tests.simulation.clienthost import ClientHost, Crashed
from tests.simulation.hubhost import HubHost
from tests.simulation.network import Direction, Link, Noise, count, take
from tests.simulation.people import Said, Scene
from tests.simulation.schedule import Habits, draw_habits
from tests.simulation.stores import Stores, restore, snapshot
from tests.simulation.versions import NEWEST, Wave, any_version
from tests.simulation.violation import Violation

CALM: Final = Noise(0.0, 0.0, 0.0, 0.0)
START_MS: Final = 1_700_000_000_000
CHECK_EVERY_STEPS: Final = 50
NEWCOMERS_MAX: Final = 7
"""As many clients as a world holds."""


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
        self, seed: int, stores: Stores, seen: dict[str, int], habits: Habits | None = None
    ) -> None:
        self.seed = seed
        self.rng = Random(seed)
        self.habits = habits or draw_habits(self.rng)
        self.rng.seed(seed)
        self.stores = stores
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
        self.nth = 0
        self.restores = 0
        self.rotten: dict[str, None] = {}
        self.copies: dict[str, object] = {}
        self.verifier = KeyedVerifier()
        signer = KeyedSigner(self.rng.randbytes(32))
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
        self._found()

    # The beginning, without faults.

    def _found(self) -> None:
        """Everybody joins: the owner first, then the members, then the second devices."""
        invite = self.hub.invite(owner=True, now_ms=self.now_ms)
        for nth in range(self.swarm.members):
            host = self._member(nth, invite)
            self.connect(host)
            self.calm_down()
            if nth == 0:
                invite = self.hub.invite(owner=False, now_ms=self.now_ms)
        first = ChannelId(self.rng.randbytes(16))
        self.channels.append(channel_stream(first))
        history = self.rng.choice(HISTORIES)
        created = ChannelCreate(first, "workshop", "", False, history)
        self.compose(self.clients[0], "channel_create", DIRECTORY, created)
        self.calm_down()
        for nth in range(self.swarm.second_devices):
            self._second_device(self.clients[nth % self.swarm.members], nth)
        self.calm_down()

    def newcomer(self) -> None:
        """Somebody joins while all goes on."""
        if len(self.clients) < NEWCOMERS_MAX:
            invite = self.hub.invite(owner=False, now_ms=self.now_ms)
            host = self._member(len(self.clients), invite)
            host.perils = self.clients[0].perils
            self.connect(host)
            count(self.seen, "newcomer")

    def _member(self, nth: int, invite: bytes) -> ClientHost:
        signer = KeyedSigner(self.rng.randbytes(32))
        link, signature = chain.genesis(signer, self.hub_name, self.now_ms // 1000)
        account = AccountId(sha256(link).digest()[:20])
        author = Author(account, device_id(signer.public_key), signer.public_key)
        host = self._host(f"m{nth}", author, signer)
        host.join = JoinRequest(invite, link, signature, f"member{nth}")
        return host

    def _second_device(self, first: ClientHost, nth: int) -> None:
        signer = KeyedSigner(self.rng.randbytes(32))
        found = first.engine.state.accounts.chain(first.author.account)
        assert found is not None
        link, signature = chain.add(found, first.signer, signer, self.now_ms // 1000)
        self.compose(first, "device", b"ppl", DeviceLink(link, signature))
        self.calm_down()
        author = Author(first.author.account, device_id(signer.public_key), signer.public_key)
        self.connect(self._host(f"{first.name}b{nth}", author, signer))
        self.calm_down()

    def _host(
        self, name: str, author: Author, signer: Signer, store: ReplicaStore | None = None
    ) -> ClientHost:
        host = ClientHost(
            name,
            store or self.stores.replica(),
            self.hub_name,
            self.hub_key,
            author,
            signer,
            self.verifier,
            any_version(self.rng) if self.swarm.old_versions else STANDARD,
            self.rng,
            self.seen,
            self.hub.oracle,
        )
        self.clients.append(host)
        return host

    def clone(self, host: ClientHost) -> None:
        """The same profile on a second machine: one device, two replicas that do not know it."""
        store = self.stores.replica()
        restore(store, snapshot(host.store))
        twin = self._host(f"{host.name}x", host.author, host.signer, store)
        twin.registry, twin.replica, twin.join = host.registry, host.replica, host.join
        twin.reboot()
        twin.perils = host.perils
        twin.refused.update(host.refused)
        host.twin, twin.twin = twin, host
        host.tampered = twin.tampered = True

    # Links.

    def connect(self, host: ClientHost) -> None:
        """Open a link for a host that has none."""
        if host.link is not None:
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
        except (Crashed, StoreFull):
            link = host.link
            host.reboot()
            if link is not None:
                self.links.pop(link.number, None)
                self._guard_hub(lambda: self.hub.drop(link.number, self.now_ms))

    # People.

    def compose(self, host: ClientHost, name: str, stream: bytes, body: object) -> None:
        """A member says something, if its version can."""
        kind, data = NEWEST.encode(body)  # type: ignore[arg-type]  # every act makes a body
        if host.registry.get(kind) is None:
            return
        said = Compose(
            StreamId(stream), kind, data, self.rng.randbytes(16), self.wall_ms(host) // 1000
        )
        before = len(host.composed)
        self.guard_client(host, lambda: host.step(said, self.now_ms))
        host.flush()
        for event in host.composed[before:]:
            target: bytes = getattr(body, "target", b"")
            self.spoken[event] = Spoken(host.name, said.stream, name, target)
            registered = STANDARD.get(kind)
            if registered is not None and registered.root:
                self.messages.setdefault(said.stream, []).append(
                    Said(target_of(event), host.author.account, name)
                )
            if isinstance(body, Delete | Erase):
                self.withdrawn[body.target] = None
            count(self.seen, f"said: {name}")

    def wall_ms(self, host: ClientHost) -> int:
        """What a member's clock shows: anything, as clocks do."""
        return self.now_ms + host.clock_off_ms

    def say(self) -> None:
        """Somebody says something."""
        rng = self.rng
        host = rng.choice(self.clients)
        state = host.engine.state
        streams = [stream for stream in state.streams if stream[:2] in (b"c:", b"d:")]
        if not streams:
            if self.channels and rng.random() < 0.5:
                self.compose(host, "join", rng.choice(self.channels), Join())
            return
        if rng.random() < self.swarm.wander:
            self.wander(host)
            return
        stream = rng.choice(streams)
        self.nth += 1
        scene = Scene(
            rng,
            self.hub_name,
            host.author.account,
            stream,
            state.streams[stream].hi,
            self.messages.get(stream, []),
            [other.author.account for other in self.clients],
            self.channels,
            self.nth,
        )
        if self.swarm.old_versions and scene.messages and rng.random() < 0.05:
            self.compose(host, "wave", stream, Wave(scene.messages[-1].target))
            return
        done = people.act(scene, self.mix)
        if done is not None:
            name, where, body = done
            if name == "channel_create" and where == b"dir":
                self.channels.append(StreamId(b"c:" + body.channel))  # type: ignore[attr-defined]
            self.compose(host, name, where, body)

    def wander(self, host: ClientHost) -> None:
        """Somebody walks into a channel, or out of one and perhaps straight back in."""
        rng = self.rng
        inside = [stream for stream in self.channels if stream in host.engine.state.streams]
        outside = [stream for stream in self.channels if stream not in inside]
        if outside and (not inside or rng.random() < 0.6):
            self.compose(host, "join", rng.choice(outside), Join())
        elif inside:
            stream = rng.choice(inside)
            self.compose(host, "leave", stream, Leave())
            if rng.random() < 0.5:
                self.compose(host, "join", stream, Join())

    # Time.

    def pass_time(self, ms: int) -> None:
        """The clock moves; whoever waited for it acts."""
        self.now_ms += ms
        self._guard_hub(lambda: self.hub.tick(self.now_ms))
        for host in self.clients:
            self.guard_client(host, partial(host.tick, self.now_ms))
            if host.wants_cut:
                host.wants_cut = False
                self.cut(host)
        self._reap()

    def calm_down(self) -> None:
        """Deliver all there is, without faults."""
        for _ in range(20_000):
            if not self.deliver(CALM, calm=True):
                if not self.hub.again and not self.hub.waiting:
                    return
                self._guard_hub(lambda: self.hub.tick(self.now_ms))
        raise Violation("livelock: frames never end")
