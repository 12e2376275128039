"""Who may log in, what it costs to find out, and what they are told first."""

from dataclasses import replace

import pytest

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye, Grants, Push, Welcome
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    Epoch,
    ReplicaId,
    conversation_stream,
    direct_conversation,
    head8,
    user_stream,
)
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import GRANTS_MAX
from hobnob_sync import cursor
from hobnob_sync.hub_engine.inputs import (
    Close,
    Gone,
    Login,
    Received,
    Send,
)
from hobnob_sync.ports import DeviceRow
from tests.sync.hub_engine.door import announced, enters, refused, signed
from tests.sync.hub_engine.scene import (
    SAID,
    Hub,
    Member,
)

# Logging in.


def test_a_device_logs_in() -> None:
    """And is told how far its pushes were counted."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 3)
    hub.login(alice)
    welcome = hub.sent(alice.conn)[0]
    assert welcome == Welcome((hub.engine.state.epoch,), hub.now_ms, 3, False, 4, presence=True)
    session = hub.session(alice)
    assert (session.account, session.device) == (alice.account, alice.device)
    assert session.subscriptions == {}


class Counting:
    """A verifier that counts what it is asked."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier = verifier
        self.asked = 0

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Asked once more."""
        self.asked += 1
        return self.verifier.verify(public_key, signature, message)


def test_who_may_not_enter_gets_one_answer_after_the_same_work() -> None:
    """Unknown, revoked, banned, another's device, the hub's own, a bad signature: not to be told
    apart."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    nobody = hub.stranger("nobody")
    phone = hub.second_device(bob, "phone")
    revoked = replace(phone, conn=0)
    hub.told(bob, PEOPLE, hub.revocation(bob, phone.device))
    hub.told(olga, MODERATION, Ban(alice.account, True, "spam"))
    itself = Member("hub", hub.signer, hub.engine.state.accounts.hub.account, 0)
    posing = Member("olga", bob.signer, olga.account, 0)
    forged = replace(hub.auth(bob), signature=bytes(64))
    counting = Counting(hub.engine.hub.verifier)
    hub.engine.hub = replace(hub.engine.hub, verifier=counting)
    cases = [(one, hub.auth(one)) for one in (nobody, revoked, alice, itself, posing)]
    for member, request in [*cases, (replace(bob), forged)]:
        counting.asked = 0
        assert refused(hub, member, request), member.name
        assert counting.asked == 1, member.name
    hub.login(bob)
    assert hub.bye(bob) is None


def test_one_device_has_one_session() -> None:
    """The newer ends the older, which then takes nothing of the newer along when it is gone."""
    hub = Hub()
    alice = hub.member("alice")
    phone = hub.second_device(alice, "phone")
    hub.follow(alice, hub.general)
    first = alice.conn
    hub.login(alice)
    assert hub.byes[first] == Bye(ByeCode.ELSEWHERE, 0)
    assert list(hub.engine.sessions.by_conn) == [phone.conn, alice.conn]
    assert hub.engine.sessions.followers[hub.general].conns == ()
    hub.step([Gone(first)])
    assert hub.engine.sessions.by_device[alice.device].conn == alice.conn
    assert hub.bye(phone) is None


def test_a_session_that_ends_leaves_its_successor_alone() -> None:
    """Although both are one device's, and the older one's end is heard later."""
    hub = Hub()
    alice = hub.member("alice")
    older = hub.session(alice)
    hub.login(alice)
    hub.engine.sessions.by_conn[older.conn] = older
    hub.engine.sessions.remove(older.conn)
    assert hub.engine.sessions.by_device[alice.device].conn == alice.conn


def test_another_replica_of_a_device_is_remembered() -> None:
    """Its count of pushes goes on; a replica that is known already is not written again."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 2)
    hub.login(alice)
    assert not hub.decision.transaction
    alice.replica = ReplicaId(b"restored")
    hub.login(alice)
    row = DeviceRow(alice.device, 2, alice.replica)
    assert hub.decision.transaction.devices == {alice.device: row}
    assert hub.store.devices[alice.device] == row


# The announcement.


def digest_of(hub: Hub, member: Member) -> bytes:
    """The digest of a replica that holds all it may."""
    state = hub.engine.state
    held = state.held(member.account)
    rows = [(state.streams[stream], grant) for stream, grant in held.items()]
    return cursor.digest(
        state.epoch, [(row.stream, grant.grant, row.seq, head8(row.head)) for row, grant in rows]
    )


def test_a_replica_that_has_all_is_told_so_and_follows_all() -> None:
    """Nothing else is said; what comes next comes live."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.login(bob, digest_of(hub, bob))
    assert hub.sent(bob.conn) == [
        Welcome((hub.engine.state.epoch,), hub.now_ms, 0, True, 0, presence=True)
    ]
    session = hub.session(bob)
    assert {stream: one.sent_seq for stream, one in session.subscriptions.items()} == {
        stream: hub.engine.state.streams[stream].seq
        for stream in (user_stream(bob.account), DIRECTORY, PEOPLE, hub.general)
    }
    grants = {stream: one.grant for stream, one in session.subscriptions.items()}
    general = hub.grant(bob, hub.general)
    assert general is not None
    assert grants[hub.general] == general.grant
    hub.fill(alice, hub.general, 1)
    assert len(hub.sent(bob.conn)) == 1


@pytest.mark.parametrize("why", ["news", "no digest", "another epoch"])
def test_any_other_replica_hears_the_announcement(why: str) -> None:
    """It holds less, says nothing of what it holds, or holds another history."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    request = hub.auth(bob, digest_of(hub, bob))
    if why == "news":
        hub.fill(alice, hub.general, 1)
    elif why == "no digest":
        request = signed(bob, replace(request, digest=None))
    else:
        request = signed(bob, replace(request, epoch=Epoch(bytes(8))))
    enters(hub, bob, request)
    welcome, grants = hub.sent(bob.conn)
    assert isinstance(welcome, Welcome)
    assert (welcome.same, welcome.grants) == (False, 4)
    assert isinstance(grants, Grants)
    assert hub.session(bob).subscriptions == {}


def test_unread_is_counted_from_the_read_cursor_or_the_floor() -> None:
    """Whichever is higher; one's own posts are not among them."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    late = hub.channel(alice, "late", "from_join")
    hub.fill(alice, late, 3)
    hub.join(bob, late)
    for stream in (hub.general, late):
        hub.told(alice, stream, Post("a", None, None, (bob.account,)))
        hub.told(bob, stream, Post("b", None, None, (bob.account,)))
        hub.told(alice, stream, Post("c"))
        hub.told(alice, stream, Post("d", None, None, (bob.account,)))
    head = len(hub.log(hub.general))
    hub.told(bob, user_stream(bob.account), ReadCursor(hub.general, 1, head - 2))
    hub.login(bob)
    told = announced(hub, bob)
    assert (told[hub.general].unread, told[hub.general].mentions) == (2, 1)
    assert (told[late].unread, told[late].mentions) == (3, 2)
    assert [told[stream].unread for stream in (DIRECTORY, PEOPLE)] == [0, 0]


def test_all_that_is_unread_in_a_conversation_is_for_me() -> None:
    """So it counts as mentions; the hub cannot look inside."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = conversation_stream(direct_conversation(hub.name, alice.account, bob.account))
    hub.told(alice, talk, Conversation(tuple(sorted((alice.account, bob.account)))))
    number = hub.registry.named("sealed").number
    for _ in range(2):
        hub.push(alice, hub.pushed(alice, talk, hub.signed(alice, talk, number, b"opaque")))
    hub.login(bob)
    told = announced(hub, bob)[talk]
    assert (told.unread, told.mentions) == (2, 2)


@pytest.mark.parametrize(("count", "sizes"), [(0, [GRANTS_MAX]), (1, [GRANTS_MAX, 1])])
def test_grants_are_announced_in_batches(count: int, sizes: list[int]) -> None:
    """Each says whether more follow; WELCOME says how many there are in all."""
    hub = Hub()
    alice = hub.member("alice")
    for nth in range(GRANTS_MAX - 4 + count):
        hub.channel(alice, f"channel{nth}")
    hub.login(alice)
    welcome, *grants = hub.sent(alice.conn)
    assert isinstance(welcome, Welcome)
    assert welcome.grants == GRANTS_MAX + count
    frames = [frame for frame in grants if isinstance(frame, Grants)]
    assert [len(frame.entries) for frame in frames] == sizes
    assert [frame.more for frame in frames] == [True] * (len(sizes) - 1) + [False]
    streams = [grant.stream for frame in frames for grant in frame.entries]
    assert streams == list(hub.engine.state.held(alice.account))


def test_a_login_is_told_how_things_stood_before_its_batch() -> None:
    """Whatever comes first in it, for what was loaded was loaded before."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    head = len(hub.log(hub.general))
    bob.conn = hub.connection()
    push = Push((hub.pushed(alice, hub.general, Post("x")),))
    hub.step([Received(alice.conn, push, 1), Login(bob.conn, hub.auth(bob), SAID)])
    told = announced(hub, bob)[hub.general]
    assert (told.head_seq, told.unread) == (head, 0)
    assert len(hub.log(hub.general)) == head + 1


# While the hub waits for what it has lost.


def test_nobody_gets_in_while_the_hub_waits_but_who_moderates() -> None:
    """Others are told to come back; a bad signature is a bad signature still."""
    hub = Hub()
    olga = hub.owner()
    anna, mora = hub.promoted(olga, "anna", "admin"), hub.promoted(olga, "mora", "moderator")
    robo = hub.promoted(olga, "robo", "bot")
    alice, late = hub.member("alice"), hub.stranger("late")
    hub.restore(hub.store.snapshot())
    come_back = Bye(ByeCode.RECOVERING, 5_000)
    for member, request in (
        (alice, hub.auth(alice)),
        (robo, hub.auth(robo)),
        (late, hub.wish(late)),
        (late, hub.wish(late, b"a guess")),
    ):
        assert enters(hub, member, request) == (Close(member.conn, come_back),)
        assert not hub.decision.transaction
    assert refused(hub, alice, replace(hub.auth(alice), signature=bytes(64)))
    for member in (olga, anna, mora):
        enters(hub, member, hub.auth(member))
        assert hub.bye(member) is None


def test_what_a_login_says_is_one_welcome_and_then_its_grants() -> None:
    """To that connection alone."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    outputs = enters(hub, bob, hub.auth(bob))
    assert [type(one) for one in outputs] == [Close, Send, Send]
    assert all(one.conns == (bob.conn,) for one in outputs if isinstance(one, Send))
    assert hub.sent(alice.conn) == []


def test_a_role_that_is_given_back_shuts_the_door_of_a_waiting_hub() -> None:
    """Who has moderated is a member like others."""
    hub = Hub()
    olga = hub.owner()
    mora = hub.promoted(olga, "mora", "moderator")
    hub.told(olga, DIRECTORY, RoleGrant(mora.account, "member"))
    hub.restore(hub.store.snapshot())
    enters(hub, mora, hub.auth(mora))
    assert hub.bye(mora) == ByeCode.RECOVERING
