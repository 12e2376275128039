"""What stands in each room, out of the replica: a bounded look for each, as of now."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.catalogue import n, t
from hobnob_client.reading import Reader
from hobnob_client.reading.addressed import LOOKED_AT_MAX, Addressed, Need, Quiet, Said, Talk, Why
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.refusals import words
from hobnob_client.tui.rooms.line import Lately, Line, Sort
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rows import author, called, note_of
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation
from hobnob_sync.ports import TrayRow

TEXT_MAX: Final = 200
"""So much of a message is told."""
LINES_MAX: Final = 100
"""Entries of a room: who wants more searches."""
NEW: Final = "●"
INSIDE: Final = " \u203a "
"""Stands between a place and a thread in it."""

PlaceName = Callable[[StreamId], str]


@value
class Standing:
    """What is for one, counted: `lines` of Home, how much of it needs one, and how many messages
    can wait; `about` where the hub's own counts had to serve."""

    lines: tuple[Line, ...] = ()
    needs: int = 0
    wait: int = 0
    about: bool = False
    mentions: int = 0
    replies: int = 0


@value
class Newest:
    """A message in short, safe to draw."""

    target: TargetId
    who: str
    text: str


class Contents:
    """Reads rooms. Texts are made safe here, once."""

    def __init__(self, reader: Reader, place_name: PlaceName) -> None:
        self._reader = reader
        self._addressed: Addressed = reader.addressed()
        self._place_name = place_name

    def quiet(self, done: Iterable[TargetId], read_here: dict[StreamId, int]) -> Quiet:
        """What asks for no attention now."""
        kept = self._reader.kept()
        wishes, now_ms = self._reader.wishes(), time_of_day.now_ms()
        muted = wishes.muted(now_ms), wishes.muted_threads(now_ms)
        return Quiet(kept.blocked, *muted, tuple(done), read_here)

    def home(self, items: Sequence[Item], quiet: Quiet) -> Standing:
        """What needs one, in the order of need, then where something can wait. `items` are the
        lines of the list of channels."""
        needs = self._addressed.needs(quiet)
        by_why = {why: [each for each in needs if each.why is why] for why in Why}
        talks = [item for item in items if item.stream is not None and item.unread]
        heard = [item for item in talks if not item.muted]
        direct = [item for item in heard if item.stream and is_conversation(item.stream)]
        later = [item for item in heard if item.stream and not is_conversation(item.stream)]
        lines = [
            *(self._need(each) for each in by_why[Why.MENTIONED]),
            *(self._direct(item) for item in direct if item.mentions),
            *(self._need(each) for each in by_why[Why.ANSWERED]),
            *(self._refused(row) for row in self._reader.tray()),
            *(self._direct(item) for item in direct if not item.mentions),
            *(self._need(each) for each in by_why[Why.ASKED]),
            *(self._need(each) for each in by_why[Why.WROTE]),
        ]
        shown = lines[:LINES_MAX]
        told = sum(len(each.said) for each in needs)
        wait = max(0, sum(item.unread for item in later) - told)
        return Standing(
            (*shown, *(self._later(item) for item in later)),
            len(lines),
            wait,
            not all(item.exact for item in later),
            len(by_why[Why.MENTIONED]),
            len(by_why[Why.ANSWERED]) + len(by_why[Why.WROTE]),
        )

    def lines(self, room: Room) -> tuple[Line, ...]:
        """What stands in one of the other rooms, newest first."""
        blocked = self._reader.kept().blocked
        if room is Room.MENTIONS:
            return tuple(map(self._said, self._addressed.mentions(LINES_MAX, blocked)))
        if room is Room.REPLIES:
            return tuple(map(self._said, self._addressed.replies(LINES_MAX, blocked)))
        if room is Room.THREADS:
            return tuple(map(self._thread, self._addressed.threads(LINES_MAX, blocked)))
        if room is Room.SAVED:
            return self._saved()
        return self._drafts() if room is Room.DRAFTS else ()

    def by(self, account: AccountId, limit: int) -> tuple[Line, ...]:
        """What one member said last, where one may read it oneself, also before they came here."""
        found = self._addressed.by(self._reader.accounts_of(account), limit)
        return tuple(map(self._said, found))

    def newest(self, stream: StreamId, target: TargetId) -> Newest | None:
        """A message in short: by whom, and what or why not."""
        shown = self._reader.message(stream, target)
        if shown is None:
            return None
        note = note_of(shown, self._reader.me, self._reader.kept().blocked)
        text = note or self._brief(term_safe.body(shown.text))
        return Newest(target, self._name(shown.author), text)

    # One entry each.

    def _need(self, need: Need) -> Line:
        said = need.newest
        why = need.why
        sign = {Why.MENTIONED: "@", Why.ASKED: "?"}.get(why, "↳")
        why_new = reason = t("mentions you")
        if why in (Why.ANSWERED, Why.WROTE):
            reason = t("replies to you") if why is Why.ANSWERED else t("you wrote here")
            why_new = _counted(len(need.said), reason)
        elif why is Why.ASKED:
            why_new = reason = t("a poll you have not voted in")
        return Line(
            said.target,
            Sort.MESSAGE,
            sign,
            self._name(said.author),
            self.where(said.stream, said.root),
            why_new,
            self._brief(said.text),
            said.at_ms,
            said.stream,
            said.target,
            said.thread,
            tuple(each.target for each in need.said),
            len(need.said),
            reason,
        )

    def _direct(self, item: Item) -> Line:
        assert item.stream is not None
        said = self._addressed.last(item.stream)
        group = item.label.startswith("&")
        reason = t("in a private group") if group else t("a direct message")
        if not item.mentions:
            reason = t("they are new to you")
        who = self._name(said.author) if group and said is not None else ""
        return Line(
            item.stream,
            Sort.PLACE,
            "✉",
            who,
            item.label,
            _counted(item.unread, reason),
            self._brief(said.text) if said is not None else "",
            said.at_ms if said is not None else 0,
            item.stream,
            count=item.unread,
            reason=reason,
        )

    def _refused(self, row: TrayRow) -> Line:
        event = decode_event(row.said or row.event)
        body = STANDARD.decode(event.header.kind, event.body)
        text = brief(term_safe.body(body.text), TEXT_MAX) if isinstance(body, Post) else ""
        return Line(
            b"refused" + row.n.to_bytes(8, "big"),
            Sort.REFUSED,
            "✗",
            "",
            self.place(row.stream),
            t("not sent, {why}", why=words(row.code)),
            text,
            event.header.ts_seconds * 1_000,
            row.stream,
            count=1,
        )

    def lately(self, line: Line, limit: int, blocked: Sequence[AccountId]) -> tuple[Lately, ...]:
        """What was said last where something can wait, oldest first: up to `limit` of what is
        new there."""
        if line.stream is None:
            return ()
        said = self._addressed.latest(line.stream, min(limit, line.count), blocked)
        return tuple(
            Lately(self._name(each.author), self._brief(each.text)) for each in reversed(said)
        )

    def _later(self, item: Item) -> Line:
        assert item.stream is not None
        new = n("{count} new", "{count} new", item.unread) + ("" if item.exact else "~")
        return Line(
            item.stream,
            Sort.PLACE,
            "#",
            "",
            item.label,
            new,
            item.purpose,
            stream=item.stream,
            count=item.unread,
            later=True,
        )

    def _said(self, said: Said) -> Line:
        return Line(
            said.target,
            Sort.MESSAGE,
            NEW if said.unread else " ",
            self._name(said.author),
            self.where(said.stream, said.root),
            "",
            self._brief(said.text),
            said.at_ms,
            said.stream,
            said.target,
            said.thread,
            (said.target,),
            int(said.unread),
        )

    def _thread(self, talk: Talk) -> Line:
        heading = self._reader.heading(talk.stream, talk.root)
        newest, names = talk.said[0], [self._name(each) for each in talk.authors[:3]]
        more = f" +{len(talk.authors) - 3}" if len(talk.authors) > 3 else ""
        marks = [self.place(talk.stream), ", ".join(names) + more]
        if talk.unread:
            marks.append(n("{count} new", "{count} new", talk.unread))
        if heading.answer is not None:
            marks.append(t("✓ answered"))
        if heading.resolved:
            marks.append(t("✓ resolved"))
        return Line(
            talk.root,
            Sort.THREAD,
            NEW if talk.unread else " ",
            self.called(talk.stream, talk.root),
            "",
            " · ".join(marks),
            self._brief(newest.text),
            newest.at_ms,
            talk.stream,
            newest.target,
            talk.root,
            tuple(each.target for each in talk.said if each.unread),
            talk.unread,
        )

    def _saved(self) -> tuple[Line, ...]:
        found: list[Line] = []
        own = self._reader.kept()
        for kept in reversed(own.saved[-LINES_MAX:]):
            shown = self._reader.message(kept.stream, kept.target)
            if shown is None:
                note, text = t("not on this device"), ""
            else:
                note = note_of(shown, self._reader.me, own.blocked)
                text = "" if note else self._brief(term_safe.body(shown.text))
            found.append(
                Line(
                    kept.target,
                    Sort.MESSAGE,
                    "★",
                    self._name(shown.author) if shown is not None else "",
                    self.where(kept.stream, (shown and shown.thread) or kept.target),
                    note,
                    text,
                    shown.at_ms if shown is not None else 0,
                    kept.stream,
                    kept.target,
                    shown.thread if shown is not None else None,
                )
            )
        return tuple(found)

    def _drafts(self) -> tuple[Line, ...]:
        return tuple(
            Line(
                b"draft" + (each.thread or b"") + each.stream,
                Sort.DRAFT,
                "…",
                "",
                self.where(each.stream, each.thread),
                t("another one, kept beside it") if each.beside else "",
                self._brief(term_safe.body(each.text)),
                each.at_ms,
                each.stream,
                root=each.thread,
            )
            for each in self._reader.drafts()[:LINES_MAX]
        )

    # Names.

    def called(self, stream: StreamId, root: TargetId) -> str:
        """What a thread is called: its title, or how its first message begins."""
        return called(self._reader, stream, root, self._reader.kept().blocked)

    def who(self, account: bytes) -> str:
        """How a member is called."""
        return self._name(AccountId(account))

    def where(self, stream: StreamId, root: TargetId | None) -> str:
        """A place, with the title of a thread in it where that has one."""
        title = "" if root is None else term_safe.line(self._reader.heading(stream, root).title)
        return INSIDE.join(filter(None, (self.place(stream), title)))

    def place(self, stream: StreamId) -> str:
        """How a place is called."""
        return self._place_name(stream)

    def _name(self, account: AccountId) -> str:
        return author(self._reader, account).name

    @staticmethod
    def _brief(safe: str) -> str:
        return brief(safe, TEXT_MAX)


def _counted(count: int, reason: str) -> str:
    """A reason, with how much is new where that is more than one."""
    new = n("{count} new", "{count} new", count)
    return f"{new}, {reason}" if count > 1 else reason


assert LINES_MAX <= LOOKED_AT_MAX, "what is new is among what is looked at"
