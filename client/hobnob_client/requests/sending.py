"""Asking somebody, from the first thought to the note on its way: one rule for screen and shell."""

from dataclasses import replace
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from hobnob_client.conversing import first_event
from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.requests import asking, kept, words
from hobnob_client.requests.kept import Made
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

REQUEST_BYTES: Final = 16
_OVER: Final = ("expired", "withdrawn")
"""Of a request that was settled before, but whose note never left."""


@value
class Asked:
    """`n` is where the note lies in the outbox, 0 where nobody was asked: `why`, in words; `again`
    where the same may work later, and what was written is kept."""

    n: int
    why: str = ""
    again: bool = False
    code: str = ""
    """Why, by its code on the wire."""


def new_request() -> TargetId:
    """The id of a request that nobody has heard of."""
    return TargetId(token_bytes(REQUEST_BYTES))


async def begun(engine: "Engine", person: AccountId, note: str) -> Made | None:
    """What is to be asked of somebody: anew, or what was begun and not settled, by the same id and
    without a `note` with that one; None where there is none."""
    before = kept.unsent(await asking.made(engine), person)
    if before is not None:
        return replace(before, note=note or before.note)
    ranked = kept.ranked_of((await engine.notes()).get(kept.RANKED, b""))
    return Made(new_request(), person, note, kept.behind(ranked, person)) if note else None


async def send(engine: "Engine", one: Made) -> Asked:
    """Let the hub settle it, then send the note under seal. OutboxFull."""
    # Kept before anybody hears of it: said again it is the same request.
    await asking.keep(engine, one)
    try:
        answer = await asking.request(engine, one)
    except (LinkLost, NotAnswered, ProtocolError) as failed:
        code = failed.code if isinstance(failed, NotAnswered) else "away"
        return Asked(0, words.away(code), again=True, code=code)
    if answer.why or answer.state in _OVER:
        await asking.keep(engine, one, on=False)
        code = answer.why or "no_such"
        return Asked(0, words.reason(code), code=code)
    line = engine.reader.between(one.person)
    first = first_event(engine.reader, line)
    if first is not None:
        await engine.compose(line.stream, first)
    # Both or none: whoever dies between the two has not sent it, and sends it once.
    composed = await engine.compose(line.stream, Post(one.note), asking.keeping(one, sent=True))
    return Asked(composed.n)
