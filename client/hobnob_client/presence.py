"""Who is here and who writes, for those who stand on the engine: as much as this person has chosen
to tell is told, and nothing of it is kept.

Whoever does not tell is not told either: it is an exchange, and off is off.
"""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hobnob_client.progress import LinkState
from hobnob_client.steps import Steps, now_ms
from hobnob_protocol.errors import WorldError
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_sync.client_engine import inputs
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.reading import Reader

NOBODY: Final = inputs.BeHere(shown=False, typing=False)
"""Tells nothing and asks nothing."""


class Where(StrEnum):
    """Where it is told that one writes, and one is told it of others."""

    OFF = "off"
    CHANNELS = "channels"
    EVERYWHERE = "everywhere"
    """In sealed conversations too, whose hub learns by it when one writes."""


class Presence:
    """`shown`: others may see that one is here, and one sees them. `typing`: where it is told."""

    def __init__(self, steps: Steps, reader: "Callable[[], Reader]") -> None:
        self.shown = False
        self.typing = Where.OFF
        self._steps = steps
        self._reader = reader
        self._writing: dict[StreamId, tuple[AccountId, ...]] = {}
        self._present: dict[StreamId, inputs.Present] = {}
        steps.listen(self)

    def greeting(self) -> inputs.Input:
        """What a hub is told of it first."""
        return inputs.BeHere(self.shown, self.typing is not Where.OFF)

    async def wish(self, *, shown: bool, typing: Where) -> None:
        """Choose anew; it holds at once."""
        self.shown, self.typing = shown, typing
        if self._steps.conversation is not None:
            await self._say(self.greeting())

    async def _say(self, what: inputs.Input) -> None:
        """A disk that is full or busy is left alone: what is lost here nobody misses."""
        with suppress(WorldError):
            await self._steps.step(what)

    @property
    def is_taken(self) -> bool:
        """Is there a hub that tells of it? One of an older version does not."""
        link = self._steps.link
        return link is not None and link.welcome.presence

    # Who writes.

    def may_type(self, stream: StreamId) -> bool:
        """Is it time to say that one writes there, and to people who may know? Asked at each key,
        it costs nothing but once in a while."""
        link = self._steps.link
        # Loaded with the link.
        from hobnob_sync.client_engine import presence

        due = link is not None and presence.may_type(link, stream, now_ms())
        return due and self._may_be_told(stream)

    async def type(self, stream: StreamId) -> None:
        """One writes in a stream: said at its pace, and never to strangers."""
        if self.may_type(stream):
            await self._say(inputs.Type(stream))

    def writing(self, stream: StreamId) -> tuple[AccountId, ...]:
        """Who else writes there now, in the order in which they began; nobody one has blocked."""
        found = self._writing.get(stream, ())
        return self._unblocked(found) if found and self._may_be_told(stream) else ()

    def _may_be_told(self, stream: StreamId) -> bool:
        if not is_conversation(stream):
            return self.typing is not Where.OFF
        if self.typing is not Where.EVERYWHERE:
            return False
        line = self._reader().conversation(stream, counted=False)
        blocked = self._reader().kept().blocked
        return not line.request and not any(each in blocked for each in line.others)

    # Who is here.

    async def ask(self, stream: StreamId) -> None:
        """Somebody looks at who of a stream is here: the hub is asked, at its pace."""
        if self.shown and self._steps.link is not None:
            await self._say(inputs.AskWho(stream))

    def present(self, stream: StreamId) -> inputs.Present | None:
        """Who else is here as of the last answer, nobody one has blocked; None before any."""
        found = self._present.get(stream)
        if found is None or not self.shown:
            return None
        return inputs.Present(stream, self._unblocked(found.accounts), found.more)

    def is_here(self, account: AccountId) -> bool:
        """Does any of the last answers name somebody?"""
        several = (self.present(stream) for stream in self._present)
        return any(each is not None and account in each.accounts for each in several)

    def _unblocked(self, accounts: tuple[AccountId, ...]) -> tuple[AccountId, ...]:
        blocked = self._reader().kept().blocked
        return tuple(each for each in accounts if each not in blocked)

    # For the engine.

    def heed(self, output: inputs.Output) -> None:
        """What a step has led to."""
        if isinstance(output, inputs.Writing):
            self._writing[output.stream] = output.accounts
        elif isinstance(output, inputs.Present):
            self._present[output.stream] = output

    def changed(self, stream: StreamId | None) -> None:
        """What is kept tells nothing of it."""

    def linked(self, link: LinkState, detail: str) -> None:
        """Without a link nothing is known."""
        if link is not LinkState.ONLINE:
            self._writing.clear()
            self._present.clear()
