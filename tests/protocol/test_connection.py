"""Both sides of a connection, joined by a wire made of lists: no socket, no clock."""

import pytest

from hobnob_protocol.chain import genesis
from hobnob_protocol.codec import encode
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    JoinRequest,
    LoginRequested,
    State,
    Welcomed,
)
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import UsageError
from hobnob_protocol.frames import (
    Auth,
    Bye,
    Credit,
    Frame,
    Hello,
    Join,
    Page,
    Ping,
    Pong,
    Stamped,
    Welcome,
)
from hobnob_protocol.ids import AccountId, Epoch, HubId, ReplicaId, hub_id
from hobnob_protocol.limits import CREDIT_BYTES
from hobnob_protocol.wire import decode_frame, encode_frame

HUB = Ed25519Signer(b"h" * 32)
DEVICE = Ed25519Signer(b"d" * 32)
NAME = hub_id(HUB.public_key)
ALICE = AccountId(b"a" * 20)
WELCOME = Welcome((Epoch(b"epoch--1"),), 0, 0, True, 0)
CERTIFICATE = bytes(range(32))


def client(
    expected: HubId | None = NAME,
    certificate: bytes | None = None,
    loopback: bool = True,
    join: JoinRequest | None = None,
) -> ClientConnection:
    """A client that has just connected, at time 0."""
    return ClientConnection(
        hub_expected=expected,
        signer=DEVICE,
        account=ALICE if join is None else None,
        join=join,
        replica=ReplicaId(b"replica!"),
        epoch=None,
        digest=None,
        nonce=b"n" * 32,
        client_name="test",
        certificate=certificate,
        loopback=loopback,
        verifier=Ed25519Verifier(),
        now_ms=0,
    )


def hub(certificates: tuple[bytes, ...] = (), signer: Ed25519Signer = HUB) -> HubConnection:
    """The hub's side of it."""
    name = hub_id(signer.public_key)
    return HubConnection(name, signer, b"m" * 32, certificates, Ed25519Verifier(), 0)


def carry(
    sender: ClientConnection | HubConnection,
    receiver: ClientConnection | HubConnection,
    now_ms: int = 0,
) -> list[object]:
    """Deliver all that one side has to say."""
    return [event for data in sender.to_send() for event in receiver.receive(data, now_ms)]


def opened() -> tuple[ClientConnection, HubConnection]:
    """Both sides, logged in."""
    one, other = client(), hub()
    assert carry(one, other) == []
    assert carry(other, one) == []
    (wish,) = carry(one, other)
    assert isinstance(wish, LoginRequested)
    other.send(WELCOME)
    assert carry(other, one) == [Welcomed(WELCOME)]
    return one, other


def test_a_login_goes_hello_challenge_auth_welcome() -> None:
    """Four frames, and both sides are open."""
    one, other = opened()
    assert one.state is State.OPEN
    assert other.state is State.OPEN


def test_a_newcomer_joins_instead() -> None:
    """JOIN stands where AUTH would."""
    link, signature = genesis(DEVICE, NAME, 0)
    one, other = client(join=JoinRequest(b"invite", link, signature, "alice")), hub()
    carry(one, other)
    carry(other, one)
    (wish,) = carry(one, other)
    assert isinstance(wish, LoginRequested)
    assert isinstance(wish.frame, Join)
    assert wish.frame.handle == "alice"


def test_a_client_has_one_reason_to_enter() -> None:
    """An account or a join: neither and both are the program's fault."""
    with pytest.raises(UsageError):
        ClientConnection(
            hub_expected=None, signer=DEVICE, account=None, join=None,
            replica=ReplicaId(b"replica!"), epoch=None, digest=None, nonce=b"n" * 32,
            client_name="", certificate=None, loopback=True, verifier=Ed25519Verifier(), now_ms=0,
        )  # fmt: skip


def failed(one: ClientConnection, other: HubConnection) -> Closed:
    """How a login ends that the client breaks off."""
    carry(one, other)
    (end,) = carry(other, one)
    assert isinstance(end, Closed)
    assert one.state is State.CLOSING
    assert [type(decode_frame(data)) for data in one.to_send()] == [Bye]
    return end


def test_another_hub_is_not_the_one_that_is_pinned() -> None:
    """There is no "continue anyway"."""
    assert failed(client(), hub(signer=Ed25519Signer(b"x" * 32))).code == "channel"
    assert failed(client(expected=HubId(b"x" * 32)), hub()).code == "channel"


def test_at_first_use_any_hub_is_taken_that_proves_its_name() -> None:
    """Without a pinned hub its own key must fit its own name."""
    one, other = client(expected=None), hub()
    carry(one, other)
    assert carry(other, one) == []


def test_somebody_in_between_is_noticed() -> None:
    """The certificate that was seen is one the hub names; only loopback goes without."""
    assert failed(client(certificate=CERTIFICATE), hub((bytes(32),))).code == "channel"
    assert failed(client(loopback=False), hub()).code == "channel"
    one, other = client(certificate=CERTIFICATE, loopback=False), hub((CERTIFICATE,))
    carry(one, other)
    assert carry(other, one) == []


def test_every_bit_of_a_challenge_counts() -> None:
    """A challenge that was changed on the way does not get a login."""
    for part in range(40):
        one, other = client(), hub()
        carry(one, other)
        (challenge,) = other.to_send()
        place = part * (len(challenge) - 1) // 39
        changed = bytearray(challenge)
        changed[place] ^= 1
        (end,) = one.receive(bytes(changed), 0)
        assert isinstance(end, Closed), place


def test_no_common_version_is_said() -> None:
    """A client of another time is told to upgrade."""
    other = hub()
    (end,) = other.receive(encode_frame(Hello((99,), b"n" * 32, None, "")), 0)
    assert isinstance(end, Closed)
    assert end.code == "version"
    assert decode_frame(other.to_send()[0]) == Bye("version", 0)


@pytest.mark.parametrize(
    "frame", [Ping(1), Credit(5), WELCOME, Hello((1,), b"n" * 32, None, "")], ids=repr
)
def test_nothing_but_a_login_comes_before_it(frame: Frame) -> None:
    """After HELLO the hub takes AUTH or JOIN and nothing else."""
    one, other = client(), hub()
    carry(one, other)
    (end,) = other.receive(encode_frame(frame), 0)
    assert isinstance(end, Closed)
    assert end.code == "protocol"


@pytest.mark.parametrize("frame", [Hello((1,), b"n" * 32, None, ""), Credit(1)], ids=repr)
def test_a_client_takes_nothing_that_only_clients_send(frame: Frame) -> None:
    """Each side has its own frames."""
    one, _ = opened()
    (end,) = one.receive(encode_frame(frame), 0)
    assert isinstance(end, Closed)
    assert end.code == "protocol"


def test_a_second_login_is_refused() -> None:
    """Once open, there is no logging in again."""
    one, other = opened()
    (end,) = one.receive(encode_frame(WELCOME), 0)
    assert isinstance(end, Closed)
    (end,) = other.receive(encode_frame(Hello((1,), b"n" * 32, None, "")), 0)
    assert isinstance(end, Closed)


def test_a_welcome_before_the_login_is_refused() -> None:
    """A hub cannot skip proving itself."""
    one = client()
    (end,) = one.receive(encode_frame(WELCOME), 0)
    assert isinstance(end, Closed)
    assert end.code == "protocol"


def test_what_is_no_frame_ends_the_connection_calmly() -> None:
    """Bad bytes are answered with BYE; the dead stay calm."""
    _, other = opened()
    (end,) = other.receive(b"\xc1", 5)
    assert isinstance(end, Closed)
    assert end.code == "protocol"
    assert decode_frame(other.to_send()[0]) == Bye("protocol", 0)
    assert other.receive(encode_frame(Ping(1)), 6) == []
    assert other.tick(10**9) == []
    assert other.deadline_ms() is None
    other.send(Ping(1))
    other.close(Bye("done", 0))
    other.send_encoded(encode_frame(Ping(1)), Ping)
    assert other.to_send() == []


def test_a_stranger_gets_little_room() -> None:
    """Before the login: 8 KiB a frame, four frames."""
    other = hub()
    (end,) = other.receive(encode((1, bytes(8_192))), 0)
    assert isinstance(end, Closed)
    assert "size" in end.detail


def test_bye_says_why_and_when_to_come_back() -> None:
    """The peer's reason arrives with its wait."""
    one, other = opened()
    other.close(Bye("slow", 700))
    (end,) = carry(other, one)
    assert (isinstance(end, Closed), end.code, end.retry_ms) == (True, "slow", 700)  # type: ignore[attr-defined]
    assert one.tick(10**9) == []
    assert one.deadline_ms() is None


def test_frames_reach_the_engine_with_their_size() -> None:
    """An open connection hands frames on."""
    one, other = opened()
    page = Page(1, 1, (Stamped(1, b"event"),))
    data = encode_frame(page)
    other.send_encoded(data, Page)
    assert carry(other, one) == [FrameReceived(page, len(data))]


def test_sending_too_early_is_the_programs_fault() -> None:
    """Before the login only the login is sent."""
    with pytest.raises(UsageError):
        client().send(Credit(1))
    with pytest.raises(UsageError):
        hub().send_encoded(encode_frame(Ping(1)), Ping)


def test_credit_comes_back_in_halves_of_the_window() -> None:
    """Small pages do not cost a frame each."""
    one, _ = opened()
    one.consumed(CREDIT_BYTES // 2 - 1)
    assert one.to_send() == []
    one.consumed(1)
    assert [decode_frame(data) for data in one.to_send()] == [Credit(CREDIT_BYTES // 2)]
    one.consumed(1)
    assert one.to_send() == []


def test_a_flood_of_pings_is_answered_once_a_flush() -> None:
    """The last one counts."""
    _, other = opened()
    for number in range(100):
        assert other.receive(encode_frame(Ping(number)), 1) == []
    assert [decode_frame(data) for data in other.to_send()] == [Pong(99)]


def test_a_login_has_its_time() -> None:
    """Ten seconds, then the hub gives up; so does the client."""
    one, other = client(), hub()
    for side in (one, other):
        assert side.deadline_ms() == 10_000
        assert side.tick(9_999) == []
        (end,) = side.tick(10_000)
        assert isinstance(end, Closed)
        assert end.code == "timeout"


def test_a_client_pings_and_gives_up_on_a_dead_hub() -> None:
    """After 50 seconds a ping, 15 more without any word and the link is dead."""
    one, other = opened()
    assert one.deadline_ms() == 50_000
    assert one.tick(49_999) == []
    assert one.to_send() == []
    assert one.tick(50_000) == []
    (ping,) = one.to_send()
    assert decode_frame(ping) == Ping(0)
    assert one.deadline_ms() == 65_000
    assert one.tick(64_999) == []
    other.receive(ping, 50_000)
    assert carry(other, one, 64_999) == []
    assert one.tick(65_000) == []
    assert one.deadline_ms() == 100_000
    assert one.tick(100_000) == []
    (end,) = one.tick(115_000)
    assert isinstance(end, Closed)
    assert end.code == "timeout"


def test_a_hub_drops_who_is_silent() -> None:
    """110 seconds without a word."""
    one, other = opened()
    assert other.deadline_ms() == 110_000
    assert other.tick(109_999) == []
    one.send(Ping(1))
    assert carry(one, other, 109_999) == []
    assert other.tick(110_000) == []
    (end,) = other.tick(219_999)
    assert isinstance(end, Closed)
    assert end.code == "timeout"


def test_an_old_login_is_of_no_use() -> None:
    """A recorded AUTH does not fit a new challenge: its transcript differs."""
    one, other = client(), hub()
    carry(one, other)
    carry(other, one)
    (recorded,) = one.to_send()
    (wish,) = other.receive(recorded, 0)
    again = HubConnection(NAME, HUB, b"z" * 32, (), Ed25519Verifier(), 0)
    carry(client(), again)
    (replayed,) = again.receive(recorded, 0)
    assert isinstance(wish, LoginRequested)
    assert isinstance(replayed, LoginRequested)
    assert isinstance(replayed.frame, Auth)
    assert wish.transcript != replayed.transcript
