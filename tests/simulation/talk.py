"""What was said in conversations, as the hub's log has it in the end: once, in order, each text
after what begins its session."""

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import MODERATION, EventId
from hobnob_protocol.kinds.moderation import ReportSealed
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.padding import unpad
from hobnob_sync.reports import named
from tests.simulation.invariants import read_log
from tests.simulation.network import count
from tests.simulation.oracle_talk import TalkOracle, Told
from tests.simulation.standin import opened
from tests.simulation.violation import Violation
from tests.simulation.world import World


def check_log(world: World, copied: bool) -> None:
    """Judge every conversation. A restore and a copied device explain what is otherwise none."""
    excuse = "by a copy" if copied else "after a restore" if world.restores else ""
    hub, talk = world.hub.engine.state, world.hub.oracle.talk
    for row in hub.streams.values():
        if row.stream[:2] != b"d:":
            continue
        said: dict[EventId, None] = {}
        last: dict[str, int] = {}
        begun: dict[bytes, None] = {}
        for entry in read_log(world.hub.store, row):
            name = talk.names.get(entry.event_id)
            if name is None:
                if entry.event_id in talk.starts:
                    begun[talk.starts[entry.event_id]] = None
                continue
            where = f"{row.stream!r} at {entry.seq}"
            if name in said:
                _excused(world, f"S15 {where}: a text is said twice", excuse)
            said[name] = None
            _check_order(world, talk.told[name], last, where, excuse)
            body = opened(entry.event)
            if body is not None and body[1] not in begun:
                lost = "whose start was refused" if _refused(world, talk, body[1]) else excuse
                _excused(world, f"S3 {where}: a text without its start", lost)


def check_reports(world: World) -> None:
    """S23: what the hub has taken as a report shows a message as its author has sealed it."""
    hub, talk = world.hub.engine.state, world.hub.oracle.talk
    row = hub.streams.get(MODERATION)
    for entry in read_log(world.hub.store, row) if row is not None else ():
        event = decode_event(entry.event)
        body = None if event.is_stub else STANDARD.decode(event.header.kind, event.body)
        if not isinstance(body, ReportSealed):
            continue
        found = named(world.hub_name, hub.accounts, body.stream, body.event)
        told = talk.names.get(found.event) if found is not None else None
        if told is None or talk.name_said(unpad(body.padded)) != told:
            raise Violation(f"S23 mod at {entry.seq}: a report of what nobody has sealed so")
        count(world.seen, "reported under seal")


def _check_order(world: World, told: Told, last: dict[str, int], where: str, excuse: str) -> None:
    if told.n <= last.get(told.host, 0):
        _excused(world, f"S3 {where}: a text comes after a later one", excuse)
    last[told.host] = told.n


def _refused(world: World, talk: TalkOracle, sid: bytes) -> bool:
    """Did the hub refuse a start of this session?"""
    hub = world.hub.oracle
    return any(
        event in hub.refused or event[:16] in hub.refused_offers
        for event, begins in talk.starts.items()
        if begins == sid
    )


def _excused(world: World, what: str, excuse: str) -> None:
    if not excuse:
        raise Violation(what)
    count(world.seen, f"{what.rpartition(': ')[2]} {excuse}")
