"""Pages that a transport had no room for: they count as never sent (DESIGN §12 Flow).

The log has them, so nothing is kept: the stream is marked, the credit comes back, and the next page
is read from where this one began.
"""

from hobnob_protocol.flow import frame_cost_bytes
from hobnob_protocol.frames import Back, BackPage, Page
from hobnob_sync.hub_engine.inputs import Unsent
from hobnob_sync.hub_engine.pages import ask_back
from hobnob_sync.hub_engine.session import Session, Subscription
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step


def take_back(step: Step, wish: Unsent) -> None:
    """A page was not written: it is due again."""
    session = step.sessions.by_conn.get(wish.conn)
    if session is None:
        return
    page = wish.page
    session.credited(frame_cost_bytes(page))
    step.sessions.wait(session)
    subscription = _named(step.state, session, page.number)
    if subscription is None:
        return
    if isinstance(page, BackPage):
        before_seq = page.first_seq + len(page.events)
        ask_back(
            session, Back(subscription.stream, subscription.grant, before_seq, len(page.events))
        )
    else:
        step.sessions.part(session)
        _rewind(subscription, page)


def _named(state: HubState, session: Session, number: int) -> Subscription | None:
    for subscription in session.subscriptions.values():
        if state.streams[subscription.stream].number == number:
            return subscription
    return None


def _rewind(subscription: Subscription, page: Page) -> None:
    """Of several pages of one stream the first decides, in whatever order they come back."""
    subscription.sent_seq = min(subscription.sent_seq, page.first_seq - 1)
    subscription.dirty = True
