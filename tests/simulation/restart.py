"""What is in memory is what a restart would read: else the next crash changes what was promised."""

from typing import cast

from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_sync.client_engine.state import RESIDENT_NOUNS, ReplicaState
from hobnob_sync.hub_engine.state import RESIDENT, HubState
from tests.simulation.clienthost import ClientHost
from tests.simulation.hubhost import HubHost
from tests.simulation.violation import Violation

OF_HUB = (
    "streams", "unsigned", "devices", "lineage", "cells", "names", "roles", "author_seq",
    "next_stream", "recovering", "invites",
)  # fmt: skip
OF_REPLICA = (
    "streams", "outbox_ids", "outbox_bytes", "tray", "orphans", "epoch", "ancestry", "author_seq",
    "next_n", "checkpoints", "verified", "witnesses", "forks", "offer_due", "forked",
)  # fmt: skip


def check_hub_restart(hub: HubHost) -> None:
    """The hub engine's memory is its store's."""
    held = hub.engine.state
    image = hub.store.boot(RESIDENT)
    read = HubState(image, held.hub, held.accounts.hub.key, hub.verifier)
    _compare("hub", OF_HUB, held, read)
    grants = [
        {account: rows for account, rows in each.grants.items() if rows} for each in (held, read)
    ]
    if grants[0] != grants[1]:
        raise Violation("restart of the hub: other grants")
    if held.accounts.all != read.accounts.all:
        raise Violation("restart of the hub: other accounts")


def check_replica_restart(host: ClientHost) -> None:
    """A client engine's memory is its store's."""
    held = host.engine.state
    read = ReplicaState(host.store.boot(RESIDENT_NOUNS), held.identity)
    _compare(host.name, OF_REPLICA, held, read)
    if list(held.outbox) != list(read.outbox):
        raise Violation(f"restart of {host.name}: another order in the outbox")
    for device in (other for account in read.accounts.all for other in _devices(read, account)):
        if held.accounts.is_active(device) != read.accounts.is_active(device):
            raise Violation(f"restart of {host.name}: another set of devices")
    if held.accounts.all != read.accounts.all:
        raise Violation(f"restart of {host.name}: other accounts")


def _devices(state: ReplicaState, account: AccountId) -> list[DeviceId]:
    chain = state.accounts.chain(account)
    return [] if chain is None else [found.device for found in chain.devices]


def _compare(name: str, fields: tuple[str, ...], held: object, read: object) -> None:
    for field in fields:
        mine: object = getattr(held, field)
        theirs: object = getattr(read, field)
        if mine != theirs:
            raise Violation(f"restart of {name}: {field} is {_differing(mine, theirs)}")


def _differing(mine: object, theirs: object) -> str:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        held, read = cast("dict[object, object]", mine), cast("dict[object, object]", theirs)
        keys = [key for key in {**held, **read} if held.get(key) != read.get(key)]
        return "; ".join(
            f"{key!r}: {held.get(key)!r}, would be {read.get(key)!r}" for key in keys[:3]
        )
    return f"{mine!r}, would be {theirs!r}"
