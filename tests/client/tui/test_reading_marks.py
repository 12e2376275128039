"""How far one has read on this screen: it grows by seeing, and goes back only where one says so."""

from hobnob_client.tui.reading_marks import ReadingMarks
from hobnob_protocol.ids import StreamId
from hobnob_sync.views.overlay import PENDING_SEQ

RUST, HELP = (StreamId(b"c:" + bytes([nth]) * 16) for nth in (1, 2))


def test_marks_grow_by_what_was_seen_and_are_said_once() -> None:
    """What waits to be sent is no place to have read to."""
    marks = ReadingMarks()
    assert marks.saw(RUST, 3)
    assert not marks.saw(RUST, 2)
    assert not marks.saw(RUST, PENDING_SEQ)
    assert marks.due() == [(RUST, 3)]
    assert marks.due() == []


def test_what_another_device_marks_as_unread_takes_back_what_was_seen() -> None:
    """By a new generation; how far it is read there says nothing else of what was seen here."""
    marks = ReadingMarks()
    marks.saw(RUST, 9, 2)
    assert not marks.is_taken_back(RUST, 2)
    assert marks.is_taken_back(RUST, 3)
    assert not marks.is_taken_back(HELP, 3)
    marks.drop(RUST)
    assert not marks.is_taken_back(RUST, 4)


def test_who_explores_marks_nothing_but_by_hand() -> None:
    """Until that is ended."""
    marks = ReadingMarks()
    marks.exploring = True
    assert not marks.saw(RUST, 3)
    assert marks.saw(RUST, 3, explicit=True)
    marks.exploring = False
    assert marks.saw(RUST, 4)


def test_what_was_marked_as_unread_stays_so_while_one_is_there() -> None:
    """In that place alone."""
    marks = ReadingMarks()
    marks.saw(RUST, 9)
    marks.hold(RUST)
    marks.drop(RUST)
    assert marks.due() == []
    assert not marks.saw(RUST, 9)
    assert marks.saw(HELP, 1)
    marks.release(RUST)
    assert marks.saw(RUST, 9)
