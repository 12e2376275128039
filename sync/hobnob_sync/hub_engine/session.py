"""One connection that is logged in: what it follows, and how much may be under way to it.

Nothing here outlives the process. A slow reader costs one flag for each stream it follows; pages
come from the log when there is credit again.
"""

from dataclasses import dataclass

from hobnob_protocol.frames import Back
from hobnob_protocol.ids import AccountId, DeviceId, GrantId, StreamId
from hobnob_protocol.limits import CREDIT_BYTES


@dataclass(slots=True)
class Total:
    """What all paces of a hub have spent together."""

    spent_bytes: int = 0


@dataclass(slots=True, eq=False)
class Pace:
    """How far those are who are abreast in a stream: `sent_seq` is the last event put on its way to
    them, `spent_bytes` what that has cost each who was there all the time. While the total is below
    `safe_bytes` all of them have credit; `rights` is the `HubState.rights` as of which all of them
    have a right to the stream."""

    total: Total
    sent_seq: int = 0
    spent_bytes: int = 0
    safe_bytes: int = 0
    rights: int = -1

    def has_credit(self, credit_bytes: int) -> None:
        """One of them has so much left now."""
        self.safe_bytes = min(self.safe_bytes, self.total.spent_bytes + credit_bytes)

    def advance(self, sent_seq: int, cost_bytes: int) -> None:
        """A page goes to all of them."""
        self.sent_seq = sent_seq
        self.spent_bytes += cost_bytes
        self.total.spent_bytes += cost_bytes


class Subscription:
    """One stream a connection follows; `sent_seq` is the last event put on its way. `tail_seq` is
    the first it holds, where it began with nothing; 0 where it went on from its own cursor.
    `readable_at` is the `HubState.rights` as of which the connection was last found to have a right
    to it, -1 before. `pace` is that of the followers who are abreast, for as long as it is one."""

    __slots__ = ("_sent_seq", "dirty", "grant", "pace", "readable_at", "stream", "tail_seq")

    def __init__(
        self,
        stream: StreamId,
        grant: GrantId,
        sent_seq: int,
        dirty: bool = False,
        tail_seq: int = 0,
    ) -> None:
        self.stream = stream
        self.grant = grant
        self.dirty = dirty
        self.tail_seq = tail_seq
        self.readable_at = -1
        self.pace: Pace | None = None
        self._sent_seq = sent_seq

    @property
    def sent_seq(self) -> int:
        """The last event put on its way; it is set only of who is not abreast."""
        return self._sent_seq if self.pace is None else self.pace.sent_seq

    @sent_seq.setter
    def sent_seq(self, seq: int) -> None:
        """Another is the last."""
        assert self.pace is None, "whoever is abreast goes with all others"
        self._sent_seq = seq


class Session:
    """One connection that is logged in."""

    __slots__ = (
        "_credit_bytes",
        "_paces",
        "account",
        "backs",
        "congested_since_ms",
        "conn",
        "device",
        "pages",
        "shown_since_ms",
        "subscriptions",
        "told_typing",
    )

    def __init__(self, conn: int, account: AccountId, device: DeviceId) -> None:
        self.conn = conn
        self.account = account
        self.device = device
        self.subscriptions: dict[StreamId, Subscription] = {}
        self.backs: dict[StreamId, Back] = {}
        """What of each stream's history was asked for and not sent yet, in the order of turns."""
        self.congested_since_ms: int | None = None
        self.pages = 0
        """Pages read for it from the log, by which backfill gets its share."""
        self.shown_since_ms: int | None = None
        """Since when others may be told that this account is here; None where they may not."""
        self.told_typing = False
        """Does it say when somebody writes, and want to be told of others?"""
        self._credit_bytes = CREDIT_BYTES
        self._paces: dict[StreamId, tuple[Pace, int]] = {}
        """The streams it is abreast in, with what each pace had spent when it came to be so."""

    @property
    def credit_bytes(self) -> int:
        """How many bytes of pages may still be put on their way, with what its paces have spent."""
        left_bytes = self._credit_bytes
        for pace, since in self._paces.values():
            left_bytes -= pace.spent_bytes - since
        return left_bytes

    @property
    def shown(self) -> bool:
        """May others be told that this account is here?"""
        return self.shown_since_ms is not None

    @property
    def ready(self) -> bool:
        """May a page be sent now?"""
        return self.congested_since_ms is None and self.credit_bytes > 0

    def charge(self, size_bytes: int) -> None:
        """A page goes to it alone."""
        self._credit_bytes -= size_bytes
        left_bytes = self.credit_bytes
        for pace, _ in self._paces.values():
            pace.has_credit(left_bytes)

    def credited(self, size_bytes: int) -> None:
        """The client has taken in so much; never more than a full window."""
        self._credit_bytes += min(size_bytes, CREDIT_BYTES - self.credit_bytes)

    def join(self, stream: StreamId, pace: Pace) -> None:
        """It is abreast in a stream."""
        pace.has_credit(self.credit_bytes)
        self._paces[stream] = pace, pace.spent_bytes

    def part(self, stream: StreamId) -> None:
        """... or no more: what it has been sent there is counted as its own."""
        pace, since = self._paces.pop(stream)
        self._credit_bytes -= pace.spent_bytes - since

    @property
    def abreast_in(self) -> list[StreamId]:
        """The streams it is abreast in."""
        return list(self._paces)
