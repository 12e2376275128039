"""Which streams are followed while they are ours: rights that come and go."""

from dataclasses import replace

from hobnob_protocol.codec import encode
from hobnob_protocol.frames import OpenStream
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    EventId,
    grant_of,
    head8,
)
from hobnob_protocol.kinds.hub_acts import Grant, Revoke
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_sync.client_engine.inputs import Purged
from hobnob_sync.ports import OrphanRow, ReplicaTransaction
from tests.sync.client_engine.scene import Scene, accepted, ack, alarms, asked, said
from tests.sync.client_engine.scripted_hub import CAUSE, CELLAR, GARDEN

NOTHING = head8(EMPTY_HEAD)


def at_head(count: int = 3, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def test_a_grant_on_the_way_is_opened_at_once() -> None:
    """Its name is the event's; from its floor up."""
    scene = at_head()
    scene.hub.grant(CELLAR, 0)
    log = scene.hub.logs[CELLAR]
    scene.hub.say(CELLAR, scene.bob, Post("down here"))
    log.floor = 0
    user = scene.hub.logs[scene.hub.user]
    outputs = scene.receive(user.page(user.seq))
    grant = grant_of(user.entries[-1].event_id)
    assert asked(outputs) == [OpenStream(CELLAR, grant, 0, NOTHING, 50)]
    scene.serve(outputs)
    assert (scene.row(CELLAR).hi, scene.row(CELLAR).grant) == (1, grant)


def test_a_revoke_purges_before_anything_else_of_the_stream_is_shown() -> None:
    """Log, cells, record and all that was noted of it; the shell is told (S9, matrix 18)."""
    scene = at_head()
    scene.receive(scene.hub.checkpoint(GARDEN, 3))
    scene.put(ReplicaTransaction(meta={
        f"verified:{GARDEN.hex()}": encode((1, 3)),
        f"witness:{GARDEN.hex()}": encode(((scene.bob.author.device, 1),)),
        f"fork:{GARDEN.hex()}": encode((1, 1)),
    }))  # fmt: skip
    scene.connect()
    outputs = scene.hears(Revoke(GARDEN, CAUSE), scene.hub.voice, scene.hub.user)
    assert Purged(GARDEN) in outputs
    assert GARDEN not in scene.state.streams
    assert scene.held() == ()
    assert scene.cells() == {}
    assert [name for name in scene.store.meta if GARDEN.hex() in name] == []
    assert GARDEN not in scene.link.granted
    assert GARDEN not in scene.link.opened
    scene.posts(1)
    scene.receive(scene.garden.page(4))
    assert GARDEN not in scene.state.streams


def test_a_revoke_leaves_what_waits_and_settles_what_was_accepted() -> None:
    """The hub alone refuses what is queued, into the tray with its reason (matrix 18)."""
    scene = at_head()
    scene.write("one", "two")
    one, two = scene.outbox
    scene.receive(ack(accepted(one, 9)))
    scene.hears(Revoke(GARDEN, CAUSE), scene.hub.voice, scene.hub.user)
    assert [row.n for row in scene.outbox] == [two.n]


def test_a_revoke_drops_what_a_restored_hub_might_have_got_back() -> None:
    """Orphans of that stream go with it; those of others stay."""
    scene = at_head()
    rows = [
        OrphanRow(stream, 1, 1, EventId(bytes([nth]) * 32), scene.garden.entries[0].event)
        for nth, stream in enumerate((GARDEN, CELLAR))
    ]
    scene.put(ReplicaTransaction(orphans={row.event_id: row for row in rows}))
    scene.connect()
    scene.hears(Revoke(GARDEN, CAUSE), scene.hub.voice, scene.hub.user)
    assert list(scene.state.orphans) == [rows[1].event_id]
    assert list(scene.store.orphans) == [rows[1].event_id]


def test_what_else_is_said_in_our_own_stream_changes_no_right() -> None:
    """A read cursor of another device of ours, or a kind of a later version."""
    scene = at_head()
    before = dict(scene.link.granted)
    scene.hears(ReadCursor(GARDEN, 0, 2), scene.alice, scene.hub.user)
    user = scene.hub.logs[scene.hub.user]
    user.append(*scene.alice.raw(scene.hub.user, 60_000, b"\xc0"))
    outputs = scene.receive(user.page(user.seq))
    assert scene.row(scene.hub.user).hi == user.seq
    assert scene.link.granted == before
    assert asked(outputs) == []


def test_only_the_hub_gives_and_takes_rights() -> None:
    """What another device of ours says of them is told and has no effect."""
    scene = at_head()
    before = dict(scene.link.granted)
    for body in (Grant(CELLAR, 0, CAUSE), Revoke(GARDEN, CAUSE)):
        outputs = scene.hears(body, scene.alice, scene.hub.user)
        assert [alarm.reason for alarm in alarms(outputs)] == ["signer"]
    assert scene.link.granted == before
    assert GARDEN in scene.state.streams


def test_a_revoke_of_what_was_never_held_says_nothing() -> None:
    """There is nothing to purge; it is not opened any more."""
    scene = Scene()
    scene.hub.grant(CELLAR)
    scene.announce()
    scene.link.granted[CELLAR] = (scene.hub.logs[CELLAR].grant, 0)
    user = scene.hub.logs[scene.hub.user]
    at = user.seq + 1
    scene.hub.say(scene.hub.user, scene.hub.voice, Revoke(CELLAR, CAUSE))
    outputs = scene.receive(user.opened(0), user.page(1, at - 1), user.page(at))
    assert said(outputs, Purged) == []
    assert CELLAR not in scene.link.granted
    assert CELLAR not in scene.link.grants


def test_whoever_comes_back_begins_at_the_later_floor() -> None:
    """The old range goes with the old grant: no event from the absence (matrix 19)."""
    scene = at_head(3)
    scene.posts(2)
    scene.hub.grant(GARDEN, 5)
    scene.posts(1)
    user = scene.hub.logs[scene.hub.user]
    outputs = scene.receive(user.page(user.seq))
    assert Purged(GARDEN) in outputs
    assert scene.transaction.purges == [GARDEN]
    assert asked(outputs) == [OpenStream(GARDEN, scene.garden.grant, 0, NOTHING, 50)]
    scene.serve(outputs)
    row = scene.row()
    assert (row.lo, row.hi, row.floor, row.grant) == (6, 6, 5, scene.garden.grant)
    assert scene.held() == (scene.garden.entries[5],)


def test_the_same_grant_again_keeps_what_is_held() -> None:
    """Heard twice, it is one right."""
    scene = at_head(3)
    scene.link.user_seq = 0
    user = scene.hub.logs[scene.hub.user]
    scene.state.streams[GARDEN] = replace(scene.row(), grant=scene.garden.grant)
    scene.receive(replace(user.page(), first_seq=1))
    assert scene.row().hi == 3


def test_grants_up_to_the_announcement_are_history() -> None:
    """A replica that starts reads old grants and revokes without acting on them."""
    scene = Scene()
    scene.hub.say(scene.hub.user, scene.hub.voice, Revoke(GARDEN, CAUSE))
    scene.hub.grant(GARDEN)
    scene.posts(2)
    outputs = scene.connect()
    assert said(outputs, Purged) == []
    assert (scene.row().hi, scene.row().grant) == (2, scene.garden.grant)


def test_what_was_accepted_where_we_no_longer_are_is_settled_with_the_news() -> None:
    """The stream was granted and gone before it was opened: nothing will bring the echo."""
    scene = at_head()
    scene.hub.grant(CELLAR)
    user = scene.hub.logs[scene.hub.user]
    scene.receive(user.page(user.seq))
    (row,) = scene.compose_in(CELLAR)
    scene.receive(ack(accepted(row, 1)))
    assert [left.state for left in scene.outbox] == ["acked"]
    scene.hears(Revoke(CELLAR, CAUSE), scene.hub.voice, scene.hub.user)
    assert scene.outbox == []
