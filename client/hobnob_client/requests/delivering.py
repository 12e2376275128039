"""The hub hears what one has done with requests, once it is due and the hub is there."""

from typing import TYPE_CHECKING

from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.requests import asking, deeds
from hobnob_client.requests.deeds import NEXT, Deed
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.engine import Engine


@value
class Told:
    """The hub has heard of a deed; `why` nothing came of it, a code of `words.REASONS`, "" where it
    did; `person` who was asked next, None where nobody was."""

    deed: Deed
    why: str = ""
    person: AccountId | None = None


async def waiting(engine: "Engine") -> tuple[Deed, ...]:
    """What was done and not told."""
    return deeds.from_bytes((await engine.notes()).get(deeds.NOTE, b""))


async def keep(engine: "Engine", one: Deed) -> None:
    """Do it once it is due, instead of what was to be done with the same request."""
    await engine.change_note(
        deeds.NOTE,
        lambda before: deeds.to_bytes(deeds.with_deed(deeds.from_bytes(before), one)),
    )


async def drop(engine: "Engine", one: Deed) -> None:
    """It is told, or is not to be done after all."""
    await engine.change_note(
        deeds.NOTE,
        lambda before: deeds.to_bytes(deeds.without(deeds.from_bytes(before), one)),
    )


async def deliver(engine: "Engine", now_ms: int) -> tuple[Told, ...]:
    """Tell what is due by now; what the hub cannot be told stays. OutboxFull."""
    found: list[Told] = []
    for one in await waiting(engine):
        if one.at_ms > now_ms:
            continue
        try:
            told = await _told(engine, one)
        except (LinkLost, ProtocolError):
            break
        except NotAnswered as failed:
            if failed.code == "later":
                break
            # A hub that keeps no requests never will hear of this one.
            told = Told(one, "no_such")
        if told is None:
            break
        await drop(engine, one)
        found.append(told)
    return tuple(found)


async def _told(engine: "Engine", one: Deed) -> Told | None:
    if one.what != NEXT:
        answer = await asking.act(engine, one.request, one.what)
        return Told(one, answer.why)
    # What ranks people takes its time to be loaded, and no screen waits for it at its start.
    from hobnob_client.requests import offering

    offered = await offering.offer(engine, one.request)
    if offered.asked.again:
        return None
    return Told(one, person=offered.person)
