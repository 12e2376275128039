"""The connection opens: what the hub announces meets what is held, before any page is taken."""

from dataclasses import replace

from hobnob_protocol.codec import encode
from hobnob_protocol.frames import Checkpoint, Grants, Offer, Open, Push
from hobnob_protocol.ids import DIRECTORY, PEOPLE, GrantId, Head8
from hobnob_sync.client_engine.inputs import Changed, Disconnect, Linked, Purged, Tick
from hobnob_sync.client_engine.link import STALL_MS
from hobnob_sync.client_engine.state import encode_checkpoint
from hobnob_sync.client_engine.welcoming import asks, completes
from hobnob_sync.ports import ReplicaTransaction
from hobnob_sync.witness import Forks
from tests.sync.client_engine.scene import Scene, alarms, asked, said, sent
from tests.sync.client_engine.scripted_hub import CELLAR, FIRST, GARDEN, SECOND


def at_head(count: int = 3) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene()
    scene.posts(count)
    scene.connect()
    return scene


def test_a_welcome_that_says_same_opens_nothing() -> None:
    """All is subscribed and at its head: live pages are taken under the numbers held."""
    scene = at_head()
    scene.reboot()
    scene.write("hello")
    outputs = scene.step(Linked(scene.hub.welcome(same=True)))
    assert sent(outputs, Open) == []
    assert len(sent(outputs, Push)) == 1
    link = scene.link
    assert (link.ready, link.others_open) == (True, True)
    assert link.granted[GARDEN] == (scene.garden.grant, 0)
    assert link.heads[GARDEN] == 3
    assert link.opened[GARDEN] == scene.garden.number
    assert link.progressed[GARDEN] == scene.now_ms
    scene.posts(1)
    scene.receive(scene.garden.page(4))
    assert scene.row().hi == 4


def test_the_announcement_may_come_in_parts() -> None:
    """Nothing is done before it is whole; which part comes last does not matter."""
    scene = at_head()
    scene.reboot()
    scene.step(scene.linked())
    assert scene.receive(scene.hub.grants(GARDEN, PEOPLE)) == ()
    assert not scene.link.ready
    assert scene.receive(scene.hub.grants(GARDEN)) == ()
    assert not scene.link.ready
    outputs = scene.receive(scene.hub.grants(scene.hub.user, DIRECTORY))
    assert scene.link.ready
    assert len(sent(outputs, Open)) == 1


def test_what_comes_after_the_announcement_changes_nothing() -> None:
    """It was acted upon once."""
    scene = at_head()
    assert scene.receive(Grants((), False)) == ()
    assert scene.receive(Grants((replace(scene.garden.announced(), unread=9),), False)) == ()
    assert scene.row().unread == 0
    assert not completes(scene.link, scene.hub.grants())


def test_an_announcement_that_does_not_come_ends_the_connection() -> None:
    """To the millisecond."""
    scene = Scene()
    scene.step(scene.linked())
    assert scene.deadline_ms == scene.now_ms + STALL_MS
    assert said(scene.tick(STALL_MS - 1), Disconnect) == []
    assert said(scene.tick(1), Disconnect) == [Disconnect("announcement")]


def test_the_announced_counts_serve_before_any_history() -> None:
    """Unread, mentions, floor, head and number of each stream that is held."""
    scene = at_head(3)
    scene.garden.unread, scene.garden.mentions, scene.garden.number = 7, 2, 33
    scene.posts(4)
    scene.reboot()
    outputs = scene.announce()
    row = scene.row()
    assert (row.unread, row.mentions, row.number, row.head_seq, row.hi) == (7, 2, 33, 7, 3)
    assert Changed(GARDEN) in outputs
    assert scene.link.heads[GARDEN] == 7
    assert scene.link.granted[GARDEN] == (scene.garden.grant, 0)
    assert scene.link.user_seq == scene.hub.logs[scene.hub.user].seq


def test_an_announced_head_below_ours_leaves_ours() -> None:
    """The stream's own answer will tell; its cursor never falls (S6)."""
    scene = at_head(3)
    scene.hub.lose(GARDEN, 1)
    scene.reboot()
    scene.announce()
    assert (scene.row().hi, scene.row().head_seq) == (3, 3)


def test_another_head_at_our_place_raises_the_alarm() -> None:
    """Same seq, other history: the hub's word is the evidence; ours is no false alarm."""
    scene = at_head(3)
    scene.reboot()
    assert alarms(scene.announce()) == []
    scene.reboot()
    lie = replace(scene.garden.announced(), head8=Head8(b"anything"))
    others = [entry for entry in scene.hub.grants().entries if entry.stream != GARDEN]
    scene.step(scene.linked())
    (alarm,) = alarms(scene.receive(Grants((*others, lie), False)))
    assert (alarm.reason, alarm.stream, alarm.evidence) == ("head", GARDEN, (b"anything",))


def test_another_head_elsewhere_says_nothing() -> None:
    """We are behind: there is nothing to compare; nor where nothing is held."""
    scene = Scene()
    scene.hub.grant(CELLAR)
    scene.posts(3)
    scene.connect()
    scene.posts(1)
    scene.reboot()
    assert alarms(scene.announce()) == []


def test_a_stream_that_is_no_longer_announced_is_purged_at_once() -> None:
    """Revoked while we were away: before any page and any paint (matrix 18)."""
    scene = at_head(3)
    del scene.hub.logs[GARDEN]
    scene.reboot()
    outputs = scene.announce()
    assert outputs[0] == Purged(GARDEN)
    assert GARDEN not in scene.state.streams
    assert scene.held() == ()


def test_a_stream_under_another_grant_is_purged_and_begun_anew() -> None:
    """Left and come back while we were away: the old range is not ours (matrix 19)."""
    scene = at_head(3)
    scene.posts(2)
    scene.hub.grant(GARDEN, 5)
    scene.posts(1)
    scene.reboot()
    outputs = scene.connect()
    assert outputs[0] == Purged(GARDEN)
    assert [wish.seq for wish in asked(outputs) if wish.stream == GARDEN] == [0]
    assert scene.held() == (scene.garden.entries[5],)


def test_a_stream_under_the_same_grant_is_kept() -> None:
    """Coming back costs nothing."""
    scene = at_head(3)
    scene.reboot()
    outputs = scene.connect()
    assert said(outputs, Purged) == []
    assert scene.held() == tuple(scene.garden.entries)


def test_what_was_accepted_where_we_are_no_longer_is_settled() -> None:
    """The announcement does not name the stream: no page will come."""
    scene = at_head(1)
    scene.write("one", "two")
    one, two = scene.outbox
    scene.accept_at(one, 9)
    del scene.hub.logs[GARDEN]
    scene.reboot()
    scene.announce()
    assert [row.n for row in scene.outbox] == [two.n]


def test_the_first_epoch_is_adopted_and_nothing_is_offered() -> None:
    """A fresh replica has no past."""
    scene = Scene()
    outputs = scene.announce()
    assert scene.state.epoch == FIRST
    assert scene.store.meta["epoch"] == FIRST
    assert sent(outputs, Offer) == []
    assert not scene.state.forked
    assert "forked" not in scene.store.meta


def test_the_same_epoch_again_is_not_written_again() -> None:
    """An announcement that changes nothing of it commits nothing of it."""
    scene = at_head()
    scene.reboot()
    scene.announce()
    assert scene.transaction.meta == {}


def test_where_a_restored_hub_forked_is_remembered() -> None:
    """First and last, stream by stream, to judge what authors have seen."""
    scene = at_head(5)
    scene.hub.lose(GARDEN, 4)
    scene.hub.restore(SECOND)
    scene.reboot()
    scene.announce()
    assert scene.state.forked
    assert scene.state.forks[GARDEN] == Forks(4, 4)
    assert scene.store.meta["forked"] == b"\1"
    assert scene.store.meta[f"fork:{GARDEN.hex()}"] == encode((4, 4))
    scene.reboot()
    scene.announce()
    assert scene.transaction.meta == {}


def test_a_replica_that_starts_beside_a_restored_hub_knows_of_the_forks() -> None:
    """It was not there when the log forked, and must not cry for that."""
    scene = Scene()
    scene.posts(5)
    scene.hub.lose(GARDEN, 4)
    scene.hub.restore(SECOND)
    scene.announce()
    assert (scene.state.epoch, scene.state.forked) == (SECOND, True)
    assert scene.state.forks[GARDEN] == Forks(4, 4)


def test_the_log_is_read_only_when_the_epoch_changed() -> None:
    """And then all that is held, with the part that makes it whole."""
    scene = at_head(3)
    scene.reboot()
    scene.step(scene.linked())
    assert asks(scene.state, scene.link, scene.hub.grants()) == ()
    scene.hub.restore(SECOND)
    scene.hub.logs[PEOPLE].grant = GrantId(b"another!")
    scene.step(scene.linked())
    assert asks(scene.state, scene.link, scene.hub.grants(GARDEN)) == ()
    scene.receive(scene.hub.grants(GARDEN, PEOPLE))
    rest = scene.hub.grants(scene.hub.user, DIRECTORY)
    assert {key.stream for key in asks(scene.state, scene.link, rest)} == {  # type: ignore[attr-defined]
        GARDEN, DIRECTORY, PEOPLE, scene.hub.user,
    }  # fmt: skip


def test_a_stream_granted_meanwhile_is_not_read() -> None:
    """There is nothing of it yet."""
    scene = at_head(3)
    scene.hub.restore(SECOND)
    scene.hub.grant(CELLAR)
    scene.step(scene.linked())
    keys = asks(scene.state, scene.link, scene.hub.grants())
    assert CELLAR not in {key.stream for key in keys}  # type: ignore[attr-defined]


def test_the_hub_is_reminded_of_what_it_signed_and_forgot() -> None:
    """Our newest checkpoint lies beyond its announced head (matrix 21); one place less does not."""
    scene = at_head(3)
    shown = scene.hub.checkpoint(GARDEN, 3)
    scene.receive(shown, scene.hub.checkpoint(DIRECTORY, 1))
    scene.reboot()
    assert sent(scene.announce(), Checkpoint) == []
    scene.hub.lose(GARDEN, 2)
    scene.reboot()
    assert sent(scene.announce(), Checkpoint) == [shown]


def test_a_checkpoint_of_another_epoch_reminds_nobody() -> None:
    """The hub knows that its log forked."""
    scene = at_head(3)
    old = encode_checkpoint(replace(scene.hub.checkpoint(GARDEN, 3), epoch=SECOND))
    scene.put(ReplicaTransaction(meta={f"checkpoint:{GARDEN.hex()}": old}))
    scene.hub.lose(GARDEN, 2)
    assert sent(scene.announce(), Checkpoint) == []


def test_a_checkpoint_of_what_is_not_announced_reminds_nobody() -> None:
    """It is not our stream any more."""
    scene = at_head(3)
    scene.receive(scene.hub.checkpoint(GARDEN, 3))
    scene.link.heads.clear()
    scene.hub.lose(GARDEN, 2)
    del scene.hub.logs[GARDEN]
    scene.reboot()
    assert sent(scene.announce(), Checkpoint) == []


def test_ticks_before_the_announcement_do_nothing() -> None:
    """What waits, waits; the deadline is the announcement's."""
    scene = Scene()
    scene.write("hello")
    scene.step(scene.linked())
    assert scene.step(Tick()) == ()
    assert scene.deadline_ms == scene.now_ms + STALL_MS
