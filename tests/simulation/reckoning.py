"""The reckoning at rest: what everybody said, held and lost, against the hub's log."""

from typing import Final

from hobnob_protocol.ids import EventId
from tests.simulation import erasures, guarantees, invariants, showing, talk
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.restores import Backups, Mark
from tests.simulation.stores import holds
from tests.simulation.violation import Violation
from tests.simulation.world import Spoken, World


def final(world: World, backups: Backups) -> None:
    """All that must hold once everything has come to rest."""
    hub, store = world.hub.engine.state, world.hub.store
    invariants.check_hub(hub, store)
    copied = any(_was_copied(host) for host in world.clients)
    if not world.restores and not copied:
        invariants.check_order(hub, store)
        guarantees.check_reads_before_writes(hub, store)
    for host in world.clients:
        if world.admits(host):
            invariants.check_rest(host, hub)
            invariants.check_fold(host, store, hub)
            showing.check_texts(host, store, hub, world.seen)
            showing.check_reading(world, host)
    _check_spoken(world)
    talk.check_log(world, copied)
    talk.check_reports(world)
    _check_held(world, backups)
    erasures.check_compaction(world)
    erasures.check_erased(world)


def _was_copied(host: ClientHost) -> bool:
    return host.tampered or host.rolled_back or host.twin is not None


def _check_spoken(world: World) -> None:
    """S15: everything said is in the log, or refused where its author sees it."""
    by_name = {host.name: host for host in world.clients}
    for event, said in world.spoken.items():
        host = by_name[said.host]
        copies = [host] if host.twin is None else [host, host.twin]
        ids = world.hub.oracle.talk.ids(event)
        if any(holds(world.hub.store, one) for one in ids) or any(copy.tampered for copy in copies):
            continue
        if world.restores and any(_is_withdrawn(world, one, said) for one in ids):
            # Its body is gone on purpose; what a hub has lost of it is not offered again.
            continue
        if world.restores and any(copy.losses or said.stream in copy.purges for copy in copies):
            # When the right to a stream ended, or the replica was put back from an older copy, the
            # hub alone kept the event; then it lost it.
            continue
        if not any(_accounts_for(world, copy, one) for copy in copies for one in ids):
            raise Violation(f"S15 {said.host}: {said.name} has vanished")


def _is_withdrawn(world: World, event: EventId, said: Spoken | None) -> bool:
    """Has anybody deleted or erased this event, or what it is about?"""
    names = (event[:16], said.target if said is not None else b"")
    return any(name in world.withdrawn for name in names)


def _accounts_for(world: World, host: ClientHost, event: EventId) -> bool:
    """Can this replica say what became of an event that the hub does not have?"""
    if event in host.refused or event in host.lost or event in host.oracle.so_already:
        return True
    state = host.engine.state
    if world.restores and (event in host.oracle.excused or event in state.orphans):
        # Nobody but the hub held it, or what it names is still to be brought back.
        return True
    # Who may not come in any more can bring nothing, and keeps what was said.
    kept = event in state.outbox_ids or holds(host.store, event)
    return kept and (not world.admits(host) or _waits_outside(host, event))


def _waits_outside(host: ClientHost, event: EventId) -> bool:
    """Does it wait unsealed for a conversation that nobody has let us into?"""
    state = host.engine.state
    row = state.outbox.get(state.outbox_ids.get(event, 0))
    return row is not None and row.state == "unsealed" and row.stream not in state.streams


EXCUSES: Final = (
    "not_member", "not_allowed", "banned", "bad_signature", "gone", "erased", "exists",
)  # fmt: skip
"""Refusals of an offer that follow from what its author may do now, or from what became of it."""


def _excused(code: str, said: Spoken | None) -> bool:
    """Is this refusal of an offer one that an oracle can justify? A vote may come after the close
    that another replica brought back before it."""
    return code in EXCUSES or (code == "closed" and said is not None and said.name == "vote")


def _check_held(world: World, backups: Backups) -> None:
    """S19: what a replica held beyond a backup, and still may, is back."""
    refused = world.hub.oracle.refused_offers
    for event, marks in backups.held.items():
        said = world.spoken.get(event)
        if holds(world.hub.store, event) or _is_withdrawn(world, event, said):
            continue
        if any(_excused(code, said) for code in refused.get(event[:16], {})):
            continue
        for mark in marks:
            _check_mark(world, event, mark)


def _check_mark(world: World, event: EventId, mark: Mark) -> None:
    host = mark.host
    present = world.hub.engine.state.held(host.author.account).get(mark.stream)
    if host.tampered or not world.admits(host) or present is None:
        return
    if bytes(present.grant) != mark.grant or not mark.stands():
        return
    if event in host.engine.state.orphans:
        count(world.seen, "orphan waits for its target")
        return
    raise Violation(f"S19 {host.name}: held an event of {mark.stream!r} the hub has not back")
