"""`hobnob outbox`: what waits to be sent, and what was refused."""

from hobnob_client.failures import Exit, Failure
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.place_names import PlaceNames
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD


def run(call: Call) -> Exit:
    """List, retry or discard."""
    number = getattr(call.words, "number", 0)
    if call.verb.action == "discard":
        composing.discard(call, number)
        return Exit.OK
    if call.verb.action == "retry":
        with call.reader() as reader:
            if number not in [refused.n for refused in reader.tray()]:
                raise Failure(f"Nothing refused has the number {number}.", Exit.USAGE)
        composed = composing.retry(call, number)
        from hobnob_client.verbs.delivery import deliver, told

        return told(call, *deliver(call, composed.n))
    with call.reader() as reader:
        names = PlaceNames(reader)
        for row in reader.outbox():
            _show(call, names, row.n, row.stream, row.said or row.event, row.state, "")
        for refused in reader.tray():
            _show(
                call,
                names,
                refused.n,
                refused.stream,
                refused.said or refused.event,
                "refused",
                refused.code,
            )
    return Exit.OK


def _show(
    call: Call,
    names: PlaceNames,
    n: int,
    stream: StreamId,
    event: bytes,
    state: str,
    code: str,
) -> None:
    kind, text = _said(event)
    other = stream.decode("ascii", "replace") if len(stream) < 4 else "…"
    place = names.label(stream, other)
    told = f"{state}: {code}" if code else state
    first = text.split("\n")[0]
    call.terminal.show(
        {
            "number": n,
            "stream": stream.hex(),
            "channel": names.name(stream) or other,
            "kind": kind,
            "text": text,
            "state": state,
            "code": code,
        },
        "  ".join(part for part in (str(n), told, place, kind, first) if part),
    )


def _said(data: bytes) -> tuple[str, str]:
    """The kind of one of our own events, and its text if it has one."""
    try:
        event = decode_event(data)
        body: Body | None = STANDARD.decode(event.header.kind, event.body)
    except ProtocolError:
        return "unreadable", ""
    if body is None:
        return f"kind {event.header.kind}", ""
    text: object = getattr(body, "text", "")
    return STANDARD.of(type(body)).name, text if isinstance(text, str) else ""
