"""The catch-up walk goes through each place once, in order of need, with the reason."""

from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.walk import Stop, stops, told
from hobnob_protocol.ids import StreamId

RUST, HELP, KOFI = (StreamId(b"c:" + bytes([nth]) * 16) for nth in (1, 2, 3))


def line(
    stream: StreamId, why: str, *, later: int = 0, sort: Sort = Sort.MESSAGE, reason: str = ""
) -> Line:
    """An entry of Home."""
    return Line(
        b"", sort, "", "", "", why, stream=stream, count=later, reason=reason, later=bool(later)
    )


def test_each_place_is_one_stop_by_its_strongest_reason() -> None:
    """How much is new there in all stands before it; what was refused is no place to read."""
    found = stops(
        [
            line(RUST, "mentions you"),
            line(KOFI, "a direct message"),
            line(RUST, "you wrote here"),
            line(HELP, "not sent", sort=Sort.REFUSED),
            line(HELP, "", later=12),
            line(RUST, "", later=7),
        ]
    )
    assert found == (
        Stop(RUST, "7 new, mentions you"),
        Stop(KOFI, "a direct message"),
        Stop(HELP, "12 new"),
    )
    assert stops([]) == ()


def test_what_is_new_is_counted_once() -> None:
    """What a reason counts is among all that is new there."""
    counted = line(HELP, "2 new, replies to you", reason="replies to you")
    assert stops([counted]) == (Stop(HELP, "2 new, replies to you"),)
    assert stops([counted, line(HELP, "", later=5)]) == (Stop(HELP, "5 new, replies to you"),)


def test_it_says_where_one_is() -> None:
    """Which stop of how many, and why."""
    assert told(1, 7, "#help", "3 new") == "Stop 2 of 7 · #help: 3 new"
