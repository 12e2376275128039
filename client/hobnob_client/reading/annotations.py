"""What stands at the messages of a page: what their threads are called, reactions, thanks."""

from collections.abc import Sequence

from hobnob_client.reading.desk import Desk
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_sync.views import reactions, thanks, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.reactions import Reaction
from hobnob_sync.views.thanks import Thanked
from hobnob_sync.views.thread import Heading


class Annotations:
    """Of some messages of one stream, as of one moment: a few questions for all of them.

    KeyError for what is at none of them.
    """

    def __init__(self, desk: Desk, stream: StreamId, messages: Sequence[Message]) -> None:
        targets = [message.target for message in messages]
        roots = dict.fromkeys(message.thread or message.target for message in messages)
        asked = (reactions.asks, targets), (thanks.asks, targets), (thread.asks, roots)
        self._cells = desk.cells(stream, [key for asks, at in asked for key in asks(stream, *at)])
        self._me = desk.me

    def reactions(self, target: TargetId) -> tuple[Reaction, ...]:
        """The reactions to a message, the one that has stood longest first."""
        return reactions.view(self._cells, target, self._me)

    def thanks(self, target: TargetId) -> tuple[Thanked, ...]:
        """All thanks for a message that stand, the oldest first."""
        return thanks.view(self._cells, target)

    def heading(self, root: TargetId) -> Heading:
        """What the thread that a message is in, or begins, is called."""
        return thread.view(self._cells, root)
