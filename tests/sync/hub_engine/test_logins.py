"""Who may enter, what it costs to find out, and what they are told first."""

from dataclasses import replace
from hashlib import sha256

import pytest

from hobnob_protocol import chain, codec
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.frames import Auth, Bye, Grant, Grants, Join, Push, Welcome
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    NO_GRANT,
    PEOPLE,
    ChannelId,
    Epoch,
    ReplicaId,
    account_id,
    conversation_stream,
    direct_conversation,
    head8,
    user_stream,
)
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.membership import Join as JoinBody
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import GRANTS_MAX
from hobnob_protocol.login import Request, sign_request
from hobnob_sync import cursor
from hobnob_sync.hub_engine.inputs import (
    Close,
    Gone,
    Login,
    MakeInvite,
    Output,
    Received,
    Reopen,
    Send,
)
from hobnob_sync.ports import DeviceRow
from tests.sync.hub_engine.scene import (
    INVITES_END_MS,
    OWNER_SECRET,
    REPLICA,
    SAID,
    SECRET,
    Hub,
    Member,
)


def enters(hub: Hub, member: Member, request: Auth | Join) -> tuple[Output, ...]:
    """Somebody asks to be let in on a new connection."""
    member.conn = hub.connection()
    return hub.step([Login(member.conn, request, SAID)])


def refused(hub: Hub, member: Member, request: Auth | Join) -> bool:
    """Is the request refused as every other, with nothing written?"""
    outputs = enters(hub, member, request)
    assert not hub.decision.transaction
    assert member.conn not in hub.engine.sessions.by_conn
    return outputs == (Close(member.conn, Bye(ByeCode.AUTH, 0)),)


def announced(hub: Hub, member: Member) -> dict[bytes, Grant]:
    """What a member is told at login of each stream, by the streams' ids."""
    entries = [grant for frame in hub.take(member, Grants) for grant in frame.entries]
    return {grant.stream: grant for grant in entries}


def signed(member: Member, request: Request) -> Request:
    """The request as its device signs it."""
    return sign_request(SAID, request, member.signer)


# Joining.


def test_an_invite_makes_an_account() -> None:
    """The hub says so itself, and puts the newcomer into its first channel."""
    hub = Hub()
    alice = hub.stranger("alice")
    request = hub.wish(alice)
    enters(hub, alice, request)
    assert hub.bodies(PEOPLE, Enrol) == [Enrol(request.link, request.link_signature, "alice")]
    header = decode_event(hub.log(PEOPLE)[-1].event).header
    assert header.device == hub.engine.state.accounts.hub.device
    assert hub.bodies(hub.general, JoinBody) == [JoinBody(alice.account)]
    assert hub.engine.state.role(alice.account) == "member"
    assert hub.store.devices[alice.device] == DeviceRow(alice.device, 0, REPLICA)


def test_a_newcomer_is_told_all_they_may_read() -> None:
    """The epoch, the time, and each stream with where it stands."""
    hub = Hub()
    alice = hub.stranger("alice")
    enters(hub, alice, hub.wish(alice))
    welcome, grants = hub.sent(alice.conn)
    state = hub.engine.state
    assert welcome == Welcome((state.epoch,), hub.now_ms, 0, False, 4)
    assert isinstance(grants, Grants)
    assert not grants.more
    general = hub.grant(alice, hub.general)
    assert general is not None
    rights = [
        (user_stream(alice.account), NO_GRANT),
        (DIRECTORY, NO_GRANT),
        (PEOPLE, NO_GRANT),
        (hub.general, general.grant),
    ]
    assert grants.entries == tuple(
        Grant(
            stream,
            state.streams[stream].number,
            grant,
            0,
            state.streams[stream].seq,
            head8(state.streams[stream].head),
            0,
            0,
            (),
        )
        for stream, grant in rights
    )


def test_an_owners_invite_makes_an_owner() -> None:
    """Who then reads what moderators read."""
    hub = Hub()
    olga = hub.stranger("olga")
    enters(hub, olga, hub.wish(olga, OWNER_SECRET))
    assert hub.engine.state.role(olga.account) == "owner"
    assert set(announced(hub, olga)) == {
        user_stream(olga.account), DIRECTORY, PEOPLE, MODERATION, hub.general,
    }  # fmt: skip


def test_a_newcomer_finds_the_history_of_their_channels_unread() -> None:
    """All of it, with what mentions them; of a channel that shows none, nothing."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.stranger("alice")
    late = hub.channel(olga, "late", "from_join")
    for stream in (hub.general, late):
        hub.told(olga, DIRECTORY, ChannelSet(ChannelId(stream[2:]), "auto_join", "yes"))
        hub.told(olga, stream, Post("welcome"))
        hub.told(olga, stream, Post("you there", None, None, (alice.account,)))
    enters(hub, alice, hub.wish(alice))
    told = announced(hub, alice)
    assert [(told[one].unread, told[one].mentions) for one in (hub.general, late)] == [
        (2, 1),
        (0, 0),
    ]
    assert told[late].floor == told[late].head_seq - 1


def test_newcomers_are_put_where_everybody_is_put() -> None:
    """Neither into what was archived, nor where it is not wished, nor where it is private."""
    hub = Hub()
    olga = hub.owner()
    hub.private(olga, "den")
    talk, old, off = (hub.channel(olga, name) for name in ("talk", "old", "off"))
    for stream in (old, off):
        hub.told(olga, DIRECTORY, ChannelSet(ChannelId(stream[2:]), "auto_join", "yes"))
    hub.told(olga, DIRECTORY, ChannelArchive(ChannelId(old[2:])))
    hub.told(olga, DIRECTORY, ChannelSet(ChannelId(off[2:]), "auto_join", "no"))
    born = ChannelId(b"b" * 16)
    hub.told(olga, DIRECTORY, ChannelCreate(born, "born", auto_join=True))
    alice = hub.stranger("alice")
    enters(hub, alice, hub.wish(alice))
    channels = [stream for stream in announced(hub, alice) if stream[:2] == b"c:"]
    assert sorted(channels) == sorted([hub.general, b"c:" + born])
    assert talk not in channels


def spoiled(wish: Join, how: str) -> Join:
    """A JOIN with one thing wrong."""
    return {
        "invite": replace(wish, invite=b"a guess"),
        "form": replace(wish, handle="Alice"),
        "office": replace(wish, handle="admin"),
        "taken": replace(wish, handle="bob"),
        "link": replace(wish, link=wish.link[:-1]),
        "link signature": replace(wish, link_signature=bytes(64)),
    }[how]


@pytest.mark.parametrize("how", ["invite", "form", "office", "taken", "link", "link signature"])
def test_who_may_not_join_is_told_nothing_of_the_reason(how: str) -> None:
    """And no use of the invite is spent."""
    hub = Hub()
    hub.member("bob")
    alice = hub.stranger("alice")
    assert refused(hub, alice, signed(alice, spoiled(hub.wish(alice), how)))
    enters(hub, alice, hub.wish(alice))
    assert hub.bye(alice) is None


def test_a_join_that_its_device_did_not_sign_is_refused() -> None:
    """For this very connection."""
    hub = Hub()
    alice, eve = hub.stranger("alice"), hub.stranger("eve")
    assert refused(hub, alice, signed(eve, hub.wish(alice)))
    alice.conn = hub.connection()
    hub.step([Login(alice.conn, hub.wish(alice), b"another transcript")])
    assert hub.bye(alice) == ByeCode.AUTH


def test_a_device_of_somebody_founds_no_second_account() -> None:
    """A genesis that adds a device somebody has is refused."""
    hub = Hub()
    alice = hub.member("alice")
    assert refused(hub, *twin_of(hub, alice))


def twin_of(hub: Hub, member: Member) -> tuple[Member, Join]:
    """The same device under another genesis, and the JOIN it makes."""
    link, signature = chain.genesis(member.signer, hub.name, 7)
    twin = Member("twin", member.signer, account_id(link), hub.connection())
    assert twin.account != member.account
    return twin, signed(twin, Join(SECRET, link, signature, "twin", None, REPLICA, bytes(64)))


def test_a_banned_account_does_not_join_again() -> None:
    """Not even one that a restore has lost, whose ban is known again already."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.stranger("alice")
    hub.told(olga, MODERATION, Ban(alice.account, True, "spam"))
    assert refused(hub, alice, hub.wish(alice))


def test_an_invite_ends() -> None:
    """At its very millisecond, and with its last use."""
    hub = Hub()
    hub.step([MakeInvite(sha256(b"twice").digest(), 2, hub.now_ms + 10)])
    one, two, three = (hub.stranger(name) for name in ("one", "two", "three"))
    assert not refused_later(hub, one, b"twice", 9)
    assert refused_later(hub, two, b"twice", 1)
    hub.now_ms -= 1
    assert not refused_later(hub, two, b"twice", 0)
    assert refused_later(hub, three, b"twice", 0)
    name = f"invite:{sha256(b'twice').digest().hex()}"
    assert codec.decode(hub.engine.state.meta[name]) == (0, 1_000_010, False)


def refused_later(hub: Hub, member: Member, secret: bytes, after_ms: int) -> bool:
    """Is a JOIN refused so much later?"""
    hub.now_ms += after_ms
    enters(hub, member, hub.wish(member, secret))
    return hub.bye(member) == ByeCode.AUTH


def test_who_joined_already_gets_in_again_for_nothing() -> None:
    """The answer to the first JOIN was lost; no second account is made and no use is spent."""
    hub = Hub()
    hub.step([MakeInvite(sha256(b"once").digest(), 1, INVITES_END_MS)])
    alice = hub.stranger("alice")
    wish = hub.wish(alice, b"once")
    for _ in range(2):
        enters(hub, alice, wish)
        assert hub.bye(alice) is None
        assert isinstance(hub.sent(alice.conn)[0], Welcome)
    assert len(hub.bodies(PEOPLE, Enrol)) == 1


def test_who_was_banned_or_revoked_since_does_not_join_again() -> None:
    """By the old JOIN no more than by a login."""
    hub = Hub()
    olga = hub.owner()
    alice, bob = hub.member("alice"), hub.member("bob")
    phone = hub.second_device(bob, "phone")
    hub.told(olga, MODERATION, Ban(alice.account, True, "spam"))
    hub.told(phone, PEOPLE, hub.revocation(phone, bob.device))
    for member in (alice, bob):
        assert refused(hub, member, hub.wish(member))


# What a restore has lost.


def lost(name: str = "alice") -> tuple[Hub, Member, bytes]:
    """A hub that was restored to before somebody joined and is open again: who, and the enrolment
    they hold."""
    hub = Hub()
    snapshot = hub.store.snapshot()
    alice = hub.member(name)
    enrolment = hub.log(PEOPLE)[-1].event
    hub.restore(snapshot)
    hub.step([Reopen()])
    return hub, alice, enrolment


def test_who_was_lost_comes_back_by_their_enrolment() -> None:
    """In place of an invite."""
    hub, alice, enrolment = lost()
    enters(hub, alice, hub.wish(alice, enrolment))
    assert hub.bye(alice) is None
    assert hub.engine.state.accounts.account_of("alice") == alice.account


def test_an_enrolment_lets_in_whom_it_names_only() -> None:
    """Another's, one the hub did not sign, another event of the hub's, and what is no event."""
    hub, alice, enrolment = lost()
    eve = hub.stranger("eve")
    link, signature = chain.genesis(eve.signer, hub.name, 0)
    number, body = hub.registry.encode(Enrol(link, signature, "eve"))
    forged = hub.signed(eve, PEOPLE, number, body)
    claimed = decode_event(enrolment)
    broken = codec.encode((claimed.header_bytes, claimed.body, claimed.salt, bytes(64)))
    bootstrap = hub.log(DIRECTORY)[0].event
    for invite in (enrolment, forged, bootstrap, stub(enrolment), b"\xc1"):
        assert refused(hub, eve, hub.wish(eve, invite))
    assert refused(hub, alice, hub.wish(alice, broken))


# Logging in.


def test_a_device_logs_in() -> None:
    """And is told how far its pushes were counted."""
    hub = Hub()
    alice = hub.member("alice")
    hub.fill(alice, hub.general, 3)
    hub.login(alice)
    welcome = hub.sent(alice.conn)[0]
    assert welcome == Welcome((hub.engine.state.epoch,), hub.now_ms, 3, False, 4)
    session = hub.engine.sessions.by_conn[alice.conn]
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
    assert hub.engine.sessions.followers[hub.general] == {}
    hub.step([Gone(first)])
    assert hub.engine.sessions.by_device[alice.device].conn == alice.conn
    assert hub.bye(phone) is None


def test_a_session_that_ends_leaves_its_successor_alone() -> None:
    """Although both are one device's, and the older one's end is heard later."""
    hub = Hub()
    alice = hub.member("alice")
    older = hub.engine.sessions.by_conn[alice.conn]
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
    assert hub.sent(bob.conn) == [Welcome((hub.engine.state.epoch,), hub.now_ms, 0, True, 0)]
    session = hub.engine.sessions.by_conn[bob.conn]
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
    assert hub.engine.sessions.by_conn[bob.conn].subscriptions == {}


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
