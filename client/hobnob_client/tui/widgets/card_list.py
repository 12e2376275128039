"""A list of entries of several lines each, walked as a whole: members with their devices, say."""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.timeline.wrap import fit
from hobnob_protocol.value import value

AROUND_CELLS: Final = 4
"""What a list has before and behind a line below a head."""


@value
class Card:
    """One entry: `key` tells it from the others, `head` and the lines below it, `rest`, are safe to
    draw. Behind the head stands its `tail`, at the right edge its `side`. Of `alarm` a colour
    speaks too, never alone. What `is_heading` is passed by: it says what those below it are."""

    key: bytes
    head: str
    rest: tuple[str, ...] = ()
    alarm: bool = False
    tail: str = ""
    side: str = ""
    is_heading: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them, what is below indented."""
        return (self.head, *(f"  {line}" for line in self.rest))


class CardList(Widget):
    """Shows as many as there is room for, the selected one among them, wholly if that is
    possible."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--head",
        "cards--rest",
        "cards--alarm",
        "cards--cursor",
    }
    DEFAULT_CSS = """
    CardList {
        height: 1fr;
        & > .cards--head { text-style: bold; }
        & > .cards--rest { color: $text-muted; }
        & > .cards--alarm { color: $text-error; text-style: bold reverse; }
        & > .cards--cursor { color: $accent; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[int, int]] = []
        self._first: dict[int, int] = {}

    cards: reactive[tuple[Card, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    def watch_cards(self) -> None:
        """Where each line of all entries stands; the same for every line that is drawn."""
        self._lines = [
            (nth, row) for nth, card in enumerate(self.cards) for row in range(len(card.lines))
        ]
        self._first = {nth: place for place, (nth, row) in enumerate(self._lines) if row == 0}

    def put(self, cards: Sequence[Card]) -> None:
        """Show these; the cursor stays on its entry, wherever that is now."""
        key = self.card.key if self.card is not None else b""
        self.cards = tuple(cards)
        places = [nth for nth, card in enumerate(self.cards) if card.key == key]
        self.cursor = places[0] if places else max(0, min(self.cursor, len(self.cards) - 1))
        if self.card is not None and self.card.is_heading:
            # Below a heading there is always something.
            self.cursor += 1

    def fit(self, lines_max: int) -> None:
        """Be as tall as the entries are, up to so many lines."""
        self.styles.height = max(1, min(len(self._lines), lines_max))

    def point_at(self, key: bytes) -> None:
        """The entry of this name is under the cursor, if there is one."""
        self.cursor = next((n for n, card in enumerate(self.cards) if card.key == key), self.cursor)

    @property
    def card(self) -> Card | None:
        """The entry under the cursor."""
        return self.cards[self.cursor] if self.cursor < len(self.cards) else None

    def move(self, entries: int) -> None:
        """So many entries down, or up."""
        step = 1 if entries >= 0 else -1
        nth = max(0, min(self.cursor + entries, len(self.cards) - 1))
        while 0 <= nth < len(self.cards) and self.cards[nth].is_heading:
            nth += step
        if nth < 0:
            # Nothing stands above the first heading: the first entry is below it.
            entry = (n for n, card in enumerate(self.cards) if not card.is_heading)
            nth = next(entry, self.cursor)
        if 0 <= nth < len(self.cards):
            self.cursor = nth

    def seen(self) -> list[tuple[int, int]]:
        """What is drawn, line by line: (nth card, nth line of it)."""
        height, card = self.size.height, self.card
        if card is None:
            return []
        middle = self._first[self.cursor] - max(0, height - len(card.lines)) // 2
        first = max(0, min(middle, len(self._lines) - height))
        return self._lines[first : first + height]

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width, seen = self.size.width, self.seen()
        if y >= len(seen) or width < 4:
            return Strip.blank(width, self.rich_style)
        nth, row = seen[y]
        card = self.cards[nth]
        # Where nothing else can have the keys, they act here.
        under = nth == self.cursor and (self.has_focus or not self.can_focus)
        mark = Segment("▌" if under else " ", self._style("cursor"))
        room = width - 2
        if row or card.is_heading:
            said = [Segment(fit(card.lines[row], room), self._style("rest"))]
        else:
            said = self._head(card, room)
        return Strip([mark, *said]).adjust_cell_length(width, self.rich_style)

    def _head(self, card: Card, room: int) -> list[Segment]:
        """The head, what stands behind it, and at the right edge the rest."""
        side = f" {card.side}" if card.side else ""
        room -= cell_len(side)
        head = fit(card.head, max(1, room))
        left = room - cell_len(head) - 2
        tail = f"  {fit(card.tail, left)}" if card.tail and left > 0 else ""
        gap = " " * max(0, room - cell_len(head) - cell_len(tail))
        return [
            Segment(head, self._style("alarm" if card.alarm else "head")),
            Segment(tail + gap + side, self._style("rest")),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"cards--{name}")
