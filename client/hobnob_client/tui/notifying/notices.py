"""What a notice says: one message, or many in one line."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from hobnob_client.attention.rule import Verdict
from hobnob_client.catalogue import n, t
from hobnob_client.tui.notifying.manners import Notice
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value

PLACES_MAX: Final = 3
"""Places that are named; of more their number is told."""


@value
class Heard:
    """One message that pings: `author`, `place` and `text`, which is how it begins, are safe to
    draw; `seq` is its place in the log."""

    stream: StreamId
    target: TargetId
    seq: int
    author: str
    place: str
    text: str
    private: bool
    verdict: Verdict


def of_one(heard: Heard) -> Notice:
    """One message: who, where, and how it begins."""
    title = heard.author
    if not heard.private or heard.place != f"@{heard.author}":
        title = t("{author} in {place}", author=heard.author, place=heard.place)
    return Notice(title, heard.text or heard.verdict.words)


def of_many(several: Sequence[Heard], *, away: bool) -> Notice:
    """Many in one line: how many, and where. `away` that they came while one was away."""
    counted = Counter(heard.place for heard in several).most_common()
    told = [place if count == 1 else f"{place} ({count})" for place, count in counted[:PLACES_MAX]]
    if len(counted) > PLACES_MAX:
        told.append(n("{count} more place", "{count} more places", len(counted) - PLACES_MAX))
    count = len(several)
    head = (
        n(
            "{count} message for you while you were away",
            "{count} messages for you while you were away",
            count,
        )
        if away
        else n("{count} message for you", "{count} messages for you", count)
    )
    return Notice(head, ", ".join(told))
