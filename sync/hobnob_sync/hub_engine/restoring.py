"""The hub's log lost something: a new epoch begins, and the replicas bring back what they hold.

An epoch is one unbroken life of a log. It ends when a backup is restored, or when a client shows a
checkpoint that the hub itself signed and no longer holds. Until an owner's or a moderator's replica
has offered what it has, nobody else gets in: a restore must not revive rights that were withdrawn.
"""

from dataclasses import replace
from typing import Final

from hobnob_protocol import codec
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Checkpoint
from hobnob_protocol.ids import Epoch
from hobnob_protocol.limits import LATER_MS, LINEAGE_MAX
from hobnob_sync import checkpoint
from hobnob_sync.hub_engine import effects
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Key, LineageRow, RangeKey

RESTORED: Final = "restored"
"""The meta value a restore sets before the hub starts."""
RECOVERING: Final = "recovering"
BEGAN: Final = "epoch_ms"
"""The meta value that says when the present epoch began."""


def mint_epoch(step: Step) -> None:
    """End the present epoch where every stream stands now, and begin another."""
    state = step.state
    forks = tuple(sorted((row.stream, row.seq, row.head) for row in state.streams.values()))
    ended = replace(state.lineage[-1], forks=forks)
    fresh = LineageRow(Epoch(step.hub.entropy(8)))
    state.lineage = [*state.lineage[:-1], ended, fresh][-LINEAGE_MAX:]
    step.transaction.lineage = state.lineage
    step.put_meta(RESTORED, b"")
    step.put_meta(RECOVERING, b"\1")
    step.put_meta(BEGAN, codec.encode(step.now_ms))
    for session in list(step.sessions.by_conn.values()):
        effects.end(step, session, ByeCode.FORK)


def is_over(step: Step) -> bool:
    """Have all had time enough to bring what they hold? Where it was never noted when the epoch
    began, as by an older hub, the time is counted from now."""
    began_ms = step.state.number(BEGAN)
    if not began_ms:
        step.put_meta(BEGAN, codec.encode(step.now_ms))
        return False
    return step.now_ms - began_ms >= LATER_MS


def reopen(step: Step) -> None:
    """Everybody may come back."""
    if step.state.recovering:
        step.put_meta(RECOVERING, b"")


def shown_asks(shown: Checkpoint) -> list[Key[object]]:
    """Our own head at the place of a checkpoint."""
    return [RangeKey(shown.stream, shown.seq, 1, 1)]


def is_shown(step: Step, shown: Checkpoint) -> bool:
    """Does a client show our own signature on a head that we do not hold?"""
    state = step.state
    if shown.epoch != state.epoch:
        return False
    hub_key = state.accounts.hub.key
    if not checkpoint.holds(state.hub, hub_key, shown, step.hub.verifier):
        return False
    entry = step.entry(shown.stream, shown.seq)
    return entry is None or entry.head != shown.head
