"""A hub that lies to one member: it drops, swaps, doubles, rewrites or forges what it shows there.

It cannot sign for others; all it can do is choose what to show to whom. The victim must notice, at
the latest from the first honest event that crosses over (sync.md §2.8).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.frames import Ack, BackPage, Checkpoint, Frame, Page, Stamped
from hobnob_protocol.ids import Head, StreamId
from hobnob_sync import checkpoint
from tests.simulation.hubhost import HubHost

Script = Callable[["Liar", Frame], "Frame | None"]


class Liar:
    """What an evil hub does to what one connection hears of one stream."""

    def __init__(self, hub: HubHost, conn: int, stream: StreamId, script: Script) -> None:
        self.hub = hub
        self.conn = conn
        self.stream = stream
        self.number = hub.engine.state.streams[stream].number
        self.script = script
        self.shift = 0
        self.lied = 0
        self.kept: Stamped | None = None
        self._deliver = hub.deliver
        hub.deliver = self.deliver  # type: ignore[method-assign]  # the hub is evil from now on

    def deliver(self, conns: tuple[int, ...], frame: Frame) -> None:
        """Everybody gets the truth but the victim."""
        if self.conn not in conns:
            self._deliver(conns, frame)
            return
        others = tuple(conn for conn in conns if conn != self.conn)
        if others:
            self._deliver(others, frame)
        about = not isinstance(frame, Page | BackPage) or frame.number == self.number
        shown = self.script(self, frame) if about else frame
        if isinstance(shown, Page) and about:
            shown = replace(shown, first_seq=shown.first_seq + self.shift)
        if shown is not None:
            self._deliver((self.conn,), shown)

    def tell(self, frame: Frame) -> None:
        """Say something to the victim that nobody asked for."""
        self.lied += 1
        self._deliver((self.conn,), frame)


def drop(liar: Liar, frame: Frame) -> Frame | None:
    """One event never happened; what follows moves up."""
    if liar.lied or not isinstance(frame, Page):
        return frame
    liar.lied = 1
    liar.shift = -1
    return replace(frame, events=frame.events[1:]) if len(frame.events) > 1 else None


def double(liar: Liar, frame: Frame) -> Frame | None:
    """One event happened twice; what follows moves down."""
    if not isinstance(frame, Page):
        return frame
    if liar.lied:
        liar.shift = 1
        return frame
    liar.lied = 1
    return replace(frame, events=(frame.events[0], *frame.events))


def swap(liar: Liar, frame: Frame) -> Frame | None:
    """Two events come the other way round."""
    if liar.lied > 1 or not isinstance(frame, Page):
        return frame
    liar.lied += 1
    if liar.lied == 1:
        liar.kept = frame.events[0]
        return None
    assert liar.kept is not None
    both = (frame.events[0], liar.kept, *frame.events[1:])
    return replace(frame, first_seq=frame.first_seq - 1, events=both)


def rewrite(liar: Liar, frame: Frame) -> Frame | None:
    """Another text under the same header: the hash of the body does not fit."""
    if liar.lied or not isinstance(frame, Page):
        return frame
    liar.lied = 1
    first = frame.events[0]
    header, body, salt, signature = cast("tuple[bytes, ...]", decode(first.event))
    forged = encode((header, body + b"\0", salt, signature))
    return replace(frame, events=(Stamped(first.at_ms, forged), *frame.events[1:]))


def backdate(liar: Liar, frame: Frame) -> Frame | None:
    """The same event at another time: the heads part."""
    if liar.lied or not isinstance(frame, Page):
        return frame
    liar.lied = 1
    first = frame.events[0]
    return replace(frame, events=(Stamped(first.at_ms + 1, first.event), *frame.events[1:]))


def history(liar: Liar, frame: Frame) -> Frame | None:
    """History that never was: it does not link to what is held."""
    if liar.lied or not isinstance(frame, BackPage):
        return frame
    liar.lied = 1
    last = frame.events[-1]
    return replace(frame, events=(*frame.events[:-1], Stamped(last.at_ms + 1, last.event)))


def base(liar: Liar, frame: Frame) -> Frame | None:
    """History from another beginning."""
    if liar.lied or not isinstance(frame, BackPage):
        return frame
    liar.lied = 1
    return replace(frame, base_head=Head(bytes(31) + b"\1"))


def unsent(liar: Liar, frame: Frame) -> Frame | None:
    """The victim's own event is acknowledged at a place where the log holds another."""
    if liar.lied or not isinstance(frame, Ack):
        return frame
    shifted = [
        replace(answer, seq=answer.seq + 1) if answer.status == 0 else answer
        for answer in frame.answers
    ]
    liar.lied = any(answer.status == 0 for answer in frame.answers)
    return replace(frame, answers=tuple(shifted))


def two_faced(liar: Liar, frame: Frame) -> Frame | None:
    """A checkpoint, truly signed, of a head that the victim does not hold there."""
    if not liar.lied and isinstance(frame, Page):
        liar.tell(_checkpoint(liar, frame.first_seq - 1, Head(bytes(32))))
    return frame


def forged(liar: Liar, frame: Frame) -> Frame | None:
    """A checkpoint that the hub's key never signed."""
    if not liar.lied and isinstance(frame, Page):
        signed = _checkpoint(liar, frame.first_seq - 1, Head(bytes(32)))
        liar.tell(replace(signed, signature=bytes(64)))
    return frame


def _checkpoint(liar: Liar, seq: int, head: Head) -> Checkpoint:
    state = liar.hub.engine.state
    return checkpoint.sign(liar.hub.hub, liar.hub.signer, state.epoch, liar.stream, seq, head, 0)


LIVE: Final = {
    "drop": drop,
    "double": double,
    "swap": swap,
    "rewrite": rewrite,
    "backdate": backdate,
    "two_faced": two_faced,
    "forged": forged,
}
"""Lies about what others say now."""
PAST: Final = {"history": history, "base": base}
"""Lies about what was said before."""
OWN: Final = {"unsent": unsent}
"""Lies about what the victim itself has said."""
