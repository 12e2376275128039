"""Who comes back without a device: by a recovery key, and by the link it has signed."""

from dataclasses import replace

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import ByeCode, Refusal
from hobnob_protocol.frames import Bye, Join, Offer, OfferAck, Offered, Welcome
from hobnob_protocol.ids import MODERATION, PEOPLE, DeviceId, Head, device_id
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.limits import DEVICES_MAX
from hobnob_protocol.login import sign_request
from hobnob_protocol.recovery_frames import ChainHead, Recover
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.hub_engine.inputs import Close, Locate, Operate, Output, Send
from tests.sync.hub_engine.door import enters, refused
from tests.sync.hub_engine.scene import SAID, Hub, Member

SHEET = KeyedSigner(b"sheet of paper")
PHONE = KeyedSigner(b"phone")
CLOSED = Bye(ByeCode.AUTH, 0)


def chain_of(hub: Hub, member: Member) -> Chain:
    """The account as the hub knows it."""
    found = hub.engine.state.accounts.chain(member.account)
    assert found is not None
    return found


def with_sheet(hub: Hub, name: str = "alice") -> Member:
    """A member who has a recovery key."""
    member = hub.member(name)
    link = chain.name_recovery(chain_of(hub, member), member.signer, SHEET, 0)
    hub.told(member, PEOPLE, DeviceLink(*link))
    return member


def asks(
    hub: Hub, handle: str, signer: KeyedSigner = SHEET, said: bytes = SAID
) -> tuple[Output, ...]:
    """Somebody shows a key for this handle on a new connection."""
    unsigned = Recover(handle, device_id(signer.public_key), None, bytes(64))
    return hub.step([Locate(hub.connection(), sign_request(said, unsigned, signer), SAID)])


def wish(hub: Hub, member: Member, signer: KeyedSigner = PHONE) -> Join:
    """The JOIN of a new device that the sheet adds."""
    present = chain_of(hub, member)
    link, signature = chain.recover(hub.name, present.links, present.head, SHEET, signer, 7)
    return joining(member, link, signature, signer)


def joining(member: Member, link: bytes, signature: bytes, signer: KeyedSigner = PHONE) -> Join:
    """A JOIN with this link, signed by this device."""
    unsigned = Join(member.account, link, signature, member.name, None, member.replica, bytes(64))
    return sign_request(SAID, unsigned, signer)


def phone_of(member: Member, signer: KeyedSigner = PHONE) -> Member:
    """The member on a new device."""
    return Member(member.name, signer, member.account, 0)


# Where the account stands.


def test_who_holds_a_recovery_key_is_told_where_the_account_stands() -> None:
    """And nothing else: the connection ends, and nobody is logged in."""
    hub = Hub()
    alice = with_sheet(hub)
    told, closed = asks(hub, "alice")
    head = Head(chain_of(hub, alice).head)
    assert told == Send((hub.conns,), ChainHead(alice.account, 2, head))
    assert closed == Close(hub.conns, Bye(ByeCode.DONE, 0))
    assert hub.conns not in hub.engine.sessions.by_conn
    assert not hub.decision.transaction


def test_who_does_not_is_told_nothing() -> None:
    """Unknown handle, unknown key, revoked key, another's, a device's, a banned account, what was
    signed on another connection: one answer."""
    hub = Hub()
    olga = hub.owner()
    alice = with_sheet(hub)
    hub.member("bob")
    mallory = with_sheet(hub, "mallory")
    hub.told(olga, MODERATION, Ban(mallory.account, on=True, reason="spam"))
    answers = [
        asks(hub, "nobody"),
        asks(hub, "alice", KeyedSigner(b"another sheet")),
        asks(hub, "alice", alice.signer),
        asks(hub, "bob"),
        asks(hub, "mallory"),
        asks(hub, "alice", said=b"x" * 32),
    ]
    hub.told(alice, PEOPLE, hub.revocation(alice, device_id(SHEET.public_key)))
    answers.append(asks(hub, "alice"))
    conns = [each.conn for (each,) in answers if isinstance(each, Close)]
    assert [list(each) for each in answers] == [[Close(conn, CLOSED)] for conn in conns]


def test_every_refusal_costs_the_same() -> None:
    """One signature is checked, whoever asks."""
    hub = Hub()
    with_sheet(hub)
    real = hub.engine.hub.verifier
    counted: list[bytes] = []

    class Counting:
        """Counts what is checked."""

        def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
            """Once more."""
            counted.append(public_key)
            return real.verify(public_key, signature, message)

    hub.engine.hub = replace(hub.engine.hub, verifier=Counting())
    for handle, signer in (("alice", SHEET), ("nobody", SHEET), ("alice", PHONE)):
        asks(hub, handle, signer)
    assert len(counted) == 3


# The device that comes.


def test_a_device_comes_back_by_its_link() -> None:
    """It is let in, the hub carries the link, and the member is who they were."""
    hub = Hub()
    alice = with_sheet(hub)
    hub.told(alice, hub.general, Post("before"))
    request = wish(hub, alice)
    phone = phone_of(alice)
    enters(hub, phone, request)
    assert hub.bodies(PEOPLE, Admit) == [Admit(alice.account, request.link, request.link_signature)]
    welcome = hub.sent(phone.conn)[0]
    assert isinstance(welcome, Welcome)
    assert hub.session(phone).account == alice.account
    assert [each.device for each in chain_of(hub, alice).active] == [alice.device, phone.device]
    hub.told(phone, hub.general, Post("after"))
    hub.told(phone, PEOPLE, hub.revocation(phone, alice.device))
    assert hub.bye(alice) == ByeCode.REVOKED


def test_a_device_whose_answer_was_lost_comes_again() -> None:
    """With the same link; nothing is said twice."""
    hub = Hub()
    alice = with_sheet(hub)
    request = wish(hub, alice)
    enters(hub, phone_of(alice), request)
    phone = phone_of(alice)
    enters(hub, phone, request)
    assert hub.session(phone).device == phone.device
    assert len(hub.bodies(PEOPLE, Admit)) == 1
    hub.login(phone)
    hub.told(alice, PEOPLE, hub.revocation(alice, phone.device))
    assert refused(hub, phone_of(alice), request)


def test_a_device_adds_another_that_comes_by_itself() -> None:
    """Whoever has signed the link: it is the account's own word."""
    hub = Hub()
    alice = hub.member("alice")
    link = hub.device_link(alice, PHONE)
    phone = phone_of(alice)
    enters(hub, phone, joining(alice, link.link, link.link_signature))
    assert hub.session(phone).account == alice.account


def test_a_link_that_does_not_fit_lets_nobody_in() -> None:
    """Wrong words, a revoked sheet, a link for another place, another's account or handle, one that
    adds nobody, another device than it adds: one answer, and nothing is written."""
    hub = Hub()
    olga = hub.owner()
    alice = with_sheet(hub)
    bob = hub.member("bob")
    good = wish(hub, alice)
    present = chain_of(hub, alice)
    at = (hub.name, present.links, present.head)
    wrong = [
        joining(alice, *chain.recover(*at, KeyedSigner(b"wrong words"), PHONE, 7)),
        joining(alice, *chain.recover(hub.name, 1, present.head, SHEET, PHONE, 7)),
        joining(alice, *chain.recover(hub.name, 2, bytes(32), SHEET, PHONE, 7)),
        joining(bob, good.link, good.link_signature),
        joining(replace(alice, name="bob"), good.link, good.link_signature),
        joining(replace(alice, name="nobody"), good.link, good.link_signature),
        joining(alice, *hub_revocation(hub, alice)),
        joining(alice, good.link, good.link_signature, KeyedSigner(b"another device")),
        replace(good, invite=b"x"),
        replace(good, signature=bytes(64)),
    ]
    for request in wrong:
        assert refused(hub, phone_of(alice), request), request
    hub.told(alice, PEOPLE, hub.revocation(alice, device_id(SHEET.public_key)))
    assert refused(hub, phone_of(alice), good)
    assert refused(hub, phone_of(alice), wish(hub, alice))
    other = with_sheet(hub, "carol")
    taken = wish(hub, other, alice.signer)
    assert refused(hub, phone_of(other, alice.signer), taken)
    banned = wish(hub, other)
    hub.told(olga, MODERATION, Ban(other.account, on=True, reason="spam"))
    assert refused(hub, phone_of(other), banned)


def hub_revocation(hub: Hub, member: Member) -> tuple[bytes, bytes]:
    """A link that revokes the sheet, which adds no device."""
    link = hub.revocation(member, DeviceId(device_id(SHEET.public_key)))
    return link.link, link.link_signature


def test_a_link_that_revokes_is_nobodys_way_in() -> None:
    """Even where the chain has it."""
    hub = Hub()
    alice = with_sheet(hub)
    spent = hub_revocation(hub, alice)
    hub.told(alice, PEOPLE, DeviceLink(*spent))
    assert refused(hub, phone_of(alice), joining(alice, *spent))


def test_who_has_eight_devices_comes_back_with_a_ninth() -> None:
    """The first one ends, and its connection with it."""
    hub = Hub()
    alice = with_sheet(hub)
    for number in range(1, DEVICES_MAX):
        hub.told(alice, PEOPLE, hub.device_link(alice, KeyedSigner(b"%d" % number)))
    phone = phone_of(alice)
    enters(hub, phone, wish(hub, alice))
    assert len(chain_of(hub, alice).active) == DEVICES_MAX
    assert hub.bye(alice) == ByeCode.REVOKED


def test_nobody_comes_back_while_the_hub_does_itself() -> None:
    """What it has lost may be a link of this chain."""
    hub = Hub()
    alice = with_sheet(hub)
    request = wish(hub, alice)
    hub.restore(hub.store.snapshot())
    (closed,) = asks(hub, "alice")
    assert isinstance(closed, Close)
    assert closed.bye.code == ByeCode.RECOVERING
    phone = phone_of(alice)
    (closed,) = enters(hub, phone, request)
    assert isinstance(closed, Close)
    assert closed.bye.code == ByeCode.RECOVERING


def test_the_hub_carries_only_what_fits() -> None:
    """Its own operator says no other link than the chain takes."""
    hub = Hub()
    alice = with_sheet(hub)
    request = wish(hub, alice)
    (said,) = hub.step_operated([Operate(1, PEOPLE, Admit(alice.account, b"link", bytes(64)))])
    assert said.refusal is Refusal.INVALID
    body = Admit(alice.account, request.link, request.link_signature)
    (said,) = hub.step_operated([Operate(2, PEOPLE, body)])
    assert said.refusal is None
    (said,) = hub.step_operated([Operate(3, PEOPLE, body)])
    assert said.refusal is Refusal.INVALID


def test_a_replica_brings_back_who_came_by_themselves() -> None:
    """The hub's own word, with what it rests upon, offered to a log that has lost both."""
    hub = Hub()
    olga = hub.owner()
    alice = hub.member("alice")
    image = hub.store.snapshot()
    link = chain.name_recovery(chain_of(hub, alice), alice.signer, SHEET, 0)
    hub.told(alice, PEOPLE, DeviceLink(*link))
    phone = phone_of(alice)
    enters(hub, phone, wish(hub, alice))
    lost = [(entry.seq, entry.at_ms, entry.event) for entry in hub.log(PEOPLE)[-2:]]
    hub.restore(image)
    hub.login(olga)
    hub.receive(olga, Offer(tuple(Offered(PEOPLE, *each) for each in lost), True))
    (answer,) = hub.take(olga, OfferAck)
    assert [each.status for each in answer.answers] == [0, 0]
    hub.login(phone)
    assert hub.bye(phone) is None
