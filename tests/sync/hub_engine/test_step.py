"""One step in the making: it reads what it has itself done, and folds what the hub decides by."""

import pytest

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    AccountId,
    EventId,
    TargetId,
    head8,
    target_of,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact, Rule, Value
from hobnob_protocol.kinds.conversations import Sealed
from hobnob_protocol.kinds.hub_acts import Revoke
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.membership import Join as JoinBody
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.registry import STANDARD
from hobnob_sync.hub_engine.state import RESIDENT
from hobnob_sync.hub_engine.step import Step, wins
from hobnob_sync.log import next_head
from hobnob_sync.ports import (
    HubTransaction,
    Key,
    KnownKey,
    Loaded,
    RangeKey,
    StreamRow,
    Target,
    TargetKey,
)
from tests.protocol.kinds.scene import fact
from tests.sync.hub_engine.scene import Hub, Member


def begin(hub: Hub, *keys: Key[object]) -> Step:
    """A step that has loaded so much."""
    engine = hub.engine
    return Step(engine.hub, engine.state, engine.sessions, hub.store.load(keys), hub.now_ms)


def put(step: Step, hub: Hub, member: Member, text: str = "x") -> EventId:
    """Append a post to the first channel."""
    data = hub.compose(member, hub.general, Post(text))
    event = hub.named(member, hub.general, data)
    kind = hub.registry.of(Post)
    posted = Fact(
        hub.general,
        *step.place(hub.general),
        event,
        member.account,
        member.device,
        kind.number,
        0,
        Post(text),
    )
    step.append(event, data, posted, kind)
    return event


@pytest.mark.parametrize(
    ("rule", "value", "present", "expected"),
    [
        (Rule.LAST, 1, 2, True),
        (Rule.FIRST, 2, 1, False),
        (Rule.MAX, (1, 5), (1, 4), True),
        (Rule.MAX, (1, 4), (1, 4), False),
        (Rule.MAX, (1, 3), (1, 4), False),
        (Rule.MAX, (2, 0), (1, 4), True),
    ],
)
def test_which_write_stays(rule: Rule, value: Value, present: Value, expected: bool) -> None:
    """The log only grows, so the last write comes last; equal cursors are no news."""
    assert wins(rule, value, present) is expected


def test_what_a_step_appends_it_finds() -> None:
    """By name, by place and by id; entries that were loaded are found beside them."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 2)
    head = len(hub.log(hub.general))
    old = hub.log(hub.general)[-1]
    keys = (KnownKey(old.event_id), RangeKey(hub.general, head, 1, 1))
    step = begin(hub, *keys)
    before = hub.engine.state.streams[hub.general]
    one, two = put(step, hub, alice, "one"), put(step, hub, alice, "two")
    assert step.known(KnownKey(old.event_id)) == (hub.general, head)
    assert (step.known(KnownKey(one)), step.known(KnownKey(two))) == (
        (hub.general, head + 1),
        (hub.general, head + 2),
    )
    assert step.entry(hub.general, head) == old
    assert step.entry(hub.general, head - 1) is None
    entries = [step.entry(hub.general, seq) for seq in (head + 1, head + 2)]
    assert [entry.event_id for entry in entries if entry] == [one, two]
    assert step.entry(hub.general, head + 3) is None
    assert step.appended == {hub.general: entries}
    assert step.transaction.entries == [(hub.general, entry) for entry in entries]
    first = next_head(before.head, one, head + 1, hub.now_ms)
    assert [entry.head for entry in entries if entry] == [
        first,
        next_head(first, two, head + 2, hub.now_ms),
    ]
    row = step.transaction.streams[hub.general]
    assert row == step.state.streams[hub.general]
    assert entries[1] is not None
    assert (row.seq, row.head, row.at_ms) == (head + 2, entries[1].head, hub.now_ms)
    assert (row.number, row.checkpoint_seq) == (before.number, before.checkpoint_seq)


def test_an_event_that_was_not_asked_for_is_a_bug() -> None:
    """Rather than be taken for one that is not there."""
    hub = Hub()
    step = begin(hub)
    with pytest.raises(KeyError):
        step.known(KnownKey(EventId(bytes(32))))
    with pytest.raises(KeyError):
        step.target(hub.general, TargetId(bytes(16)))


def test_what_a_step_remembers_of_a_message_goes_before_what_was_loaded() -> None:
    """The newest row is found."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    step = begin(hub, TargetKey(hub.general, said))
    held = hub.target(hub.general, said)
    assert step.target(hub.general, said) == held
    fresh = Target(held.seq, held.account, held.kind, False, None, dead=True)
    step.put_target(hub.general, said, fresh)
    assert step.target(hub.general, said) == fresh
    assert step.transaction.targets == {(hub.general, said): fresh}


def test_a_stream_begins_with_the_next_number() -> None:
    """Empty, and with nothing to sign."""
    hub = Hub()
    alice = hub.member("alice")
    step = begin(hub)
    number = hub.engine.state.next_stream
    stream = user_stream(alice.account)
    assert step.create(stream) == StreamRow(stream, number, 0, EMPTY_HEAD, 0)
    assert hub.engine.state.next_stream == number + 1
    assert stream not in hub.engine.state.unsigned
    step.put_stream(StreamRow(stream, number, 5, EMPTY_HEAD, 0, checkpoint_seq=4))
    assert stream in hub.engine.state.unsigned
    step.put_stream(StreamRow(stream, number, 5, EMPTY_HEAD, 0, checkpoint_seq=5))
    assert stream not in hub.engine.state.unsigned


def test_the_next_place_follows_the_last_and_its_time_never_goes_back() -> None:
    """The clock may; a stream that is not there yet begins now."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 1)
    hub.now_ms -= 500
    step = begin(hub)
    assert step.place(hub.general) == (len(hub.log(hub.general)) + 1, hub.now_ms + 500)
    assert step.place(user_stream(hub.stranger("bob").account)) == (1, hub.now_ms)


def test_what_the_hub_says_names_what_it_had_seen() -> None:
    """And is counted; its author is the hub."""
    hub = Hub()
    alice = hub.member("alice")
    before = hub.engine.state.streams[hub.general]
    step = begin(hub)
    drawn = hub.engine.state.author_seq
    entry, event, fact = step.act(hub.general, JoinBody(alice.account))
    author = hub.engine.state.accounts.hub
    assert (event.header.seen_seq, event.header.seen_head8) == (before.seq, head8(before.head))
    assert event.header.author_seq == drawn + 1
    assert (fact.seq, fact.at_ms, fact.event) == (entry.seq, entry.at_ms, entry.event_id)
    assert (fact.account, fact.device) == (author.account, author.device)
    assert fact.ts_seconds == event.header.ts_seconds == hub.now_ms // 1_000
    assert decode_event(entry.event) == event
    assert fact.target == target_of(entry.event_id)
    assert fact.body == JoinBody(alice.account)
    fresh = begin(hub)
    stream = user_stream(hub.stranger("bob").account)
    _, event, _ = fresh.act(stream, Revoke(hub.general, TargetId(bytes(16))))
    assert (event.header.seen_seq, event.header.seen_head8) == (0, bytes(8))


def test_a_read_cursor_never_goes_back_but_by_its_generation() -> None:
    """What the hub counts unread from is the greatest that was said."""
    hub = Hub()
    alice = hub.member("alice")
    own = user_stream(alice.account)
    for (gen, seq), expected in (
        ((1, 5), (1, 5)),
        ((1, 3), (1, 5)),
        ((1, 6), (1, 6)),
        ((2, 2), (2, 2)),
        ((1, 9), (2, 2)),
    ):
        hub.told(alice, own, ReadCursor(hub.general, gen, seq))
        assert hub.cell(own, nouns.READ, hub.general) == expected
        assert hub.engine.state.read_seq(alice.account, hub.general) == expected[1]


def test_only_what_the_hub_decides_by_is_folded() -> None:
    """A post leaves no cell, and an empty step nothing to commit."""
    hub = Hub()
    alice = hub.member("alice")
    step = begin(hub)
    assert not step.transaction
    assert step.transaction == HubTransaction()
    put(step, hub, alice)
    assert step.transaction.cells == {}
    assert step.transaction.targets == {}
    assert Loaded({}).has(KnownKey(EventId(bytes(32)))) is False


def test_no_message_writes_what_a_hub_decides_by() -> None:
    """So it folds none: what a message says is for replicas."""
    bodies: tuple[Body, ...] = (
        Post("hello"),
        Poll("when?", ("now", "later")),
        Sealed(b"opaque"),
        Imported("zulip", "1", AccountId(bytes(20)), 7, "hello"),
    )
    assert {type(body) for body in bodies} == {kind.body for kind in STANDARD if kind.root}
    for body in bodies:
        kind = STANDARD.of(type(body))
        for said in (body, None):
            written = {write.noun for write in kind.writes(fact(said, kind.name))}
            assert written
            assert written.isdisjoint(RESIDENT)
