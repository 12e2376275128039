"""Asking for a buddy: one request, settled by the hub once for all devices of a newcomer.

Its id is made of the account alone (`buddy_request`). Who does not answer within two days is
followed by the next; after three somebody who cares for the place takes over. Until somebody has
said yes, the profile says that a buddy is wanted, or was asked: so Care knows who is alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hobnob_client.onboarding.buddy import Buddy
from hobnob_client.onboarding.welcome import ASKED, FIELD, WAITS, WANTED, Guide
from hobnob_client.onboarding.words import please
from hobnob_client.requests import asking, sending
from hobnob_client.requests.kept import Made
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.limits import BUDDIES_ASKED_MAX
from hobnob_protocol.request_questions import Request, buddy_nth, buddy_request

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

_NEXT: Final = ("full", "again")
"""Why somebody else is asked."""


async def standing(engine: "Engine") -> tuple[Guide, Request | None]:
    """How it stands as of now, or as it was last known; with the request."""
    me = engine.reader.me
    answer, _ = await asking.listed(engine, over=True)
    several = () if answer is None else answer.requests
    mine = [each for each in several if each.mine and buddy_nth(each.request, me) is not None]
    last = max(mine, key=lambda each: buddy_nth(each.request, me) or 0, default=None)
    return (Guide() if last is None else Guide(last.account, last.state)), last


async def go_on(engine: "Engine", buddies: Sequence[Buddy], topics: Sequence[str]) -> Guide:
    """Ask somebody, or the next one where the last has not answered; nothing where one was asked
    who may still answer. OutboxFull."""
    guide, last = await standing(engine)
    if not guide.is_there:
        guide = await _ask(engine, buddies, topics, last)
    await _say(engine, guide)
    return guide


async def _ask(
    engine: "Engine", buddies: Sequence[Buddy], topics: Sequence[str], last: Request | None
) -> Guide:
    reader = engine.reader
    nth = 0 if last is None else (buddy_nth(last.request, reader.me) or 0) + 1
    if nth >= BUDDIES_ASKED_MAX:
        return Guide()
    note = please(reader.handle(reader.me), topics)
    follows = None if last is None else last.request
    for buddy in buddies:
        one = Made(buddy_request(reader.me, nth), buddy.account, note, follows=follows)
        asked = await sending.send(engine, one)
        if asked.n:
            return Guide(buddy.account, ASKED)
        if asked.code not in _NEXT:
            return Guide(why=asked.why)
    return Guide()


async def _say(engine: "Engine", guide: Guide) -> None:
    wanted = ASKED if guide.state in WAITS else None if guide.is_there else WANTED
    if engine.reader.profile(engine.reader.me).get(FIELD) != wanted:
        await engine.compose(PEOPLE, ProfileField(FIELD, wanted))
