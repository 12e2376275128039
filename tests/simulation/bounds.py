"""What a hub may keep for one reader, however slow it is (S22)."""

from typing import Final

from hobnob_protocol.limits import BACKFILLS_MAX, FRAME_BYTES_MAX
from tests.simulation.hubhost import HubHost
from tests.simulation.network import count
from tests.simulation.violation import Violation

BURST_BYTES: Final = FRAME_BYTES_MAX
"""What one step may still write before its transport is seen to be full."""


def check_readers(hub: HubHost, seen: dict[str, int]) -> None:
    """S22: a flag for each stream, some requests, and no more bytes than a transport may hold."""
    state = hub.engine.state
    for number, session in hub.engine.sessions.by_conn.items():
        if len(session.subscriptions) > len(state.held(session.account)):
            raise Violation(f"S22: a reader follows {len(session.subscriptions)} streams")
        if len(session.backs) > BACKFILLS_MAX:
            raise Violation(f"S22: {len(session.backs)} requests for history wait")
        link = hub.links.get(number)
        if link is None:
            continue
        if link.down.size_bytes > hub.backlog_bytes + BURST_BYTES:
            raise Violation(f"S22: {link.down.size_bytes} bytes wait for one reader")
        if link.congested:
            count(seen, "stalled reader within bounds")
