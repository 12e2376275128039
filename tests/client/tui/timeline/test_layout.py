"""Rows become lines of exactly the asked width, whatever is in them; marks need no colour."""

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hobnob_client.tui.timeline.layout import Beside, lines
from hobnob_client.tui.timeline.row import Reacted, Row, Sending
from hobnob_protocol.ids import TargetId

NOON_MS = 1_763_640_000_000
TODAY = date(2025, 11, 20)
PLAIN = Row(TargetId(b"a" * 16), 1, "jonas", NOON_MS, "Two writers, the db is locked.")
NOBODY = Beside(None, False, UTC, TODAY)


def drawn(row: Row, beside: Beside = NOBODY, width: int = 60) -> list[str]:
    """The lines as text, without what pads them."""
    return ["".join(span.text for span in line).rstrip() for line in lines(row, beside, width)]


def styles(row: Row, width: int = 60) -> dict[str, str]:
    """The text of each style."""
    found: dict[str, str] = {}
    for line in lines(row, NOBODY, width):
        for span in line:
            found[span.style] = found.get(span.style, "") + span.text
    return found


@given(st.text(max_size=300), st.text(min_size=1, max_size=40), st.integers(24, 160))
def test_every_line_is_as_wide_as_asked(text: str, author: str, width: int) -> None:
    """Wide characters, joined emoji and long words too."""
    row = replace(
        PLAIN, text=text, author=author.replace("\n", " "), quote="who said that", replies=3
    )
    for line in lines(row, NOBODY, width):
        assert sum(cell_len(span.text) for span in line) == width


@given(st.text("abc de日本\n", max_size=200), st.integers(24, 160))
def test_no_word_is_lost_or_doubled(text: str, width: int) -> None:
    """Wrapping takes away spaces only."""
    row = replace(PLAIN, text=text)
    shown = "".join(
        span.text for line in lines(row, NOBODY, width) for span in line if span.style == "text"
    )
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_the_author_stands_beside_the_text_and_the_time_at_the_edge() -> None:
    """On a wide screen."""
    assert drawn(PLAIN) == [
        "────────────────────────── Today ───────────────────────────",
        "  jonas       Two writers, the db is locked.           12:00",
    ]


def test_a_wider_screen_shows_more_of_a_name() -> None:
    """Where there is room for both."""
    row = replace(PLAIN, author="Mireille Okonkwo", imported=True)
    assert drawn(row, width=60)[1].startswith("  Mireille… ⇢ Two writers")
    assert drawn(row, width=100)[1].startswith("  Mireille Okonkwo ⇢  Two writers")


def test_on_a_narrow_screen_the_author_stands_above() -> None:
    """So that text has the whole width."""
    assert drawn(PLAIN, width=40)[1:] == [
        "  jonas                            12:00",
        "  Two writers, the db is locked.",
    ]


def test_messages_of_one_author_close_together_share_a_head() -> None:
    """Within five minutes, unless something stands between."""
    later = replace(PLAIN, at_ms=NOON_MS + 299_999, text="still")
    assert drawn(later, replace(NOBODY, before=PLAIN)) == ["              still"]
    for other in (
        replace(later, at_ms=NOON_MS + 300_000),
        replace(later, author="mara"),
        replace(later, bot=True),
        replace(later, title="WAL"),
        replace(later, thread=TargetId(b"t" * 16)),
    ):
        assert "12:0" in drawn(other, replace(NOBODY, before=PLAIN))[0]


def test_a_new_day_is_told_in_the_readers_zone() -> None:
    """Where midnight has passed there."""
    late = replace(PLAIN, at_ms=NOON_MS + 11 * 3_600_000 + 1_800_000)
    beside = Beside(PLAIN, False, UTC, TODAY + timedelta(days=2))
    assert len(drawn(late, beside)) == 1
    east = replace(beside, zone=timezone(timedelta(hours=1)))
    assert drawn(late, east)[0].strip("─ ") == "Yesterday"
    assert drawn(late, replace(east, today=date(2026, 3, 1)))[0].strip("─ ") == "Fri 21 Nov 2025"


def test_a_line_says_where_the_unread_begin() -> None:
    """Below the day, and the head is shown again."""
    beside = Beside(PLAIN, True, UTC, TODAY)
    found = drawn(replace(PLAIN, at_ms=NOON_MS + 1), beside)
    assert found[0].strip("━ ") == "new"
    assert found[1].startswith("  jonas")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sending": Sending.QUEUED}, "⧗ queued, not sent yet"),
        ({"sending": Sending.REFUSED, "why": "archived"}, "✗ not sent: archived"),
        ({"accepted": True}, "✓ accepted answer"),
        ({"replies": 1}, "▸ 1 reply"),
        ({"replies": 9, "resolved": True}, "▸ 9 replies · ✓ solved"),
        ({"edited": True}, "edited"),
        ({"conflict": True}, "≠ another edit was kept"),
        ({"reactions": (Reacted("♥", 2, False), Reacted("👍", 3, True))}, "♥ 2 · [👍 3]"),
    ],
)
def test_marks_are_words_and_signs(change: dict[str, object], said: str) -> None:
    """On a line of their own."""
    assert drawn(replace(PLAIN, **change))[-1].strip() == said  # type: ignore[arg-type]  # by name


def test_bots_and_imported_authors_are_marked_beside_their_name() -> None:
    """Where no text can reach."""
    assert "jonas bot" in drawn(replace(PLAIN, bot=True))[1]
    assert "jonas ⇢" in drawn(replace(PLAIN, imported=True))[1]
    long = replace(PLAIN, author="a-very-long-name", imported=True)
    assert "  a-very-l… ⇢ Two" in drawn(long)[1]


def test_a_title_and_a_quote_stand_above_the_text() -> None:
    """In one line each, cut where they are too long."""
    row = replace(PLAIN, title="sqlite WAL on NFS", quote="x" * 200)
    found = drawn(row)
    assert found[1].startswith("  jonas       sqlite WAL on NFS")
    assert found[2].strip().startswith("↳ xxx")
    assert found[2].endswith("…")


def test_a_thread_is_named_once_for_rows_that_follow_each_other() -> None:
    """And again where another came between."""
    thread = TargetId(b"t" * 16)
    reply = replace(PLAIN, thread=thread, quote="sqlite WAL on NFS", author="mara")
    assert "↳ sqlite" in drawn(reply, replace(NOBODY, before=PLAIN))[0]
    assert "↳ sqlite" not in "".join(
        drawn(reply, replace(NOBODY, before=replace(reply, author="x")))
    )


def test_a_note_stands_instead_of_the_text() -> None:
    """As where its author has withdrawn it."""
    found = drawn(replace(PLAIN, note="deleted by its author"))
    assert found[1] == "  jonas       deleted by its author                    12:00"


def test_code_in_fences_keeps_its_spaces_beside_a_bar() -> None:
    """And the fences themselves are gone."""
    row = replace(PLAIN, text="see\n```python\n    a = 1\n```\ndone")
    assert [line[14:] for line in drawn(row)[1:]] == [
        "see                                      12:00"[:46],
        "│     a = 1",
        "done",
    ]


def test_code_links_and_mentions_have_styles() -> None:
    """What is around them has none."""
    row = replace(PLAIN, text="`PRAGMA` **now** @ana in #help: https://a.example/b. ok")
    found = styles(row)
    assert found["code"] == "`PRAGMA`"
    assert found["strong"] == "**now**"
    assert found["mention"] == "@ana#help"
    assert found["link"] == "https://a.example/b"


def test_what_waits_looks_so() -> None:
    """Its text has another style, and a line says it."""
    assert styles(replace(PLAIN, sending=Sending.QUEUED))["waiting"] == PLAIN.text
