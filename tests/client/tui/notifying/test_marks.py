"""Marks are kept as one value."""

from hobnob_client.tui.notifying.marks import read, written
from hobnob_protocol.ids import StreamId

MARKS = {StreamId(b"c:" + b"g" * 16): 7, StreamId(b"d:" + b"t" * 16): 1 << 40}


def test_marks_are_read_as_they_were_written() -> None:
    """All of them."""
    assert read(written(MARKS)) == MARKS
    assert read(b"") == {}


def test_of_a_damaged_value_there_is_what_can_be_read() -> None:
    """Nothing of it breaks a start."""
    value = written(MARKS)
    for end in range(len(value)):
        assert read(value[:end]).items() <= MARKS.items()
    assert read(b"\x02xx" + bytes(8) + value) == MARKS
    assert read(b"\xff" * 50) == {}
