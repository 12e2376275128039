"""What is said in conversations: it waits as it was said, and is sealed when it goes out."""

from dataclasses import replace

import pytest

from hobnob_protocol.bodies import encode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import UsageError
from hobnob_protocol.event import decode_event, verify
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    DeviceId,
    TargetId,
    conversation_stream,
    group_conversation,
    target_of,
)
from hobnob_protocol.kinds.conversations import Conversation, GroupChange, Sealed
from hobnob_protocol.kinds.hub_acts import Revoke
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.limits import START_PARTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.body import KIND as SEALED
from hobnob_protocol.sealing.body import WRAPPED_BYTES, Slice, Start, encode_start
from hobnob_protocol.sealing.group import NO_GROUP, REMOVE, founding
from hobnob_protocol.sealing.roster import Claim
from hobnob_protocol.sealing.said import Said, said_id
from hobnob_protocol.sealing.seal_key import Kid
from hobnob_sync.client_engine.inputs import Changed, Composed, Retry, Seal
from hobnob_sync.client_engine.pushing import begins, is_start
from hobnob_sync.opened import opened_stream, read_written
from hobnob_sync.ports import ReplicaTransaction
from hobnob_sync.views import overlay
from tests.sync.client_engine.scene import Scene, accepted, ack, pushed, refused
from tests.sync.client_engine.scripted_hub import CAUSE, CELLAR, GARDEN, HUB, SALT, TS_SECONDS

TALK = ConversationId(b"t" * 16)
STREAM = conversation_stream(TALK)
GROUP = conversation_stream(group_conversation(b"g" * 16))
SOMETHING = TargetId(b"s" * 16)


def seal(n: int, *starts: bytes, body: bytes = b"sealed") -> Seal:
    """What a shell makes of what waits at `n`."""
    salts = tuple(bytes([place + 1]) * 16 for place in range(len(starts) + 1))
    return Seal(n, starts, body, salts, TS_SECONDS + 60)


def test_a_text_waits_unsealed_and_durable() -> None:
    """Under the name it keeps; nothing is pushed that nobody has sealed."""
    scene = Scene()
    scene.connect()
    outputs = scene.compose(Post("hello"), STREAM)
    (row,) = scene.outbox
    name = said_id(TALK, scene.author.account, SALT)
    assert outputs == (Composed(row.n, name), Changed(STREAM))
    assert (row.state, row.event, row.event_id) == ("unsealed", b"", name)
    kind, body = STANDARD.encode(Post("hello"))
    assert read_written(decode_event(row.said)) == Said(kind, SALT, TS_SECONDS, body)
    assert scene.state.unsealed == (row,)
    assert not scene.state.queued
    assert scene.state.outbox_bytes == len(row.said)


def test_it_is_read_in_the_opened_stream_while_it_waits() -> None:
    """Sealed or not, and nowhere else."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("hello"), STREAM)
    (row,) = scene.outbox
    for _ in range(2):
        (read,) = overlay.waiting(scene.state, opened_stream(STREAM))
        assert read.fact.body == Post("hello")
        assert read.entry.event_id == said_id(TALK, scene.author.account, SALT)
        assert overlay.waiting(scene.state, GARDEN) == ()
        if row.n in {each.n for each in scene.state.unsealed}:
            scene.step(seal(row.n))


def test_what_is_sealed_is_signed_and_goes_out_after_its_start() -> None:
    """In places that were left free for it, so that a restart changes no order."""
    scene = Scene()
    scene.connect(last_push_no=3)
    scene.compose(Post("hello"), STREAM)
    scene.write("in the garden")
    (waiting, garden) = scene.outbox
    out = pushed(scene.step(seal(waiting.n, b"start 1", b"start 2")))
    assert out == ()  # The garden's push is under way.
    out = pushed(scene.receive(ack(accepted(garden, 1))))
    events = [decode_event(each.event) for each in out]
    assert [event.body for event in events] == [b"start 1", b"start 2", b"sealed"]
    assert {event.header.kind for event in events} == {SEALED}
    assert [event.header.author_seq for event in events] == [2, 3, 4]
    assert all(
        verify(event, HUB, STREAM, scene.author, scene.identity.verifier) for event in events
    )
    scene.reboot()
    places = [row.n for row in scene.outbox if row.stream == STREAM]
    assert places == [waiting.n - 2, waiting.n - 1, waiting.n]
    assert waiting.n - START_PARTS_MAX > 0


def test_only_what_waits_unsealed_is_sealed() -> None:
    """A bug in a shell changes nothing."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("hello"), STREAM)
    (row,) = scene.outbox
    for wrong in (
        seal(row.n + 1),
        Seal(row.n, (b"start",), b"sealed", (SALT,), TS_SECONDS),
        seal(row.n, *[b"start"] * (START_PARTS_MAX + 1)),
    ):
        with pytest.raises(UsageError):
            scene.step(wrong)
    scene.step(seal(row.n))
    with pytest.raises(UsageError):
        scene.step(seal(row.n))


def test_what_has_not_left_is_sealed_anew_on_the_next_connection() -> None:
    """Its start goes, what the hub has keeps its number, the rest is numbered once more."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("one"), STREAM)
    (one,) = scene.outbox
    scene.step(seal(one.n, b"start"))
    scene.write("in the garden")
    start, one, garden = scene.outbox
    assert (start.push_no, one.push_no, garden.push_no) == (1, 2, 0)
    scene.connect(last_push_no=1)
    rows = {row.n: row for row in scene.outbox}
    assert (rows[start.n].push_no, rows[start.n].state) == (1, "queued")
    assert (rows[one.n].state, rows[one.n].event) == ("unsealed", b"")
    assert rows[one.n].event_id == said_id(TALK, scene.author.account, SALT)
    assert rows[garden.n].push_no == 2


def test_a_start_that_has_not_left_goes_with_what_it_began() -> None:
    """Nobody would need it; what was numbered behind it is numbered anew."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("one"), STREAM)
    (one,) = scene.outbox
    scene.step(seal(one.n, b"start"))
    scene.write("in the garden")
    scene.receive(ack())
    assert [row.push_no for row in scene.outbox] == [1, 2, 3]
    scene.connect()
    kept = {row.n: (row.state, row.push_no) for row in scene.outbox}
    assert kept == {one.n: ("unsealed", 0), one.n + 1: ("queued", 1)}


def test_what_was_signed_first_goes_out_first() -> None:
    """What is sealed is signed only then, after all that was said openly meanwhile."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("hello"), STREAM)
    (hello,) = scene.outbox
    scene.write("in the garden")
    scene.write("there again")
    garden = scene.outbox[1]
    scene.step(seal(hello.n, b"start"))
    out = pushed(scene.receive(ack(accepted(garden, 1))))
    assert [decode_event(each.event).header.author_seq for each in out] == [2, 3, 4]
    assert [each.push_no for each in out] == [2, 3, 4]


def test_only_a_start_goes_with_what_it_began() -> None:
    """What is sent again as it was sealed once stays, and so does what has rotted."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("one"), STREAM)
    (one,) = scene.outbox
    scene.step(seal(one.n, b"start"))
    scene.compose(Sealed(b"sealed once"), STREAM)
    again, rotten = scene.write("hello")[-2:]
    scene.put(ReplicaTransaction(outbox={rotten.n: replace(rotten, event=b"\xc1")}))
    out = pushed(scene.connect())
    assert [row.n for row in scene.outbox] == [one.n, again.n, rotten.n]
    assert [each.event for each in out] == [b"\xc1", again.event]


def test_what_was_never_sealed_leaves_numbers_as_they_are() -> None:
    """Only sealing makes anew."""
    scene = Scene()
    scene.connect()
    scene.write("in the garden")
    (row,) = scene.outbox
    scene.compose(Post("hello"), STREAM)
    scene.connect()
    assert scene.outbox[0].push_no == row.push_no == 1


def test_what_the_hub_refuses_can_be_said_again() -> None:
    """The tray keeps the text, not the seal; it shows there with the reason."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("hello"), STREAM)
    (row,) = scene.outbox
    scene.step(seal(row.n))
    (row,) = scene.outbox
    scene.receive(ack(refused(row, "not_member")))
    (tray,) = scene.state.tray.values()
    name = said_id(TALK, scene.author.account, SALT)
    assert overlay.refusals(scene.state, opened_stream(STREAM)) == {
        target_of(name): ("not_member",)
    }
    scene.step(Retry(tray.n, b"another sixteen!", TS_SECONDS))
    (again,) = scene.outbox
    assert (again.state, scene.state.tray) == ("unsealed", {})
    assert read_written(decode_event(again.said)).body == encode_body(Post("hello"))


def test_a_message_is_withdrawn_openly_so_that_the_hub_forgets_it_too() -> None:
    """But one that still waits here has no name at the hub: it is withdrawn under seal."""
    scene = Scene()
    scene.connect()
    scene.compose(Delete(SOMETHING), STREAM)
    (row,) = scene.outbox
    assert (row.state, row.said) == ("queued", b"")
    scene.compose(Post("hello"), STREAM)
    hello = scene.outbox[-1]
    scene.compose(Delete(target_of(hello.event_id)), STREAM)
    assert [row.state for row in scene.outbox] == ["queued", "unsealed", "unsealed"]


def test_what_a_conversation_takes_openly_is_not_kept_back() -> None:
    """Its own first event; and in a channel nothing is sealed."""
    scene = Scene()
    scene.compose(Conversation((b"a" * 20, b"b" * 20)), STREAM)  # type: ignore[arg-type]
    scene.compose(React(SOMETHING, "👍"), GARDEN)
    assert [row.state for row in scene.outbox] == ["queued", "queued"]
    scene.compose(React(SOMETHING, "👍"), STREAM)
    assert scene.outbox[-1].state == "unsealed"


def test_that_the_other_began_the_conversation_first_is_no_refusal() -> None:
    """Both may begin it offline: it has one name. Any other refusal lies in the tray."""
    scene = Scene()
    scene.connect()
    for code, trayed in (("exists", 0), ("not_allowed", 1)):
        scene.compose(Conversation((b"a" * 20, b"b" * 20)), STREAM)  # type: ignore[arg-type]
        (row,) = scene.outbox
        scene.receive(ack(refused(row, code)))
        assert (len(scene.outbox), len(scene.state.tray)) == (0, trayed)
    (row,) = scene.write("of a name that is taken")
    scene.receive(ack(refused(row, "exists")))
    assert len(scene.state.tray) == 2


START = Start(
    b"s" * 16,
    b"r" * 32,
    Claim(NO_GROUP, ((AccountId(b"a" * 20), 1, bytes(32)), (AccountId(b"b" * 20), 1, bytes(32)))),
    0,
    1,
    (Slice(DeviceId(b"device-1"), Kid(b"kid----1"), bytes(WRAPPED_BYTES)),),
)


def founding_of_alice(scene: Scene) -> GroupChange:
    """A group of hers alone."""
    me = scene.author.account
    return GroupChange(founding(me), (me,), (me,))


def test_what_begins_a_conversation_is_seen_until_its_grant_has_come() -> None:
    """The hub has taken it, and grants it a moment later: meanwhile nothing else tells who is in
    it. Another stream's news do not end that; a connection without the grant does."""
    scene = Scene()
    scene.connect()
    scene.compose(Conversation((b"a" * 20, b"b" * 20)), STREAM)  # type: ignore[arg-type]
    scene.compose(founding_of_alice(scene), GROUP)
    for nth in range(2):
        scene.receive(ack(accepted(scene.outbox[nth], 1)))
    assert [row.state for row in scene.outbox] == ["acked", "acked"]
    scene.hub.grant(CELLAR)
    user = scene.hub.logs[scene.hub.user]
    scene.receive(user.page(user.seq))
    assert [row.state for row in scene.outbox] == ["acked", "acked"]
    scene.hears(Revoke(GROUP, CAUSE), scene.hub.voice, scene.hub.user)
    assert [row.stream for row in scene.outbox] == [STREAM]
    scene.connect(2)
    assert scene.outbox == []


def test_what_only_changes_a_conversation_that_is_not_ours_is_settled() -> None:
    """As who leaves: what has rotted begins nothing, either."""
    scene = Scene()
    scene.connect()
    me = scene.author.account
    leaving = encode((3, bytes(32), REMOVE, (me,)))
    scene.compose(GroupChange(leaving, (), ()), GROUP)
    scene.receive(ack(accepted(scene.outbox[0], 4)))
    assert scene.outbox == []
    scene.compose(founding_of_alice(scene), GROUP)
    (row,) = scene.outbox
    rotten = replace(row, event=row.event[:-1])
    assert begins(row)
    assert not begins(rotten)


def test_a_refused_start_is_no_word_of_anybody() -> None:
    """What was said in it is refused by itself; nothing else lies in the tray, nor any start that
    a restored hub does not take back."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("hello"), STREAM)
    start = encode_start(START)
    scene.step(seal(scene.outbox[-1].n, start))
    first, text = scene.outbox
    assert is_start(first.stream, first.event)
    assert not is_start(GARDEN, first.event)
    assert not is_start(text.stream, text.event)
    assert not is_start(first.stream, first.event[:-1])
    scene.receive(ack(refused(first, "too_many"), refused(text, "too_many")))
    assert [row.said for row in scene.state.tray.values()] == [text.said]
    assert scene.outbox == []


def test_what_has_rotted_is_refused_as_what_it_was() -> None:
    """Bytes that are no event begin no conversation."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    rotten = replace(row, event=b"\xc1")
    scene.put(ReplicaTransaction(outbox={row.n: rotten}))
    scene.connect()
    scene.receive(ack(refused(rotten, "exists")))
    assert [each.code for each in scene.state.tray.values()] == ["exists"]


def test_what_waits_where_one_may_be_no_more_is_handed_back() -> None:
    """In the stream whose right is gone, and nowhere else: it could be sealed to nobody."""
    scene = Scene()
    scene.hub.grant(STREAM, 0)
    scene.connect()
    elsewhere = conversation_stream(ConversationId(b"e" * 16))
    for stream in (STREAM, elsewhere):
        scene.compose(Post("hello"), stream)
    scene.hears(Revoke(STREAM, SOMETHING), scene.hub.voice, scene.hub.user)
    (tray,) = scene.state.tray.values()
    assert (tray.stream, tray.code) == (STREAM, "not_member")
    assert tray.said
    assert [row.stream for row in scene.outbox] == [elsewhere]
