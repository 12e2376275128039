"""The hub's connections: who is there, what they follow, and how much may be under way to them.

Nothing here outlives the process. A slow reader costs one flag for each stream it follows; pages
come from the log when there is credit again.
"""

from dataclasses import dataclass, field

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import AccountId, DeviceId, GrantId, StreamId
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_sync.budget import Budget


@dataclass(slots=True)
class Subscription:
    """One stream a connection follows; `sent_seq` is the last event put on its way. `tail_seq` is
    the first it holds, where it began with nothing; 0 where it went on from its own cursor.
    `readable_at` is the `HubState.rights` as of which the connection was last found to have a right
    to it, -1 before."""

    stream: StreamId
    grant: GrantId
    sent_seq: int
    dirty: bool = False
    tail_seq: int = 0
    readable_at: int = -1


@dataclass(slots=True)
class Session:
    """One connection that is logged in."""

    conn: int
    account: AccountId
    device: DeviceId
    subscriptions: dict[StreamId, Subscription] = field(
        default_factory=dict[StreamId, Subscription]
    )
    backs: list[Back] = field(default_factory=list[Back])
    credit_bytes: int = CREDIT_BYTES
    congested_since_ms: int | None = None
    pages: int = 0
    """Pages read for it from the log, by which backfill gets its share."""

    @property
    def ready(self) -> bool:
        """May a page be sent now?"""
        return self.credit_bytes > 0 and self.congested_since_ms is None

    def credited(self, size_bytes: int) -> None:
        """The client has taken in so much; never more than a full window."""
        self.credit_bytes = min(CREDIT_BYTES, self.credit_bytes + size_bytes)


@dataclass(slots=True)
class Sessions:
    """All connections that are logged in.

    A step must not look at all of them: those to whom something may be due wait in `waiting`, those
    without room are in `congested`.
    """

    by_conn: dict[int, Session] = field(default_factory=dict[int, Session])
    by_account: dict[AccountId, dict[int, Session]] = field(
        default_factory=dict[AccountId, dict[int, Session]]
    )
    waiting: dict[int, Session] = field(default_factory=dict[int, Session])
    """In the order of their turns. Who has no credit or no room is not in it."""
    congested: dict[int, Session] = field(default_factory=dict[int, Session])
    by_device: dict[DeviceId, Session] = field(default_factory=dict[DeviceId, Session])
    followers: dict[StreamId, dict[int, tuple[Session, Subscription]]] = field(
        default_factory=dict[StreamId, dict[int, tuple[Session, Subscription]]]
    )
    budgets: dict[AccountId, Budget] = field(default_factory=dict[AccountId, Budget])

    def add(self, session: Session) -> None:
        """Somebody has logged in."""
        self.by_conn[session.conn] = session
        self.by_device[session.device] = session
        self.by_account.setdefault(session.account, {})[session.conn] = session

    def remove(self, conn: int) -> None:
        """A connection is over."""
        session = self.by_conn.pop(conn, None)
        if session is None:
            return
        self.waiting.pop(conn, None)
        self.congested.pop(conn, None)
        of_account = self.by_account.get(session.account, {})
        of_account.pop(conn, None)
        if not of_account:
            self.by_account.pop(session.account, None)
        if self.by_device.get(session.device) is session:
            del self.by_device[session.device]
        for stream in session.subscriptions:
            self.followers[stream].pop(conn, None)

    def follow(self, session: Session, subscription: Subscription) -> None:
        """A connection follows a stream from now on."""
        session.subscriptions[subscription.stream] = subscription
        followers = self.followers.setdefault(subscription.stream, {})
        followers[session.conn] = (session, subscription)
        if subscription.dirty:
            self.wait(session)

    def wait(self, session: Session) -> None:
        """Something may be due to a session, or can be sent again: it gets its turn."""
        self.waiting.setdefault(session.conn, session)

    def had_turn(self, session: Session) -> None:
        """One of those who wait got a page: the others come first now."""
        del self.waiting[session.conn]
        self.waiting[session.conn] = session

    def unfollow(self, session: Session, stream: StreamId) -> None:
        """... or no more; what it asked of the stream's history goes too."""
        if session.subscriptions.pop(stream, None) is not None:
            self.followers[stream].pop(session.conn, None)
        session.backs = [back for back in session.backs if back.stream != stream]

    def of_account(self, account: AccountId) -> list[Session]:
        """The connections of an account's devices."""
        return list(self.by_account.get(account, {}).values())
