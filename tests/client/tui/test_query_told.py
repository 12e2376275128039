"""What is said under a query is what helps most just then."""

from dataclasses import replace

from hobnob_client.finding.completing import Offer
from hobnob_client.finding.hits import NO_MOMENT, Hit
from hobnob_client.finding.meaning import Meaning, Wanted
from hobnob_client.finding.query import Problem
from hobnob_client.tui.found import Found
from hobnob_client.tui.hit_rows import FIRST_HITS
from hobnob_client.tui.query_told import NONE, Cycle, Told, told
from hobnob_protocol.ids import AccountId, StreamId, TargetId

ROOM = 60
HIT = Hit(1, StreamId(b"c:"), TargetId(bytes(16)), AccountId(bytes(20)), 1, "a wheel")
NOTHING = Found("wheel", 5, Meaning(Wanted("wheel"), ()), NO_MOMENT, (), (), 1.0)
FOUND = replace(NOTHING, hits=(HIT,))


def said(found: Found, cycle: Cycle = NONE, command: str = "") -> Told:
    """Where one would ask in #help."""
    return told(found, cycle, ROOM, "#help", lambda _: command)


def test_hits_are_counted_where_all_are_known() -> None:
    """Of more than are found at once the months tell how many there are."""
    assert said(FOUND) == Told("1 found in 1 ms", counted=True)
    many = said(replace(FOUND, hits=(HIT,) * FIRST_HITS))
    assert (many.counted, many.text.startswith(f"{FIRST_HITS} or more")) == (False, True)


def test_who_finds_nothing_is_told_whom_to_ask() -> None:
    """Who has typed nothing, what may be typed."""
    assert said(NOTHING).text.endswith("Ctrl+N asks #help")
    assert "from:" in said(replace(NOTHING, text="", at=0, meaning=Meaning(Wanted(""), ()))).text


def test_a_fault_goes_first_unless_something_can_be_typed_there() -> None:
    """What is offered for the word under way is no fault yet."""
    faulty = replace(FOUND, meaning=Meaning(Wanted(""), (Problem(0, 5, "Nobody."),)))
    assert said(faulty) == Told("✗ Nobody.", wrong=True)
    offers = (Offer(0, 5, "from:ana", "ana"),)
    assert said(replace(faulty, offers=offers)) == Told("Tab  ana ")


def test_what_tab_has_typed_is_marked_until_something_else_stands_there() -> None:
    """Then what may be meant by that is told."""
    cycle = Cycle((Offer(0, 5, "from:ana", "ana"), Offer(0, 5, "from:bo", "bo")), 1, "wheel")
    assert said(FOUND, cycle) == Told("Tab  ana [bo]")
    assert said(FOUND, replace(cycle, text="whee")) == Told("1 found in 1 ms", counted=True)


def test_a_command_is_told_first_where_nothing_is_found() -> None:
    """Enter does it then; behind what was found it is but mentioned."""
    assert said(NOTHING, command="/quit").text.startswith("Enter does it as a command: /quit\n")
    assert said(FOUND, command="/quit").text.startswith("1 found in 1 ms\n/quit")


def test_a_query_that_is_whole_says_that_it_finds_nothing() -> None:
    """Whatever else begins so."""
    typed = replace(NOTHING, text="from:an", at=7, offers=(Offer(0, 7, "from:an", "an"),))
    first, *_, last = said(typed).text.split("\n")
    assert "No message" in first
    assert last == "Tab  an "
