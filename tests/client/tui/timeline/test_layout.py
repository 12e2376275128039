"""Rows become lines of exactly the asked width, whatever is in them; marks need no colour."""

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hobnob_client.catalogue import Clock, keeping_time
from hobnob_client.tui.timeline.layout import Beside, lines
from hobnob_client.tui.timeline.row import Ballot, Choice, Reacted, Row, Sending
from hobnob_client.tui.timeline.span import Span
from hobnob_protocol.ids import TargetId
from hobnob_sync.views.elsewhere import Manner

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


@pytest.mark.parametrize("width", [30, 60, 120])
def test_a_clock_of_twelve_hours_has_room(width: int) -> None:
    """Beside the text, or beside the author."""
    said = replace(PLAIN, text="word " * 40)
    with keeping_time(Clock.HALF):
        found = lines(said, NOBODY, width)
    assert "12:00 pm" in "".join(span.text for line in found for span in line)
    assert {sum(cell_len(span.text) for span in line) for line in found} == {width}


@given(st.text(max_size=300), st.text(min_size=1, max_size=40), st.integers(24, 160))
def test_every_line_is_as_wide_as_asked(text: str, author: str, width: int) -> None:
    """Wide characters, joined emoji and long words too."""
    row = replace(
        PLAIN, text=text, author=author.replace("\n", " "), quote="who said that", replies=3
    )
    for line in lines(row, NOBODY, width):
        assert sum(cell_len(span.text) for span in line) == width


def _is_said(span: Span) -> bool:
    return span.style in ("text", "code-plain")


@given(st.text("abc de日本\n", max_size=200), st.integers(24, 160))
def test_no_word_is_lost_or_doubled(text: str, width: int) -> None:
    """Wrapping takes away spaces only; what is set in by four is code."""
    row = replace(PLAIN, text=text)
    kept = [span.text for line in lines(row, NOBODY, width) for span in line if _is_said(span)]
    shown = "".join(kept)
    assert "»" in "".join(drawn(row, width=width)) or shown.replace(" ", "") == text.replace(
        " ", ""
    ).replace("\n", "")


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
    head = drawn(later, replace(NOBODY, before=PLAIN))
    assert head == ["            · still                                    12:04"]
    at_once = replace(later, at_ms=NOON_MS + 1_000)
    assert drawn(at_once, replace(NOBODY, before=PLAIN)) == ["            · still"]
    for other in (
        replace(later, at_ms=NOON_MS + 300_000),
        replace(later, author="mara"),
        replace(later, bot=True),
        replace(later, title="WAL"),
        replace(later, thread=TargetId(b"t" * 16)),
    ):
        assert "12:0" in drawn(other, replace(NOBODY, before=PLAIN))[0]


def test_what_mentions_me_has_a_sign_at_the_margin() -> None:
    """Below the day, beside the first line alone, narrow or wide, grouped or not."""
    row = replace(PLAIN, mentions_me=True, text="@mara\nsee")
    assert [line[0] for line in drawn(row)] == ["─", "@", " "]
    assert [line[0] for line in drawn(row, width=40)] == ["─", "@", " ", " "]
    grouped = replace(NOBODY, before=PLAIN)
    assert [line[0] for line in drawn(row, grouped)] == ["@", " "]
    assert [line[0] for line in drawn(replace(row, text="@mara"), grouped, 24)] == ["@"]


def test_keys_are_offered_where_they_are_heard() -> None:
    """Where one types a query they are letters: what is not seen is told all the same."""
    row = replace(PLAIN, text="It was ||the butler||\n```\n" + "x" * 100 + "\n```")
    here = drawn(row, replace(NOBODY, keys=False), 94)
    assert drawn(row, width=94)[-1].strip() == (
        "▒ S shows the spoiler · » cut: V shows it whole, C copies it"
    )
    assert here[-1].strip() == "▒ hides a spoiler · » cut"


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


def test_a_mark_is_torn_only_where_it_is_longer_than_a_line() -> None:
    """Whatever the width: what belongs together is read together."""
    reactions = tuple(Reacted(emoji, nth, True) for nth, emoji in enumerate("♥👍🎉🚀🙏👀", 10))
    row = replace(PLAIN, accepted=True, thanks=1, reactions=reactions)
    marks = {"✓ accepted answer", "♥ thanks 1", *(f"[{r.emoji} {r.count}]" for r in reactions)}
    for width in range(40, 100):
        found = [line.strip() for line in drawn(row, width=width) if "✓" in line or "[" in line]
        assert {mark for line in found for mark in line.split(" · ")} == marks


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
    """Below the name of its language; and the fences themselves are gone."""
    row = replace(PLAIN, text="see\n```python\n    a = 1\n```\ndone")
    assert [line[14:] for line in drawn(row)[1:]] == [
        "see                                      12:00"[:46],
        "│ python",
        "│     a = 1",
        "done",
    ]


def test_code_links_and_mentions_have_styles() -> None:
    """What is around them has none."""
    row = replace(PLAIN, text="`PRAGMA` **now** @ana in #help: https://a.example/b. ok")
    found = styles(row)
    assert found["code"] == "`PRAGMA`"
    assert found["strong"] == "now"
    assert found["mention"] == "@ana#help"
    assert found["link"] == "https://a.example/b"


def test_what_waits_looks_so() -> None:
    """Its text has another style, and a line says it."""
    assert styles(replace(PLAIN, sending=Sending.QUEUED))["waiting"] == PLAIN.text


BALLOT = Ballot((Choice("tea", 4, False), Choice("coffee", 1, True), Choice("water", 0, False)), 5)


def test_a_poll_shows_options_counts_and_what_is_mine() -> None:
    """In a box of its own shape, not by colour; a bar where there is room for one."""
    row = replace(PLAIN, text="Which?", ballot=BALLOT)
    assert drawn(row)[1:] == [
        "  jonas       Which?                                   12:00",
        "              ( ) tea                       █████   4",
        "              (•) coffee                    █▎      1",
        "              ( ) water                             0",
        "              poll · 5 voted",
    ]
    assert drawn(row, width=30)[3:6] == [
        "  ( ) tea                   4",
        "  (•) coffee                1",
        "  ( ) water                 0",
    ]


def test_a_poll_says_how_it_stands() -> None:
    """Closed, asked elsewhere, waiting for the hub, or open for several."""
    for ballot, said in (
        (replace(BALLOT, closed=True), "poll closed · 5 voted"),
        (replace(BALLOT, imported=True), "asked elsewhere, takes no votes here · 5 voted"),
        (replace(BALLOT, pending=True), "⧗ your vote waits · 5 voted"),
        (replace(BALLOT, multiple=True), "poll · 5 voted · several may be chosen"),
    ):
        assert " ".join(drawn(replace(PLAIN, ballot=ballot), width=90)[-1].split()) == said
    several = replace(PLAIN, ballot=replace(BALLOT, multiple=True))
    assert [line.split("]")[0].strip() for line in drawn(several)[2:5]] == ["[", "[x", "["]


@given(
    st.lists(
        st.tuples(st.text(max_size=80), st.integers(0, 2_000), st.booleans()),
        min_size=2,
        max_size=4,
    ),
    st.integers(24, 160),
)
def test_every_line_of_a_poll_is_as_wide_as_asked(
    given: list[tuple[str, int, bool]], width: int
) -> None:
    """Whatever its options hold and however many chose them."""
    choices = tuple(Choice(text.replace("\n", " "), count, mine) for text, count, mine in given)
    row = replace(PLAIN, ballot=Ballot(choices, 7, multiple=True))
    for line in lines(row, NOBODY, width):
        assert sum(cell_len(span.text) for span in line) == width


def test_what_somebody_did_begins_with_their_name() -> None:
    """A star stands where the author would; neither it nor what follows shares a head."""
    did = replace(PLAIN, text="makes tea", manner=Manner.DID)
    assert drawn(did)[1] == "  *           jonas makes tea                          12:00"
    assert styles(did)["act"] == "jonas makes tea"
    after = replace(PLAIN, target=TargetId(b"b" * 16), order=2)
    assert drawn(after, replace(NOBODY, before=did))[0].startswith("  jonas ")


def test_what_happened_is_told_quietly() -> None:
    """As a note beside whom it is about, in no colour of theirs."""
    came = replace(PLAIN, text="has joined the channel", manner=Manner.HAPPENED)
    assert drawn(came)[1] == "  · jonas     has joined the channel                   12:00"
    assert styles(came)["note"] == "has joined the channel"
    assert not [style for style in styles(came) if style.startswith("author")]
