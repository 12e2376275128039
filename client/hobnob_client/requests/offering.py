"""Whoever was ranked behind one who has not answered is asked next, with the same note: one rule
for screen and shell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hobnob_client.match.members import PURPOSE
from hobnob_client.requests import asking, sending
from hobnob_client.requests.kept import Made
from hobnob_client.requests.sending import Asked, new_request
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from hobnob_client.engine import Engine


@value
class Offered:
    """`person` was asked, None where nobody takes it; `asked` says how that went."""

    person: AccountId | None
    asked: Asked


def likely(engine: "Engine", made: Made) -> Iterator[Made]:
    """The requests that may follow one, the best first: of those who still agree to be asked, and
    whom one has not blocked."""
    blocked = engine.reader.kept().blocked
    for nth, person in enumerate(made.next_people):
        if engine.reader.consents(person).get(PURPOSE) is True and person not in blocked:
            after = made.next_people[nth + 1 :]
            yield Made(new_request(), person, made.note, after, made.request)


async def offer(engine: "Engine", request: TargetId) -> Offered:
    """Ask the next of them who takes it. What was begun so is gone on with, by the same id: done
    twice, one person is asked. OutboxFull."""
    known = await asking.made(engine)
    begun = next((each for each in known if each.follows == request), None)
    if begun is not None and begun.sent:
        return Offered(begun.person, Asked(0))
    if begun is not None:
        asked = await sending.send(engine, begun)
        if asked.again or not asked.why:
            return Offered(begun.person, asked)
    made = next((each for each in known if each.request == request), None)
    for one in likely(engine, made) if made is not None else ():
        if begun is not None and one.person == begun.person:
            continue
        asked = await sending.send(engine, one)
        if asked.again or not asked.why:
            return Offered(one.person, asked)
    return Offered(None, Asked(0))
