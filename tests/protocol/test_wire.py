"""Frames to bytes and back: small, strict, and open to what comes later."""

from dataclasses import fields, replace
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob_protocol import codec, frames, layout, limits
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.event import Author, compose
from hobnob_protocol.flow import frame_cost_bytes, page_cost_bytes
from hobnob_protocol.frames import Frame, Stamped
from hobnob_protocol.ids import EMPTY_HEAD, AccountId, StreamId, device_id
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.senders import SENDERS, Phase
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_protocol.wire import (
    FRAMES,
    credited_bytes,
    decode_frame,
    encode_frame,
    encode_unsigned,
)
from tests.protocol.frame_samples import (
    BY_NAME,
    GARDEN,
    HEAD,
    HEAD8,
    HUB,
    SAMPLES,
    STAMPED,
    WHOLE,
    name_of,
    parts_of,
)

RULES = {**codec.RULES, **layout.RULES}


@pytest.mark.parametrize("frame", SAMPLES, ids=name_of)
def test_a_frame_comes_back_as_it_was(frame: Frame) -> None:
    """Every frame survives the wire."""
    assert decode_frame(encode_frame(frame)) == frame


@pytest.mark.parametrize(
    ("frame", "wire"),
    [
        (frames.Ping(7), "92 30 07"),
        (frames.Bye("done", 500), "93 3f a4 646f6e65 cd01f4"),
        (frames.Page(3, 5, STAMPED[:1]), "94 10 03 05 92 cf0000018bcfe56800 c4036f6e65"),
        (
            frames.Page(3, 5, (), (frames.Placed(1, 2, b"x"),)),
            "95 10 03 05 90 91 93 01 02 c40178",
        ),
        (
            frames.Ack((frames.Acked(1, 1, HEAD8, code="gone"),), 40),
            "93 21 91 96 01 01 c4083132333435363738 00 c400 a4676f6e65 28",
        ),
        (
            frames.Ack((frames.Acked(1, 0, HEAD8, 9, HEAD8),), 40),
            "93 21 91 95 01 00 c4083132333435363738 09 c4083132333435363738 28",
        ),
    ],
    ids=repr,
)
def test_the_bytes_are_these(frame: Frame, wire: str) -> None:
    """Op first, fields in order, trailing defaults left out, a page's events flat."""
    assert encode_frame(frame).hex() == wire.replace(" ", "")
    assert decode_frame(bytes.fromhex(wire)) == frame


def test_an_absent_default_and_a_given_one_are_the_same() -> None:
    """A decoder takes both."""
    assert decode_frame(encode((16, 3, 5, (), ()))) == frames.Page(3, 5, ())


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
def test_what_a_later_version_appends_is_ignored(frame: Frame) -> None:
    """Elements beyond the last known field do not disturb."""
    assert decode_frame(encode((*parts_of(frame), "later", (1, 2)))) == frame


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("frame.array", None),
        ("frame.array", 48),
        ("frame.array", b"0"),
        ("frame.array", {"op": 48}),
        ("frame.array", ()),
        ("frame.op", ("Ping", 1)),
        ("frame.op", (b"0", 1)),
        ("frame.op", (None, 1)),
        ("frame.op", ((48,), 1)),
        ("frame.op", ({"op": 48}, 1)),
        ("frame.op", (0, 1)),
        ("frame.op", (64, 1)),
        ("frame.op", (-1, 1)),
    ],
)
def test_what_is_no_frame_is_refused(rule: str, value: object) -> None:
    """A frame is an array that begins with a known op."""
    with pytest.raises(ProtocolError) as broken:
        decode_frame(encode(value))
    assert broken.value.rule == rule


def test_true_is_not_op_1() -> None:
    """Though Python says they are equal."""
    with pytest.raises(ProtocolError, match=r"frame\.op: True"):
        decode_frame(encode((True, *parts_of(BY_NAME["Hello"])[1:])))


def test_an_unknown_op_is_named_in_few_characters() -> None:
    """Whatever stands there, the log stays short."""
    with pytest.raises(ProtocolError) as broken:
        decode_frame(encode(("x" * 1_000, 1)))
    assert broken.value.detail == "'" + "x" * 19


def test_a_frame_keeps_the_bound_of_its_place() -> None:
    """The reader says how much it takes: little before the login."""
    data = encode_frame(frames.Ping(1))
    assert decode_frame(data, len(data)) == frames.Ping(1)
    with pytest.raises(ProtocolError, match="size"):
        decode_frame(data, len(data) - 1)


@pytest.mark.parametrize("size_bytes", [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32])
def test_a_credit_that_is_read_alone_is_the_frame(size_bytes: int) -> None:
    """Or `decode_frame` has to say; and nothing else is taken for one."""
    data = encode_frame(frames.Credit(size_bytes))
    assert credited_bytes(data) == (size_bytes if 127 < size_bytes < 2**32 else 0)
    for at in range(len(data)):
        for byte in range(256):
            other = data[:at] + bytes((byte,)) + data[at + 1 :]
            found = credited_bytes(other)
            assert not found or decode_frame(other) == frames.Credit(found)
    assert credited_bytes(data[:-1]) == credited_bytes(data + b"\0") == 0


def test_a_frame_no_peer_would_take_is_not_made() -> None:
    """The program is told, before the peer closes the connection for it."""
    most = limits.FRAME_BYTES_MAX - 28
    fits = frames.Push((frames.Pushed(1, GARDEN, bytes(most)),))
    assert len(encode_frame(fits)) == limits.FRAME_BYTES_MAX
    with pytest.raises(UsageError, match="Push of 65537 bytes"):
        encode_frame(frames.Push((frames.Pushed(1, GARDEN, bytes(most + 1)),)))


def test_a_value_that_does_not_travel_is_the_programs_fault() -> None:
    """No float in a frame."""
    with pytest.raises(UsageError):
        encode_frame(frames.Ping(0.5))  # type: ignore[arg-type]  # the fault


@pytest.mark.parametrize("name", ["Challenge", "Auth", "Join"])
def test_a_frame_is_signed_without_its_signature(name: str) -> None:
    """The same array, one element shorter."""
    frame = BY_NAME[name]
    assert encode_unsigned(frame) == encode(parts_of(frame)[:-1])


# Whatever comes.


def verdict(data: bytes) -> Frame | str:
    """The frame, or the rule that `data` breaks."""
    try:
        return decode_frame(data)
    except ProtocolError as broken:
        return broken.rule


def shaped(hint: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation, many beyond their bounds."""
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([shaped(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(shaped(get_args(hint)[0]), max_size=3).map(tuple)
    if hint is NoneType:
        return st.none()
    if hint is StreamId:
        return st.sampled_from([GARDEN, b"dir", b"x"])
    if isinstance(hint, NewType):
        length = layout.ID_BYTES[hint]
        return st.binary(min_size=length, max_size=length)
    plain: dict[object, st.SearchStrategy[Any]] = {
        bytes: st.sampled_from([b"", b"e", bytes(16), bytes(32), bytes(64)]),
        str: st.text(max_size=40),
        bool: st.booleans(),
        int: st.integers(-1, 2**53),
    }
    if hint in plain:
        return plain[hint]
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: shaped(hints[field.name]) for field in fields(hint)})


@given(st.sampled_from(FRAMES).flatmap(shaped))
@settings(max_examples=400)
def test_a_frame_travels_whole_or_breaks_a_rule(frame: Frame) -> None:
    """There is no third way: nothing arrives as something else."""
    assert verdict(encode_frame(frame)) in (frame, *RULES)


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False), st.binary(max_size=3))
@settings(max_examples=400)
def test_damaged_bytes_break_a_rule_or_are_a_frame(frame: Frame, rng: Any, inserted: bytes) -> None:
    """Nothing but a `ProtocolError` by its name ever comes out of a decoder."""
    data = encode_frame(frame)
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    found = verdict(data[:start] + inserted + data[end:])
    assert found in RULES or type(found) in SENDERS


# Sizes.


def largest(hint: Any, place: str) -> Any:
    """The largest value of a field, but for events and seal records: they have a bound
    together, not alone."""
    name = place.split(".")[1]
    if get_origin(hint) in (Union, UnionType):
        return largest(get_args(hint)[0], place)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is Stamped:
            each = limits.PAGE_BYTES_MAX // limits.PAGE_EVENTS_MAX
            rest = limits.PAGE_BYTES_MAX - each * (limits.PAGE_EVENTS_MAX - 1)
            small = Stamped(limits.TIME_MS_MAX, bytes(each))
            return (small,) * (limits.PAGE_EVENTS_MAX - 1) + (Stamped(1, bytes(rest)),)
        if name in layout.ASCENDING:
            length = layout.ID_BYTES[inner]
            return tuple(n.to_bytes(length, "big") for n in range(layout.COUNTS[name]))
        return (largest(inner, place),) * layout.COUNTS[name]
    if hint is StreamId:
        return b"u:" + bytes(20)
    if isinstance(hint, NewType):
        return bytes(layout.ID_BYTES[hint])
    if hint is bytes:
        together = name == "event" or place == "Recorded.record"
        return b"e" if together else bytes(layout.BYTES[name][1])
    if hint is str:
        return "\N{SLIGHTLY SMILING FACE}" * layout.TEXTS[name]
    if hint is bool:
        return True
    if hint is int:
        return layout.STATUSES.get(place, limits.SEQ_MAX)
    hints = get_type_hints(hint)
    return hint(*[largest(hints[f.name], f"{hint.__name__}.{f.name}") for f in fields(hint)])


@pytest.mark.parametrize("frame_type", FRAMES, ids=lambda frame_type: frame_type.__name__)
def test_the_largest_frame_of_each_type_travels(frame_type: type[Frame]) -> None:
    """The bounds agree with each other: no engine that keeps them makes a frame that is refused."""
    frame = largest(frame_type, "whole.frame")
    login = SENDERS[frame_type].phase is not Phase.OPEN
    bound = limits.PREAUTH_FRAME_BYTES_MAX if login else limits.FRAME_BYTES_MAX
    data = encode_frame(frame)
    assert decode_frame(data, bound) == frame


@pytest.mark.parametrize(
    "page", [frames.Page(2**53 - 1, 2**53 - 1, ()), frames.BackPage(2**53 - 1, 2**53 - 1, HEAD, ())]
)
def test_the_largest_page_has_60_kib(page: frames.Page | frames.BackPage) -> None:
    """Its frame has room for the roots of threads beside it."""
    events = largest(tuple[Stamped, ...], "Page.events")
    assert len(encode_frame(replace(page, events=events))) <= 60 * 1_024


def test_a_page_costs_its_events() -> None:
    """Bytes and a little for each event; both sides count alike."""
    assert page_cost_bytes([]) == 0
    assert page_cost_bytes([b"abc", b""]) == 3 + 2 * limits.EVENT_COST_BYTES


def test_what_goes_beside_a_page_costs_like_the_page() -> None:
    """Each event of both."""
    stamped, placed = Stamped(1, b"abc"), frames.Placed(1, 1, b"de")
    cost = 5 + 2 * limits.EVENT_COST_BYTES
    assert frame_cost_bytes(frames.Page(1, 2, (stamped,), (placed,))) == cost
    back = frames.BackPage(1, 2, EMPTY_HEAD, (stamped,), (placed,))
    assert frame_cost_bytes(back) == cost


def test_a_page_takes_no_more_bytes_than_it_costs() -> None:
    """So that credit bounds what is under way."""
    events = largest(tuple[Stamped, ...], "Page.events")
    head = len(encode_frame(frames.Page(2**53 - 1, 2**53 - 1, ())))
    size_bytes = len(encode_frame(frames.Page(2**53 - 1, 2**53 - 1, events)))
    assert size_bytes - head <= page_cost_bytes(stamped.event for stamped in events)


def test_a_live_post_is_small() -> None:
    """A post of 53 bytes outside threads travels live in at most 235 bytes."""
    signer = KeyedSigner(b"seed")
    key = signer.public_key
    author = Author(AccountId(b"a" * 20), device_id(key), key)
    number, body = STANDARD.encode(Post("x" * 53))
    data, _ = compose(
        HUB, GARDEN, author, signer, number, body, 65_535, 65_535, HEAD8, 1_800_000_000, bytes(16)
    )
    page = frames.Page(65_535, 65_535, (Stamped(1_800_000_000_000, data),))
    assert len(encode_frame(page)) <= 235


def test_a_stored_event_is_copied_as_it_is() -> None:
    """A page is made by joining: the bytes of each event stand in it unchanged."""
    event = bytes(range(256))
    data = encode_frame(frames.Page(3, 5, (Stamped(1, event), Stamped(2, event))))
    assert data.count(event) == 2
    assert decode(data) == (16, 3, 5, (1, event, 2, event))
