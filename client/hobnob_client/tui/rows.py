"""Rows of a timeline out of a replica: every text of others is made safe here, once."""

from collections.abc import Callable, Container, Sequence
from typing import Final, TypeAlias

from hobnob_client import term_safe
from hobnob_client.attention.keywords import first_in
from hobnob_client.catalogue import t
from hobnob_client.reading import Reader
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.prose.written import written
from hobnob_client.tui.refusals import words
from hobnob_client.tui.timeline.row import Ballot, Choice, Reacted, Row, Sending
from hobnob_client.under_seal import unreadable
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.views import elsewhere
from hobnob_sync.views.elsewhere import POLL, Manner
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ
from hobnob_sync.views.thanks import heard
from hobnob_sync.views.thread import Heading

QUOTE_TEXT_MAX: Final = 120
_POLL: Final = STANDARD.of(Poll).number


@value
class Author:
    """Who is shown as having said something."""

    name: str
    bot: bool


class RowMaker:
    """Makes rows of some messages of one stream, as of one moment: made anew for each reading."""

    def __init__(
        self, replica: Reader, stream: StreamId, messages: Sequence[Message], why_waits: str = ""
    ) -> None:
        self._replica = replica
        self._annotations = replica.annotations(stream, messages)
        self._stream = stream
        self._why_waits = why_waits
        self._blocked = replica.kept().blocked
        self._keywords = [each for each in replica.keywords() if each.pings]
        self._authors: dict[AccountId, Author] = {}
        self._openings: dict[TargetId, str] = {}

    def row(self, message: Message, *, in_thread: bool) -> Row:
        """One message as shown; in its own thread it needs no word of which thread that is."""
        me = self._replica.me
        author = self._author(message.author)
        root = message.thread or message.target
        heading = self._annotations.heading(root)
        note = note_of(message, self._replica.me, self._blocked)
        is_root = message.thread is None
        imported = message.imported
        thanks = heard(self._annotations.thanks(message.target), self._blocked)
        return Row(
            target=message.target,
            order=message.order,
            author=author.name,
            at_ms=message.at_ms,
            text="" if note else written(message.text),
            mine=message.account == me and message.imported is None,
            bot=author.bot,
            mentions_me=me in message.mentions or self._highlights(message, note),
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
            thanks=len(thanks),
            thanked=any(each.account == me for each in thanks),
            sending=_sending(message),
            why=self._why(message),
            manner=Manner.SAID if imported is None else elsewhere.manner(imported),
            ballot=None if note else self._ballot(message),
        )

    def _highlights(self, message: Message, note: str) -> bool:
        """Has it one of my keywords, and is it not mine?"""
        if not self._keywords or note or message.account == self._replica.me:
            return False
        return first_in(message.text, self._keywords) is not None

    def _ballot(self, message: Message) -> Ballot | None:
        imported = message.imported
        if message.kind != _POLL and (imported is None or elsewhere.kind(imported) != POLL):
            return None
        found = self._replica.poll(self._stream, message.target)
        if found is None:
            return None
        choices = tuple(
            Choice(term_safe.line(option.text), option.count, nth in found.mine)
            for nth, option in enumerate(found.options)
        )
        return Ballot(
            choices, found.voters, found.multiple, found.closed, found.imported, found.pending
        )

    def _why(self, message: Message) -> str:
        if message.refused:
            return ", ".join(words(code) for code in message.refused)
        return self._why_waits if message.pending else ""

    def _author(self, account: AccountId) -> Author:
        found = self._authors.get(account)
        if found is None:
            found = self._authors[account] = author(self._replica, account)
        return found

    def _opening(self, root: TargetId, heading: Heading) -> str:
        """What a thread is called."""
        found = self._openings.get(root)
        if found is None:
            found = called(self._replica, self._stream, root, self._blocked, heading)
            self._openings[root] = found
        return found

    def _reactions(self, message: Message) -> tuple[Reacted, ...]:
        there = message.imported.reactions if message.imported is not None else ()
        return (
            *(
                Reacted(term_safe.line(given.emoji), given.count, given.mine)
                for given in self._annotations.reactions(message.target)
            ),
            *(Reacted(term_safe.line(emoji), count, False) for emoji, count in there),
        )


def author(replica: Reader, account: AccountId) -> Author:
    """How an account is called: by its handle here, by its name elsewhere, or by its number."""
    number = f"?{account.hex()[:6]}"
    handle = replica.handle(account)
    if handle:
        return Author(term_safe.name(handle, number), replica.role(account) == "bot")
    there = replica.elsewhere(account)
    if there is not None:
        return Author(term_safe.name(there.name, number), there.bot)
    return Author(number, False)


def note_of(message: Message, me: AccountId, blocked: Container[AccountId]) -> str:
    """What stands where a message may not be shown, or cannot, safe to draw; "" where it may:
    nowhere is the text of one shown that has a note."""
    if message.dead is not None:
        return t("(deleted by its author)" if message.dead.how == "deleted" else "(erased)")
    if message.account in blocked:
        return t("(somebody you have blocked)")
    if message.hidden is not None and message.account != me:
        return t("(hidden by a moderator: {reason})", reason=term_safe.line(message.hidden.reason))
    return f"({unreadable(message.closed)})" if message.closed else ""


def called(
    replica: Reader,
    stream: StreamId,
    root: TargetId,
    blocked: Container[AccountId],
    heading: Heading | None = None,
) -> str:
    """What a thread is called: its title, or how its first message begins where that is shown.
    `heading` is its own, for who has read it."""
    title = term_safe.line((heading or replica.heading(stream, root)).title)
    first = None if title else replica.message(stream, root)
    if first is not None and not note_of(first, replica.me, blocked):
        title = brief(term_safe.body(first.text), QUOTE_TEXT_MAX)
    return title or t("a thread")


def _sending(message: Message) -> Sending:
    if message.refused:
        return Sending.REFUSED
    return Sending.QUEUED if message.pending else Sending.THERE


WhyWaits: TypeAlias = Callable[[StreamId], str]
"""Why what waits in a stream waits though the hub is there, in words; "" where nothing is known."""


def _unknown(_stream: StreamId) -> str:
    return ""


class ChannelRows:
    """A whole channel: what was said in its threads stands among the rest, in its order."""

    def __init__(self, replica: Reader, stream: StreamId, why_waits: WhyWaits = _unknown) -> None:
        self._replica = replica
        self._stream = stream
        self._why_waits = why_waits

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        with self._replica.moment():
            before = None if order is None or order >= PENDING_SEQ else order
            page = self._replica.before(self._stream, before, limit)
            found = [each for each in page.messages if order is None or each.order < order]
            return self._rows(found[-limit:])

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        with self._replica.moment():
            if order < PENDING_SEQ:
                found = list(self._replica.after(self._stream, max(order, 0), limit).messages)
            else:
                found = list(self._replica.before(self._stream, None, 1).messages)
            return self._rows([each for each in found if each.order > order][:limit])

    def extent(self) -> tuple[int, int] | None:
        """As a `RowSource`."""
        held = self._replica.held(self._stream)
        return None if held is None else (held.lo, held.hi)

    def _rows(self, messages: Sequence[Message]) -> list[Row]:
        why_waits = self._why_waits(self._stream)
        maker = RowMaker(self._replica, self._stream, messages, why_waits)
        return [maker.row(message, in_thread=False) for message in messages]


class ThreadRows:
    """One thread: its root, and what was said in it."""

    def __init__(
        self, replica: Reader, stream: StreamId, root: TargetId, why_waits: WhyWaits = _unknown
    ) -> None:
        self._replica = replica
        self._stream = stream
        self._root = root
        self._why_waits = why_waits

    def _rows(self) -> list[Row]:
        thread = self._replica.thread(self._stream, self._root)
        first = () if thread.root is None else (thread.root,)
        messages = (*first, *thread.replies)
        why_waits = self._why_waits(self._stream)
        maker = RowMaker(self._replica, self._stream, messages, why_waits)
        return [maker.row(message, in_thread=True) for message in messages]

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if order is None or row.order < order][-limit:]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows() if row.order > order][:limit]

    def extent(self) -> tuple[int, int] | None:
        """As a `RowSource`."""
        rows = self._rows()
        return (rows[0].order, rows[-1].order) if rows else None
