"""Reports: what shows a message to the moderators, and what moderators are shown.

A message of a conversation is shown with what proves it, and nothing else of the conversation; who
moderates checks that here, whatever the hub has taken.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, cast

from hobnob_client.catalogue import number, t
from hobnob_client.reading import places, timeline
from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.tables import Tables
from hobnob_protocol import nouns
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import MODERATION, PEOPLE, AccountId, StreamId, TargetId, target_of
from hobnob_protocol.kinds.moderation import Report, ReportSealed
from hobnob_protocol.limits import BODY_BYTES_MAX, EVENT_BYTES_MAX
from hobnob_protocol.nouns import ReportSealedValue, ReportValue
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.value import value
from hobnob_sync.accounts import Accounts
from hobnob_sync.opened import is_conversation, opened_stream
from hobnob_sync.ports import CellsKey, EachCellKey, Entry, RangeKey
from hobnob_sync.reports import named, proven, text_of

WINDOW_EVENTS: Final = 64
"""Events of `mod` looked at together on the way to so many reports."""
PLACED: Final = "SELECT seq FROM log WHERE id >= ? AND id <= ? AND stream = ?"

Reporting: TypeAlias = Report | ReportSealed


@value
class Reported:
    """One report as moderators see it: by whom, when and why, and what it is about.

    `event` names the message, `author` has written it and `text` is what it says; of a channel's
    message each is None where it is not held here. A `sealed` one is a conversation's: all three
    are proved, or None, where the report does not hold.
    """

    name: TargetId
    at_ms: int
    by: AccountId
    reason: str
    stream: StreamId
    sealed: bool
    event: TargetId | None
    author: AccountId | None
    text: str | None

    @property
    def holds(self) -> bool:
        """May what it shows be believed?"""
        return not self.sealed or self.author is not None


def report(desk: Desk, stream: StreamId, target: TargetId, reason: str) -> Reporting:
    """What tells the moderators of a message.

    UsageError, in words, where it cannot be shown to them.
    """
    if not is_conversation(stream):
        return Report(stream, target, reason)
    opened = opened_stream(stream)
    shown = timeline.one(desk, opened, target)
    if shown is None or shown.dead is not None:
        raise UsageError(t("nothing of this message is left that could be shown"))
    if shown.account == desk.me:
        raise UsageError(t("this is your own message: only who has read it can report it"))
    if shown.closed:
        raise UsageError(t("this message cannot be read here, so it cannot be shown either"))
    return _evidence(desk, stream, opened, shown.version, reason)


def _evidence(
    desk: Desk, stream: StreamId, opened: StreamId, version: TargetId, reason: str
) -> ReportSealed:
    """The text that is read now, as its author has sealed it: the message, or its last edit."""
    for (seq,) in desk.store.sql.query(PLACED, (version, version + b"\xff" * 16, opened)):
        sealed = places.entry(desk, stream, seq)
        kept = None if sealed is None else Tables(desk.store.sql).opened(sealed.event_id)
        if sealed is None or kept is None or not kept.salt:
            break
        body = ReportSealed(stream, sealed.event, kept.salt, pad(kept.said), reason)
        _bounded(body)
        return body
    raise UsageError(t("this message was kept without what proves it, so it cannot be shown"))


def _bounded(body: ReportSealed) -> None:
    try:
        STANDARD.encode(body)
    except UsageError as refused:
        broken = refused.__cause__
        if isinstance(broken, ProtocolError) and broken.rule == "size":
            said = t(
                "this message is too long to be shown: with its proof it has more than {most} "
                "bytes",
                most=number(BODY_BYTES_MAX),
            )
            raise UsageError(said) from broken
        raise


def reports(desk: Desk, limit: int) -> tuple[Reported, ...]:
    """Up to `limit` reports, the newest first; none for who moderates nothing."""
    row = desk.row(MODERATION)
    found: list[Reported] = []
    court = _Court(desk)
    end = 0 if row is None else row.hi + 1
    while row is not None and end > row.lo and len(found) < limit:
        first = max(row.lo, end - WINDOW_EVENTS)
        key = RangeKey(MODERATION, first, end - first, (end - first) * EVENT_BYTES_MAX)
        entries = desk.store.load((key,)).get(key)
        found += court.reports(reversed(entries))
        end = first
    return tuple(found[:limit])


class _Court:
    """Checks what is shown; the accounts are read once, and only where something is sealed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._accounts: Accounts | None = None

    def reports(self, entries: Iterable[Entry]) -> Iterator[Reported]:
        """What these events of `mod` report."""
        several = tuple(entries)
        names = tuple(target_of(entry.event_id) for entry in several)
        both = (nouns.REPORT, nouns.REPORT_SEALED)
        keys = [EachCellKey(MODERATION, noun, names) for noun in both]
        cells = self._desk.cells(MODERATION, keys)
        for name, entry in zip(names, several, strict=True):
            plain, sealed = (cells.get(noun, name) for noun in both)
            if plain is not None:
                value = ReportValue(*cast("tuple[Any, ...]", plain.value))
                yield self._of_channel(name, entry.at_ms, value)
            elif sealed is not None:
                shown = ReportSealedValue(*cast("tuple[Any, ...]", sealed.value))
                yield self._of_conversation(name, entry.at_ms, shown)

    def _of_channel(self, name: TargetId, at_ms: int, value: ReportValue) -> Reported:
        by, stream, target, reason = value
        held = timeline.one(self._desk, stream, target) if not is_conversation(stream) else None
        author, text = (None, None) if held is None else (held.author, held.text)
        return Reported(name, at_ms, by, reason, stream, False, target, author, text)

    def _of_conversation(self, name: TargetId, at_ms: int, value: ReportSealedValue) -> Reported:
        by, stream, event, opening, padded, reason = value
        identity = self._desk.state.identity
        found = named(identity.hub, self._all(), stream, event)
        told = (stream, event, Opening(opening, padded))
        text = proven(identity.hub, found.author, identity.verifier, *told) if found else None
        if found is None or text is None:
            return Reported(name, at_ms, by, reason, stream, True, None, None, None)
        target, author = target_of(found.event), found.author.account
        return Reported(
            name, at_ms, by, reason, stream, True, target, author, text_of(text, STANDARD)
        )

    def _all(self) -> Accounts:
        if self._accounts is None:
            cells = self._desk.cells(PEOPLE, (CellsKey(PEOPLE, nouns.LINK, b""),))
            links = ((nouns.LINK, key, cell) for key, cell in cells.scan(nouns.LINK, b""))
            identity = self._desk.state.identity
            self._accounts = Accounts.from_cells(
                identity.hub, identity.hub_key, identity.verifier, links
            )
        return self._accounts
