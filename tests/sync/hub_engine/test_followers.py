"""Those who are abreast are counted together: each has what it would have been counted alone."""

from random import Random

import pytest

from hobnob_protocol.flow import frame_cost_bytes
from hobnob_protocol.frames import Credit, Page
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_sync.hub_engine.inputs import Congested, Credited, Drained, Gone, Received, Unsent
from hobnob_sync.hub_engine.pages import is_due
from tests.sync.hub_engine.scene import Hub, Member

READERS = 4
STEPS = 100
TEXT = "x" * 9_000


class Ledger:
    """What one reader may get, counted page by page."""

    def __init__(self, hub: Hub, member: Member) -> None:
        self.hub = hub
        self.member = member
        self.left_bytes = hub.session(member).credit_bytes
        self.stuck = False
        self.had: dict[int, int] = {}

    def hear(self) -> list[Page]:
        """The pages of a step: each was allowed when it was sent, and none left a hole."""
        pages = self.hub.take(self.member, Page)
        for page in pages:
            assert self.left_bytes > 0
            assert not self.stuck
            assert page.first_seq == self.had.get(page.number, page.first_seq - 1) + 1
            self.had[page.number] = page.first_seq + len(page.events) - 1
            self.left_bytes -= frame_cost_bytes(page)
        session = self.hub.engine.sessions.by_conn.get(self.member.conn)
        assert session is None or session.credit_bytes == self.left_bytes
        return pages

    def credit(self, size_bytes: int) -> None:
        """It has taken in so much of what it has heard."""
        self.hear()
        self.left_bytes = min(CREDIT_BYTES, self.left_bytes + size_bytes)
        conn = self.member.conn
        # By its frame, or with what others give back: it comes to the same.
        one, other = Received(conn, Credit(size_bytes), 1), Credited(((conn, size_bytes),))
        self.hub.step([one if size_bytes % 2 else other])

    def stick(self, unsent: list[Page]) -> None:
        """Its transport is full; what it did not take comes back."""
        self.stuck = True
        for page in unsent:
            self.left_bytes = min(CREDIT_BYTES, self.left_bytes + frame_cost_bytes(page))
            self.had[page.number] = min(self.had[page.number], page.first_seq - 1)
        self.hub.step(
            [Congested(self.member.conn), *[Unsent(self.member.conn, page) for page in unsent]]
        )

    def drain(self) -> None:
        """There is room again."""
        self.stuck = False
        self.hub.step([Drained(self.member.conn)])


def readers(hub: Hub, streams: list[StreamId]) -> list[Ledger]:
    """Some who follow all streams."""
    found: list[Ledger] = []
    for nth in range(READERS):
        member = hub.member(f"reader{nth}")
        for stream in streams:
            if stream != hub.general:
                hub.join(member, stream)
            hub.follow(member, stream)
        hub.rest()
        hub.sent(member.conn)
        found.append(Ledger(hub, member))
    return found


def assert_spent_is_who_waits_for_credit(hub: Hub) -> None:
    """So that whoever keeps credit back knows for whom it must not."""
    sessions = hub.engine.sessions
    lacking = {
        conn
        for conn, session in sessions.by_conn.items()
        if session.congested_since_ms is None and session.credit_bytes <= 0 and is_due(session)
    }
    # Whose turn is to come yet is looked at then.
    waiting = sessions.waiting.keys()
    assert sessions.spent.keys() - waiting == lacking - waiting


@pytest.mark.parametrize("seed", range(5))
def test_whoever_gets_a_page_has_credit_for_it_and_is_charged_for_it(seed: int) -> None:
    """In several streams, whatever else happens meanwhile; in the end all have all."""
    random, hub = Random(seed), Hub()
    alice = hub.member("alice")
    streams = [hub.general, hub.channel(alice, "one"), hub.channel(alice, "other")]
    ledgers = readers(hub, streams)
    for ledger in ledgers:
        ledger.hear()
    for _ in range(STEPS):
        one, what = random.choice(ledgers), random.random()
        heard: list[Page] = []
        if what < 0.5:
            text = random.choice(("x", TEXT))
            hub.fill(alice, random.choice(streams), random.randint(1, 9), text)
        elif what < 0.8:
            one.credit(random.choice((1, 5_000, CREDIT_BYTES)))
        elif one.stuck:
            one.drain()
        elif what < 0.85:
            hub.fill(alice, random.choice(streams), 1, TEXT)
            heard = one.hear()
            one.stick(heard)
        for ledger in ledgers:
            ledger.hear()
        assert_spent_is_who_waits_for_credit(hub)
    for ledger in ledgers:
        ledger.drain()
        while True:
            ledger.credit(CREDIT_BYTES)
            hub.rest()
            if not ledger.hear():
                break
    rows = hub.engine.state.streams
    ends = {rows[stream].number: rows[stream].seq for stream in streams}
    for ledger in ledgers:
        assert {number: ledger.had[number] for number in ends} == ends
    assert not hub.engine.sessions.spent


def test_the_same_readers_are_the_same_tuple() -> None:
    """Whoever writes to them need not look at each, until one comes, goes or falls behind."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    for member in (bob, carol):
        hub.follow(member, hub.general)
    hub.fill(alice, hub.general, 1)
    place = hub.engine.sessions.followers[hub.general]
    before = place.conns
    hub.fill(alice, hub.general, 1)
    hub.credit(bob, 1)
    hub.fill(alice, hub.general, 1)
    assert place.conns is before
    assert before == (bob.conn, carol.conn)
    hub.step([Congested(bob.conn)])
    assert list(place.conns) == [carol.conn]
    hub.step([Drained(bob.conn)])
    hub.fill(alice, hub.general, 1)
    assert list(place.conns) == [carol.conn, bob.conn]
    hub.step([Gone(carol.conn)])
    assert list(place.conns) == [bob.conn]
    assert [session.conn for session in place] == [bob.conn]
    assert carol.conn not in place


def test_who_gives_credit_back_stays_among_the_same_readers() -> None:
    """However much they are sent together; only whoever has none left goes."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    for member in (bob, carol):
        hub.follow(member, hub.general)
    hub.fill(alice, hub.general, 1)
    place = hub.engine.sessions.followers[hub.general]
    before, pages = place.conns, 3 * CREDIT_BYTES // len(TEXT)
    for _ in range(pages):
        hub.fill(alice, hub.general, 1, TEXT)
        hub.credit(bob, CREDIT_BYTES)
        hub.credit(carol, CREDIT_BYTES)
        assert place.conns is before
    for _ in range(pages):
        hub.fill(alice, hub.general, 1, TEXT)
        hub.credit(carol, CREDIT_BYTES)
    assert list(place.conns) == [carol.conn]


def test_credit_of_many_is_each_ones_own() -> None:
    """Whoever had none gets the page that waits for it; who is gone meanwhile gets nothing."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    for member in (bob, carol):
        hub.follow(member, hub.general)
    while hub.session(bob).credit_bytes > 0:
        hub.fill(alice, hub.general, 1, TEXT)
    hub.fill(alice, hub.general, 1)
    hub.step([Gone(carol.conn)])
    hub.sent(bob.conn)
    assert list(hub.engine.sessions.spent) == [bob.conn]
    hub.step([Credited(((carol.conn, 9), (bob.conn, CREDIT_BYTES)))])
    hub.rest()
    assert not hub.engine.sessions.spent
    assert [type(frame) for frame in hub.sent(bob.conn)] == [Page]
