"""What is known of messages of a replica, as values for the rule; made anew for each look."""

from typing import Final

from hobnob_client.attention import kept
from hobnob_client.attention.rule import Said
from hobnob_client.finding import marks, terms
from hobnob_client.reading import conversations, timeline, wanted
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_sync.opened import is_conversation, opened_stream
from hobnob_sync.views import reading
from hobnob_sync.views.message import Message

LATEST_MS: Final = 1 << 50
"""Later than any message."""
WROTE: Final = "SELECT 1 FROM text_index WHERE text_index MATCH ? AND rowid < ? LIMIT 1"
"""Did somebody write in a thread before? The index of words knows, whatever there is."""


class Gathered:
    """The messages of a replica, as the rule sees them."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        lists = wanted.lists(desk)
        self._blocked = frozenset(lists.blocked)
        self._requests: dict[StreamId, bool] = {}
        self._mine: dict[tuple[StreamId, TargetId], bool] = {}
        self._wrote: dict[tuple[StreamId, TargetId], bool] = {}
        self.wishes = kept.wishes(PrivateTable(desk.store.sql).all(), lists)

    def said(self, stream: StreamId, message: Message) -> Said:
        """One message of a channel or conversation."""
        me = self._desk.me
        # A root stands under itself: who follows its thread has followed that.
        thread = message.thread or message.target
        answered = [each for each in (message.reply, message.thread) if each is not None]
        mine = message.account == me and message.imported is None
        return Said(
            stream,
            message.target,
            message.at_ms,
            message.text,
            thread,
            private=is_conversation(stream),
            mine=mine,
            gone=message.dead is not None or message.hidden is not None,
            closed=bool(message.closed),
            imported=message.imported is not None,
            blocked=message.account in self._blocked,
            request=self._is_request(stream),
            mentions_me=me in message.mentions,
            answers_me=not mine and any(self._is_mine(stream, each) for each in answered),
            takes_part=not mine
            and message.thread is not None
            and self.has_written(stream, message.thread, message.at_ms),
        )

    def read_to(self, stream: StreamId) -> int:
        """Up to which place a stream is read, on any of one's devices."""
        own = self._desk.cells(
            user_stream(self._desk.me), reading.asks_cursor(self._desk.me, stream)
        )
        return reading.cursor(own, stream).seq

    def _is_request(self, stream: StreamId) -> bool:
        """Do strangers ask for me there?"""
        if not is_conversation(stream):
            return False
        found = self._requests.get(stream)
        if found is None:
            line = conversations.line(self._desk, self._people, stream, counted=False)
            found = self._requests[stream] = line.request
        return found

    def _is_mine(self, stream: StreamId, target: TargetId) -> bool:
        key = stream, target
        if key not in self._mine:
            found = timeline.one(self._desk, opened_stream(stream), target)
            self._mine[key] = found is not None and found.account == self._desk.me
        return self._mine[key]

    def has_written(self, stream: StreamId, root: TargetId, before_ms: int = LATEST_MS) -> bool:
        """Have I written in a thread, before some moment?"""
        key = stream, root
        if not self._wrote.get(key):
            wanted = terms.all_of(
                [
                    terms.quoted(marks.of_stream(opened_stream(stream))),
                    terms.quoted(marks.of_author(self._desk.me)),
                    terms.quoted(marks.of_thread(root)),
                ],
                [],
            )
            # Once is for ever: only who has not may do so later.
            asked = (wanted, before_ms * PLACES)
            self._wrote[key] = bool(self._desk.store.sql.query(WROTE, asked))
        return self._wrote[key]
