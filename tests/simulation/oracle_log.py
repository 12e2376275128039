"""What a log of the hub must say for itself, read from its first event to its last."""

from typing import Any

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId, target_of
from hobnob_protocol.kind import TargetRule
from hobnob_protocol.kinds.hub_acts import Grant, Revoke
from hobnob_protocol.registry import STANDARD
from hobnob_sync.ports import Entry
from tests.simulation.violation import Violation


def check_targets(stream: StreamId, entries: tuple[Entry, ...]) -> None:
    """S19: what acts upon a message stands after it, also where replicas brought both back; else
    who holds the log from in between would show another thing."""
    told: dict[bytes, None] = {}
    for entry in entries:
        event = decode_event(entry.event)
        kind = STANDARD.get(event.header.kind)
        if kind is not None and kind.target_rule is not TargetRule.NONE and not event.is_stub:
            body: Any = STANDARD.decode(kind.number, event.body)
            if getattr(body, kind.target) not in told:
                raise Violation(f"S19 {stream!r}: {kind.name} at {entry.seq} before its target")
        told[target_of(entry.event_id)] = None


def check_turns(stream: StreamId, entries: tuple[Entry, ...]) -> None:
    """S8: in an account's own stream, a right that is given was not there and one that is taken
    was, so a replica need not guess which of two grants counts."""
    held: dict[bytes, None] = {}
    for entry in entries:
        event = decode_event(entry.event)
        kind = STANDARD.get(event.header.kind)
        if kind is None or kind.body not in (Grant, Revoke):
            continue
        body: Any = STANDARD.decode(kind.number, event.body)
        if (body.stream in held) != (kind.body is Revoke):
            raise Violation(f"S8 {stream!r}: {kind.name} of {body.stream!r} at {entry.seq}, again")
        if kind.body is Grant:
            held[body.stream] = None
        else:
            del held[body.stream]
