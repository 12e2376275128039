"""What would have pinged, and why: the rule over all that was said since some moment, each message
weighed as of when it was said and as if one had been away.
"""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from hobnob_client.attention.rule import Moment, Verdict, weigh
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value
from hobnob_sync.views.message import Message

if TYPE_CHECKING:
    from hobnob_client.reading import Reader

PAGE_MESSAGES: Final = 64
LOOKED_MAX: Final = 20_000
"""Messages that are looked at in all, some seconds; who runs it says where that was not enough."""


@value
class Weighed:
    """One message of the past: what the rule says of it."""

    stream: StreamId
    message: Message
    verdict: Verdict


def dry_run(reader: "Reader", since_ms: int, here: tzinfo) -> Iterator[tuple[Weighed, ...]]:
    """All messages since then that are not one's own, a page at a time, place by place; pages may
    be empty. The wishes are those of now."""
    gathered = reader.gathered()
    for stream in places(reader):
        after = reader.first_since(stream, since_ms) - 1
        for page in reader.pages_after(stream, after, PAGE_MESSAGES):
            said = [(each, gathered.said(stream, each)) for each in page.messages if each.seq]
            yield tuple(
                Weighed(stream, message, weigh(what, gathered.wishes, Moment(message.at_ms, here)))
                for message, what in said
                if not what.mine
            )


def places(reader: "Reader") -> tuple[StreamId, ...]:
    """Where one may be talked to: the channels one is in, and conversations."""
    channels = (line for line in reader.channels(counted=False) if line.joined)
    conversations = (
        line for line in reader.conversations(counted=False) if line.reading is not None
    )
    return (*(line.stream for line in channels), *(line.stream for line in conversations))
