"""Readers that have no room: marked, heard of again when there is some, sent away after a while."""

from typing import Final

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.limits import STALL_SECONDS
from hobnob_sync.hub_engine.effects import end
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.step import Step

_STALL_MS: Final = int(STALL_SECONDS * 1_000)


def begin(step: Step, conn: int) -> None:
    """A connection takes nothing more: no pages until there is room, and not for ever."""
    session = step.sessions.by_conn.get(conn)
    if session is not None and session.congested_since_ms is None:
        session.congested_since_ms = step.now_ms
        step.sessions.part(session)
        step.sessions.congested[session.conn] = session
        step.sessions.spent.pop(session.conn, None)


def ease(step: Step, conn: int) -> None:
    """There is room again."""
    session = step.sessions.by_conn.get(conn)
    if session is not None:
        session.congested_since_ms = None
        step.sessions.congested.pop(session.conn, None)
        step.sessions.wait(session)


def ends_ms(sessions: Sessions) -> list[int]:
    """When each that has no room is to be sent away."""
    return [
        session.congested_since_ms + _STALL_MS
        for session in sessions.congested.values()
        if session.congested_since_ms is not None
    ]


def end_stalled(step: Step) -> None:
    """Who makes no progress is sent away, to come back and resume."""
    for session in list(step.sessions.congested.values()):
        since = session.congested_since_ms
        if since is not None and step.now_ms >= since + _STALL_MS:
            end(step, session, ByeCode.SLOW)
