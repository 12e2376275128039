"""Fields: what a body may hold is said where the field is declared."""

from functools import partial
from typing import Any

import pytest

from hobnob_protocol import fields
from hobnob_protocol.bodies import shape_of
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE
from hobnob_protocol.kind import Body, Value
from hobnob_protocol.limits import BODY_BYTES_MAX, SEQ_MAX, TIME_MS_MAX
from hobnob_protocol.value import value as made_value


def broken(declared: Any, value: Any) -> str:
    """The rule that `value` breaks."""
    return shape_of(declared).check(value)


def described(declared: Any) -> str:
    """What the specification says of a field."""
    return shape_of(declared).described


CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xDBFF, 0xDC00, 0xDFFF]


@pytest.mark.parametrize("code", CONTROLS)
def test_no_control_is_text(code: int) -> None:
    """C0, DEL, C1 and surrogates never pass, wherever they stand; LF and TAB do in lines."""
    for value in (chr(code), f"a{chr(code)}", f"{chr(code)}z"):
        assert broken(fields.text(max=9), value) == "text.control"
        lines = "" if chr(code) in "\n\t" else "text.control"
        assert broken(fields.text(max=9, lines=True), value) == lines


@pytest.mark.parametrize("value", list("~ \xa0é\u200d\ud7ff\ue000\U0010ffff"))
def test_all_else_is_text(value: str) -> None:
    """What merely looks odd is the reader's to draw safely."""
    assert broken(fields.text(max=1), value) == ""


def test_text_counts_characters() -> None:
    """At its bound it passes, beyond it does not; empty only where said."""
    assert broken(fields.text(max=3), "ééé") == ""
    assert broken(fields.text(max=3), "éééé") == "text.length"
    assert broken(fields.text(max=3), "") == "text.empty"
    assert broken(fields.text(max=3, empty=True), "") == ""
    assert broken(fields.text(max=3), b"abc") == "text.type"
    assert broken(fields.text(max=3), None) == "text.type"


def test_a_handle_is_two_to_thirty_two_plain_characters() -> None:
    """A letter first."""
    assert broken(fields.handle(), "a1") == ""
    assert broken(fields.handle(), "z" * 32) == ""
    for value in ("z" * 33, "a", "1a", "aB", "a\n", b"ab"):
        assert broken(fields.handle(), value) == "handle"


def test_a_choice_is_one_of_its_options() -> None:
    """Nothing else, of no other type."""
    assert broken(fields.choice("one", "two"), "two") == ""
    assert broken(fields.choice("one", "two"), "three") == "choice"
    assert broken(fields.choice("one", "two"), b"one") == "choice"


def test_a_boolean_is_no_number() -> None:
    """One spelling each for true and false."""
    for value in (True, False):
        assert broken(fields.boolean(), value) == ""
    for other in (0, 1, None, ""):
        assert broken(fields.boolean(), other) == "boolean"


def test_an_integer_includes_both_bounds() -> None:
    """A boolean is none."""
    for value in (-2, 0, 5):
        assert broken(fields.integer(-2, 5), value) == ""
    for other in (-3, 6, True, None, "1"):
        assert broken(fields.integer(-2, 5), other) == "integer"


def test_counters_and_times_have_the_protocols_range() -> None:
    """From 0 to what every language's numbers hold exactly."""
    for declared, most in ((fields.seq(), SEQ_MAX), (fields.time_ms(), TIME_MS_MAX)):
        assert broken(declared, 0) == ""
        assert broken(declared, most) == ""
        assert broken(declared, -1) == "integer"
        assert broken(declared, most + 1) == "integer"


def test_a_blob_includes_both_bounds() -> None:
    """At least one byte unless said otherwise."""
    assert broken(fields.blob(max=3), b"a") == ""
    assert broken(fields.blob(max=3), b"abc") == ""
    assert broken(fields.blob(max=3), b"") == "blob"
    assert broken(fields.blob(max=3), b"abcd") == "blob"
    assert broken(fields.blob(max=3), "abc") == "blob"
    assert broken(fields.blob(max=3, min=0), b"") == ""


@pytest.mark.parametrize(
    ("declared", "length"),
    [
        (fields.target(), 16),
        (fields.account(), 20),
        (fields.channel(), 16),
        (fields.device_key(), 32),
        (fields.signature(), 64),
    ],
)
def test_an_id_has_one_length(declared: Any, length: int) -> None:
    """Neither shorter nor longer."""
    assert broken(declared, bytes(length)) == ""
    assert broken(declared, bytes(length - 1)) == "blob"
    assert broken(declared, bytes(length + 1)) == "blob"


def test_a_link_has_a_bound() -> None:
    """From one byte to 2 KiB."""
    assert broken(fields.link(), bytes(2_048)) == ""
    assert broken(fields.link(), bytes(2_049)) == "blob"
    assert broken(fields.link(), b"") == "blob"


def test_a_stream_is_one_of_six_sorts() -> None:
    """Bytes that name none are refused."""
    for value in (DIRECTORY, PEOPLE, MODERATION, b"u:" + bytes(20), b"c:" + bytes(16)):
        assert broken(fields.stream(), value) == ""
    for stranger in (b"", b"x", b"c:" + bytes(15), "dir", None):
        assert broken(fields.stream(), stranger) == "stream"


def test_many_counts_and_looks_at_each() -> None:
    """Both bounds are included; the first element that is wrong names the rule."""
    declared = fields.many(fields.integer(0, 9), min=1, max=3)
    assert broken(declared, (1,)) == ""
    assert broken(declared, (3, 1, 1)) == ""
    assert broken(declared, ()) == "many.count"
    assert broken(declared, (1, 1, 1, 1)) == "many.count"
    assert broken(declared, (1, 10)) == "integer"
    assert broken(declared, 1) == "many.type"
    assert broken(declared, None) == "many.type"
    assert broken(fields.many(fields.boolean(), max=1), ()) == ""


def test_many_may_be_distinct_or_ascending() -> None:
    """Ascending is distinct too."""
    distinct = fields.many(fields.integer(0, 9), max=3, distinct=True)
    assert broken(distinct, (3, 1)) == ""
    assert broken(distinct, (3, 1, 3)) == "many.distinct"
    ascending = fields.many(fields.integer(0, 9), max=3, ascending=True)
    assert broken(ascending, (1, 3)) == ""
    assert broken(ascending, (3, 1)) == "many.ascending"
    assert broken(ascending, (1, 1)) == "many.ascending"
    assert broken(ascending, ()) == ""


def test_a_record_is_one_of_each() -> None:
    """In order, neither more nor less."""
    declared = fields.record(fields.text(max=3), fields.boolean())
    assert broken(declared, ("abc", True)) == ""
    assert broken(declared, ("abc",)) == "record"
    assert broken(declared, ("abc", True, True)) == "record"
    assert broken(declared, "ab") == "record"
    assert broken(declared, (True, "abc")) == "text.type"
    assert broken(declared, ("abc", 1)) == "boolean"


def test_an_opaque_body_has_the_bodys_bounds() -> None:
    """At least one byte, of whatever content."""
    assert broken(fields.opaque(), b"\xc1") == ""
    assert broken(fields.opaque(), bytes(BODY_BYTES_MAX)) == ""
    assert broken(fields.opaque(), b"") == "opaque"
    assert broken(fields.opaque(), bytes(BODY_BYTES_MAX + 1)) == "opaque"
    assert broken(fields.opaque(), "text") == "opaque"


@pytest.mark.parametrize(
    ("declare", "good", "bad"),
    [
        (partial(fields.text, max=3), "abc", 7),
        (partial(fields.choice, "a"), "a", 7),
        (fields.boolean, True, 7),
        (partial(fields.integer, 0, 1), 1, 7),
        (fields.seq, 1, "7"),
        (fields.time_ms, 1, "7"),
        (partial(fields.blob, max=3), b"abc", 7),
        (fields.target, bytes(16), 7),
        (fields.account, bytes(20), 7),
        (fields.channel, bytes(16), 7),
        (fields.stream, DIRECTORY, 7),
        (partial(fields.many, fields.boolean(), max=1), (True,), 7),
    ],
)
def test_none_is_a_value_exactly_where_it_is_the_default(
    declare: Any, good: Value, bad: Value
) -> None:
    """Everything else about the field stays."""
    assert broken(declare(), None) != ""
    assert broken(declare(default=good), None) != ""
    optional = declare(default=None)
    assert broken(optional, None) == ""
    assert broken(optional, good) == ""
    assert broken(optional, bad) == broken(declare(), bad) != ""
    assert described(optional) == described(declare())


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (fields.text(max=3), "text of 1 to 3"),
        (fields.text(max=3, lines=True, empty=True), "text of 0 to 3, with lines"),
        (fields.handle(), "handle"),
        (fields.choice("a", "b"), '"a" or "b"'),
        (fields.boolean(), "boolean"),
        (fields.integer(-1, 3), "integer -1 to 3"),
        (fields.blob(max=3), "1 to 3 bytes"),
        (fields.target(), "16 bytes"),
        (fields.stream(), "stream"),
        (fields.many(fields.boolean(), max=3), "0 to 3 of (boolean)"),
        (
            fields.many(fields.boolean(), min=1, max=3, distinct=True),
            "1 to 3 of (boolean), distinct",
        ),
        (fields.many(fields.boolean(), max=3, ascending=True), "0 to 3 of (boolean), ascending"),
        (fields.record(fields.boolean(), fields.handle()), "[boolean, handle]"),
        (fields.opaque(), "the body itself, opaque"),
    ],
)
def test_a_field_describes_itself(declared: Any, text: str) -> None:
    """The specification's table is written from here."""
    assert described(declared) == text


def test_a_body_is_a_frozen_value() -> None:
    """Equal by its fields, and it never changes."""

    @fields.body
    class Note(Body):
        """A note."""

        words: str = fields.text(max=9)
        loud: bool = fields.boolean(default=False)

    note = Note("hi")
    assert note == Note("hi", loud=False) != Note("hi", loud=True)
    assert {note: 1}[Note("hi")] == 1
    assert not hasattr(note, "__dict__")
    with pytest.raises(AttributeError):
        note.words = "bye"  # type: ignore[misc]  # That it is refused is the promise.
    with pytest.raises(TypeError):
        Note()  # type: ignore[call-arg]  # A field without a default is required.


def test_a_field_must_be_declared() -> None:
    """A body with a field nobody checks is refused where it is written."""
    with pytest.raises(UsageError, match="declare the fields"):

        @fields.body
        class Careless(Body):
            """A careless body."""

            words: str

    with pytest.raises(UsageError, match="declare the fields"):
        fields.many(str, max=3)

    @made_value
    class Plain(Body):
        """A plain value may declare its fields too."""

        words: str = fields.text(max=9)

    assert Plain("hi").words == "hi"


def test_an_opaque_field_stands_alone() -> None:
    """It is the whole body."""
    with pytest.raises(UsageError, match="Both: an opaque field stands alone"):

        @fields.body
        class Both(Body):
            """A body that is opaque and not."""

            sealed: bytes = fields.opaque()
            words: str = fields.text(max=9)
