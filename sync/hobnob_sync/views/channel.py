"""What a channel is: a public one by what `dir` says, a private one by its own stream."""

from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import DIRECTORY, AccountId, ChannelId, channel_stream
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Cell, CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Channel:
    """A channel's properties; `history` is what a newcomer sees: "all" or "from_join".

    `creator` is None where its beginning is not held. `pending` is true while a change waits.
    """

    channel: ChannelId
    name: str
    purpose: str
    public: bool
    auto_join: bool
    archived: bool
    history: str
    creator: AccountId | None
    pending: bool


def asks(channel: ChannelId) -> tuple[Key[object], ...]:
    """What `view` wants to know: either place may hold the channel."""
    return (
        CellsKey(DIRECTORY, nouns.CHANNEL, channel),
        CellsKey(channel_stream(channel), nouns.CHANNEL, channel),
    )


def view(directory: CellsView, own: CellsView, channel: ChannelId) -> Channel | None:
    """The channel by the cells of `dir` and of its own stream; None where neither names it.

    `dir` goes first: what a public channel's own stream might say of it has no say.
    """
    return _described(directory, channel, True) or _described(own, channel, False)


def _described(cells: CellsView, channel: ChannelId, public: bool) -> Channel | None:
    fields: dict[str, Cell] = {
        key[16:].decode(): cell for key, cell in cells.scan(nouns.CHANNEL, channel)
    }
    values = {field: cell.value for field, cell in fields.items()}
    name = values.get("name")
    if not isinstance(name, str):
        return None
    return Channel(
        channel,
        name,
        cast("str", values.get("purpose", "")),
        public,
        bool(values.get("auto_join", False)),
        bool(values.get("archived", False)),
        cast("str", values.get("history", "all")),
        cast("AccountId | None", values.get("creator")),
        any(cell.seq >= PENDING_SEQ for cell in fields.values()),
    )
