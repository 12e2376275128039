"""What a talk looks like, as text and styles that can be compared line by line.

`python -m tests.client.tui.timeline.snapshot` writes the pictures anew; look at what has changed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Final

from hobnob_client.tui.prose.highlight import highlight
from hobnob_client.tui.timeline.layout import Beside, lines
from hobnob_client.tui.timeline.row import Ballot, Choice, Reacted, Row, Sending
from hobnob_client.tui.timeline.span import Line
from hobnob_protocol.ids import TargetId
from hobnob_sync.views.elsewhere import Manner

FOLDER: Final = Path(__file__).parent / "snapshots"
WIDTHS: Final = (38, 58, 94)
"""What a timeline has on a terminal of 40, 80 and 120 columns."""
_NOON_MS: Final = 1_763_640_000_000

_TEXTS: Final = (
    "# Release\nThe indexer is **much** faster; *two* bugs are ~~left~~ gone.\n"
    "See [the guide](https://docs.example/guide) or https://example.org/log?v=0.4 for `sql`.",
    "```python\nasync def drain(queue: Queue, *, limit: int = 64) -> list[Event]:  # bounded\n"
    "    return [await queue.get() for _ in range(limit)]\n```\nand it was never closed.",
    "> Two writers on one export, after a minute the db is locked.\n\nYes:\n1. one writer\n"
    "2. or `journal_mode=DELETE`\n   - slow, but correct\n- [x] told ops\n- [ ] write it down",
    "| engine | insert/s | remark |\n|:--|--:|:-:|\n| sqlite | 41,000 | one file, one writer |\n"
    "| postgres | 38,500 | a row lock |",
    "It was ||the butler||; [bank.example](https://evil.example/) is none. "
    "@mara שלום 日本語 👩‍👩‍👧",
)


def talk() -> Iterator[Row]:
    """A row of every sort."""
    first = Row(TargetId(b"\x00" * 16), 0, "jonas", _NOON_MS, _TEXTS[0])
    for nth, text in enumerate(_TEXTS):
        yield replace(first, target=TargetId(bytes([nth]) * 16), order=nth, text=text)
    later = replace(first, at_ms=_NOON_MS + 600_000, author="mara", mine=True, text="so be it")
    yield replace(later, sending=Sending.QUEUED)
    yield replace(later, sending=Sending.REFUSED, why="the channel is archived")
    yield replace(later, edited=True, conflict=True, reactions=(Reacted("👍", 3, True),))
    yield replace(first, author="Ines", imported=True, title="WAL on NFS", replies=9, resolved=True)
    yield replace(first, author="ci", bot=True, mentions_me=True, text="build 812 is red, @mara")
    yield replace(first, author="ana", note="deleted by its author")
    yield replace(first, author="ana", manner=Manner.DID, text="waves")
    yield replace(first, author="ana", manner=Manner.HAPPENED, text="has joined")
    choices = (Choice("Tuesday", 3, True), Choice("Thursday", 1, False))
    yield replace(first, author="ana", text="Which day?", ballot=Ballot(choices, 4))


def picture(width: int) -> str:
    """The talk in so many cells: each line, and below it where which style is."""
    found: list[str] = []
    before: Row | None = None
    for row in talk():
        beside = Beside(before, row.order == 2, UTC, date(2025, 11, 20), highlight=highlight)
        for line in lines(row, beside, width):
            found.append("".join(span.text for span in line).rstrip())
            styles = " ".join(_styles(line))
            if styles:
                found.append(f"    ⟨{styles}⟩")
        before = row
    return "\n".join(found) + "\n"


def _styles(line: Line) -> Iterator[str]:
    for span in line:
        if span.text.strip() and span.style not in ("text", "time"):
            link = f" → {span.link}" if span.link else ""
            yield f"{span.text.strip()[:12]}: {span.style}{link};"


def path(width: int) -> Path:
    """Where the picture of a width is."""
    return FOLDER / f"{width}.txt"


if __name__ == "__main__":
    for cells in WIDTHS:
        path(cells).write_text(picture(cells))
