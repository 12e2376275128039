"""What a step appends goes to all who follow at once: the same bytes to whoever is abreast, and a
mark for whoever is not, whose next page comes from the log (`pages`).
"""

from collections.abc import Iterator

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Page
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import PAGE_BYTES_MAX, PAGE_EVENTS_MAX
from hobnob_sync.hub_engine.followers import Followers
from hobnob_sync.hub_engine.inputs import Send
from hobnob_sync.hub_engine.pages import may_read, stamped
from hobnob_sync.hub_engine.session import Session, Subscription
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Entry


def send_live(step: Step) -> None:
    """Fan out what this step appended, page by page, the same bytes for all who are abreast;
    whoever is not gets a mark."""
    for stream, entries in step.appended.items():
        followers = step.sessions.followers.get(stream)
        if followers:
            for portion in _portions(entries):
                _send_portion(step, stream, portion, followers)


def _portions(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Entries in as few pages as hold them."""
    start = size_bytes = 0
    for at, entry in enumerate(entries):
        size_bytes += len(entry.event)
        if size_bytes > PAGE_BYTES_MAX or at - start == PAGE_EVENTS_MAX:
            yield entries[start:at]
            start, size_bytes = at, len(entry.event)
    yield entries[start:]


def _send_portion(step: Step, stream: StreamId, entries: list[Entry], followers: Followers) -> None:
    """One page for all who may have it now."""
    state = step.state
    first, last = entries[0].seq, entries[-1].seq
    rights = state.rights
    if not followers.all_may_have(first, rights) and not followers.part_spent(first, rights):
        followers.part_all(first - 1, rights)
    # What this loop does is done for each who is not abreast: little, and inline.
    for conn, (session, subscription) in list(followers.others.items()):
        if (
            subscription.sent_seq == first - 1
            and not subscription.dirty
            and session.ready
            and _still_readable(state, session, subscription)
        ):
            followers.join(conn)
        else:
            subscription.dirty = True
            step.sessions.wait(session)
    if followers.abreast:
        followers.pace.advance(last, page_cost_bytes([entry.event for entry in entries]))
        page = Page(state.streams[stream].number, first, stamped(entries))
        step.say(Send(followers.conns, page))


def _still_readable(state: HubState, session: Session, subscription: Subscription) -> bool:
    """`may_read`, and a note for as long as no right changes."""
    if subscription.readable_at == state.rights:
        return True
    readable = may_read(state, session, subscription.stream)
    subscription.readable_at = state.rights if readable else -1
    return readable
