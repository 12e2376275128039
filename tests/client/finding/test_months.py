"""How many hits each month has."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from hobnob_client.finding.hits import NO_MOMENT, Moment
from hobnob_client.finding.meaning import LAST_PLACE, understand
from hobnob_client.finding.months import MONTHS_MAX, Month, months, walked
from hobnob_client.finding.query import parse
from hobnob_client.texts import PLACES
from tests.client.finding.shelf import Shelf
from tests.client.finding.world import RUST, SmallWorld


def at_ms(year: int, month: int, day: int = 1) -> int:
    """When a day begins in UTC."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1_000)


def counted(
    shelf: Shelf, query: str, zone: tzinfo = UTC, moment: Moment = NO_MOMENT
) -> list[tuple[str, int]]:
    """Each month by its name, the newest first."""
    wanted = understand(parse(query), SmallWorld(zone=zone), typing=True).wanted
    return [(month.name, month.hits) for month in months(shelf.database, wanted, moment, zone)]


def some_texts() -> Shelf:
    """Three months, the middle one without any wheel."""
    shelf = Shelf.empty()
    shelf.put(at_ms(2025, 12, 31), "wheel")
    shelf.put(at_ms(2026, 1, 15), "disc")
    shelf.put(at_ms(2026, 2), "wheel")
    shelf.put(at_ms(2026, 2, 28), "wheel")
    return shelf


def test_each_month_has_its_hits_newest_first() -> None:
    """Those without any too, as far back as there is a text."""
    shelf = some_texts()
    assert counted(shelf, "wheel ") == [("2026-02", 2), ("2026-01", 0), ("2025-12", 1)]
    assert counted(shelf, "whee") == counted(shelf, "wh") == counted(shelf, "wheel ")
    assert counted(shelf, "wheel after:2026 ") == [("2026-02", 2), ("2026-01", 0)]
    assert counted(shelf, "wheel before:2026 ") == [("2025-12", 1)]
    assert counted(shelf, "before:2020 ") == []


def test_months_are_those_of_where_one_reads() -> None:
    """West of Greenwich February has not begun."""
    west = timezone(timedelta(hours=-5))
    shelf = some_texts()
    assert counted(shelf, "wheel ", west) == [("2026-02", 1), ("2026-01", 1), ("2025-12", 1)]


def test_what_is_no_word_counts_too() -> None:
    """As in the hits."""
    shelf = some_texts()
    moment = Moment(read=((RUST, at_ms(2026, 2)),))
    assert counted(shelf, "wheel is:unread ", moment=moment)[0] == ("2026-02", 1)
    world = counted(shelf, "wheel -is:saved ", moment=Moment(saved=(at_ms(2026, 2) * 1_024,)))
    assert world[0] == ("2026-02", 1)


def test_nothing_is_counted_where_nothing_is_asked() -> None:
    """Nor of one letter, which half of all words begin with."""
    shelf = some_texts()
    assert counted(shelf, "") == []
    assert counted(shelf, "w") == []
    assert counted(Shelf.empty(), "wheel ") == []


def test_what_is_very_old_is_one_with_the_oldest_month() -> None:
    """An imported time may be anything."""
    shelf = Shelf.empty()
    shelf.put(5, "wheel")
    shelf.put(at_ms(2026, 2), "wheel")
    found = counted(shelf, "wheel ")
    assert len(found) == MONTHS_MAX
    assert sum(hits for _, hits in found) == 2
    assert date.fromisoformat(f"{found[-1][0]}-01").year == 2006


def test_one_walks_from_month_to_month_that_has_hits() -> None:
    """To the newest hit of each; before the first and behind the last there is none."""
    some = [Month(date(2026, month, 1), hits) for month, hits in ((4, 2), (3, 0), (2, 1), (1, 5))]

    def walk(month: int, step: int) -> int | None:
        found = walked(some, at_ms(2026, month, 9) * PLACES, step, UTC)
        return None if found is None else found // PLACES

    assert walk(4, -1) == at_ms(2026, 4)
    assert walk(2, -1) == at_ms(2026, 2)
    assert walk(1, -1) is None
    assert walk(1, 1) == at_ms(2026, 4)
    assert walk(2, 1) == LAST_PLACE // PLACES
    assert walk(4, 1) is None
    assert walked([], 5, -1, UTC) is None
