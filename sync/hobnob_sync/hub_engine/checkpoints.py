"""The hub signs where its streams stand: after the commit, at times, for whoever follows."""

from dataclasses import replace

from hobnob_protocol.ids import StreamId
from hobnob_sync import checkpoint
from hobnob_sync.hub_engine.followers import Followers
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.pages import may_read
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step


def sign_due(step: Step) -> None:
    """Sign what is due as this step leaves it; it is said when the step is on the disk."""
    state = step.state
    for row in state.due.take(step.now_ms):
        signed = checkpoint.sign(
            state.hub, step.hub.signer, state.epoch, row.stream, row.seq, row.head, step.now_ms
        )
        step.put_stream(replace(row, checkpoint_seq=row.seq, checkpoint_ms=step.now_ms))
        followers = step.sessions.followers.get(row.stream)
        conns = _readers(state, row.stream, followers) if followers else ()
        if conns:
            step.say(Send(conns, signed))


def _readers(state: HubState, stream: StreamId, followers: Followers) -> tuple[int, ...]:
    """All who have room, and the right. Whoever is abreast has room, and the right as long as no
    right changes: they are those who get the next page, and none of them is looked at."""
    together = followers.conns if followers.pace.rights == state.rights else ()
    asked = [session for session, _ in followers.others.values()] if together else followers
    return together + tuple(
        session.conn
        for session in asked
        if session.congested_since_ms is None and may_read(state, session, stream)
    )
