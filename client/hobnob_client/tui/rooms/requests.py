"""Requests for help as entries of their room and of Home: who asks me, whom I have asked, and how
that stands; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from hobnob_client import care_words, term_safe
from hobnob_client.catalogue import later, n, quoted, t
from hobnob_client.requests.deeds import BECOMES, Deed
from hobnob_client.requests.kept import Made
from hobnob_client.requests.noted import Note
from hobnob_client.requests.unanswered import After, after
from hobnob_client.tui.action import Needs
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rooms.cards import heading
from hobnob_client.tui.rooms.contents import TEXT_MAX, Standing
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_client.tui.timeline.wrap import wrap
from hobnob_client.tui.widgets.card_list import AROUND_CELLS, Card
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_protocol.request_questions import Request
from hobnob_protocol.value import value

OVER_MAX: Final = 30
"""So many of those that are over are shown."""
ASKED_KEY: Final = b"requests"
"""What the entry of Home is known by that counts who asks."""
_THEIRS: Final = later("They ask you")
_MINE: Final = later("You have asked")
_OVER: Final = later("Over")
_GOES_ON: Final = ("asked", "accepted", "met")
_OF_ME: Final = {
    "asked": later("{name} asks you for help"),
    "accepted": later("you help {name}"),
    "declined": later("{name}: you have declined"),
    "withdrawn": later("{name}: taken back"),
    "expired": later("{name}: not answered within two days"),
    "met": later("you and {name} have met"),
    "helped": later("you have helped {name}"),
    "not_helped": later("{name}: it did not help"),
}
_BY_ME: Final = {
    **_OF_ME,
    "asked": later("{name} was asked"),
    "accepted": later("{name} helps you"),
    "expired": later("{name} has not answered"),
    "helped": later("{name} has helped you"),
    "did_it_help": later("did {name} help you?"),
}
_AFTER: Final = {
    After.BUDDY: later("somebody else is asked for you"),
    After.CARE: later("whoever cares for this place sees it"),
    After.NOBODY: later("nobody is next: M finds others"),
}
_SIGNS: Final = {"accepted": "✓", "met": "✓", "helped": "✓", "asked": "…", "did_it_help": "?"}


@value
class Known:
    """What `me` knows of requests at `now_ms`: as the hub told it, what this device has made and
    what it has done since; `who` says how somebody is called, `note` what a request came with,
    `stream` where the conversation with somebody is, `when` a moment in few letters."""

    me: AccountId
    requests: Sequence[Request]
    made: Mapping[TargetId, Made]
    deeds: Mapping[TargetId, Deed]
    now_ms: int
    who: Callable[[AccountId], str]
    note: Callable[[Request, Made | None], Note]
    stream: Callable[[AccountId], StreamId]
    when: Callable[[int], str]


@value
class Entry:
    """One request in words, safe to draw: `needs` is what can be done with it, `person` the other
    one, `request` None for one that the hub has not heard of; `due` that Home tells of it."""

    line: Line
    person: AccountId
    needs: frozenset[Needs]
    part: str
    rest: tuple[str, ...] = ()
    side: str = ""
    request: Request | None = None
    due: str = ""
    following: tuple[AccountId, ...] = ()
    declined_ms: int = 0
    """When the note was said of one that I have declined; 0 for any other."""

    @property
    def name(self) -> TargetId:
        """What it is known by."""
        return TargetId(self.line.key)


def entries(known: Known) -> tuple[Entry, ...]:
    """All of them: who asks, whom one has asked, what is over; in each what waits for one first."""
    # Of what is over a little is shown, and no more of it is looked up.
    over = [each for each in known.requests if not _is_open(each)][OVER_MAX:]
    found = [_entry(known, each) for each in known.requests if each not in over]
    there = {each.request for each in known.requests}
    begun = [
        _begun(known, made)
        for made in known.made.values()
        if not made.sent and made.request not in there
    ]
    parts: list[Entry] = []
    for part in (_THEIRS, _MINE, _OVER):
        several = [each for each in (*begun, *found) if each.part == part]
        parts += sorted(several, key=_order)
    return tuple(parts)


def _is_open(each: Request) -> bool:
    return each.state in _GOES_ON or bool(each.due)


def _order(each: Entry) -> tuple[bool, int]:
    """What waits for one first, and of that what has the least time left; the rest as the hub has
    told it. What one has just done moves nothing."""
    told = each.request
    waits = told is not None and (bool(told.due) or (not told.mine and told.state == "asked"))
    return (not waits, each.line.at_ms if waits else 0)


def _entry(known: Known, each: Request) -> Entry:
    made, deed = known.made.get(each.request), known.deeds.get(each.request)
    state = BECOMES.get(deed.what, each.state) if deed is not None else each.state
    due = each.due if deed is None else ""
    name = f"@{known.who(each.account)}"
    note = known.note(each, made)
    words = _BY_ME if each.mine else _OF_ME
    how = due if due in words else state
    waits_for_me = bool(due) or (not each.mine and state == "asked")
    sign = "◆" if waits_for_me and how != "did_it_help" else _SIGNS.get(how, "·")
    line = Line(
        each.request,
        Sort.MESSAGE if note.target is not None else Sort.PLACE,
        sign,
        t(words[how], name=name),
        "",
        "",
        _brief(note.text),
        each.at_ms,
        known.stream(each.account) if note.target is not None or each.mine else None,
        note.target,
    )
    following = made.next_people if made is not None and due == "offer_next" else ()
    return Entry(
        line,
        each.account,
        _needs(each, state, due, following) if deed is None else frozenset(),
        (_MINE if each.mine else _THEIRS) if _is_open(each) else _OVER,
        (_dates(known, each, made, due), *_told(known, deed)),
        _left(known, each) if state == "asked" and deed is None else "",
        each,
        due,
        following,
        note.at_ms if state == "declined" else 0,
    )


def _needs(each: Request, state: str, due: str, following: Sequence[AccountId]) -> frozenset[Needs]:
    """What can be done with it now."""
    fits = {
        Needs.ASKED_OF_ME: not each.mine and state == "asked",
        Needs.UNANSWERED: each.mine and state == "asked",
        Needs.OVERDUE: due == "offer_next" and bool(following),
        Needs.ACCEPTED: state == "accepted",
        Needs.AGREED: each.mine and state in ("accepted", "met"),
    }
    return frozenset(needs for needs, holds in fits.items() if holds)


def _begun(known: Known, made: Made) -> Entry:
    """One that the hub has not settled, as nobody reached it."""
    name = f"@{known.who(made.person)}"
    line = Line(
        made.request,
        Sort.PLACE,
        "⧗",
        t("{name} was not asked yet", name=name),
        "",
        "",
        _brief(made.note),
    )
    return Entry(line, made.person, frozenset((Needs.UNASKED,)), _MINE)


def _dates(known: Known, each: Request, made: Made | None, due: str) -> str:
    dates = [t("asked {when}", when=known.when(each.at_ms))]
    if each.accepted_ms:
        dates.append(t("accepted {when}", when=known.when(each.accepted_ms)))
    if due == "offer_next":
        dates.append(_next(known, each, made))
    return " · ".join(dates)


def _next(known: Known, each: Request, made: Made | None) -> str:
    follows = after(each, known.me, made)
    if follows is After.RANKED and made is not None:
        return t("next: {name}", name=f"@{known.who(made.next_people[0])}")
    return t(_AFTER[follows])


def _told(known: Known, deed: Deed | None) -> tuple[str, ...]:
    """What was done and the hub has not heard."""
    if deed is None:
        return ()
    if deed.at_ms > known.now_ms:
        return (t("in a few seconds; z undoes it"),)
    return (t("waits for the hub"),)


def _left(known: Known, each: Request) -> str:
    left_ms = each.at_ms + REQUEST_OPEN_MS - known.now_ms
    return t("{time} left", time=care_words.waited(left_ms)) if left_ms > 0 else ""


def _brief(text: str) -> str:
    return brief(term_safe.body(text), TEXT_MAX)


def cards(found: Iterable[Entry], width: int) -> list[Card]:
    """One each, its part above the first of it."""
    laid: list[Card] = []
    above = ""
    for each in found:
        if each.part != above:
            above = each.part
            laid.append(heading(t(above), width))
        head = f"{each.line.sign} {each.line.who}"
        rest = (*_said(each, width - AROUND_CELLS), *each.rest)
        laid.append(Card(each.line.key, head, rest, side=each.side))
    return laid


def _said(each: Entry, room: int) -> tuple[str, ...]:
    """The note: all of it where one is to answer it, else how it begins."""
    if not each.line.text:
        return ()
    text = quoted(each.line.text)
    if Needs.ASKED_OF_ME not in each.needs:
        return (text,)
    return tuple(text[start:end].strip() for start, end in wrap(text, max(10, room)))


# Home.


def onto(standing: Standing, found: Sequence[Entry]) -> Standing:
    """Home with who asks above all else, and what one is to say oneself behind what needs one. Who
    asks is told of once: not by their conversation, too; nor, once they are declined, by it alone,
    unless they have said more."""
    asked = [each for each in found if Needs.ASKED_OF_ME in each.needs]
    due = [_at_home(each) for each in found if each.due]
    streams = {each.line.stream for each in asked if each.line.stream is not None}
    declined = dict[StreamId | None, int]()
    for each in found:
        if each.declined_ms:
            said_ms = max(each.declined_ms, declined.get(each.line.stream, 0))
            declined[each.line.stream] = said_ms
    needs = [
        each
        for each in standing.lines
        if not each.later
        and (
            each.sort is not Sort.PLACE
            or (each.stream not in streams and each.at_ms > declined.get(each.stream, -1))
        )
    ]
    can_wait = [each for each in standing.lines if each.later]
    told = len(standing.lines) - len(can_wait) - len(needs)
    first = [_counted(asked)] if asked else []
    return replace(
        standing,
        lines=(*first, *needs, *due, *can_wait),
        needs=standing.needs - told + len(first) + len(due),
    )


def _counted(asked: Sequence[Entry]) -> Line:
    """How many ask, upon the one who has the least time left."""
    first = min(asked, key=lambda each: each.line.at_ms)
    who = first.line.who
    if len(asked) > 1:
        who = n("{count} person asks you for help", "{count} people ask you for help", len(asked))
    return replace(_at_home(first), key=ASKED_KEY, who=who, why=first.side, text=first.line.text)


def _at_home(each: Entry) -> Line:
    """It leads to its entry in the room."""
    why = each.rest[-1] if each.due == "offer_next" and each.rest else ""
    return replace(
        each.line,
        key=ASKED_KEY + each.line.key,
        sort=Sort.REQUEST,
        why=why,
        text="",
        stream=None,
        target=each.name,
    )
