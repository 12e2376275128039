"""Requests as entries of their room and of Home."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from hobnob_client.requests.deeds import Deed
from hobnob_client.requests.kept import Made
from hobnob_client.requests.noted import Note
from hobnob_client.tui.action import Needs
from hobnob_client.tui.rooms import requests
from hobnob_client.tui.rooms.contents import Standing
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.rooms.requests import Entry, Known
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.limits import BUDDIES_ASKED_MAX
from hobnob_protocol.request_questions import Request, buddy_request

BOB, CAROL, ME = (AccountId(bytes([nth]) * 20) for nth in (1, 2, 3))
NAMES: Final = {BOB: "bob", CAROL: "carol"}
NOW_MS: Final = 1_800_000_000_000
HOUR_MS: Final = 3_600_000
NOTED_MS: Final = NOW_MS - 1_000


def name(nth: int) -> TargetId:
    """What a request is called."""
    return TargetId(bytes([nth]) * 16)


def asked(nth: int, state: str = "asked", *, mine: bool = False, due: str = "") -> Request:
    """A request by or to bob, begun so many hours ago."""
    at_ms = NOW_MS - nth * HOUR_MS
    return Request(name(nth), BOB, mine, state, at_ms, 0, due)


def stream(account: AccountId) -> StreamId:
    """The conversation with somebody."""
    return StreamId(b"d:" + account)


def told(
    *several: Request,
    made: Mapping[TargetId, Made] | None = None,
    deeds: Mapping[TargetId, Deed] | None = None,
) -> tuple[Entry, ...]:
    """As the room has them; each came with a note that is here."""
    return requests.entries(
        Known(
            ME,
            several,
            made or {},
            deeds or {},
            NOW_MS,
            NAMES.__getitem__,
            lambda each, _: Note("help", each.request, NOTED_MS),
            stream,
            lambda _: "today",
        )
    )


def test_what_waits_for_one_stands_first_in_its_part() -> None:
    """Of that what has the least time left; what one has just done moves nothing."""
    several = (
        asked(1),
        asked(2, "accepted"),
        asked(3),
        asked(4, "accepted", mine=True),
        asked(5, "expired", mine=True, due="offer_next"),
        asked(6, "declined"),
    )
    order = [name(nth) for nth in (3, 1, 2, 5, 4, 6)]
    assert [each.name for each in told(*several)] == order
    assert [each.part for each in told(*several)] == [
        *["They ask you"] * 3,
        *["You have asked"] * 2,
        "Over",
    ]
    done = {name(3): Deed(name(3), "decline", NOW_MS + 1)}
    assert [each.name for each in told(*several, deeds=done)] == order


def test_each_offers_what_can_be_done_with_it() -> None:
    """Nothing while the hub has not heard of what was done; the next one where there is one."""
    (entry,) = told(asked(1))
    assert entry.needs == {Needs.ASKED_OF_ME}
    assert entry.side == "47 hours left"
    (mine,) = told(asked(1, mine=True))
    assert mine.needs == {Needs.UNANSWERED}
    (agreed,) = told(asked(1, "accepted", mine=True))
    assert agreed.needs == {Needs.ACCEPTED, Needs.AGREED}
    late = asked(50, "expired", mine=True, due="offer_next")
    (nobody,) = told(late)
    assert nobody.needs == frozenset()
    assert "nobody is next: M finds others" in nobody.rest[0]
    made = Made(late.request, BOB, "help", (CAROL,), sent=True)
    (offers,) = told(late, made={late.request: made})
    assert offers.needs == {Needs.OVERDUE}
    assert "next: @carol" in offers.rest[0]
    deed = Deed(name(1), "accept", NOW_MS)
    (done,) = told(asked(1), deeds={name(1): deed})
    assert (done.line.who, done.needs) == ("you help @bob", frozenset())
    assert done.rest[-1] == "waits for the hub"
    (begun,) = told(made={name(7): Made(name(7), CAROL, "help")})
    assert begun.line.who == "@carol was not asked yet"
    assert begun.needs == {Needs.UNASKED}


def test_who_wants_to_be_shown_around_is_told_who_is_next() -> None:
    """Nobody is to be found for that: the next is asked by itself, and then it is seen in Care."""
    first, last = (
        replace(asked(50, "expired", mine=True, due="offer_next"), request=buddy_request(ME, nth))
        for nth in (0, BUDDIES_ASKED_MAX - 1)
    )
    goes_on, ends = told(first, last)
    assert "somebody else is asked for you" in goes_on.rest[0]
    assert "whoever cares for this place sees it" in ends.rest[0]
    assert goes_on.needs == ends.needs == frozenset()


def test_the_note_is_read_whole_where_one_is_to_answer_it() -> None:
    """Else as it begins."""
    (asks, mine) = told(asked(1), asked(2, mine=True))
    long = " ".join(["help"] * 20)
    several = [replace(each, line=replace(each.line, text=long)) for each in (asks, mine)]
    _, first, _, second = requests.cards(several, 40)
    assert len(first.rest) == len(second.rest) + 2
    assert sum(line.count("help") for line in first.rest) == 20


def test_home_tells_of_who_asks_once_and_of_what_is_due() -> None:
    """Above all else and not by their conversation too, and behind what needs one."""
    direct = Line(b"direct", Sort.PLACE, "✉", "", "@bob", stream=stream(BOB))
    mention = Line(b"mention", Sort.MESSAGE, "@", "ana", "#rust")
    rust = Line(b"rust", Sort.PLACE, "#", "", "#rust", later=True)
    standing = Standing((mention, direct, rust), needs=2)
    due = asked(200, "accepted", mine=True, due="did_it_help")
    home = requests.onto(standing, told(asked(1), asked(3), due))
    assert [line.who or line.where for line in home.lines] == [
        "2 people ask you for help",
        "ana",
        "did @bob help you?",
        "#rust",
    ]
    assert home.needs == 3
    assert home.lines[0].target == name(3)
    assert requests.onto(standing, ()) == standing


def test_who_was_declined_is_told_of_by_what_they_said_since() -> None:
    """The note is not news any more, also before the hub has heard; what was said later is."""
    direct = Line(b"direct", Sort.PLACE, "✉", "", "@bob", at_ms=NOTED_MS, stream=stream(BOB))
    done = {name(1): Deed(name(1), "decline", NOW_MS + 1)}
    for found in (told(asked(1), deeds=done), told(asked(1, "declined"))):
        gone = requests.onto(Standing((direct,), needs=1), found)
        assert (gone.lines, gone.needs) == ((), 0)
        later = Standing((replace(direct, at_ms=NOTED_MS + 1),), needs=1)
        assert requests.onto(later, found) == later
    helped = Standing((direct,), needs=1)
    assert requests.onto(helped, told(asked(1, "accepted"))) == helped
