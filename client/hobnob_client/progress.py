"""How far a replica is: what is on the way, what is missing, what waits."""

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_sync.client_engine.engine import ClientEngine


class LinkState(StrEnum):
    """Where the link stands; what a status line shows."""

    OFFLINE = "offline"
    """Nobody tries to connect."""
    CONNECTING = "connecting"
    WAITING = "waiting"
    """The hub was not reached; the next attempt comes by itself."""
    ONLINE = "online"
    SHARED = "shared"
    """Another process of this profile has the link; what is said here goes out there."""
    REFUSED = "refused"
    """The hub does not let this device in; only a person can change that."""


@value
class Progress:
    """`usable` once every stream's tail is here, `complete` once all history that may be seen is.

    `events` counts the events held, `missing` those older ones that are known to be missing,
    `queued` what waits to be sent, `held` what nobody could read now and `acked` what the hub has,
    but our own log does not yet.
    `budget` is (tokens the hub had left for us, when it said so in milliseconds of the engine's
    clock); None before its first answer on this connection. `known` once the hub tells others which
    key to seal to, so that they can write to this device.
    """

    usable: bool
    complete: bool
    events: int
    missing: int
    queued: int
    acked: int
    budget: tuple[int, int] | None = None
    known: bool = True
    held: int = 0

    @property
    def settled(self) -> bool:
        """Is nothing under way in either direction, history aside?"""
        return self.usable and not self.queued and not self.acked


def of(engine: "ClientEngine", *, known: bool = True, stuck: Collection[StreamId] = ()) -> Progress:
    """The progress of an engine that owns the link; `known`, and in which conversations what waits
    is `stuck`, it does not know itself."""
    # Loaded with the engine: who only reads has none.
    from hobnob_sync.client_engine.following import tails_complete
    from hobnob_sync.client_engine.history import lacking

    state = engine.state
    rows = state.streams.values()
    missing = sum(lacking(row) for row in rows)
    acked = sum(row.state == "acked" for row in state.outbox.values())
    held = sum(row.stream in stuck for row in state.unsealed)
    usable = engine.link is not None and tails_complete(state, engine.link)
    return Progress(
        usable,
        usable and not missing,
        sum(row.hi - row.lo + 1 for row in rows),
        missing,
        len(state.outbox) - acked - held,
        acked,
        engine.link.budget if engine.link is not None else None,
        known,
        held,
    )
