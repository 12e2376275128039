"""What verbs may ask of a running hub: read its state, act as the hub, make invites."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar, cast

from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.handle import fold_case
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId, TargetId
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD
from hobnob_server.app import App
from hobnob_server.errors import RequestRefused
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import Input
from hobnob_sync.hub_engine.state import HubState

T = TypeVar("T")


class Operator:
    """The operator of one running hub."""

    def __init__(self, app: App) -> None:
        self.app: Final = app

    async def ask(self, question: Callable[[HubEngine, SqliteEventStore], T]) -> T:
        """Read engine and store, between two commits."""
        return await asyncio.wrap_future(self.app.writer.ask(question))

    async def act(self, stream: StreamId, body: Body) -> TargetId:
        """Act as the hub: durable when this returns; RequestRefused says why not."""
        try:
            done = await self.app.board.operate(stream, body)
        except asyncio.CancelledError:
            raise RequestRefused("the hub could not write; try again later") from None
        if done.refusal is not None or done.target is None:
            raise RequestRefused(f"the hub refuses: {done.refusal}")
        return done.target

    async def put(self, incoming: Input) -> None:
        """Something the engine takes without an answer; durable when this returns."""
        self.app.writer.put(incoming)
        await self.ask(lambda engine, store: None)

    async def invite(self, uses: int, hours: float, owner: bool) -> InviteLink:
        """A new invite."""
        return await self.app.invite(uses, hours, owner=owner)


def valid(body: Body) -> Body:
    """What a member's client could send too; RequestRefused names the rule it breaks."""
    try:
        number, data = STANDARD.encode(body)
        STANDARD.decode(number, data)
    except (UsageError, ProtocolError) as wrong:
        raise RequestRefused(str(wrong)) from wrong
    return body


def account_named(state: HubState, handle: str) -> AccountId:
    """Who has a handle; an @ before it is forgiven."""
    found = state.accounts.account_of(fold_case(handle.removeprefix("@")))
    if found is None:
        raise RequestRefused(f"nobody here is called {handle}")
    return found


def handles(state: HubState) -> dict[AccountId, str]:
    """Every account's handle; one that was given away is marked as former."""
    return state.accounts.reseats.names(
        {
            AccountId(cast("bytes", cell.value)): key.decode()
            for (stream, noun, key), cell in state.cells.items()
            if stream == PEOPLE and noun == nouns.HANDLE
        }
    )


def channel_named(state: HubState, name: str) -> StreamId:
    """A public channel's stream; a # before its name is forgiven."""
    found = state.names.get(name.removeprefix("#"))
    if found is None:
        raise RequestRefused(f"there is no public channel {name}")
    return found
