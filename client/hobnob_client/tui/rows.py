"""Rows of a timeline out of a replica: every text of others is made safe here, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client import term_safe
from hobnob_client.reading import Reader
from hobnob_client.tui.refusals import words
from hobnob_client.tui.timeline.row import Reacted, Row, Sending
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ
from hobnob_sync.views.thread import Heading

QUOTE_TEXT_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class Author:
    """Who is shown as having said something."""

    name: str
    bot: bool


class RowMaker:
    """Makes rows of the messages of one stream, as of one moment: made anew for each reading."""

    def __init__(self, replica: Reader, stream: StreamId) -> None:
        self._replica = replica
        self._stream = stream
        self._blocked = replica.kept().blocked
        self._authors: dict[AccountId, Author] = {}
        self._headings: dict[TargetId, Heading] = {}
        self._openings: dict[TargetId, str] = {}

    def row(self, message: Message, *, in_thread: bool) -> Row:
        """One message as shown; in its own thread it needs no word of which thread that is."""
        me = self._replica.me
        author = self._author(message.author)
        root = message.thread or message.target
        heading = self._heading(root)
        note = self._note(message)
        is_root = message.thread is None
        return Row(
            target=message.target,
            order=message.order,
            author=author.name,
            at_ms=message.at_ms,
            text="" if note else term_safe.body(message.text),
            mine=message.account == me and message.imported is None,
            bot=author.bot,
            mentions_me=me in message.mentions,
            edited=message.edited,
            conflict=message.conflict,
            imported=message.imported is not None,
            note=note,
            thread=root if heading.title or not is_root else None,
            title=term_safe.line(heading.title) if is_root else "",
            quote="" if is_root or in_thread else self._opening(root, heading),
            resolved=is_root and heading.resolved,
            accepted=heading.answer == message.target,
            reactions=self._reactions(message),
            sending=_sending(message),
            why=", ".join(words(code) for code in message.refused),
        )

    def _author(self, account: AccountId) -> Author:
        found = self._authors.get(account)
        if found is None:
            found = self._authors[account] = author(self._replica, account)
        return found

    def _heading(self, root: TargetId) -> Heading:
        found = self._headings.get(root)
        if found is None:
            found = self._headings[root] = self._replica.heading(self._stream, root)
        return found

    def _opening(self, root: TargetId, heading: Heading) -> str:
        """What a thread is called: its title, or how its first message begins."""
        found = self._openings.get(root)
        if found is None:
            found = term_safe.line(heading.title)
            first = None if found else self._replica.message(self._stream, root)
            if first is not None:
                found = term_safe.line(first.text[:QUOTE_TEXT_MAX].replace("\n", " "))
            self._openings[root] = found = found or "a thread"
        return found

    def _note(self, message: Message) -> str:
        if message.dead is not None:
            how = "deleted by its author" if message.dead.how == "deleted" else "erased"
            return f"({how})"
        if message.account in self._blocked:
            return "(somebody you have blocked)"
        if message.hidden is not None and message.account != self._replica.me:
            return f"(hidden by a moderator: {term_safe.line(message.hidden.reason)})"
        return ""

    def _reactions(self, message: Message) -> tuple[Reacted, ...]:
        elsewhere = message.imported.reactions if message.imported is not None else ()
        return (
            *(
                Reacted(term_safe.line(given.emoji), given.count, given.mine)
                for given in self._replica.reactions(self._stream, message.target)
            ),
            *(Reacted(term_safe.line(emoji), count, False) for emoji, count in elsewhere),
        )


def author(replica: Reader, account: AccountId) -> Author:
    """How an account is called: by its handle here, by its name elsewhere, or by its number."""
    number = f"?{account.hex()[:6]}"
    handle = replica.handle(account)
    if handle:
        return Author(term_safe.name(handle, number), replica.role(account) == "bot")
    elsewhere = replica.elsewhere(account)
    if elsewhere is not None:
        return Author(term_safe.name(elsewhere.name, number), elsewhere.bot)
    return Author(number, False)


def _sending(message: Message) -> Sending:
    if message.refused:
        return Sending.REFUSED
    return Sending.QUEUED if message.pending else Sending.THERE


class ChannelRows:
    """A whole channel: what was said in its threads stands among the rest, in its order."""

    def __init__(self, replica: Reader, stream: StreamId) -> None:
        self._replica = replica
        self._stream = stream

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        before = None if order is None or order >= PENDING_SEQ else order
        page = self._replica.before(self._stream, before, limit)
        found = [each for each in page.messages if order is None or each.order < order]
        return self._rows(found[-limit:])

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        if order < PENDING_SEQ:
            found = list(self._replica.after(self._stream, max(order, 0), limit).messages)
        else:
            found = list(self._replica.before(self._stream, None, 1).messages)
        return self._rows([each for each in found if each.order > order][:limit])

    def _rows(self, messages: Sequence[Message]) -> list[Row]:
        maker = RowMaker(self._replica, self._stream)
        return [maker.row(message, in_thread=False) for message in messages]


class ThreadRows:
    """One thread: its root, and what was said in it."""

    def __init__(self, replica: Reader, stream: StreamId, root: TargetId) -> None:
        self._replica = replica
        self._stream = stream
        self._root = root

    def _rows(self) -> list[Row]:
        thread = self._replica.thread(self._stream, self._root)
        maker = RowMaker(self._replica, self._stream)
        first = () if thread.root is None else (thread.root,)
        return [maker.row(message, in_thread=True) for message in (*first, *thread.replies)]

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if order is None or row.order < order][-limit:]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if row.order > order][:limit]
