"""A right that a hub lost with its log is no revoke: the stream is set aside, and offered."""

from hobnob_protocol.frames import Checkpoint, Offer
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.client_engine.forking import AFTER_ALL
from hobnob_sync.client_engine.inputs import Purged
from tests.sync.client_engine.scene import Scene, said, sent
from tests.sync.client_engine.scripted_hub import CELLAR, SECOND, THIRD


def in_the_cellar() -> Scene:
    """A replica of a garden and of a cellar, whose grant is the last thing our own stream says."""
    scene = Scene()
    scene.connect()
    scene.hub.grant(CELLAR)
    for text in ("down here", "it is dark"):
        scene.hub.say(CELLAR, scene.bob, Post(text))
    scene.reboot()
    scene.connect()
    assert scene.row(CELLAR).hi == 2
    return scene


def test_a_stream_whose_right_is_lost_with_it_is_set_aside() -> None:
    """The hub has lost the grant as well: that is no revoke. Nothing of the stream is shown, and
    all of it is offered, what was accepted and never shown too (P3)."""
    scene = in_the_cellar()
    scene.compose(Post("me too"), CELLAR)
    (mine,) = scene.outbox
    scene.accept_at(mine, 3)
    entries = scene.hub.logs.pop(CELLAR).entries
    user = scene.hub.logs[scene.hub.user]
    scene.hub.lose(user.stream, user.seq - 1)
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    assert CELLAR not in scene.state.streams
    assert said(outputs, Purged) == [Purged(CELLAR)]
    assert not scene.outbox
    assert list(scene.state.orphans) == [mine.event_id, *(entry.event_id for entry in entries)]
    assert sorted(scene.store.orphans) == sorted(scene.state.orphans)
    (offer,) = sent(outputs, Offer)
    assert [(one.stream, one.seq) for one in offer.events] == [
        (CELLAR, 1), (CELLAR, 2), (CELLAR, AFTER_ALL + mine.n),
    ]  # fmt: skip


def test_what_is_set_aside_stays_so_when_the_hub_is_restored_again() -> None:
    """Nothing has brought it back yet: it is offered to the third hub."""
    scene = in_the_cellar()
    lost = scene.hub.logs.pop(CELLAR)
    user = scene.hub.logs[scene.hub.user]
    scene.hub.lose(user.stream, user.seq - 1)
    for epoch in (SECOND, THIRD):
        scene.hub.restore(epoch)
        scene.reboot()
        scene.announce()
        assert list(scene.state.orphans) == [entry.event_id for entry in lost.entries]


def test_a_right_that_the_restored_hub_knows_and_does_not_announce_was_revoked() -> None:
    """Then the stream is purged as ever, and nothing of it is kept or offered (18)."""
    scene = in_the_cellar()
    del scene.hub.logs[CELLAR]
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    assert said(outputs, Purged) == [Purged(CELLAR)]
    assert scene.state.orphans == {}
    assert scene.store.orphans == {}


def test_a_hub_put_back_unawares_is_told_before_anything_is_dropped() -> None:
    """It goes on in the same epoch, and announces a cellar by an older right and less of our own
    stream than we hold: what it signed is shown to it, what it lost is kept to be offered once it
    knows (21)."""
    scene = in_the_cellar()
    older = scene.hub.logs[CELLAR].grant
    scene.hub.grant(CELLAR)
    scene.reboot()
    scene.connect()
    shown = scene.hub.checkpoint(CELLAR, 2)
    scene.receive(shown)
    entries = list(scene.hub.logs[CELLAR].entries)
    scene.hub.lose(scene.hub.user, scene.hub.logs[scene.hub.user].seq - 1)
    scene.hub.lose(CELLAR, 1)
    scene.hub.logs[CELLAR].grant = older
    scene.reboot()
    outputs = scene.announce()
    assert sent(outputs, Checkpoint) == [shown]
    assert said(outputs, Purged) == [Purged(CELLAR)]
    assert list(scene.store.orphans) == [entry.event_id for entry in entries]
    assert sent(outputs, Offer) == []


def test_a_hub_put_back_unawares_may_know_nothing_of_the_stream() -> None:
    """It announces all but the cellar."""
    scene = in_the_cellar()
    lost = scene.hub.logs.pop(CELLAR)
    scene.hub.lose(scene.hub.user, scene.hub.logs[scene.hub.user].seq - 1)
    scene.reboot()
    scene.announce()
    assert CELLAR not in scene.state.streams
    assert list(scene.store.orphans) == [entry.event_id for entry in lost.entries]


def test_another_right_announced_by_a_hub_that_lost_nothing_is_a_revoke() -> None:
    """Our own stream is as long as we hold it: the cellar goes, and nothing of it is kept."""
    scene = in_the_cellar()
    del scene.hub.logs[CELLAR]
    scene.reboot()
    scene.announce()
    assert CELLAR not in scene.state.streams
    assert scene.store.orphans == {}
