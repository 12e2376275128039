"""Live events and pages share one road: who is abreast, who has credit, who is slow, which lane."""

import pytest

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Page, Push
from hobnob_protocol.ids import EMPTY_HEAD, EventId, StreamId
from hobnob_protocol.kinds.membership import Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Kick
from hobnob_protocol.limits import (
    BACKFILLS_MAX,
    CREDIT_BYTES,
    PAGE_BYTES_MAX,
    PAGE_EVENTS_MAX,
    STALL_SECONDS,
)
from hobnob_sync.hub_engine.inputs import Congested, Drained, Gone, Received, Send, Tick
from hobnob_sync.hub_engine.live import send_live
from hobnob_sync.hub_engine.session import Session
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Entry, Loaded
from tests.sync.hub_engine.readers import opening, seqs, two
from tests.sync.hub_engine.scene import Hub, Member

STALL_MS = int(STALL_SECONDS * 1_000)


def marked(hub: Hub, member: Member, stream: StreamId) -> bool:
    """Has the stream something that could not be sent to the member?"""
    return hub.session(member).subscriptions[stream].dirty


# Live.


def test_what_is_said_goes_at_once_as_the_same_bytes_to_all_who_are_abreast() -> None:
    """One output for all of them, in the order they came."""
    hub, alice, bob = two()
    carol = hub.member("carol")
    for member in (carol, alice):
        hub.follow(member, hub.general)
    hub.fill(alice, hub.general, 2)
    (send,) = [one for one in hub.outputs if isinstance(one, Send) and isinstance(one.frame, Page)]
    head = len(hub.log(hub.general))
    row = hub.engine.state.streams[hub.general]
    assert isinstance(send.frame, Page)
    assert send.conns == (bob.conn, carol.conn, alice.conn)
    assert (send.frame.number, send.frame.first_seq) == (row.number, head - 1)
    assert [one.event for one in send.frame.events] == [
        entry.event for entry in hub.log(hub.general)[-2:]
    ]
    assert hub.session(bob).subscriptions[hub.general].sent_seq == head


def test_who_is_not_abreast_gets_a_mark_and_then_a_page() -> None:
    """Nothing is sent out of order."""
    hub, alice, bob = two()
    hub.receive(alice, Push(()))
    hub.engine.sessions.part(hub.session(bob))
    hub.session(bob).subscriptions[hub.general].sent_seq -= 1
    hub.fill(alice, hub.general, 1)
    assert seqs(hub.sent(bob.conn)) == []
    assert marked(hub, bob, hub.general)
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == [len(hub.log(hub.general)) - 1]
    assert not marked(hub, bob, hub.general)


@pytest.mark.parametrize(("more", "pages"), [(0, 1), (1, 2)])
def test_a_batch_beyond_a_page_goes_at_once_as_several(more: int, pages: int) -> None:
    """To the byte; one after the other, nobody needs the log."""
    hub, alice, bob = two()
    events = [hub.pushed(alice, hub.general, Post("x" * 9_000)) for _ in range(5)]
    used = sum(len(one.event) for one in events)
    probe = len(hub.pushed(alice, hub.general, Post("x" * 1_000)).event) - 1_000
    alice.push_no -= 1
    last = hub.pushed(alice, hub.general, Post("x" * (PAGE_BYTES_MAX - used - probe + more)))
    assert used + len(last.event) == PAGE_BYTES_MAX + more
    first = len(hub.log(hub.general)) + 1
    hub.push(alice, *events, last)
    assert seqs(hub.sent(bob.conn)) == [first, first + 5][:pages]
    assert not marked(hub, bob, hub.general)


@pytest.mark.parametrize("more", [0, 1, PAGE_EVENTS_MAX, PAGE_EVENTS_MAX + 1])
def test_a_page_of_a_batch_has_no_more_events_than_a_page_holds(more: int) -> None:
    """As bytes let through what no signed event is short enough for, the step is filled by hand."""
    hub, _, bob = two()
    step = Step(hub.engine.hub, hub.engine.state, hub.engine.sessions, Loaded({}), hub.now_ms)
    first = len(hub.log(hub.general)) + 1
    count = PAGE_EVENTS_MAX + more
    step.appended[hub.general] = [
        Entry(first + n, 0, EventId(bytes(32)), EMPTY_HEAD, b"x") for n in range(count)
    ]
    send_live(step)
    pages = [one.frame for one in step.outputs if isinstance(one, Send)]
    assert seqs(pages) == list(range(first, first + count, PAGE_EVENTS_MAX))
    assert sum(len(page.events) for page in pages if isinstance(page, Page)) == count
    assert not marked(hub, bob, hub.general)


def test_who_runs_out_of_credit_amid_a_batch_reads_the_rest_from_the_log() -> None:
    """The page that takes the last of it is the last; others get all at once."""
    hub, alice, bob = two()
    carol = hub.member("carol")
    hub.follow(carol, hub.general)
    for member in (bob, carol):
        hub.sent(member.conn)
    hub.session(bob).charge(hub.session(bob).credit_bytes - 1)
    first = len(hub.log(hub.general)) + 1
    hub.push(alice, *[hub.pushed(alice, hub.general, Post("x" * 9_000)) for _ in range(12)])
    assert seqs(hub.sent(carol.conn)) == [first, first + 6]
    assert seqs(hub.sent(bob.conn)) == [first]
    assert marked(hub, bob, hub.general)


def test_nothing_goes_to_who_has_just_lost_the_right() -> None:
    """Neither the event that ended it, nor what follows in the batch."""
    hub, alice, bob = two()
    hub.receive(
        bob,
        Push((hub.pushed(bob, hub.general, Post("x")), hub.pushed(bob, hub.general, Leave()))),
    )
    assert seqs(hub.sent(bob.conn)) == []
    hub.fill(alice, hub.general, 1)
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == []


def test_a_page_that_was_planned_is_not_sent_to_who_was_kicked_meanwhile() -> None:
    """Tails and history alike."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    hub.fill(olga, hub.general, 9)
    hub.back(bob, hub.general, 5, 2)
    hub.open(bob, hub.open_stream(bob, hub.general))
    hub.sent(bob.conn)
    assert hub.decision.again
    hub.say(olga, hub.general, Kick(bob.account, "enough"))
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == []


def test_a_page_that_was_planned_is_not_sent_to_who_is_gone_or_stuck() -> None:
    """It stays for the next time there is room."""
    hub, _, bob = two()
    carol = hub.member("carol")
    hub.step([Received(one.conn, opening(hub, one, hub.general), 1) for one in (bob, carol)])
    for member in (bob, carol):
        hub.sent(member.conn)
    assert hub.decision.again
    hub.step([Gone(carol.conn), Congested(bob.conn)])
    assert seqs(hub.sent(bob.conn)) == seqs(hub.sent(carol.conn)) == []
    hub.step([Drained(bob.conn)])
    hub.rest()
    assert len(seqs(hub.sent(bob.conn))) == 1
    assert hub.sent(carol.conn) == []


# Credit.


def test_a_page_costs_what_both_sides_count() -> None:
    """Live or not: event bytes and a little for each."""
    hub, alice, bob = two()
    hub.fill(alice, hub.general, 3)
    cost = page_cost_bytes(entry.event for entry in hub.log(hub.general)[-3:])
    assert hub.session(bob).credit_bytes == CREDIT_BYTES - cost
    hub.credit(bob, cost - 1)
    assert hub.session(bob).credit_bytes == CREDIT_BYTES - 1
    hub.credit(bob, 2)
    assert hub.session(bob).credit_bytes == CREDIT_BYTES


@pytest.mark.parametrize(("credit_bytes", "sent"), [(1, True), (0, False), (-1, False)])
def test_without_credit_nothing_is_sent(credit_bytes: int, sent: bool) -> None:
    """One byte is enough for one page; what could not go comes when there is credit again."""
    hub, alice, bob = two()
    hub.session(bob).charge(hub.session(bob).credit_bytes - credit_bytes)
    hub.fill(alice, hub.general, 1)
    assert (len(seqs(hub.sent(bob.conn))) == 1) is sent
    hub.fill(alice, hub.general, 1)
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == []
    hub.credit(bob, CREDIT_BYTES)
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == [len(hub.log(hub.general)) - (0 if sent else 1)]


# Slow readers.


def test_a_congested_reader_gets_nothing_until_it_is_drained() -> None:
    """Then all of it, from the log."""
    hub, alice, bob = two()
    head = len(hub.log(hub.general))
    hub.step([Congested(bob.conn)])
    hub.fill(alice, hub.general, 2)
    hub.rest()
    assert hub.sent(bob.conn) == []
    hub.step([Drained(bob.conn)])
    hub.rest()
    assert seqs(hub.sent(bob.conn)) == [head + 1]


@pytest.mark.parametrize(("after_ms", "ended"), [(STALL_MS - 1, False), (STALL_MS, True)])
def test_a_reader_without_progress_is_sent_away(after_ms: int, ended: bool) -> None:
    """To come back and resume; being told again that it is stuck gains no time."""
    hub, _, bob = two()
    since = hub.now_ms + 5
    hub.step([Congested(bob.conn)], since)
    assert hub.decision.deadline_ms == since + STALL_MS
    hub.step([Congested(bob.conn)], since + 3)
    assert hub.decision.deadline_ms == since + STALL_MS
    hub.step([Tick()], since + after_ms)
    assert (hub.bye(bob) == "slow") is ended
    assert (bob.conn in hub.engine.sessions.by_conn) is not ended


def test_progress_in_time_is_enough() -> None:
    """The next congestion counts anew, and the earliest of all sets the deadline."""
    hub, alice, bob = two()
    start = hub.now_ms + 1
    hub.step([Congested(bob.conn)], start)
    hub.step([Drained(bob.conn), Congested(alice.conn)], start + STALL_MS - 1)
    hub.step([Congested(bob.conn)], start + STALL_MS)
    assert hub.decision.deadline_ms == start + 2 * STALL_MS - 1
    hub.step([Tick()], start + 2 * STALL_MS - 1)
    assert (hub.bye(alice), hub.bye(bob)) == ("slow", None)


def test_connections_that_are_over_are_told_nothing() -> None:
    """Whatever the transport still says of them."""
    hub, _, bob = two()
    hub.step([Gone(bob.conn), Gone(bob.conn)])
    outputs = hub.step(
        [Congested(bob.conn), Drained(bob.conn), Received(bob.conn, Push(()), 1), Gone(99)]
    )
    assert outputs == ()
    assert hub.engine.sessions.by_device.get(bob.device) is None


def weight(session: Session) -> int:
    """Everything the hub keeps for a connection, counted."""
    kept = {name: getattr(session, name) for name in Session.__slots__}
    many = [len(kept.pop(name)) for name in ("subscriptions", "backs", "_paces")]
    assert all(isinstance(value, bytes | int | None) for value in kept.values())
    return len(kept) + sum(many)


def test_a_stalled_reader_costs_the_hub_one_mark_a_stream() -> None:
    """Whatever is said meanwhile, and whatever it asks for."""
    hub, alice, bob = two()
    hub.step([Congested(bob.conn)])
    before = weight(hub.session(bob))
    for _ in range(40):
        hub.fill(alice, hub.general, 60)
    assert weight(hub.session(bob)) == before
    for _ in range(3 * BACKFILLS_MAX):
        hub.back(bob, hub.general, 9, 1)
    assert weight(hub.session(bob)) == before + 1
    assert hub.sent(bob.conn) == []
    assert not hub.decision.again
