"""What an entry of a room leads to, beside it where there is room: the place, and what was said
there up to what the entry is about. Read in a bounded way, and laid out without a screen."""

from collections.abc import Callable
from typing import Final

from rich.cells import cell_len

from hobnob_client import term_safe
from hobnob_client.reading import Reader
from hobnob_client.tui import titles
from hobnob_client.tui.aside import Said
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rows import RowMaker
from hobnob_client.tui.timeline.wrap import fit, wrap
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation

MESSAGES_MAX: Final = 16
"""So many are looked at: as many as a tall terminal has room for."""
TEXT_MAX: Final = 320
"""Characters of one that are told."""
ABOUT_LINES_MAX: Final = 4
MESSAGE_LINES_MAX: Final = 5


@value
class Glimpsed:
    """One message in short, safe to draw; `meant` is the one that the entry is about."""

    who: str
    when: str
    text: str
    meant: bool = False


@value
class Glimpse:
    """All of it safe to draw; `said` is oldest first."""

    name: str
    about: str
    said: tuple[Glimpsed, ...] = ()

    def laid(self, width: int, height: int) -> list[Said]:
        """As lines of at most `width` cells (from 8): of the messages the last that fit whole in
        `height`, at least one."""
        found: list[Said] = [(fit(self.name, width), "head")] if self.name else []
        broken = [self.about[start:end] for start, end in wrap(self.about, width)]
        found += [(line, "quiet") for line in broken[:ABOUT_LINES_MAX]] if self.about else []
        shown: list[Said] = []
        for each in reversed(self.said):
            lines = [("", "text"), *_message(each, width)]
            if shown and len(found) + len(lines) + len(shown) > height:
                break
            shown = [*lines, *shown]
        return [*found, *shown]


def _message(each: Glimpsed, width: int) -> list[Said]:
    when = fit(each.when, max(1, width // 2))
    who = fit(f"▸ {each.who}" if each.meant else each.who, max(1, width - cell_len(when) - 1))
    head = who + " " * (width - cell_len(who) - cell_len(when)) + when
    broken = [each.text[start:end] for start, end in wrap(each.text, width)]
    lines = broken[:MESSAGE_LINES_MAX]
    if len(broken) > len(lines):
        lines[-1] = fit(f"{lines[-1].rstrip()} …", width)
    return [(head, "head"), *((line, "text") for line in lines)]


def of_entry(
    reader: Reader, stream: StreamId, target: TargetId | None, when: Callable[[int], str]
) -> Glimpse:
    """What was said in a place up to `target`, or last where there is none or it is not held."""
    meant = reader.message(stream, target) if target is not None else None
    held = reader.before(stream, None if meant is None else meant.order, MESSAGES_MAX).messages
    shown = [*held, meant] if meant is not None else held
    maker = RowMaker(reader, stream, shown)
    said: list[Glimpsed] = []
    for message in shown:
        row = maker.row(message, in_thread=False)
        text = row.note or brief(row.text, TEXT_MAX)
        said.append(Glimpsed(row.author, when(row.at_ms), text, message is meant))
    if is_conversation(stream):
        title = titles.of_conversation(reader.conversation(stream, counted=False))
        return Glimpse(title.name, title.about, tuple(said))
    described = reader.described(stream)
    about = term_safe.line(described.purpose) if described is not None else ""
    return Glimpse(place_name(reader, stream), about, tuple(said))
