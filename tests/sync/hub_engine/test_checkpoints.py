"""The hub signs where its streams stand: in time, for whoever follows and can hear it."""

import pytest

from hobnob_protocol.frames import Checkpoint, Page
from hobnob_protocol.kinds.membership import Invite, Join
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Kick
from hobnob_protocol.limits import CHECKPOINT_EVENTS, CHECKPOINT_SECONDS, STALL_SECONDS
from hobnob_sync import checkpoint
from hobnob_sync.hub_engine.inputs import Congested, Tick
from tests.sync.hub_engine.scene import Hub, Member

PAUSE_MS = int(CHECKPOINT_SECONDS * 1_000)


def calm() -> tuple[Hub, Member]:
    """A hub that has signed all there is, and a member who follows its first channel."""
    hub = Hub()
    alice = hub.member("alice")
    hub.step([Tick()], hub.now_ms + PAUSE_MS)
    assert hub.engine.state.unsigned == {}
    hub.follow(alice, hub.general)
    hub.sent(alice.conn)
    return hub, alice


def test_a_quiet_hub_has_nothing_to_sign() -> None:
    """And no deadline."""
    hub, _ = calm()
    hub.step([Tick()])
    assert hub.decision.deadline_ms is None
    assert not hub.decision.transaction


def test_a_stream_is_signed_a_minute_after_an_event() -> None:
    """To the millisecond; whoever follows hears it, and it holds."""
    hub, alice = calm()
    said = hub.now_ms + 1
    hub.now_ms = said
    hub.told(alice, hub.general, Post("x"))
    assert hub.decision.deadline_ms == said + PAUSE_MS
    hub.step([Tick()], said + PAUSE_MS - 1)
    assert hub.take(alice, Checkpoint) == []
    hub.step([Tick()], said + PAUSE_MS)
    (signed,) = hub.take(alice, Checkpoint)
    state = hub.engine.state
    row = state.streams[hub.general]
    assert (signed.epoch, signed.stream, signed.seq, signed.head, signed.at_ms) == (
        state.epoch,
        hub.general,
        row.seq,
        row.head,
        said + PAUSE_MS,
    )
    assert checkpoint.holds(hub.name, hub.signer.public_key, signed, hub.verifier)
    assert (row.checkpoint_seq, row.checkpoint_ms) == (row.seq, said + PAUSE_MS)
    assert hub.store.streams[hub.general] == row
    assert hub.decision.deadline_ms is None


def test_each_event_moves_the_pause() -> None:
    """Counted from the last one."""
    hub, alice = calm()
    hub.told(alice, hub.general, Post("x"))
    hub.now_ms += 1_000
    hub.told(alice, hub.general, Post("x"))
    assert hub.decision.deadline_ms == hub.now_ms + PAUSE_MS


@pytest.mark.parametrize(("count", "signs"), [(CHECKPOINT_EVENTS - 1, 0), (CHECKPOINT_EVENTS, 1)])
def test_many_events_are_signed_at_once(count: int, signs: int) -> None:
    """In the step that reaches the count, after whose commit it is said."""
    hub, alice = calm()
    for start in range(0, count, 60):
        hub.fill(alice, hub.general, min(60, count - start))
    frames = [frame for frame in hub.sent(alice.conn) if isinstance(frame, Checkpoint | Page)]
    signed = [frame.seq for frame in frames if isinstance(frame, Checkpoint)]
    assert signed == [len(hub.log(hub.general))] * signs


def test_the_earliest_stream_sets_the_deadline() -> None:
    """Each is signed when its own time has come; a stalled reader's is earlier still."""
    hub, alice = calm()
    talk = hub.channel(alice, "talk")
    hub.step([Tick()], hub.now_ms + PAUSE_MS)
    hub.told(alice, talk, Post("x"))
    first = hub.now_ms + PAUSE_MS
    hub.now_ms += 7
    hub.told(alice, hub.general, Post("x"))
    assert hub.decision.deadline_ms == first
    hub.step([Tick()], first)
    assert [row.stream for row in hub.engine.state.unsigned.values()] == [hub.general]
    assert hub.decision.deadline_ms == first + 7
    hub.step([Congested(alice.conn)], first + 1)
    assert hub.decision.deadline_ms == min(first + 7, first + 1 + int(STALL_SECONDS * 1_000))


def test_who_is_stuck_or_elsewhere_hears_no_checkpoint() -> None:
    """The stream is signed all the same."""
    hub, alice = calm()
    bob = hub.member("bob")
    carol = hub.member("carol")
    hub.follow(carol, hub.general)
    hub.told(alice, hub.general, Post("x"))
    due = hub.now_ms + PAUSE_MS
    hub.step([Congested(alice.conn)], due - 5)
    hub.step([Tick()], due)
    assert [len(hub.take(one, Checkpoint)) for one in (alice, bob, carol)] == [0, 0, 1]
    hub.step([Congested(carol.conn)], due)
    hub.told(bob, hub.general, Post("x"))
    hub.step([Tick()], hub.now_ms + PAUSE_MS)
    assert hub.engine.state.unsigned == {}


def test_a_reboot_knows_what_is_still_unsigned() -> None:
    """It is signed as if nothing had happened."""
    hub, alice = calm()
    hub.told(alice, hub.general, Post("x"))
    due = hub.now_ms + PAUSE_MS
    hub.reboot()
    assert hub.engine.deadline_ms() == due


def test_a_hub_that_cannot_write_signs_when_it_can() -> None:
    """What is due asks for no transaction that would fail again: who comes is let in meanwhile."""
    hub, alice = calm()
    hub.told(alice, hub.general, Post("x"))
    due = hub.now_ms + PAUSE_MS
    hub.read_only_until_ms = due + 1
    hub.reboot()
    assert hub.engine.deadline_ms() == due + 1
    hub.now_ms = due
    hub.login(alice)
    hub.follow(alice, hub.general)
    hub.step([Tick()])
    assert not hub.decision.transaction
    assert hub.decision.deadline_ms == due + 1
    assert hub.take(alice, Checkpoint) == []
    hub.step([Tick()], due + 1)
    assert [signed.stream for signed in hub.take(alice, Checkpoint)] == [hub.general]
    assert hub.decision.deadline_ms is None


def test_a_hub_that_cannot_write_still_sends_stalled_readers_away() -> None:
    """Their time is not put off with what is to be written."""
    hub, alice = calm()
    hub.read_only_until_ms = hub.now_ms + 10 * PAUSE_MS
    hub.reboot()
    hub.login(alice)
    hub.step([Congested(alice.conn)])
    assert hub.decision.deadline_ms == hub.now_ms + int(STALL_SECONDS * 1_000)


def test_who_has_lost_the_right_hears_no_checkpoint() -> None:
    """Neither in the step that takes it, nor later; all who have kept it do."""
    hub = Hub()
    olga, bob = hub.owner("olga"), hub.member("bob")
    den = hub.private(olga, "den")
    hub.told(olga, den, Invite(bob.account))
    hub.told(bob, den, Join())
    hub.follow(olga, den)
    hub.follow(bob, den)
    hub.fill(olga, den, 60)
    assert hub.take(bob, Page)
    hub.told(olga, den, Kick(bob.account, "so"))
    for _ in range(CHECKPOINT_EVENTS // 60):
        hub.fill(olga, den, 60)
    hub.step([Tick()], hub.now_ms + PAUSE_MS)
    assert hub.take(olga, Checkpoint)
    assert hub.take(bob, Checkpoint) == []
