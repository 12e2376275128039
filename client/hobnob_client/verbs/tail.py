"""`hobnob tail`: the newest messages, and those that come."""

import asyncio
from collections.abc import Iterable, Iterator

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.not_let_in import NotLetIn
from hobnob_client.progress import LinkState
from hobnob_client.reading import Place, Reader
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, meant
from hobnob_protocol.ids import StreamId
from hobnob_sync.views.message import Message

PAGE = 100
"""Messages looked at together."""


def run(call: Call) -> Exit:
    """Show the newest, then go on if asked to."""
    with call.reader() as reader:
        seen = _newest(call, reader)
    if call.words.follow:
        asyncio.run(_follow(call, seen))
    return Exit.OK


def _newest(call: Call, reader: Reader) -> dict[StreamId, int]:
    """Show the newest messages of the channels meant, oldest first: how far each was shown."""
    found: list[tuple[int, Place, Message]] = []
    seen: dict[StreamId, int] = {}
    for line in meant(call, reader):
        page = reader.before(line.stream, None, call.words.count)
        seen[line.stream] = page.last_seq
        found += [(at_ms, line, shown) for at_ms, shown in never_earlier(page.messages)]
    found.sort(key=lambda each: each[0])
    for _, line, shown in found[max(len(found) - call.words.count, 0) :]:
        _show(call, reader, line, shown)
    return seen


def never_earlier(messages: Iterable[Message]) -> Iterator[tuple[int, Message]]:
    """Messages of one channel, each with a time that keeps its order among those of others: what
    waits carries its author's seconds, which may lie before what came last."""
    latest_ms = 0
    for message in messages:
        latest_ms = max(latest_ms, message.at_ms)
        yield latest_ms, message


def _show(call: Call, reader: Reader, line: Place, shown: Message) -> None:
    call.terminal.show(
        lines.record(reader, line.name, shown),
        lines.text(reader, call.settings, line.label, shown),
    )


async def _follow(call: Call, seen: dict[StreamId, int]) -> None:
    """Show what comes until the person has enough; one's own words when they have their place."""
    async with Engine(call.profile, call.signing()) as engine:
        watch = engine.watch()
        while True:
            for line in meant(call, engine.reader):
                # A channel that is joined meanwhile begins where it is.
                edge = engine.reader.before(line.stream, None, 1).last_seq
                shown_seq = seen.setdefault(line.stream, edge)
                if shown_seq >= edge:
                    continue
                for page in engine.reader.pages_after(line.stream, shown_seq, PAGE):
                    for shown in page.messages:
                        if shown.seq is not None:
                            _show(call, engine.reader, line, shown)
                    seen[line.stream] = page.last_seq
            news = await watch.next()
            if news.link is LinkState.REFUSED:
                raise Failure(str(NotLetIn(news.detail)))
