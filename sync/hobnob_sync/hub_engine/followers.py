"""Who follows a stream: those who are abreast, who get what comes next, and all others.

Whoever is abreast has all of the stream, room for more, and the right to it. What they get they get
together, so it is counted once for all of them (`Pace`), and what each has left is worked out when
it is asked for. Nobody is looked at for each event: what all have left is looked at once one of
them might have none, and all begin anew once a right has changed.
"""

from collections.abc import Iterator

from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_sync.hub_engine.session import Pace, Session, Subscription, Total

Follower = tuple[Session, Subscription]


class Followers:
    """The followers of one stream, by their connections; each is `abreast` or one of the
    `others`."""

    __slots__ = ("_conns", "abreast", "others", "pace")

    def __init__(self, total: Total) -> None:
        self.abreast: dict[int, Follower] = {}
        self.others: dict[int, Follower] = {}
        self.pace = Pace(total)
        self._conns: tuple[int, ...] | None = None

    def __contains__(self, conn: int) -> bool:
        return conn in self.abreast or conn in self.others

    def __len__(self) -> int:
        return len(self.abreast) + len(self.others)

    def __iter__(self) -> Iterator[Session]:
        """The connections themselves."""
        for followers in (self.abreast, self.others):
            for session, _ in followers.values():
                yield session

    @property
    def conns(self) -> tuple[int, ...]:
        """Those who are abreast: the same tuple until one comes or goes."""
        if self._conns is None:
            self._conns = tuple(self.abreast)
        return self._conns

    def follow(self, session: Session, subscription: Subscription) -> None:
        """One follows from now on."""
        self.others[session.conn] = (session, subscription)

    def drop(self, conn: int) -> None:
        """One follows no more."""
        self.part(conn)
        self.others.pop(conn, None)

    def all_may_have(self, first_seq: int, rights: int) -> bool:
        """Is it sure that whoever is abreast may have what begins with this event?"""
        pace = self.pace
        return (
            pace.sent_seq == first_seq - 1
            and pace.rights == rights
            and pace.total.spent_bytes < pace.safe_bytes
        )

    def part_spent(self, first_seq: int, rights: int) -> bool:
        """Where it is credit alone that one of them might lack for what begins with this event:
        those who do lack it are abreast no more, all others may have it. False where it is not."""
        pace = self.pace
        if pace.sent_seq != first_seq - 1 or pace.rights != rights:
            return False
        least_bytes = CREDIT_BYTES
        for conn, (session, _) in list(self.abreast.items()):
            left_bytes = session.credit_bytes
            if left_bytes > 0:
                least_bytes = min(least_bytes, left_bytes)
            else:
                self.part(conn)
        pace.safe_bytes = pace.total.spent_bytes + least_bytes
        return True

    def part_all(self, sent_seq: int, rights: int) -> None:
        """Nobody is abreast any more; whoever joins is as far as this, and has a right by then."""
        for conn in list(self.abreast):
            self.part(conn)
        pace = self.pace
        pace.sent_seq, pace.rights = sent_seq, rights
        pace.safe_bytes = pace.total.spent_bytes + CREDIT_BYTES

    def join(self, conn: int) -> None:
        """One of the others is abreast from now on."""
        session, subscription = self.abreast[conn] = self.others.pop(conn)
        session.join(subscription.stream, self.pace)
        subscription.pace = self.pace
        self._conns = None

    def part(self, conn: int) -> None:
        """... or no more, if it was."""
        found = self.abreast.pop(conn, None)
        if found is not None:
            session, subscription = self.others[conn] = found
            session.part(subscription.stream)
            subscription.pace = None
            subscription.sent_seq = self.pace.sent_seq
            self._conns = None
