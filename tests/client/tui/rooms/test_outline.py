"""A thread in short: days, who spoke when, how each message begins, which one answers."""

from datetime import UTC, date

from hobnob_client.tui.rooms.outline import outline
from hobnob_client.tui.timeline.row import Row
from hobnob_protocol.ids import TargetId

DAY_MS = 86_400_000


def test_each_message_is_a_line_below_its_day() -> None:
    """The accepted answer says so, in a word."""
    rows = [
        Row(TargetId(b"1" * 16), 1, "jonas", 10 * DAY_MS, "# Locked\nwhy?"),
        Row(TargetId(b"2" * 16), 2, "ana", 11 * DAY_MS, "one writer", accepted=True),
        Row(TargetId(b"3" * 16), 3, "sam", 11 * DAY_MS + 60_000, "", note="(deleted)"),
    ]
    found = outline(rows, UTC, date(1970, 1, 12))
    assert [(card.head, card.tail, card.side, card.is_heading) for card in found] == [
        ("─ Yesterday ─", "", "", True),
        ("jonas", "Locked why?", "00:00", False),
        ("─ Today ─", "", "", True),
        ("ana · ✓ answer", "one writer", "00:00", False),
        ("sam", "(deleted)", "00:01", False),
    ]
