"""Devices publish seal records and ask for each other's, as a client that seals will."""

from typing import Final

from hobnob_protocol.limits import SEAL_AHEAD_SECONDS
from hobnob_protocol.seal_record_frames import Record, Want
from hobnob_protocol.sealing.record import make_record
from hobnob_protocol.sealing.seal_key import SealKey
from tests.simulation.clienthost import ClientHost
from tests.simulation.world import World

_PUBLIC: Final = tuple(SealKey(bytes((n,)) * 32).public for n in range(4))


def record_or_ask(world: World) -> None:
    """Some device that is logged in publishes a record, or asks for those of some accounts."""
    ready = [
        host
        for host in world.clients
        if host.connection is not None and host.engine.link is not None and host.engine.link.ready
    ]
    if not ready:
        return
    host = world.rng.choice(ready)
    frame = _want(world) if world.rng.random() < 0.4 else _record(world, host)
    if frame is not None:
        assert host.connection is not None
        host.connection.send(frame)
        host.flush()


def _record(world: World, host: ClientHost) -> Record | None:
    """One of now, of before, or of a clock that is ahead."""
    chain = host.engine.state.accounts.chain(host.author.account)
    device = chain.find(host.author.device) if chain is not None else None
    if chain is None or device is None or not device.active:
        return None
    beside = world.rng.choice((0, 0, 1, -5, SEAL_AHEAD_SECONDS * 2))
    seconds = max(0, world.now_ms // 1_000 + beside)
    return Record(*make_record(chain, host.signer, world.rng.choice(_PUBLIC), seconds))


def _want(world: World) -> Want:
    some = world.rng.sample(world.clients, world.rng.randint(1, len(world.clients)))
    return Want(tuple(sorted({host.author.account for host in some})))
