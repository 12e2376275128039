"""How a world begins, and who comes later: members, second devices, copies of whole profiles."""

from hashlib import sha256
from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.connection import JoinRequest
from hobnob_protocol.crypto import Signer
from hobnob_protocol.event import Author
from hobnob_protocol.ids import DIRECTORY, PEOPLE, AccountId, ChannelId, channel_stream, device_id
from hobnob_protocol.kinds.channels import HISTORIES, ChannelCreate
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.registry import STANDARD
from hobnob_sync.ports import ReplicaStore
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.schedule import Habits
from tests.simulation.signatures import KEYED, Signatures
from tests.simulation.stores import MEMORY, Stores, restore, snapshot
from tests.simulation.versions import any_version
from tests.simulation.world import World

CLIENTS_MAX: Final = 7
"""As many clients as a world takes in."""


def new_world(
    seed: int,
    stores: Stores = MEMORY,
    seen: dict[str, int] | None = None,
    signatures: Signatures = KEYED,
    habits: Habits | None = None,
) -> World:
    """A world with its first members in it, before anything goes wrong."""
    world = World(seed, stores, {} if seen is None else seen, signatures, habits)
    _found(world)
    return world


def _found(world: World) -> None:
    """Everybody joins, without faults: the owner first, the members, then the second devices."""
    invite = world.hub.invite(owner=True, now_ms=world.now_ms)
    for nth in range(world.swarm.members):
        host = member(world, nth, invite)
        world.connect(host)
        world.calm_down()
        if nth == 0:
            invite = world.hub.invite(owner=False, now_ms=world.now_ms)
    first = ChannelId(world.rng.randbytes(16))
    world.channels.append(channel_stream(first))
    history = world.rng.choice(HISTORIES)
    created = ChannelCreate(first, "workshop", "", False, history)
    world.compose(world.clients[0], "channel_create", DIRECTORY, created)
    world.calm_down()
    for nth in range(world.swarm.second_devices):
        _second_device(world, world.clients[nth % world.swarm.members], nth)
    world.calm_down()


def newcomer(world: World) -> None:
    """Somebody joins while all goes on."""
    if len(world.clients) < CLIENTS_MAX:
        host = member(world, len(world.clients), an_invite(world))
        host.perils = world.clients[0].perils
        world.connect(host)
        count(world.seen, "newcomer")


def an_invite(world: World) -> bytes:
    """What lets somebody in now: a member's invite where there is one, or the operator's."""
    hub = world.hub.engine.state
    for hashed, secret in world.secrets.items():
        found = hub.invites.opens(hashed, world.now_ms)
        if found is not None and not hub.banned(found.account):
            count(world.seen, "came by a member's invite")
            return secret
    return world.hub.invite(owner=False, now_ms=world.now_ms)


def member(world: World, nth: int, invite: bytes) -> ClientHost:
    """Somebody new, with an invite in the hand."""
    signer = world.signatures.signer(world.rng.randbytes(32))
    link, signature = chain.genesis(signer, world.hub_name, world.now_ms // 1000)
    account = AccountId(sha256(link).digest()[:20])
    author = Author(account, device_id(signer.public_key), signer.public_key)
    host = _host(world, f"m{nth}", author, signer)
    host.join = JoinRequest(invite, link, signature, f"member{nth}")
    return host


def _second_device(world: World, first: ClientHost, nth: int) -> None:
    signer = world.signatures.signer(world.rng.randbytes(32))
    known = first.engine.state.accounts.chain(first.author.account)
    assert known is not None
    link, signature = chain.add(known, first.signer, signer, world.now_ms // 1000)
    world.compose(first, "device", PEOPLE, DeviceLink(link, signature))
    world.calm_down()
    author = Author(first.author.account, device_id(signer.public_key), signer.public_key)
    world.connect(_host(world, f"{first.name}b{nth}", author, signer))
    world.calm_down()


def _host(
    world: World, name: str, author: Author, signer: Signer, store: ReplicaStore | None = None
) -> ClientHost:
    host = ClientHost(
        name,
        store or world.stores.replica(),
        world.hub_name,
        world.hub_key,
        author,
        signer,
        world.verifier,
        any_version(world.rng) if world.swarm.old_versions else STANDARD,
        world.rng,
        world.seen,
        world.hub.oracle,
    )
    world.clients.append(host)
    return host


def clone(world: World, host: ClientHost) -> None:
    """The same profile on a second machine: one device, two replicas that do not know it."""
    store = world.stores.replica()
    restore(store, snapshot(host.store))
    twin = _host(world, f"{host.name}x", host.author, host.signer, store)
    twin.registry, twin.replica, twin.join = host.registry, host.replica, host.join
    twin.reboot()
    twin.perils = host.perils
    twin.refused.update(host.refused)
    host.twin, twin.twin = twin, host
