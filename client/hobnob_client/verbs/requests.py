"""`hobnob requests`: who asks whom for help, and how it stands; and what one does with a request.
Who declines is told of to nobody: to who asked it looks like silence."""

import asyncio
from typing import Final

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.requests import asking, offering, words
from hobnob_client.requests.answers import reached
from hobnob_client.requests.kept import Made
from hobnob_client.requests.noted import read_of
from hobnob_client.requests.unanswered import After, after
from hobnob_client.term_safe import line as safe_line
from hobnob_client.verbs import ask, lines
from hobnob_client.verbs.call import Call
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import user_stream
from hobnob_protocol.request_questions import Request, RequestsAnswer

_NEXT: Final = "next"
_HELPED: Final = "did it help? hobnob requests helped {ref}, or not-helped"
_SILENT: Final = {
    After.RANKED: "nobody answered: hobnob requests next {ref}, or dismiss",
    After.BUDDY: "nobody answered: the screen asks somebody else, or hobnob welcome --yes",
    After.CARE: "nobody answered, and whoever cares for this place sees it: "
    "hobnob requests dismiss {ref}",
    After.NOBODY: "nobody answered: hobnob match finds others; hobnob requests dismiss {ref}",
}
_ANSWERS: Final = "hobnob requests accept {ref}, or decline: they are not told"
_NOTE_LETTERS: Final = 60
_AGAIN_SECONDS: Final = 5.0
"""So often who follows asks the hub."""


def run(call: Call) -> Exit:
    """List them, or do something with one."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    stays = call.verb.action == _NEXT or (call.verb.action == "list" and call.words.follow)
    async with Engine(call.profile, call.signing(), brief=not stays) as engine:
        await reached(engine)
        if call.verb.action == "list":
            return await _list(call, engine)
        answer, why = await asking.listed(engine, over=True)
        if answer is None:
            raise Failure(f"No requests are kept on this device: {words.away(why)}.", Exit.RETRY)
        found = _named(answer, call.words.request)
        if call.verb.action == _NEXT:
            return await _next(call, engine, found)
        return await _act(call, engine, found, call.verb.action)


async def _list(call: Call, engine: Engine) -> Exit:
    answer, why = await asking.listed(engine, over=bool(call.words.all))
    notes = {each.request: each for each in await asking.made(engine)}
    if answer is None:
        raise Failure(f"No requests are kept on this device: {words.away(why)}.", Exit.RETRY)
    if why:
        call.terminal.say(f"as they were when the hub was reached last: {words.away(why)}")
    for each in answer.requests:
        _show(call, engine, each, notes.get(each.request))
    there = {each.request for each in answer.requests}
    for one in notes.values():
        if not one.sent and one.request not in there:
            name = lines.name(engine.reader, one.person)
            call.terminal.say(f"@{name} was not asked yet: hobnob ask {name}")
    if not answer.requests:
        call.terminal.say("Nobody waits for you, and you wait for nobody. hobnob match finds help.")
    call.terminal.say(f"You take {answer.takes} requests a week; {answer.taken} were taken.")
    if call.words.follow:
        await _follow(call, engine, answer)
    return Exit.OK


async def _follow(call: Call, engine: Engine, answer: RequestsAnswer) -> None:
    """Show each that is new or stands otherwise, until the person has enough. The hub tells of
    nothing by itself: it is asked."""
    shown = {each.request: each for each in answer.requests}
    while True:
        await asyncio.sleep(_AGAIN_SECONDS)
        found, why = await asking.listed(engine, over=True)
        if found is None or why:
            continue
        notes = {each.request: each for each in await asking.made(engine)}
        for each in reversed(found.requests):
            before = shown.get(each.request)
            if each != before and (before is not None or call.words.all or _is_open(each)):
                _show(call, engine, each, notes.get(each.request))
            shown[each.request] = each


def _is_open(each: Request) -> bool:
    return each.state in ("asked", "accepted", "met") or bool(each.due)


def _show(call: Call, engine: Engine, each: Request, made: Made | None) -> None:
    ref = each.request.hex()[: lines.NAME_LETTERS]
    name = lines.name(engine.reader, each.account)
    arrow = "to" if each.mine else "from"
    note = made.note if made is not None else ""
    record = {
        "request": each.request.hex(),
        "handle": engine.reader.handle(each.account),
        "account": each.account.hex(),
        "mine": each.mine,
        "state": each.state,
        "at": lines.stamp(each.at_ms),
        "accepted_at": lines.stamp(each.accepted_ms) if each.accepted_ms else "",
        "due": each.due,
        "note": note,
    }
    when = lines.moment(each.at_ms, call.settings)
    text = f"{ref}  {when}  {arrow:4} @{name}  {words.state(each)}"
    if note:
        text += f"\n{lines.INDENT}{safe_line(note)[:_NOTE_LETTERS]}"
    hint = _HELPED if each.due == "did_it_help" else ""
    if each.due == "offer_next":
        hint = _SILENT[after(each, engine.reader.me, made)]
    if not each.mine and each.state == "asked":
        hint = _ANSWERS
    call.terminal.show(record, text + (f"\n{lines.INDENT}{hint.format(ref=ref)}" if hint else ""))


def _named(answer: RequestsAnswer, name: str) -> Request:
    found = [each for each in answer.requests if each.request.hex().startswith(name.lower())]
    if len(found) != 1 or not name:
        many = "Several requests are" if len(found) > 1 else "No request is"
        raise Failure(f"{many} named {name!r}. hobnob requests --all lists them.", Exit.USAGE)
    return found[0]


async def _act(call: Call, engine: Engine, each: Request, what: str) -> Exit:
    try:
        answer = await asking.act(engine, each.request, what)
    except (LinkLost, NotAnswered, ProtocolError) as failed:
        why = words.away(failed.code if isinstance(failed, NotAnswered) else "away")
        raise Failure(f"Nothing was done: {why}.", Exit.RETRY) from failed
    if answer.why:
        raise Failure(f"Nothing was done. {words.reason(answer.why)}")
    name = lines.name(engine.reader, each.account)
    ref = each.request.hex()[: lines.NAME_LETTERS]
    record = {"request": each.request.hex(), "state": answer.state}
    call.terminal.show(record, f"{ref}  @{name}  {words.STATES.get(answer.state, answer.state)}")
    if what == "accept":
        call.terminal.say(f"They see it. Write to them: hobnob dm {name} 'when do we meet?'")
    elif what == "decline":
        read = read_of(engine.reader, each)
        if read is not None:
            await engine.compose(user_stream(engine.reader.me), read)
        call.terminal.say("Nobody is told: to them it looks as if you had not answered.")
    return Exit.OK


async def _next(call: Call, engine: Engine, each: Request) -> Exit:
    """Ask whoever was ranked behind the one who has not answered, as far as they take it."""
    made = {one.request: one for one in await asking.made(engine)}.get(each.request)
    follows = after(each, engine.reader.me, made)
    if each.due == "offer_next" and follows is After.BUDDY:
        raise Failure("The screen asks somebody else to show you around, or hobnob welcome --yes.")
    if each.due != "offer_next" or made is None:
        raise Failure("Nobody else is to be asked for this one: hobnob match finds others.")
    for one in offering.likely(engine, made):
        try:
            return await ask.ask(call, engine, one)
        except Failure as failed:
            if failed.code is Exit.RETRY:
                raise
            call.terminal.say(str(failed))
    raise Failure("Nobody who was ranked behind them takes it: hobnob match finds others.")
