"""The hub's connections: who is there, and who follows what."""

from dataclasses import dataclass, field

from hobnob_protocol.ids import AccountId, DeviceId, StreamId
from hobnob_sync.budget import Budget
from hobnob_sync.hub_engine.followers import Followers
from hobnob_sync.hub_engine.session import Session, Subscription, Total


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
    spent: dict[int, Session] = field(default_factory=dict[int, Session])
    """Those who wait for nothing but credit: something is due to them, and there is room."""
    by_device: dict[DeviceId, Session] = field(default_factory=dict[DeviceId, Session])
    followers: dict[StreamId, Followers] = field(default_factory=dict[StreamId, Followers])
    total: Total = field(default_factory=Total)
    who_due_ms: dict[tuple[int, StreamId], int] = field(
        default_factory=dict[tuple[int, StreamId], int]
    )
    """When connections are told who is here in streams, that asked before they had been shown."""
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
        self.spent.pop(conn, None)
        of_account = self.by_account.get(session.account, {})
        of_account.pop(conn, None)
        if not of_account:
            self.by_account.pop(session.account, None)
        if self.by_device.get(session.device) is session:
            del self.by_device[session.device]
        for stream in session.subscriptions:
            self.followers[stream].drop(conn)
            self.who_due_ms.pop((conn, stream), None)

    def follow(self, session: Session, subscription: Subscription) -> None:
        """A connection follows a stream from now on."""
        session.subscriptions[subscription.stream] = subscription
        followers = self.followers.get(subscription.stream)
        if followers is None:
            followers = self.followers[subscription.stream] = Followers(self.total)
        # A stream that is opened again is followed anew.
        followers.drop(session.conn)
        followers.follow(session, subscription)
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
            self.followers[stream].drop(session.conn)
        self.who_due_ms.pop((session.conn, stream), None)
        session.backs.pop(stream, None)

    def part(self, session: Session) -> None:
        """A session is abreast in no stream any more."""
        for stream in session.abreast_in:
            self.followers[stream].part(session.conn)

    def of_account(self, account: AccountId) -> list[Session]:
        """The connections of an account's devices."""
        return list(self.by_account.get(account, {}).values())
