"""Who comes back by an SSH key: by a touch at once, else after a day in which devices say no."""

from dataclasses import replace
from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.errors import ByeCode, Refusal
from hobnob_protocol.frames import Bye, Join
from hobnob_protocol.ids import PEOPLE, DeviceKey, Head, device_id
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.limits import VETO_SECONDS
from hobnob_protocol.login import ssh_signed_request
from hobnob_protocol.recovery_frames import ChainHead, SshRecover
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.hub_engine.inputs import Close, Locate, Operate, Output, Send, Tick
from tests.protocol.vectors.ssh_holders import CURVE, DESK, security
from tests.sync.hub_engine.door import enters, refused
from tests.sync.hub_engine.scene import SAID, Hub, Member
from tests.sync.hub_engine.test_recovering import asks, chain_of, joining, phone_of

PHONE: Final = KeyedSigner(b"phone")
DAY_MS: Final = VETO_SECONDS * 1_000


def with_key(hub: Hub, ssh: SshSigner = DESK, name: str = "alice") -> Member:
    """A member who has named an SSH key."""
    member = hub.member(name)
    hub.told(
        member, PEOPLE, DeviceLink(*chain.name_ssh(chain_of(hub, member), member.signer, ssh, 0))
    )
    return member


def shows(hub: Hub, handle: str, ssh: SshSigner = DESK, said: bytes = SAID) -> tuple[Output, ...]:
    """Somebody shows an SSH key for this handle on a new connection."""
    unsigned = SshRecover(handle, device_id(DeviceKey(ssh.public_key)), None, b"")
    return hub.step([Locate(hub.connection(), ssh_signed_request(said, unsigned, ssh), SAID)])


def wish(hub: Hub, member: Member, ssh: SshSigner = DESK) -> Join:
    """The JOIN of a new device that the key names."""
    present = chain_of(hub, member)
    link = chain.come_back(hub.name, present.links, present.head, ssh, PHONE, 7)
    return joining(member, *link)


def seat(hub: Hub, member: Member) -> Join:
    """Its JOIN once it has waited."""
    present = chain_of(hub, member)
    return joining(member, *chain.enter(hub.name, present.links, present.head, PHONE, 8))


def told(hub: Hub, member: Member, request: Join) -> Bye:
    """What a JOIN is answered that lets nobody in."""
    phone = phone_of(member)
    (closed,) = [each for each in enters(hub, phone, request) if isinstance(each, Close)]
    assert phone.conn not in hub.engine.sessions.by_conn
    return closed.bye


def test_who_holds_an_ssh_key_is_told_where_the_account_stands() -> None:
    """And nobody else: an unknown handle or key, a key on paper's way, a signature of elsewhere."""
    hub = Hub()
    alice = with_key(hub)
    found, closed = shows(hub, "alice")
    assert isinstance(found, Send)
    assert found.frame == ChainHead(alice.account, 2, Head(chain_of(hub, alice).head))
    assert isinstance(closed, Close)
    assert closed.bye == Bye(ByeCode.DONE, 0)
    unsigned = SshRecover("alice", device_id(DeviceKey(DESK.public_key)), None, b"no signature")
    answers = [
        shows(hub, "nobody"),
        shows(hub, "alice", CURVE),
        shows(hub, "alice", said=b"x" * 32),
        hub.step([Locate(hub.connection(), unsigned, SAID)]),
        asks(hub, "alice", KeyedSigner(b"sheet of paper")),
    ]
    hub.told(alice, PEOPLE, hub.revocation(alice, device_id(DeviceKey(DESK.public_key))))
    answers.append(shows(hub, "alice"))
    for refused_one in answers:
        (closed,) = refused_one
        assert isinstance(closed, Close)
        assert closed.bye == Bye(ByeCode.AUTH, 0)


def test_an_ssh_key_shows_itself_by_its_own_way_only() -> None:
    """What a device would sign is no word of its."""
    hub = Hub()
    alice = with_key(hub)

    class Posing(KeyedSigner):
        """Says that it is the SSH key."""

        @property
        def public_key(self) -> DeviceKey:
            """Another's."""
            return DeviceKey(DESK.public_key)

    (closed,) = asks(hub, "alice", Posing(b"posing"))
    assert isinstance(closed, Close)
    assert closed.bye == Bye(ByeCode.AUTH, 0)
    assert chain_of(hub, alice).recovery[0].active


def test_a_touch_lets_a_device_in_at_once() -> None:
    """As paper does."""
    hub = Hub()
    alice = with_key(hub, security(1))
    phone = phone_of(alice)
    enters(hub, phone, wish(hub, alice, security(2)))
    assert hub.session(phone).account == alice.account
    hub.told(phone, hub.general, Post("back"))


def test_who_comes_by_an_agent_waits_a_day_by_the_hubs_clock() -> None:
    """It is told how long; what it signs is nobody's; then it enters, and speaks."""
    hub = Hub()
    alice = with_key(hub)
    asked_ms = hub.now_ms
    request = wish(hub, alice)
    assert told(hub, alice, request) == Bye(ByeCode.WAITING, DAY_MS)
    assert hub.bodies(PEOPLE, Admit) == [Admit(alice.account, request.link, request.link_signature)]
    hub.now_ms += 1_000
    left = DAY_MS - 1_000
    assert told(hub, alice, request) == Bye(ByeCode.WAITING, left)
    assert told(hub, alice, seat(hub, alice)) == Bye(ByeCode.WAITING, left)
    assert len(hub.bodies(PEOPLE, Admit)) == 1
    early = hub.told(alice, hub.general, Post("meanwhile"))
    assert early is not None
    found, _ = asks(hub, "alice", PHONE)
    assert isinstance(found, Send)
    hub.now_ms = asked_ms + DAY_MS
    assert told(hub, alice, request) == Bye(ByeCode.WAITING, 0)
    entering = seat(hub, alice)
    phone = phone_of(alice)
    enters(hub, phone, entering)
    assert hub.session(phone).account == alice.account
    hub.told(phone, hub.general, Post("back"))
    again = phone_of(alice)
    enters(hub, again, entering)
    assert hub.session(again).device == phone.device


def test_another_cannot_wait_in_its_place() -> None:
    """Too early is told only to who waits."""
    hub = Hub()
    alice = with_key(hub)
    told(hub, alice, wish(hub, alice))
    forged = replace(seat(hub, alice), signature=bytes(64))
    assert refused(hub, phone_of(alice), forged)


def test_a_device_says_no() -> None:
    """The one that waits is told as anybody is, and its key asks no more."""
    hub = Hub()
    alice = with_key(hub)
    request = wish(hub, alice)
    told(hub, alice, request)
    entering = seat(hub, alice)
    hub.told(alice, PEOPLE, hub.revocation(alice, device_id(PHONE.public_key)))
    hub.now_ms += DAY_MS
    hub.step([Tick()])
    for late in (request, entering, seat(hub, alice), wish(hub, alice)):
        assert refused(hub, phone_of(alice), late)
    (closed,) = shows(hub, "alice")
    assert isinstance(closed, Close)
    assert closed.bye.code == ByeCode.AUTH


def test_a_no_after_the_day_still_counts() -> None:
    """As long as nobody has entered."""
    hub = Hub()
    alice = with_key(hub)
    told(hub, alice, wish(hub, alice))
    hub.now_ms += DAY_MS + 1
    hub.told(alice, PEOPLE, hub.revocation(alice, device_id(PHONE.public_key)))
    assert refused(hub, phone_of(alice), seat(hub, alice))


def test_a_device_carries_no_link_too_early() -> None:
    """Nor does the hub's own operator: the hub's time decides."""
    hub = Hub()
    alice = with_key(hub)
    told(hub, alice, wish(hub, alice))
    request = seat(hub, alice)
    body = Admit(alice.account, request.link, request.link_signature)
    (said,) = hub.step_operated([Operate(1, PEOPLE, body)])
    assert said.refusal is Refusal.INVALID
    hub.now_ms += DAY_MS
    hub.told(alice, PEOPLE, DeviceLink(request.link, request.link_signature))
    assert len(chain_of(hub, alice).active) == 2
