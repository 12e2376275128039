"""What the specification says of frames."""

from dataclasses import fields

import pytest

from hobnob_protocol.frames import Frame
from hobnob_protocol.senders import SENDERS
from hobnob_protocol.wire import FRAMES
from hobnob_protocol.wire_spec import FieldDescription, describe, describe_values
from tests.protocol.frame_samples import CARRIERS

BY_NAME = {row.name: row for row in describe()}
VALUES = {row.name: row for row in describe_values()}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.__name__)
def test_every_frame_is_described_from_its_type(frame: type[Frame]) -> None:
    """Op, senders, phase and the order of its fields."""
    row = BY_NAME[frame.__name__]
    turn = SENDERS[frame]
    assert row.op == frame.op
    assert row.senders == tuple(side.value for side in turn.sides)
    assert row.when == turn.phase.value
    assert [field.name for field in row.fields] == [field.name for field in fields(frame)]
    assert row.meaning.endswith(".")
    assert "\n" not in row.meaning


def test_frames_stand_in_the_order_of_ops() -> None:
    """One row each."""
    assert [row.op for row in describe()] == [frame.op for frame in FRAMES]


def test_every_value_is_described_once() -> None:
    """In the order of the frames that carry them; a page's events are told in their field."""
    assert [row.name for row in describe_values()] == [
        "Grant", "OpenStream", "Placed", "Pushed", "Acked", "Offered", "OfferAnswer",
        "Recorded",
    ]  # fmt: skip
    for name, (value, _) in CARRIERS.items():
        told = [field.name for field in VALUES[name].fields]
        assert told == [field.name for field in fields(value)]  # type: ignore[arg-type]  # dataclasses
        assert VALUES[name].meaning


@pytest.mark.parametrize(
    ("owner", "field"),
    [
        ("Hello", FieldDescription("versions", "at most 8 of integer", False)),
        ("Hello", FieldDescription("expected_hub", "32 bytes or nil", False)),
        ("Hello", FieldDescription("client", "text of at most 64", False)),
        ("Join", FieldDescription("link", "1 to 2048 bytes", False)),
        ("Welcome", FieldDescription("same", "boolean", False)),
        ("Grants", FieldDescription("entries", "at most 48 of Grant", False)),
        ("Opened", FieldDescription("stream", "stream id", False)),
        ("Opened", FieldDescription("status", "integer 0 to 2", False)),
        ("Want", FieldDescription("accounts", "1 to 32 of 20 bytes, ascending", False)),
        ("Records", FieldDescription("accounts", "at most 32 of 20 bytes, ascending", False)),
        ("Page", FieldDescription("context", "at most 64 of Placed", True)),
        ("Bye", FieldDescription("retry_ms", "integer", False)),
        ("Typing", FieldDescription("account", "20 bytes or nil", True)),
        ("WhoIs", FieldDescription("present", "at most 256 of 20 bytes, ascending", False)),
        ("Acked", FieldDescription("event8", "8 bytes", False)),
        ("Acked", FieldDescription("head8", "8 bytes or none", True)),
        (
            "Page",
            FieldDescription(
                "events",
                "[time, event, …]: at most 500 events of 1 to 16640 bytes, 55296 bytes together",
                False,
            ),
        ),
    ],
)
def test_a_field_is_told_with_its_bound(owner: str, field: FieldDescription) -> None:
    """As a stranger needs it to write a decoder."""
    assert field in (BY_NAME | VALUES)[owner].fields


def test_a_meaning_is_the_first_paragraph() -> None:
    """On one line."""
    assert BY_NAME["Join"].meaning == "Client → hub instead of AUTH: a new account, by invite."
    assert VALUES["Pushed"].meaning == "One event of a PUSH."
