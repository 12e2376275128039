"""The window holds a stretch around the place; the rest stays where it comes from."""

from collections.abc import Sequence
from dataclasses import replace

from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.window import (
    ABOVE_ROWS,
    AROUND_ROWS,
    HELD_ROWS_MAX,
    NEAR_ROWS_MAX,
    PAGE_ROWS,
    Window,
)
from hobnob_protocol.ids import TargetId
from hobnob_sync.views.overlay import PENDING_SEQ


def target(nth: int) -> TargetId:
    """The name of row `nth`."""
    return TargetId(nth.to_bytes(16, "big"))


def row(nth: int, order: int | None = None) -> Row:
    """Row `nth`, at its own place or another."""
    return Row(target(nth), nth if order is None else order, "ana", nth * 1_000, f"text {nth}")


class Shelf:
    """A list in memory that counts how much was read."""

    def __init__(self, count: int) -> None:
        self.rows = [row(nth) for nth in range(1, count + 1)]
        self.read = 0

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        found = [held for held in self.rows if order is None or held.order < order][-limit:]
        self.read += len(found)
        return found

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        found = [held for held in self.rows if held.order > order][:limit]
        self.read += len(found)
        return found

    def extent(self) -> tuple[int, int] | None:
        """As a `RowSource`."""
        logged = [held.order for held in self.rows if held.order < PENDING_SEQ]
        return (logged[0], logged[-1]) if logged else None


def walk_up(window: Window, steps: int) -> TargetId:
    """Go up from the newest row."""
    found = window.last()
    assert found is not None
    for _ in range(steps):
        older = window.before(found)
        assert older is not None
        found = older
    return found


def test_opening_a_long_list_reads_one_page() -> None:
    """However long it is."""
    shelf = Shelf(5_000)
    window = Window(shelf)
    assert window.last() == target(5_000)
    assert shelf.read == PAGE_ROWS


def test_a_place_is_opened_without_a_look_at_the_end() -> None:
    """Nor is anything read before somebody looks, whatever has changed meanwhile."""
    shelf = Shelf(5_000)
    window = Window(shelf)
    window.reload()
    assert shelf.read == 0
    assert window.around(1_000) == target(1_000)
    assert shelf.read == PAGE_ROWS + ABOVE_ROWS


def test_whoever_asks_for_all_that_is_held_finds_the_newest() -> None:
    """Also of a channel that lies behind Home, at which nobody has looked."""
    held = Window(Shelf(200)).rows
    assert [each.order for each in held] == [*range(201 - PAGE_ROWS, 201)]


def test_it_grows_upward_as_it_is_walked() -> None:
    """To the very first row, and no further."""
    window = Window(Shelf(200))
    assert walk_up(window, 199) == target(1)
    assert window.before(target(1)) is None
    assert window.begins


def test_far_rows_are_forgotten_and_come_back() -> None:
    """In both directions."""
    shelf = Shelf(3_000)
    window = Window(shelf)
    place = walk_up(window, 2_000)
    window.trim(place)
    assert place == target(1_000)
    assert window.row(target(3_000)) is None
    held = [nth for nth in range(1, 3_001) if window.row(target(nth)) is not None]
    assert len(held) == HELD_ROWS_MAX
    for nth in range(1_000, 3_000):
        assert window.after(target(nth)) == target(nth + 1)
    assert window.after(target(3_000)) is None


def test_a_reload_shows_what_has_changed_and_what_has_come() -> None:
    """At the end of the list; the row that waited is at its place in the log then."""
    shelf = Shelf(10)
    shelf.rows.append(row(11, 1 << 50))
    window = Window(shelf)
    assert window.last() == target(11)
    shelf.rows[3] = replace(shelf.rows[3], text="edited")
    shelf.rows[10:] = [row(12), row(11, 13)]
    window.reload()
    changed = window.row(target(4))
    assert changed is not None
    assert changed.text == "edited"
    assert window.after(target(10)) == target(12)
    assert window.last() == target(11)


def test_a_reload_finds_what_waited_where_it_is_now() -> None:
    """Also where nothing else is held: the first word in a channel is in its log soon."""
    shelf = Shelf(0)
    shelf.rows = [row(1, PENDING_SEQ + 1), row(2, PENDING_SEQ + 2)]
    window = Window(shelf)
    for rows in ([row(1, 7), row(2, PENDING_SEQ + 2)], [row(1, 7), row(2, 8)]):
        shelf.rows = rows
        window.reload()
        assert window.last() == target(2)
        assert window.before(target(2)) == target(1)


def test_a_reload_of_an_empty_list_finds_the_first_row() -> None:
    """And one that was emptied shows nothing."""
    shelf = Shelf(0)
    window = Window(shelf)
    assert window.last() is None
    shelf.rows.append(row(1))
    window.reload()
    assert window.last() == target(1)
    shelf.rows.clear()
    window.reload()
    assert window.last() is None


def test_who_looks_at_the_end_has_little_read_again() -> None:
    """What is further up is forgotten, and comes back where one walks there."""
    shelf = Shelf(1_000)
    window = Window(shelf)
    walk_up(window, 300)
    shelf.rows += [row(1_001), row(1_002)]
    before = shelf.read
    window.newest_again(20)
    assert shelf.read - before == 20
    assert window.last() == target(1_002)
    assert walk_up(window, 300) == target(702)


def test_nothing_is_read_again_before_somebody_looks() -> None:
    """As of a channel that lies behind Home."""
    shelf = Shelf(1_000)
    Window(shelf).newest_again(20)
    assert shelf.read == 0


def test_an_empty_list_is_read_again_at_its_end() -> None:
    """The first word in it is seen."""
    shelf = Shelf(0)
    window = Window(shelf)
    assert window.last() is None
    shelf.rows.append(row(1))
    window.newest_again(20)
    assert window.last() == target(1)
    assert window.begins


def test_who_looks_further_up_has_little_read_again() -> None:
    """Around what is seen; the rest comes back on either side where one walks there."""
    shelf = Shelf(1_000)
    window = Window(shelf)
    walk_up(window, 400)
    window.keep_near(target(700), 20)
    shelf.rows.append(row(1_001))
    before = shelf.read
    window.reload()
    assert shelf.read - before == AROUND_ROWS + 20 + 1 + AROUND_ROWS
    assert not window.ends
    assert window.row(target(1_000)) is None
    for nth in range(700, 1_001):
        assert window.after(target(nth)) == target(nth + 1)
    assert window.before(target(700 - 20 - AROUND_ROWS)) == target(700 - 21 - AROUND_ROWS)


def test_whoever_looks_around_is_given_a_page_more_on_either_side() -> None:
    """As far as there is one; the place is held as before."""
    window = Window(Shelf(1_000), 25)
    window.around(500, 5)
    window.widen()
    held = [each.order for each in window.rows]
    assert held == [*range(495 - PAGE_ROWS, 525 + PAGE_ROWS)]
    short = Window(Shelf(3), 25)
    short.widen()
    assert [each.order for each in short.rows] == [1, 2, 3]
    Window(Shelf(0)).widen()


def test_as_much_is_read_as_the_place_where_one_comes_shows() -> None:
    """At the end as at any other place."""
    shelf = Shelf(1_000)
    assert Window(shelf, 25).last() == target(1_000)
    assert shelf.read == 25
    window = Window(shelf, 25)
    assert window.around(500, 5) == target(500)
    assert shelf.read == 25 + 25 + 5
    assert not window.begins
    assert not window.ends


def test_going_to_a_place_holds_what_is_around_it() -> None:
    """The row there, or the next one, or the last there is."""
    window = Window(Shelf(1_000))
    assert window.around(500) == target(500)
    assert window.before(target(500)) == target(499)
    assert window.after(target(500)) == target(501)
    assert window.around(2_000) == target(1_000)
    assert Window(Shelf(0)).around(5) is None


def test_what_is_not_held_has_no_neighbours() -> None:
    """Asked by name only."""
    window = Window(Shelf(3))
    assert window.before(target(9)) is None
    assert window.after(target(9)) is None
    assert window.row(target(9)) is None


def test_it_tells_which_of_two_comes_first() -> None:
    """By place."""
    window = Window(Shelf(3))
    window.last()
    assert window.precedes(target(1), target(2))
    assert not window.precedes(target(2), target(1))


def test_what_is_near_is_looked_through_from_the_end() -> None:
    """As far as somebody looks, at most so far back; whoever has gone elsewhere stays there."""
    shelf = Shelf(5_000)
    window = Window(shelf)
    assert window.last() == target(5_000)
    assert next(window.newest()) == row(5_000)
    assert shelf.read == PAGE_ROWS
    assert [each.order for each in window.newest()] == [5_000 - nth for nth in range(NEAR_ROWS_MAX)]
    assert shelf.read == NEAR_ROWS_MAX
    assert window.around(1_000) == target(1_000)
    held = window.rows
    assert [each.order for each in window.newest()] == [5_000 - nth for nth in range(NEAR_ROWS_MAX)]
    assert window.rows == held


def test_all_of_a_short_list_is_near() -> None:
    """From wherever one looks."""
    for count in (0, 1, PAGE_ROWS, PAGE_ROWS + 1):
        window = Window(Shelf(count))
        orders = list(range(count, 0, -1))
        assert [each.order for each in window.newest()] == orders
        window.around(1)
        assert [each.order for each in window.newest()] == orders
