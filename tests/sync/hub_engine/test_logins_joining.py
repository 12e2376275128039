"""Who becomes a member: by an invite, or by what a restored hub has lost."""

from dataclasses import replace
from hashlib import sha256

import pytest

from hobnob_protocol import chain, codec
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.frames import Bye, Grant, Grants, Join, Welcome
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    NO_GRANT,
    PEOPLE,
    ChannelId,
    ReplicaId,
    account_id,
    head8,
    user_stream,
)
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.membership import Join as JoinBody
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.limits import AUTO_JOIN_MAX, PUSH_EVENTS_MAX
from hobnob_sync.hub_engine.inputs import (
    Login,
    MakeInvite,
    Reopen,
)
from hobnob_sync.ports import DeviceRow
from tests.sync.hub_engine.door import announced, enters, refused, signed
from tests.sync.hub_engine.scene import (
    INVITES_END_MS,
    OWNER_SECRET,
    REPLICA,
    SAID,
    SECRET,
    Hub,
    Member,
)

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
    assert welcome == Welcome((state.epoch,), hub.now_ms, 0, False, 4, presence=True)
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


def test_a_newcomer_is_put_into_so_many_channels_the_oldest_ones() -> None:
    """However many are to be joined: a login has its bound."""
    hub = Hub()
    olga = hub.owner()
    names = [f"room-{n}" for n in range(AUTO_JOIN_MAX)]
    for start in range(0, AUTO_JOIN_MAX, PUSH_EVENTS_MAX):
        made = names[start : start + PUSH_EVENTS_MAX]
        rooms = [ChannelCreate(ChannelId(b"%16s" % each.encode()), each, "", True) for each in made]
        hub.push(olga, *[hub.pushed(olga, DIRECTORY, each) for each in rooms])
    for name in ("ada", "bo"):
        held = hub.engine.state.held(hub.member(name).account)
        joined = [stream for stream in held if stream[:2] == b"c:"]
        assert len(joined) == AUTO_JOIN_MAX
        assert hub.general in joined
        assert hub.engine.state.names[names[-1]] not in joined
        hub.reboot()


def test_whoever_would_be_written_down_waits_while_nothing_can_be() -> None:
    """A commit that fails would send everybody away; whom the hub knows comes in meanwhile."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.stranger("bob")
    hub.read_only_until_ms = hub.now_ms + 7_000
    hub.reboot()
    hub.now_ms += 1_000
    hub.login(alice)
    assert hub.bye(alice) is None
    hub.step([Login(bob.conn, hub.wish(bob), SAID)])
    assert hub.byes[bob.conn] == Bye(ByeCode.RETRY, 6_000)
    alice.replica = ReplicaId(b"another!")
    hub.login(alice)
    assert hub.byes[alice.conn] == Bye(ByeCode.RETRY, 6_000)
    hub.now_ms += 6_000
    hub.login(alice)
    assert hub.bye(alice) is None
