"""A log that has lost something begins a new epoch, and waits until its people have offered."""

import pytest

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye, Checkpoint, Grants, Welcome
from hobnob_protocol.ids import DIRECTORY, EMPTY_HEAD, PEOPLE, Epoch, Head, StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import LINEAGE_MAX
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync import checkpoint
from hobnob_sync.hub_engine.inputs import Close, Reopen, Tick
from hobnob_sync.hub_engine.restoring import RECOVERING, RESTORED
from hobnob_sync.ports import HubTransaction
from tests.sync.hub_engine.scene import Hub, Member


def stands(hub: Hub) -> tuple[tuple[StreamId, int, Head], ...]:
    """Where every stream stands, as a fork says it."""
    rows = hub.engine.state.streams.values()
    return tuple(sorted((row.stream, row.seq, row.head) for row in rows))


def epochs(hub: Hub) -> list[Epoch]:
    """The epochs of the log, the present one last."""
    return [row.epoch for row in hub.engine.state.lineage]


def signed(
    hub: Hub,
    seq: int,
    head: Head,
    epoch: Epoch | None = None,
    signer: KeyedSigner | None = None,
    stream: StreamId | None = None,
) -> Checkpoint:
    """A checkpoint of the first channel (or another stream) as the hub (or another) signs it."""
    return checkpoint.sign(
        hub.name,
        signer or hub.signer,
        epoch or hub.engine.state.epoch,
        stream or hub.general,
        seq,
        head,
        hub.now_ms,
    )


def test_a_restored_hub_begins_an_epoch_with_its_first_tick() -> None:
    """It says where each stream left the old one, and forgets that it was restored."""
    hub = Hub()
    alice = hub.member("alice")
    snapshot = hub.store.snapshot()
    (old,) = epochs(hub)
    before = stands(hub)
    hub.fill(alice, hub.general, 2)
    hub.restore(snapshot)
    assert epochs(hub)[0] == old
    assert len(dict.fromkeys(epochs(hub))) == 2
    assert [row.forks for row in hub.engine.state.lineage] == [before, ()]
    assert RESTORED not in hub.store.meta
    assert hub.engine.state.recovering
    hub.step([Tick()])
    assert not hub.decision.transaction
    assert len(epochs(hub)) == 2


def test_a_hub_that_was_not_restored_goes_on() -> None:
    """A tick alone changes nothing."""
    hub = Hub()
    hub.step([Tick()])
    assert not hub.decision.transaction
    assert len(epochs(hub)) == 1
    assert not hub.engine.state.recovering


def test_each_epoch_keeps_its_own_forks() -> None:
    """A stream that came later is in none of the earlier ones; logins hear of all."""
    hub = Hub()
    olga = hub.owner()
    general = len(hub.log(hub.general))
    hub.restore(hub.store.snapshot())
    hub.login(olga)
    hub.fill(olga, hub.general, 3)
    talk = hub.channel(olga, "talk")
    hub.restore(hub.store.snapshot())
    hub.login(olga)
    welcome, *_ = frames = hub.sent(olga.conn)
    assert isinstance(welcome, Welcome)
    assert welcome.lineage == tuple(epochs(hub))
    told = {
        grant.stream: grant.forks
        for frame in frames
        if isinstance(frame, Grants)
        for grant in frame.entries
    }
    assert told[hub.general] == (general, general + 3)
    assert told[talk] == (0, len(hub.log(talk)))


def test_the_lineage_is_bounded() -> None:
    """The oldest epoch is forgotten."""
    hub = Hub()
    names = epochs(hub)
    for nth in range(LINEAGE_MAX):
        hub.restore(hub.store.snapshot())
        names.append(epochs(hub)[-1])
        assert len(epochs(hub)) == min(LINEAGE_MAX, nth + 2)
    assert epochs(hub) == names[1:]


# A client shows what the hub has signed and does not hold.


def shown(hub: Hub, member: Member, frame: Checkpoint) -> bool:
    """Does the hub end its epoch when a member shows it this?"""
    before = len(epochs(hub))
    hub.receive(member, frame)
    return len(epochs(hub)) == before + 1


@pytest.mark.parametrize("lost", [1, 3])
def test_a_hub_that_has_lost_what_it_signed_ends_its_epoch(lost: int) -> None:
    """Whoever shows it: everybody is sent away with the word, and the hub waits."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    snapshot = hub.store.snapshot()
    hub.fill(alice, hub.general, lost)
    word = signed(hub, len(hub.log(hub.general)), hub.log(hub.general)[-1].head)
    hub.restore(snapshot, told=False)
    before = stands(hub)
    assert len(epochs(hub)) == 1
    for member in (alice, bob):
        hub.login(member)
    assert shown(hub, bob, word)
    assert hub.outputs == tuple(Close(member.conn, Bye(ByeCode.FORK, 0)) for member in (alice, bob))
    assert hub.engine.sessions.by_conn == {}
    assert hub.engine.state.lineage[0].forks == before
    assert hub.engine.state.recovering


def test_another_head_at_a_place_it_holds_ends_the_epoch_too() -> None:
    """It went on after a loss that nobody had noticed."""
    hub = Hub()
    alice = hub.member("alice")
    seq = len(hub.log(hub.general))
    assert shown(hub, alice, signed(hub, seq, Head(b"another head, thirty-two bytes.."[:32])))


@pytest.mark.parametrize("flaw", ["true", "other epoch", "other signer", "other stream"])
def test_nothing_else_ends_an_epoch(flaw: str) -> None:
    """What the log says, an old epoch's word, what somebody else signed, or signed for another
    stream."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 3)
    seq, head = 2, hub.head(hub.general, 2)
    lost = (len(hub.log(hub.general)) + 1, Head(bytes(32)))
    frame = {
        "true": signed(hub, seq, head),
        "other epoch": signed(hub, *lost, epoch=Epoch(bytes(8))),
        "other signer": signed(hub, *lost, signer=KeyedSigner(b"eve")),
        "other stream": Checkpoint(
            hub.engine.state.epoch,
            PEOPLE,
            *lost,
            hub.now_ms,
            signed(hub, *lost, stream=DIRECTORY).signature,
        ),
    }[flaw]
    assert not shown(hub, alice, frame)
    assert hub.bye(alice) is None
    assert not hub.decision.transaction


def test_one_loss_makes_one_epoch() -> None:
    """Who shows the same word again shows what the hub no longer calls its own."""
    hub = Hub()
    olga = hub.owner()
    word = signed(hub, len(hub.log(hub.general)) + 1, EMPTY_HEAD)
    assert shown(hub, olga, word)
    hub.login(olga)
    assert not shown(hub, olga, word)


# Waiting.


def waiting() -> tuple[Hub, Member, Member]:
    """A hub that was restored and waits; its owner, logged in, and a member."""
    hub = Hub()
    olga, alice = hub.owner(), hub.member("alice")
    hub.restore(hub.store.snapshot())
    hub.login(olga)
    hub.sent(olga.conn)
    return hub, olga, alice


def test_the_operator_may_end_the_waiting() -> None:
    """Then everybody gets in."""
    hub, _, alice = waiting()
    hub.step([Reopen()])
    assert RECOVERING not in hub.store.meta
    hub.login(alice)
    assert hub.bye(alice) is None
    hub.step([Reopen()])
    assert not hub.decision.transaction


def test_what_an_owner_has_to_offer_ends_the_waiting_when_it_is_all_there() -> None:
    """Not before the last OFFER."""
    hub, olga, alice = waiting()
    hub.offer(olga)
    assert hub.engine.state.recovering
    hub.offer(olga, done=True)
    assert not hub.engine.state.recovering
    hub.login(alice)
    assert hub.bye(alice) is None


@pytest.mark.parametrize(("role", "ends"), [("moderator", True), ("admin", True), ("bot", False)])
def test_only_who_moderates_ends_the_waiting(role: str, ends: bool) -> None:
    """Others, if they are in at all, end nothing by an offer."""
    hub = Hub()
    olga = hub.owner()
    robin = hub.promoted(olga, "robin", role)
    hub.engine.state.meta[RECOVERING] = b"\1"
    hub.store.commit(HubTransaction(meta={RECOVERING: b"\1"}))
    hub.offer(robin, done=True)
    assert hub.engine.state.recovering is not ends


def test_who_is_in_may_go_on_talking_while_the_hub_waits() -> None:
    """A moderator's push is judged as ever."""
    hub, olga, _ = waiting()
    assert hub.why(olga, hub.general, Post("we are being restored")) == ""
