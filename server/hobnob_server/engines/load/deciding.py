"""The one place that decides about load: rows and a command in, changes and an answer out.

A caller loads `needs(command)`, decides, and commits the changes before it answers. Commands of one
batch are decided one after the other upon the changes of those before; when the commit fails, all
of them are forgotten and nothing was answered.
"""

from dataclasses import replace
from typing import TypeAlias

from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import OFFERED_MAX, OFFLINE_SHOWS_MAX, SHOWN_AT_ONCE
from hobnob_protocol.request_questions import buddy_nth
from hobnob_server.engines.load.commands import (
    Answer,
    Ask,
    Choose,
    Chosen,
    Command,
    Counted,
    Do,
    Refusal,
    Refused,
    Reserved,
    Settled,
    Show,
    Showed,
)
from hobnob_server.engines.load.request import Request, State
from hobnob_server.engines.load.rows import Keys, Rows

Decision: TypeAlias = tuple[Rows, Answer]
"""Rows to be stored, and what is answered once they are."""


def needs(command: Command) -> Keys:
    """The rows a command has to have before it."""
    match command:
        case Choose(person):
            return Keys(people=(person,))
        case Show(asker, people):
            return Keys(people=people[:OFFERED_MAX], askers=(asker,))
        case Showed(asker, _, people):
            return Keys(people=people[:OFFLINE_SHOWS_MAX], askers=(asker,))
        case Ask(request, asker, asked, follows):
            requests = (request,) if follows is None else (request, follows)
            return Keys(people=(asked,), askers=(asker,), requests=requests)
        case Do(request):
            return Keys(requests=(request,))


def decide(rows: Rows, command: Command, now_ms: int) -> Decision:
    """Decide; `rows` stay as they are."""
    match command:
        case Choose(account, limits):
            person = replace(rows.person(account), limits=limits)
            return Rows(people={account: person}), Chosen()
        case Show():
            return _reserve(rows, command, now_ms)
        case Showed():
            return _count(rows, command, now_ms)
        case Ask():
            return _settle(rows, command, now_ms)
        case Do():
            return _do(rows, command, now_ms)


def _reserve(rows: Rows, show: Show, now_ms: int) -> Decision:
    changes, granted = Rows(), list[tuple[AccountId, int]]()
    asker = rows.asker(show.asker, now_ms)
    for account in dict.fromkeys(show.people[:OFFERED_MAX]):
        if len(granted) == SHOWN_AT_ONCE:
            break
        person = rows.person(account)
        free = person.asks_free(now_ms)
        # Whom they have seen this week costs no show, but is one all the same.
        if account == show.asker or not person.may_be_shown(now_ms) or asker.has_asked(account):
            continue
        if not asker.has_seen(account):
            if person.shows_free(now_ms) == 0 or not asker.may_see_more():
                continue
            changes.people[account] = person.after_show(now_ms)
            asker = asker.after_show(account, now_ms)
        granted.append((account, free))
    changes.askers[show.asker] = asker
    return changes, Reserved(tuple(granted))


def _count(rows: Rows, showed: Showed, now_ms: int) -> Decision:
    changes, counted = Rows(), 0
    asker = rows.asker(showed.asker, now_ms)
    for account in dict.fromkeys(showed.people[:OFFLINE_SHOWS_MAX]):
        if asker.lease(showed.device) == 0:
            break
        if account == showed.asker or asker.has_seen(account) or not asker.may_see_more():
            continue
        changes.people[account] = rows.person(account).after_show(now_ms)
        asker = asker.after_offline(showed.device, now_ms).after_show(account, now_ms)
        counted += 1
    changes.askers[showed.asker] = asker
    return changes, Counted(counted, asker.lease(showed.device))


def _settle(rows: Rows, ask: Ask, now_ms: int) -> Decision:
    known = rows.requests.get(ask.request)
    if known is not None:
        same = (known.asker, known.asked) == (ask.asker, ask.asked)
        return Rows(), (Settled(known.seen_by_asker(now_ms)) if same else Refused(Refusal.NO_SUCH))
    asker, person = rows.asker(ask.asker, now_ms), rows.person(ask.asked)
    before = _followed(rows, ask, now_ms)
    follows = before is not None
    guides = buddy_nth(ask.request, ask.asker) is not None
    free = person.buddies_free(now_ms) if guides else person.asks_free(now_ms)
    why = (
        Refusal.OWN
        if ask.asker == ask.asked
        else Refusal.AGAIN
        if asker.has_asked(ask.asked)
        else Refusal.TOO_MANY
        if not follows and not asker.may_begin()
        else Refusal.FULL
        if free == 0
        else None
    )
    if why is not None:
        return Rows(), Refused(why)
    request = Request(ask.asker, ask.asked, now_ms, follows=ask.follows if follows else None)
    changes = Rows(
        {ask.asked: person.after_ask(now_ms, guides=guides)},
        {ask.asker: asker.after_ask(ask.asked, now_ms, follows=follows)},
        {ask.request: request},
    )
    if ask.follows is not None and before is not None:
        changes.requests[ask.follows] = replace(before, followed=True)
    return changes, Settled(State.ASKED)


def _followed(rows: Rows, ask: Ask, now_ms: int) -> Request | None:
    """The expired request of theirs after which this is the next one; None if there is none."""
    before = None if ask.follows is None else rows.requests.get(ask.follows)
    if before is None or before.followed or before.asker != ask.asker:
        return None
    return before if before.seen_by_asker(now_ms) is State.EXPIRED else None


def _do(rows: Rows, do: Do, now_ms: int) -> Decision:
    request = rows.requests.get(do.request)
    after = None if request is None else request.after(do.act, do.by, now_ms)
    if after is None:
        return Rows(), Refused(Refusal.NO_SUCH)
    seen = after.seen_by_asker(now_ms) if do.by == after.asker else after.standing(now_ms)
    return Rows(requests={do.request: after}), Settled(seen)
