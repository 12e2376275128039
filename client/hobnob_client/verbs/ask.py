"""`hobnob ask`: ask one member for help. The hub settles that they take it, then the note goes to
them under seal; the hub never sees it."""

import asyncio

from hobnob_client import typed
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.requests import sending
from hobnob_client.requests.answers import reached
from hobnob_client.requests.kept import Made
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, member_named
from hobnob_client.verbs.delivery import told
from hobnob_client.verbs.sending import settled


def run(call: Call) -> Exit:
    """Ask them."""
    return asyncio.run(_run(call))


async def _run(call: Call) -> Exit:
    # Not in brief: the note may be the first thing under seal.
    async with Engine(call.profile, call.signing()) as engine:
        person = member_named(engine.reader, call.words.handle)
        note = " ".join(call.words.text).strip()
        text = typed.bounded(typed.cleaned(note)) if note else ""
        one = await sending.begun(engine, person, text)
        if one is None:
            raise Failure("Say what you need: hobnob ask bob 'our SQLite locks up'", Exit.USAGE)
        await reached(engine)
        return await ask(call, engine, one)


async def ask(call: Call, engine: Engine, one: Made) -> Exit:
    """Let the hub settle it, and send the note. Failure where it does not."""
    handle = lines.name(engine.reader, one.person)
    watch = engine.watch()
    asked = await sending.send(engine, one)
    if asked.again:
        said = f"@{handle} was not asked: {asked.why}. What you need is kept; ask again by:"
        raise Failure(f"{said} hobnob ask {handle}", Exit.RETRY)
    if asked.why:
        raise Failure(f"@{handle} was not asked. {asked.why}")
    fate, why = await settled(engine, watch, asked.n)
    record = {"request": one.request.hex(), "handle": handle, "state": "asked"}
    ref = one.request.hex()[: lines.NAME_LETTERS]
    call.terminal.show(record, f"{ref}  @{handle}  asked")
    call.terminal.say("They have two days to answer; hobnob requests shows how it stands.")
    return told(call, fate, why)
