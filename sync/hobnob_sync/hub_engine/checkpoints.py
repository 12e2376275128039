"""The hub signs where its streams stand: after the commit, at times, for whoever follows."""

from dataclasses import replace

from hobnob_sync import checkpoint
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.pages import may_read
from hobnob_sync.hub_engine.step import Step


def sign_due(step: Step) -> None:
    """Sign what is due as this step leaves it; it is said when the step is on the disk."""
    state = step.state
    for row in state.due.take(step.now_ms):
        signed = checkpoint.sign(
            state.hub, step.hub.signer, state.epoch, row.stream, row.seq, row.head, step.now_ms
        )
        step.put_stream(replace(row, checkpoint_seq=row.seq, checkpoint_ms=step.now_ms))
        followers = step.sessions.followers.get(row.stream, ())
        conns = tuple(
            session.conn
            for session in followers
            if session.congested_since_ms is None and may_read(state, session, row.stream)
        )
        if conns:
            step.say(Send(conns, signed))
