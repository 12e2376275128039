"""Unread and mention counts, wherever they are told, against a log counted by hand (DESIGN §12)."""

from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.frames import Grants
from hobnob_protocol.ids import user_stream
from hobnob_protocol.nouns import ReadValue
from hobnob_sync.hub_engine.engine import HubEngine
from tests.simulation.network import count
from tests.simulation.reference import LogReader, unread
from tests.simulation.violation import Violation


def check_announced(
    reader: LogReader, engine: HubEngine, conn: int, frame: Grants, seen: dict[str, int]
) -> None:
    """What a hub announces as unread is what each log says up to the head it announces with it."""
    session = engine.sessions.by_conn.get(conn)
    if session is None:
        return
    heads = {grant.stream: grant.head_seq for grant in frame.entries}
    own = user_stream(session.account)
    for grant in frame.entries:
        stream = grant.stream
        if stream[:2] not in (b"c:", b"d:"):
            continue
        read = reader.cells(engine.state, own, heads[own]).get(nouns.READ, stream)
        seq = ReadValue(*cast("tuple[int, int]", read.value)).seq if read is not None else 0
        cells = reader.cells(engine.state, stream, grant.head_seq)
        expected = unread(cells, session.account, max(seq, grant.floor))
        if stream[:2] == b"d:":
            expected = (expected[0], expected[0])
        if (grant.unread, grant.mentions) != expected:
            found = (grant.unread, grant.mentions)
            raise Violation(f"counts of {stream!r}: {found} is not {expected}")
        count(seen, "unread counted")
        if grant.head_seq < engine.state.streams[stream].seq:
            count(seen, "unread counted at an older head")
