"""The viewport shows the same lines as a list that is all in memory, and stays where it is."""

from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.tui.timeline.viewport import Viewport


class Shelf:
    """Rows by number, each of some lines, and a viewport over them."""

    def __init__(self, heights: list[int], height: int) -> None:
        self.heights = heights
        self.viewport: Viewport[int] = Viewport(
            lambda row: self.heights[row],
            lambda row: row - 1 if row else None,
            lambda row: row + 1 if row + 1 < len(self.heights) else None,
            lambda one, other: one < other,
            lambda: len(self.heights) - 1 if self.heights else None,
        )
        self.viewport.height = height

    def every_line(self) -> list[tuple[int, int]]:
        """All lines as (row, line)."""
        return [(row, nth) for row, lines in enumerate(self.heights) for nth in range(lines)]

    def seen(self) -> list[tuple[int, int]]:
        """The lines in the window."""
        return [
            (run.key, run.first + nth) for run in self.viewport.seen() for nth in range(run.count)
        ]

    def top(self) -> int:
        """How many lines lie above the window."""
        return self.every_line().index(self.seen()[0])


HEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=30)
MOVES = st.lists(st.integers(-40, 40), max_size=12)


@given(HEIGHTS, st.integers(1, 25), MOVES)
def test_scrolling_is_that_of_a_plain_list(
    heights: list[int], height: int, moves: list[int]
) -> None:
    """By lines, and never beyond either end."""
    shelf = Shelf(heights, height)
    every = shelf.every_line()
    last_top = max(0, len(every) - height)
    top = last_top
    for move in moves:
        shelf.viewport.scroll(move)
        top = max(0, min(last_top, top + move))
        assert shelf.seen() == every[top : top + height]


@given(HEIGHTS, st.integers(1, 60))
def test_lines_are_counted_no_further_than_anybody_asks(heights: list[int], most: int) -> None:
    """Wherever the window is."""
    shelf = Shelf(heights, 5)
    shelf.viewport.scroll(-7)
    assert shelf.viewport.lines(most) == min(sum(heights), most)


@given(HEIGHTS, st.integers(1, 25), MOVES, st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_nothing_moves_when_rows_arrive_while_one_reads_further_up(
    heights: list[int], height: int, moves: list[int], fresh: list[int]
) -> None:
    """At the end the window follows; anywhere else it stays."""
    shelf = Shelf(heights, height)
    for move in moves:
        shelf.viewport.scroll(move)
    before, follows = shelf.seen(), shelf.viewport.follows
    shelf.heights.extend(fresh)
    if follows:
        assert shelf.seen() == shelf.every_line()[-height:]
    elif len(before) == height:
        assert shelf.seen() == before


@given(HEIGHTS, st.integers(1, 25), MOVES, st.data())
def test_a_revealed_row_is_seen_from_its_first_line(
    heights: list[int], height: int, moves: list[int], data: st.DataObject
) -> None:
    """All of it, or as much as there is room for; and what is seen whole already stays."""
    shelf = Shelf(heights, height)
    for move in moves:
        shelf.viewport.scroll(move)
    row = data.draw(st.integers(0, len(heights) - 1))
    lines = [(row, nth) for nth in range(heights[row])]
    before = shelf.seen()
    shelf.viewport.reveal(row)
    seen = shelf.seen()
    assert lines[: min(len(lines), height)] == [line for line in seen if line[0] == row]
    assert len(seen) == min(height, len(shelf.every_line()))
    if all(line in before for line in lines):
        assert seen == before


@given(HEIGHTS, st.integers(1, 25), st.data())
def test_a_place_survives_another_width(
    heights: list[int], height: int, data: st.DataObject
) -> None:
    """Rows grow and shrink; the row at the bottom stays there."""
    shelf = Shelf(heights, height)
    shelf.viewport.scroll(-data.draw(st.integers(0, 60)))
    bottom = shelf.seen()[-1][0]
    follows = shelf.viewport.follows
    shelf.heights = data.draw(
        st.lists(st.integers(1, 9), min_size=len(heights), max_size=len(heights))
    )
    assert shelf.seen()[-1][0] == (len(heights) - 1 if follows else bottom)


def test_nothing_is_seen_of_nothing() -> None:
    """An empty list may be scrolled all the same."""
    shelf = Shelf([], 10)
    shelf.viewport.scroll(-3)
    shelf.viewport.scroll(3)
    assert shelf.seen() == []


def test_a_row_is_shown_at_a_height() -> None:
    """With room for lines below it, as far as there are any."""
    shelf = Shelf([1] * 20, 5)
    shelf.viewport.show_at(10, 2)
    assert shelf.seen() == [(row, 0) for row in range(8, 13)]
    shelf.viewport.show_at(19, 2)
    assert shelf.viewport.follows


def test_it_stays_when_told_to() -> None:
    """What comes later is below the window then."""
    shelf = Shelf([1] * 9, 5)
    shelf.viewport.stay()
    before = shelf.seen()
    shelf.heights.append(1)
    assert shelf.seen() == before
    shelf.viewport.to_end()
    assert shelf.seen()[-1] == (9, 0)


@given(HEIGHTS, st.integers(1, 25), st.integers(0, 40), st.integers(0, 8))
def test_a_row_is_shown_from_its_first_line(
    heights: list[int], height: int, row: int, above: int
) -> None:
    """With so many lines before it, as far as there are any and the window holds them."""
    row %= len(heights)
    above = min(above, height - 1)
    shelf = Shelf(heights, height)
    every = shelf.every_line()
    shelf.viewport.show_from(row, above)
    wanted = every.index((row, 0)) - above
    top = max(0, min(wanted, max(0, len(every) - height)))
    assert shelf.seen() == every[top : top + height]


@given(HEIGHTS, st.integers(1, 25), MOVES, st.integers(1, 40))
def test_a_window_that_grows_leaves_no_room_above_while_there_is_something_below(
    heights: list[int], height: int, moves: list[int], more: int
) -> None:
    """Its bottom stays for as long as there is enough above it."""
    shelf = Shelf(heights, height)
    for move in moves:
        shelf.viewport.scroll(move)
    every = shelf.every_line()
    bottom = every.index(shelf.seen()[-1])
    shelf.viewport.height = height + more
    shelf.viewport.fill()
    seen = shelf.seen()
    assert len(seen) == min(len(every), height + more)
    assert seen[-1] == every[max(bottom, min(len(every), height + more) - 1)]
