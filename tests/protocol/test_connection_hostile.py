"""Hostile peers: no way into a connection but a fresh, valid signature, and no crash on the way."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob_protocol.codec import encode
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    HubConnection,
    LoginRequested,
    State,
    Welcomed,
)
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Auth, Challenge, Frame, Hello, Join
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import FRAME_BYTES_MAX, PREAUTH_FRAME_BYTES_MAX
from hobnob_protocol.login import sign_challenge, sign_request, transcript
from hobnob_protocol.senders import Side
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame, encode_frame
from tests.protocol.frame_samples import WHOLE, parts_of
from tests.protocol.parties import (
    DEVICE,
    HUB,
    JUDGE,
    OTHER_DEVICE,
    ROGUE,
    ROGUE_SIGNER,
    WELCOME,
    client,
    hub,
    opened,
    wish,
)

Change = Callable[[bytes], bytes]

STEPS = (Side.HUB, Side.CLIENT, Side.HUB)
"""HELLO, CHALLENGE, AUTH or JOIN, by who gets them."""


def login(changed_step: int, change: Change, join: bool = False) -> Wire:
    """A login of which one frame is changed on its way."""
    wire = Wire(client(join=wish() if join else None), hub(), JUDGE)
    for at, to in enumerate(STEPS):
        queue = wire.queue(to)
        if not queue:
            return wire
        if at == changed_step:
            queue[0] = change(queue[0])
        wire.deliver(to)
    wire.deliver_all()
    return wire


def got_in(wire: Wire) -> bool:
    """Did anybody think that a login succeeded?"""
    welcomed = [event for event in wire.events[Side.CLIENT] if isinstance(event, Welcomed)]
    return bool(welcomed) or State.OPEN in (wire.client.state, wire.hub.state)


@pytest.mark.parametrize("join", [False, True])
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_the_premise_an_unchanged_login_succeeds(step: int, join: bool) -> None:
    """Else the tests below would prove nothing."""
    assert got_in(login(step, lambda data: data, join))


@pytest.mark.parametrize("join", [False, True])
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_every_bit_of_a_login_counts(step: int, join: bool) -> None:
    """Flip one anywhere in HELLO, CHALLENGE, AUTH or JOIN: nobody gets in."""
    size_bytes = 0

    def measure(data: bytes) -> bytes:
        nonlocal size_bytes
        size_bytes = len(data)
        return data

    login(step, measure, join)
    for bit in range(8 * size_bytes):
        assert not got_in(login(step, flipped(bit), join)), bit


def flipped(bit: int) -> Change:
    """Turn one bit of a frame."""

    def change(data: bytes) -> bytes:
        found = bytearray(data)
        found[bit // 8] ^= 1 << bit % 8
        return bytes(found)

    return change


@given(st.integers(0, 2), st.booleans(), st.data())
@settings(max_examples=300)
def test_every_field_of_a_login_counts(step: int, join: bool, drawn: st.DataObject) -> None:
    """Put another valid value into any of them, or leave elements out: nobody gets in."""

    def change(data: bytes) -> bytes:
        frame = decode_frame(data)
        names = [field.name for field in fields(frame)]
        name = drawn.draw(st.sampled_from(names))
        old = getattr(frame, name)
        new = drawn.draw(another(old))
        if new == old:
            return data[: drawn.draw(st.integers(0, len(data) - 1))]
        return encode_frame(replace(frame, **{name: new}))

    assert not got_in(login(step, change, join))


def another(value: Any) -> st.SearchStrategy[Any]:
    """Values of the same sort; None too, where it may stand for bytes."""
    if isinstance(value, bytes):
        size_bytes = len(value)
        return st.none() | st.binary(min_size=size_bytes, max_size=size_bytes)
    if isinstance(value, str):
        return st.text("abc", max_size=4)
    if isinstance(value, int):
        return st.integers(0, 9)
    return st.lists(st.sampled_from([*value, *value[:1]]), max_size=3).map(tuple)


@pytest.mark.parametrize("step", [0, 1])
def test_what_was_appended_counts_where_the_signature_covers_it(step: int) -> None:
    """HELLO and CHALLENGE are signed as they were sent."""
    assert not got_in(login(step, appended))


def test_what_is_appended_to_an_auth_says_nothing() -> None:
    """It stands after the signature, where this version reads nothing."""
    wire = login(2, appended)
    assert got_in(wire)
    (request,) = wire.events[Side.HUB]
    assert isinstance(request, LoginRequested)
    assert request.frame == login(2, lambda data: data).events[Side.HUB][0].frame  # type: ignore[attr-defined]  # a LoginRequested


def appended(data: bytes) -> bytes:
    """A frame with one more element."""
    return encode((*parts_of(decode_frame(data)), "later"))


# Words of another time or place.


def recorded(step: int) -> bytes:
    """A frame of an honest login."""
    found: list[bytes] = []

    def keep(data: bytes) -> bytes:
        found.append(data)
        return data

    login(step, keep)
    return found[0]


@pytest.mark.parametrize("step", [1, 2])
def test_a_recorded_frame_is_worth_nothing_on_another_connection(step: int) -> None:
    """Each side's nonce is fresh, so that what was said to another one does not fit."""
    old = recorded(step)
    wire = Wire(client(nonce=b"C" * 32), hub(nonce=b"H" * 32), JUDGE)
    for at, to in enumerate(STEPS[: step + 1]):
        queue = wire.queue(to)
        if at == step:
            queue[0] = old
        wire.deliver(to)
    wire.deliver_all()
    assert not got_in(wire)
    code = wire.events[Side.CLIENT][-1]
    assert isinstance(code, Closed)
    assert code.code == (ByeCode.CHANNEL if step == 1 else ByeCode.AUTH)


def test_a_recorded_login_needs_the_hubs_nonce_only() -> None:
    """Playing HELLO and AUTH again, byte by byte, fails where the hub's nonce is new."""
    other = hub(nonce=b"H" * 32)
    other.receive(recorded(0), 0)
    (request,) = other.receive(recorded(2), 0)
    assert isinstance(request, LoginRequested)
    assert JUDGE(request) != WELCOME
    premise = hub()
    premise.receive(recorded(0), 0)
    (request,) = premise.receive(recorded(2), 0)
    assert isinstance(request, LoginRequested)
    assert JUDGE(request) == WELCOME


def test_a_rogue_hub_cannot_relay_the_real_ones_challenge() -> None:
    """Its guest means the rogue: what the real hub signed names another hub."""
    guest, real = client(expected=ROGUE), hub()
    real.receive(guest.to_send()[0], 0)
    (end,) = guest.receive(real.to_send()[0], 0)
    assert isinstance(end, Closed)
    assert end.detail.startswith("login.hub:")


@pytest.mark.parametrize("named", [HUB, ROGUE])
def test_a_rogue_hub_cannot_log_in_elsewhere_as_its_guest(named: HubId) -> None:
    """It answers with a challenge of its own over the real hub's nonce: the signature it gets
    names the rogue, and where it claims the real name the guest signs nothing."""
    guest, real = client(expected=named), hub()
    hello = guest.to_send()[0]
    real.receive(hello, 0)
    honest = decode_frame(real.to_send()[0])
    assert isinstance(honest, Challenge)
    own = replace(honest, hub=named, hub_key=ROGUE_SIGNER.public_key)
    events = guest.receive(encode_frame(sign_challenge(hello, own, ROGUE_SIGNER)), 0)
    if named == HUB:
        (end,) = events
        assert isinstance(end, Closed)
        assert end.detail.startswith("login.hub_key:")
        return
    assert events == []
    (request,) = real.receive(guest.to_send()[0], 0)
    assert isinstance(request, LoginRequested)
    assert JUDGE(request) != WELCOME


@pytest.mark.parametrize("join", [False, True])
def test_another_device_cannot_sign_for_ours(join: bool) -> None:
    """The request is right in all but its signature."""

    def forge(data: bytes) -> bytes:
        request = decode_frame(data)
        assert isinstance(request, Auth | Join)
        said = transcript(recorded(0), recorded(1))
        return encode_frame(sign_request(said, request, OTHER_DEVICE))

    assert not got_in(login(2, forge, join))


# Whatever comes.

POOL = [encode_frame(frame) for frame in WHOLE]
RECORDED = [recorded(step) for step in range(3)]
REORDERED = [encode_frame(Hello((1,), b"x" * 32, None, "")), encode_frame(WELCOME)]
JUNK = st.sampled_from([*POOL, *RECORDED, *REORDERED]) | st.binary(max_size=40)


@given(st.lists(JUNK, max_size=6))
@settings(max_examples=300)
def test_a_hub_opens_for_nobody_who_cannot_sign(stream: list[bytes]) -> None:
    """Any frames in any order: it asks its engine for wishes nobody has signed, or leaves."""
    other = hub(nonce=b"H" * 32)
    for at, data in enumerate(stream):
        for event in other.receive(data, at):
            assert isinstance(event, LoginRequested | Closed)
            if isinstance(event, LoginRequested):
                assert JUDGE(event) != WELCOME
        other.to_send()
    assert other.state is not State.OPEN


@given(st.lists(JUNK, max_size=6))
@settings(max_examples=300)
def test_a_client_opens_for_no_hub_that_cannot_sign(stream: list[bytes]) -> None:
    """Any frames in any order: it signs nothing and leaves."""
    one = client(nonce=b"C" * 32)
    one.to_send()
    for at, data in enumerate(stream):
        assert all(isinstance(event, Closed) for event in one.receive(data, at))
        assert not any(isinstance(decode_frame(sent), Auth | Join) for sent in one.to_send())
    assert one.state in (State.CONNECTING, State.CLOSED)


@given(st.sampled_from(Side), st.lists(JUNK, max_size=6))
@settings(max_examples=300)
def test_an_open_connection_takes_anything_calmly(side: Side, stream: list[bytes]) -> None:
    """It hands frames on or ends, once, with a BYE as its last word; it never raises."""
    wire = opened()
    end: ClientConnection | HubConnection = wire.client if side is Side.CLIENT else wire.hub
    ends = 0
    for at, data in enumerate(stream):
        for event in end.receive(data, at):
            assert isinstance(event, FrameReceived | Closed)
            ends += isinstance(event, Closed)
        end.tick(at)
    assert ends == (end.state is not State.OPEN)
    said: list[Frame] = [decode_frame(data) for data in end.to_send()]
    assert len(said) <= 1


# Sizes.


def test_a_stranger_gets_little_room() -> None:
    """8 KiB a frame before the login, and not a byte more."""
    for size_bytes, rule in (
        (PREAUTH_FRAME_BYTES_MAX, "frame.op"),
        (PREAUTH_FRAME_BYTES_MAX + 1, "size"),
    ):
        for end in (client(), hub()):
            (event,) = end.receive(unknown_frame(size_bytes), 0)
            assert isinstance(event, Closed)
            assert event.detail.split(":")[0] == rule


def test_a_member_gets_more() -> None:
    """64 KiB a frame, on both sides."""
    for size_bytes, rule in ((FRAME_BYTES_MAX, "frame.op"), (FRAME_BYTES_MAX + 1, "size")):
        wire = opened()
        for end in (wire.client, wire.hub):
            (event,) = end.receive(unknown_frame(size_bytes), 0)
            assert isinstance(event, Closed)
            assert event.detail.split(":")[0] == rule


def unknown_frame(size_bytes: int) -> bytes:
    """A frame of so many bytes, canonical but of no known op."""
    data = encode((0, bytes(size_bytes - 5)))
    assert len(data) == size_bytes
    return data


def test_the_device_of_these_tests_is_known() -> None:
    """The premise of all refusals: the right device gets in."""
    assert JUDGE.key == DEVICE.public_key
    assert got_in(login(0, lambda data: data))
