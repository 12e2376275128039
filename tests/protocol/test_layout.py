"""Every field of every frame keeps its bound: the bound itself is taken, one beyond is refused."""

import pytest

from hobnob_protocol import limits
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE
from hobnob_protocol.layout import COUNTS, RULES, layout_of
from hobnob_protocol.wire import decode_frame
from tests.protocol.frame_bounds import (
    ASCENDING,
    BOOLEANS,
    BOUNDED,
    FIXED,
    INTEGERS,
    LISTED,
    LISTS,
    NIL,
    PAGES,
    STREAMS,
    TEXTS,
    UP_TO,
    refused,
    taken,
)
from tests.protocol.frame_samples import (
    ACKED,
    CARRIERS,
    GARDEN,
    GRANT,
    OFFER_ANSWER,
    OFFERED,
    OPEN_STREAM,
    PLACED,
    PUSHED,
    RECORDED,
    WHOLE,
    name_of,
    parts_of,
    with_field,
)


def test_no_field_is_forgotten() -> None:
    """Each field of each frame and value is in one of the tables above."""
    tables = (FIXED, ASCENDING, BOUNDED, UP_TO, TEXTS, INTEGERS, BOOLEANS, STREAMS, LISTS, PAGES)
    listed = [place for table in tables for place in table]
    owners = {type(frame): None for frame in WHOLE} | {
        type(value): None
        for value in (GRANT, OPEN_STREAM, PLACED, PUSHED, ACKED, OFFERED, OFFER_ANSWER, RECORDED)
    }
    every = [f"{owner.__name__}.{name}" for owner in owners for name in layout_of(owner).names]
    assert sorted(listed) == sorted(every)


@pytest.mark.parametrize(("place", "length"), FIXED.items())
def test_bytes_of_one_length_have_it(place: str, length: int) -> None:
    """Not one more, not one less, nothing else."""
    taken(place, bytes(length))
    for wrong in (bytes(length - 1), bytes(length + 1), "x" * length, 1, True, ()):
        refused("frame.bytes", place, wrong)


@pytest.mark.parametrize(("place", "length"), LISTED.items())
def test_listed_bytes_have_their_length(place: str, length: int) -> None:
    """Each element by itself."""
    taken(place, (bytes(length), bytes(length)))
    for wrong in (bytes(length - 1), bytes(length + 1), None):
        refused("frame.bytes", place, (bytes(length), wrong))


@pytest.mark.parametrize(("place", "length", "least"), [(at, *of) for at, of in ASCENDING.items()])
def test_what_is_asked_of_accounts_is_asked_once(place: str, length: int, least: int) -> None:
    """Ascending, each once, as many as one frame may name; asking for nobody is no question."""
    most = COUNTS[place.split(".")[1]]
    every = tuple(n.to_bytes(2, "big") * (length // 2) for n in range(most + 1))
    taken(place, every[:-1])
    taken(place, every[:1])
    refused("frame.list", place, every)
    refused("frame.list", place, None)
    for wrong in ((every[1], every[0]), (every[0], every[0]), (every[0], every[2], every[1])):
        refused("frame.order", place, wrong)
    for none in (every[0][1:], every[0] + b"x", None, 1):
        refused("frame.bytes", place, (none,))
    if least:
        refused("frame.list", place, ())
    else:
        taken(place, ())


@pytest.mark.parametrize(("place", "most"), UP_TO.items())
def test_bytes_may_be_none_at_all(place: str, most: int) -> None:
    """And no more than their bound."""
    for right in (b"", bytes(most)):
        taken(place, right)
    for wrong in (bytes(most + 1), None, "x"):
        refused("frame.bytes", place, wrong)


@pytest.mark.parametrize("place", FIXED)
def test_an_id_is_absent_only_where_that_means_something(place: str) -> None:
    """Nil where a client may have none yet; an empty bin where an answer has no head."""
    if place in NIL:
        taken(place, None)
    else:
        refused("frame.bytes", place, None)
    if place == "Acked.head8":
        taken(place, b"")
    else:
        refused("frame.bytes", place, b"")


@pytest.mark.parametrize(("place", "most"), BOUNDED.items())
def test_other_bytes_keep_their_bound(place: str, most: int) -> None:
    """One byte at least."""
    taken(place, b"x")
    taken(place, bytes(most))
    for wrong in (b"", bytes(most + 1), "x", None):
        refused("frame.bytes", place, wrong)


@pytest.mark.parametrize(("place", "most"), TEXTS.items())
def test_texts_keep_their_bound(place: str, most: int) -> None:
    """In characters."""
    taken(place, "")
    taken(place, "é" * most)
    for wrong in ("x" * (most + 1), b"x", None, 1):
        refused("frame.text", place, wrong)


@pytest.mark.parametrize("place", TEXTS)
@pytest.mark.parametrize("bad", ["\x1b[31m", "a\nb", "\x00", "\x7f", "\x9b", "\u202e", "\ue000"])
def test_no_text_can_command_a_terminal(place: str, bad: str) -> None:
    """Codes and names are shown and logged: only printable characters travel in them."""
    refused("frame.text", place, bad)


@pytest.mark.parametrize(("place", "most"), INTEGERS.items())
def test_integers_are_in_their_range(place: str, most: int) -> None:
    """From 0 to the bound; a boolean is none."""
    taken(place, 0)
    taken(place, most)
    for wrong in (-1, most + 1, True, None, "1"):
        refused("frame.integer", place, wrong)


@pytest.mark.parametrize("place", ["Hello.versions", "Grant.forks", "Opened.forks"])
def test_listed_integers_are_in_their_range(place: str) -> None:
    """Each element by itself."""
    taken(place, (0, limits.SEQ_MAX))
    refused("frame.integer", place, (0, limits.SEQ_MAX + 1))


@pytest.mark.parametrize("place", BOOLEANS)
def test_booleans_are_true_or_false(place: str) -> None:
    """And no integers."""
    taken(place, True)
    taken(place, False)
    for wrong in (0, 1, None):
        refused("frame.boolean", place, wrong)


@pytest.mark.parametrize("place", STREAMS)
def test_streams_are_streams(place: str) -> None:
    """Of the six sorts."""
    for right in (GARDEN, DIRECTORY, PEOPLE, MODERATION, b"u:" + bytes(20), b"d:" + bytes(16)):
        taken(place, right)
    for wrong in (b"", GARDEN[:-1], b"x:" + bytes(16), "dir", None):
        refused("frame.stream", place, wrong)


@pytest.mark.parametrize(("place", "most", "element"), [(at, *of) for at, of in LISTS.items()])
def test_lists_keep_their_count(place: str, most: int, element: object) -> None:
    """None is fine, one more than the bound is not."""
    taken(place, ())
    taken(place, (element,) * most)
    refused("frame.list", place, (element,) * (most + 1))
    for wrong in (None, 1, b"x", {"a": 1}):
        refused("frame.list", place, wrong)


@pytest.mark.parametrize("owner", CARRIERS)
def test_a_value_inside_is_an_array_of_its_fields(owner: str) -> None:
    """All required ones; what a later version appends is ignored."""
    value, place = CARRIERS[owner]
    taken(place, ((*layout_of(type(value)).write(value), "later"),))
    for rule, wrong in (("frame.record", 1), ("frame.record", None), ("frame.short", ())):
        with pytest.raises(ProtocolError) as broken:
            decode_frame(with_field(place, (wrong,)))
        assert (broken.value.rule, broken.value.detail) == (rule, owner)


@pytest.mark.parametrize(("value", "required"), [(ACKED, 3), (OFFER_ANSWER, 2), (PUSHED, 3)])
def test_trailing_fields_with_defaults_may_be_absent(value: object, required: int) -> None:
    """No others."""
    place = CARRIERS[type(value).__name__][1]
    whole = layout_of(type(value)).write(value)
    for count in range(len(whole) + 1):
        if count >= required:
            taken(place, [whole[:count]])
        else:
            with pytest.raises(ProtocolError, match=r"frame\.short"):
                decode_frame(with_field(place, [whole[:count]]))


# Pages.


@pytest.mark.parametrize("place", PAGES)
def test_a_page_alternates_times_and_events(place: str) -> None:
    """Each within its bounds."""
    taken(place, ())
    taken(place, (0, b"x", limits.TIME_MS_MAX, bytes(limits.EVENT_BYTES_MAX)))
    for wrong in (
        (1,),
        (1, b"x", 2),
        (b"x", 1),
        (-1, b"x"),
        (limits.TIME_MS_MAX + 1, b"x"),
        (True, b"x"),
        (1, b""),
        (1, "x"),
        (1, bytes(limits.EVENT_BYTES_MAX + 1)),
    ):
        refused("frame.stamped", place, wrong)
    for none in (None, b"x", 1):
        refused("frame.list", place, none)


@pytest.mark.parametrize("place", PAGES)
def test_a_page_keeps_its_count_and_its_bytes(place: str) -> None:
    """500 events, and so many bytes that a frame holds it."""
    taken(place, (1, b"x") * limits.PAGE_EVENTS_MAX)
    refused("frame.list", place, (1, b"x") * (limits.PAGE_EVENTS_MAX + 1))
    whole, rest = divmod(limits.PAGE_BYTES_MAX, limits.EVENT_BYTES_MAX)
    full = (1, bytes(limits.EVENT_BYTES_MAX)) * whole
    taken(place, (*full, 1, bytes(rest)))
    refused("frame.page", place, (*full, 1, bytes(rest + 1)))


# Frames as a whole.


@pytest.mark.parametrize("frame", WHOLE, ids=name_of)
def test_a_frame_is_whole(frame: Frame) -> None:
    """Without one of its required fields it is refused, without an optional one it is not."""
    parts = parts_of(frame)
    required = layout_of(type(frame)).required
    for count in range(len(parts)):
        if count >= required:
            decode_frame(encode(parts[: 1 + count]))
            continue
        with pytest.raises(ProtocolError) as broken:
            decode_frame(encode(parts[: 1 + count]))
        assert (broken.value.rule, broken.value.detail) == ("frame.short", name_of(frame))


def test_few_fields_are_optional() -> None:
    """What came later, the context of pages, and who writes, which a client does not say."""
    optional = {
        name_of(frame): layout_of(type(frame)).names[layout_of(type(frame)).required :]
        for frame in WHOLE
    }
    assert {name: names for name, names in optional.items() if names} == {
        "Welcome": ("questions", "presence"),
        "Typing": ("account",),
        "Page": ("context",),
        "BackPage": ("context",),
    }


def test_every_bound_is_of_a_field() -> None:
    """Nothing in the table of counts that no list has."""
    answers = {"badges", "lines", "parts", "rows", "words", "worths"}
    answers |= {"displayed", "loads", "people", "requests", "reserved"}
    assert {place.split(".")[1] for place in (*LISTS, *ASCENDING)} | answers == set(COUNTS)


def test_the_rules_are_these() -> None:
    """Each is explained once, for the specification."""
    names = "array op record short boolean bytes integer list order page stamped stream text"
    assert set(RULES) == {f"frame.{name}" for name in names.split()}
    assert all(RULES.values())
