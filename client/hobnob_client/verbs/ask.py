"""`hobnob ask`: ask one member for help. The hub settles that they take it, then the note goes to
them under seal; the hub never sees it."""

import asyncio
from dataclasses import replace
from secrets import token_bytes
from typing import Final

from hobnob_client import typed
from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.requests import asking, kept, words
from hobnob_client.requests.answers import reached
from hobnob_client.requests.kept import Made
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, member_named
from hobnob_client.verbs.delivery import told
from hobnob_client.verbs.sending import settled
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.kinds.messages import Post

REQUEST_BYTES: Final = 16
_OVER: Final = ("expired", "withdrawn")
"""Of a request that was settled before, but whose note never left."""


def run(call: Call) -> Exit:
    """Ask them."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    # Not in brief: the note may be the first thing under seal.
    async with Engine(call.profile, call.signing()) as engine:
        person = member_named(engine.reader, call.words.handle)
        note = " ".join(call.words.text).strip()
        begun = kept.unsent(await asking.made(engine), person)
        if not note and begun is None:
            raise Failure("Say what you need: hobnob ask bob 'our SQLite locks up'", Exit.USAGE)
        ranked = kept.ranked_of((await engine.notes()).get(kept.RANKED, b""))
        one = Made(
            begun.request if begun is not None else new_request(),
            person,
            typed.bounded(typed.cleaned(note)) if note else begun.note if begun is not None else "",
            kept.behind(ranked, person),
            begun.follows if begun is not None else None,
        )
        await reached(engine)
        return await ask(call, engine, one)


def new_request() -> TargetId:
    """The id of a request that nobody has heard of."""
    return TargetId(token_bytes(REQUEST_BYTES))


async def ask(call: Call, engine: Engine, one: Made) -> Exit:
    """Let the hub settle it, then send the note. Failure where it does not."""
    name = f"@{lines.name(engine.reader, one.person)}"
    # Kept before anybody hears of it: said again it is the same request.
    await asking.keep(engine, one)
    try:
        answer = await asking.request(engine, one)
    except (LinkLost, NotAnswered, ProtocolError) as failed:
        why = words.away(failed.code if isinstance(failed, NotAnswered) else "away")
        again = f"hobnob ask {name.removeprefix('@')}"
        said = f"{name} was not asked: {why}. What you need is kept; ask again by: {again}"
        raise Failure(said, Exit.RETRY) from failed
    if answer.why or answer.state in _OVER:
        await asking.keep(engine, one, on=False)
        why = words.reason(answer.why) if answer.why else "It was begun too long ago: ask anew."
        raise Failure(f"{name} was not asked. {why}")
    return await _write(call, engine, one, name)


async def _write(call: Call, engine: Engine, one: Made, name: str) -> Exit:
    line = engine.reader.between(one.person)
    watch = engine.watch()
    begun = first_event(engine.reader, line)
    if begun is not None:
        await engine.compose(line.stream, begun)
    composed = await engine.compose(line.stream, Post(one.note))
    await asking.keep(engine, replace(one, sent=True))
    fate, why = await settled(engine, watch, composed.n)
    ref = one.request.hex()[: lines.NAME_LETTERS]
    call.terminal.show(
        {"request": one.request.hex(), "handle": name.removeprefix("@"), "state": "asked"},
        f"{ref}  {name}  asked",
    )
    call.terminal.say("They have two days to answer; hobnob requests shows how it stands.")
    return told(call, fate, why)


def person_of(engine: Engine, account: AccountId) -> bool:
    """May this one still be asked: do they agree, and are they not blocked?"""
    reader = engine.reader
    agrees = reader.consents(account).get("matching") is True
    return agrees and account not in reader.kept().blocked
