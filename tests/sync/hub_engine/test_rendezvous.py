"""Where two devices meet that share words: a slot for a short time, and the hub reads nothing."""

import pytest

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import MODERATION, AccountId
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.limits import CARRIES_MAX, MEETINGS_MAX
from hobnob_protocol.login import sign_request
from hobnob_protocol.meeting_frames import Await, Carry, Meet
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.hub_engine.inputs import Arrange, Close, Gone, Received, Send
from hobnob_sync.hub_engine.logins import CROWDED_RETRY_MS
from tests.sync.hub_engine.scene import SAID, Hub, Member

SLOT = b"s" * 32
THERE = Carry(b"")


def waits(hub: Hub, member: Member, slot: bytes = SLOT, said: bytes = SAID) -> int:
    """A device of somebody waits at a slot, on a connection of its own: which."""
    unsigned = Await(slot, member.account, member.device, None, bytes(64))
    conn = hub.connection()
    hub.step([Arrange(conn, sign_request(said, unsigned, member.signer), SAID)])
    return conn


def comes(hub: Hub, slot: bytes = SLOT) -> int:
    """Somebody comes to a slot: on which connection."""
    conn = hub.connection()
    hub.step([Arrange(conn, Meet(slot, None), SAID)])
    return conn


def says(hub: Hub, conn: int, data: bytes) -> None:
    """Bytes for the other side."""
    hub.step([Received(conn, Carry(data), len(data) + 4)])


def met() -> tuple[Hub, int, int]:
    """A hub with a device that waits and one that has come."""
    hub = Hub()
    alice = hub.member("alice")
    return hub, waits(hub, alice), comes(hub)


def nobody_meets(hub: Hub) -> bool:
    """Nothing of any meeting is left."""
    found = hub.engine.rendezvous
    return not (found.by_slot or found.by_account or found.by_conn)


def test_two_devices_that_share_a_slot_hear_each_other() -> None:
    """Each is told that it is there, then the bytes of the other; nothing is written."""
    hub, old, new = met()
    assert hub.heard[old] == [THERE]
    assert hub.heard[new] == [THERE]
    for conn, data in ((new, b"one"), (old, b"two"), (new, b"three"), (old, b"four")):
        says(hub, conn, data)
        assert not hub.decision.transaction
    assert hub.heard[old] == [THERE, Carry(b"one"), Carry(b"three")]
    assert hub.heard[new] == [THERE, Carry(b"two"), Carry(b"four")]


def test_whoever_goes_takes_the_slot_along() -> None:
    """The other side is told, and the words open nothing any more."""
    for place in (0, 1):
        hub, *conns = met()
        hub.step([Gone(conns[place])])
        assert hub.byes[conns[1 - place]] == Bye(ByeCode.DONE, 0)
        assert nobody_meets(hub)
        hub.step([Gone(conns[1 - place])])
        assert hub.byes[comes(hub)] == Bye(ByeCode.AUTH, 0)
    alone = Hub()
    conn = waits(alone, alone.member("alice"))
    assert alone.step([Gone(conn)]) == ()
    assert nobody_meets(alone)


def test_a_slot_is_for_one_who_comes() -> None:
    """A second one is told what whoever guesses is told, and the first is not disturbed."""
    hub, old, new = met()
    assert hub.byes[comes(hub)] == hub.byes[comes(hub, b"x" * 32)] == Bye(ByeCode.AUTH, 0)
    says(hub, new, b"still here")
    assert hub.heard[old][-1] == Carry(b"still here")


def test_only_a_device_of_a_member_waits() -> None:
    """Another key, another's account, what was signed elsewhere, a ban: one answer, as at login."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    mallory = hub.member("mallory")
    hub.told(olga, MODERATION, Ban(mallory.account, on=True, reason="spam"))
    strange = Member("alice", KeyedSigner(b"stranger"), alice.account, 0)
    posing = Member("alice", alice.signer, AccountId(olga.account), 0)
    conns = [
        waits(hub, strange),
        waits(hub, posing),
        waits(hub, alice, said=b"x" * 32),
        waits(hub, mallory),
    ]
    assert {hub.byes[conn] for conn in conns} == {Bye(ByeCode.AUTH, 0)}
    assert nobody_meets(hub)


def test_waiting_is_no_session() -> None:
    """Whoever is logged in stays so, by the same device."""
    hub = Hub()
    alice = hub.member("alice")
    waits(hub, alice)
    assert hub.session(alice).device == alice.device
    assert hub.bye(alice) is None


def test_an_account_has_one_slot() -> None:
    """The newer one stays: words that were drawn again are the ones that hold."""
    hub = Hub()
    alice = hub.member("alice")
    older = waits(hub, alice)
    guest = comes(hub)
    newer = waits(hub, alice)
    assert hub.byes[older] == hub.byes[guest] == Bye(ByeCode.ELSEWHERE, 0)
    assert hub.heard[newer] == [THERE]
    assert len(hub.engine.rendezvous.by_conn) == 1


def test_a_hub_has_few_slots() -> None:
    """Nobody's slot is taken away; whoever is one too many comes back later."""
    hub = Hub()
    members = [hub.member(f"m{number}") for number in range(MEETINGS_MAX + 1)]
    conns = [waits(hub, member, bytes([n]) * 32) for n, member in enumerate(members)]
    assert hub.byes[conns[-1]] == Bye(ByeCode.CROWDED, CROWDED_RETRY_MS)
    assert not hub.byes.keys() & set(conns[:-1])
    assert len(hub.engine.rendezvous.by_slot) == MEETINGS_MAX


def test_a_slot_of_another_account_is_not_taken_over() -> None:
    """Not even by who has seen it."""
    hub = Hub()
    old = waits(hub, hub.member("alice"))
    assert hub.byes[waits(hub, hub.member("bob"))] == Bye(ByeCode.AUTH, 0)
    assert old not in hub.byes


@pytest.mark.parametrize("place", [0, 1])
def test_a_slot_carries_few_messages(place: int) -> None:
    """One more than the two of each ends it for both."""
    hub, *conns = met()
    for _ in range(CARRIES_MAX):
        says(hub, conns[place], b"x")
    assert not hub.byes
    says(hub, conns[place], b"x")
    assert [hub.byes[conn] for conn in conns] == [Bye(ByeCode.PROTOCOL, 0)] * 2
    assert nobody_meets(hub)


def test_nothing_is_said_to_nobody_and_nothing_empty() -> None:
    """The empty one is the hub's."""
    hub = Hub()
    old = waits(hub, hub.member("alice"))
    says(hub, old, b"anybody?")
    assert hub.byes[old] == Bye(ByeCode.PROTOCOL, 0)
    hub, old, new = met()
    says(hub, new, b"")
    assert hub.byes[new] == hub.byes[old] == Bye(ByeCode.PROTOCOL, 0)


def test_what_comes_after_the_end_is_ignored() -> None:
    """And so is what somebody says who is logged in."""
    hub, old, new = met()
    hub.step([Gone(old)])
    heard = dict(hub.heard)
    assert hub.step([Received(new, Carry(b"late"), 8)]) == ()
    olga = hub.owner()
    assert hub.step([Received(olga.conn, Carry(b"x"), 5)]) == ()
    assert hub.heard[old] == heard[old]


def test_nobody_meets_while_the_hub_comes_back() -> None:
    """A link that is signed now could be for a chain that is longer elsewhere."""
    hub = Hub()
    alice = hub.member("alice")
    hub.restore(hub.store.snapshot())
    for conn in (waits(hub, alice), comes(hub)):
        assert hub.byes[conn].code == ByeCode.RECOVERING


def test_a_hub_that_cannot_write_sends_all_away() -> None:
    """Those at a slot too."""
    hub, old, new = met()
    byes = {each.conn: each.bye.code for each in hub.engine.failed() if isinstance(each, Close)}
    assert byes[old] == byes[new] == ByeCode.RETRY


def test_only_who_is_concerned_is_told() -> None:
    """One connection each time."""
    hub, old, _ = met()
    hub.step([Received(old, Carry(b"x"), 5)])
    (said,) = hub.outputs
    assert isinstance(said, Send)
    assert len(said.conns) == 1
