"""The mark at the edge says where in a list one is, and costs no count of it."""

from hobnob_client.tui.timeline.position import thumb
from hobnob_client.tui.timeline.viewport import Viewport
from hobnob_client.tui.timeline.window import PAGE_ROWS, Window
from hobnob_protocol.ids import TargetId
from hobnob_sync.views.overlay import PENDING_SEQ
from tests.client.tui.timeline.test_window import Shelf, row, target

HEIGHT = 20


class Reading:
    """Somebody who reads a list of rows, each of one line or of `lines`."""

    def __init__(self, shelf: Shelf, lines: int = 1) -> None:
        self.window = Window(shelf)
        self._lines = lines
        self.viewport = Viewport[TargetId](
            lambda _: lines,
            self.window.before,
            self.window.after,
            self.window.precedes,
            self.window.last,
        )
        self.viewport.height = HEIGHT

    def go_to(self, nth: int) -> None:
        """To the row `nth`, in the middle."""
        self.window.around(nth)
        self.viewport.show_at(target(nth), HEIGHT // 2)

    @property
    def mark(self) -> range:
        """Beside which lines it stands."""
        return thumb(self.window, self.viewport.seen(), lambda _: self._lines, HEIGHT)


def test_nothing_stands_where_all_is_seen() -> None:
    """No mark says that there is more."""
    assert not Reading(Shelf(0)).mark
    assert not Reading(Shelf(HEIGHT)).mark


def test_at_the_ends_and_there_alone_it_is_at_the_edge() -> None:
    """One line above or below, and it has left the edge."""
    reading = Reading(Shelf(5_000))
    assert reading.mark[-1] == HEIGHT - 1
    reading.viewport.scroll(-1)
    assert reading.mark[-1] == HEIGHT - 2
    reading.go_to(HEIGHT // 2)
    assert reading.mark[0] == 0
    reading.viewport.scroll(1)
    assert reading.mark[0] == 1


def test_in_between_it_is_as_far_down_as_one_is() -> None:
    """In the thousandth part of a list too long to be held."""
    reading = Reading(Shelf(10_000))
    for tenth in range(1, 10):
        reading.go_to(tenth * 1_000)
        assert abs(reading.mark[0] - (1 + tenth / 10 * (HEIGHT - 3))) <= 1


def test_it_is_as_long_as_the_part_that_is_seen() -> None:
    """Of a list of two screens half of one."""
    assert len(Reading(Shelf(2 * HEIGHT)).mark) == HEIGHT // 2
    assert len(Reading(Shelf(5_000)).mark) == 1


def test_within_one_long_message_it_moves_too() -> None:
    """Whoever reads on in it sees that they do."""
    reading = Reading(Shelf(1), lines=10 * HEIGHT)
    places = [reading.mark]
    for _ in range(20):
        reading.viewport.scroll(-HEIGHT // 2)
        places.append(reading.mark)
    assert places[0][-1] == HEIGHT - 1
    assert places[-1][0] == 0
    assert [each[0] for each in places] == sorted((each[0] for each in places), reverse=True)


def test_a_message_that_waits_is_behind_all_others() -> None:
    """However far its place in the log will be."""
    shelf = Shelf(1_000)
    shelf.rows.append(row(1_001, PENDING_SEQ + 1))
    reading = Reading(shelf)
    assert reading.mark[-1] == HEIGHT - 1
    reading.go_to(500)
    assert abs(reading.mark[0] - HEIGHT // 2) <= 1


def test_to_know_it_no_row_is_read() -> None:
    """However long the list is."""
    shelf = Shelf(5_000)
    reading = Reading(shelf)
    reading.go_to(2_500)
    shelf.read = 0
    assert reading.mark
    reading.viewport.scroll(-5)
    reading.viewport.scroll(PAGE_ROWS // 8)
    assert reading.mark
    assert shelf.read == 0
