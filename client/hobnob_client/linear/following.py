"""What has come since it was looked last: new messages, and what became of those told of before."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from hobnob_client.linear.hearing import Hearing
from hobnob_client.linear.telling import Seen, Telling, Told
from hobnob_client.reading import ConversationLine, Place, Reader
from hobnob_client.reading.timeline import Page
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.registry import STANDARD
from hobnob_sync.views.message import Message

PAGE: Final = 100
"""Messages looked at together."""
BEGUN_MAX: Final = 100
"""A conversation that comes with more than this was not begun just now: it is told from its end."""
REMEMBERED_MAX: Final = 1_000
"""Changes of older messages are not told of."""


class Following:
    """Tells each message once, and each change of one that was told."""

    def __init__(self, reader: Reader, telling: Telling) -> None:
        self._reader = reader
        self._telling = telling
        self._told: OrderedDict[tuple[StreamId, TargetId], Seen] = OrderedDict()
        self.told_to: dict[StreamId, int] = {}
        """How far each place has been told."""
        self.read_to: dict[StreamId, int] = {}
        """The same up to the first unread message that was passed over, or is not held."""
        self._whole: set[StreamId] = set()
        """The places in which there was none."""
        self.own: set[TargetId] = set()
        """What was typed here: nobody needs to hear it again."""
        self._started = False

    def begin(self, place: Place, seq: int | None = None) -> None:
        """Tell of a place from after `seq` on, where it is read to; from its end for None."""
        if seq is None:
            seq = self._reader.before(place.stream, None, 1).last_seq
            reading = self._reader.reading(place.stream)
            whole = reading is None or not reading.unread
        else:
            whole = True
        self.told_to[place.stream] = seq
        self.read_to.pop(place.stream, None)
        (self._whole.add if whole else self._whole.discard)(place.stream)

    def news(self, places: Iterable[Place], hearing: Hearing) -> Iterator[Told]:
        """What there is to tell. A conversation that somebody has begun meanwhile is told from its
        first message on, a channel that is new from where it stands."""
        for place in self.start(places):
            yield from self._of(place, hearing)

    def start(self, places: Iterable[Place]) -> list[Place]:
        """Tell of these from now on; of what was told of before, from where that ended. Those of
        which nothing is here yet are left out."""
        found: list[Place] = []
        for place in places:
            if place.stream not in self.told_to:
                if self._reader.held(place.stream) is None:
                    continue
                self.begin(place, self._begun_at(place) if self._started else None)
            found.append(place)
        self._started = True
        return found

    def _begun_at(self, place: Place) -> int | None:
        """To where a conversation that has just come is read; None for a channel, or an old one."""
        reading = self._reader.reading(place.stream)
        is_new = reading is not None and 0 < reading.unread <= BEGUN_MAX
        new = reading if is_new and isinstance(place, ConversationLine) else None
        return new.cursor.seq if new is not None else None

    def remember(self, place: Place, shown: Message) -> None:
        """A message was told: tell of its changes."""
        key = (place.stream, shown.target)
        self._told[key] = self._telling.seen(place, shown)
        self._told.move_to_end(key)
        if len(self._told) > REMEMBERED_MAX:
            self._told.popitem(last=False)

    def _of(self, place: Place, hearing: Hearing) -> Iterator[Told]:
        held = self._reader.held(place.stream)
        told_to = self.told_to[place.stream]
        if held is None or held.hi <= told_to:
            return
        for page in self._reader.pages_after(place.stream, told_to, PAGE):
            if page.missing:
                self._whole.discard(place.stream)
            self.told_to[place.stream] = page.last_seq
            touched = self._touched(place, page)
            for shown in page.messages:
                touched.discard(shown.target)
                if shown.seq is None or shown.dead is not None:
                    continue
                if not hearing.hears(place, shown):
                    # What was passed over is not read.
                    self._read(place, shown.seq - 1)
                    self._whole.discard(place.stream)
                    continue
                self.remember(place, shown)
                if shown.target in self.own:
                    self.own.discard(shown.target)
                else:
                    yield self._telling.message(place, shown)
            for target in sorted(touched):
                yield from self._changed(place, target, hearing)
            self._read(place, page.last_seq)

    def _read(self, place: Place, seq: int) -> None:
        """All up to there was told."""
        if place.stream in self._whole:
            self.read_to[place.stream] = seq

    def _touched(self, place: Place, page: Page) -> set[TargetId]:
        """Which messages that were told the events of a page name."""
        found: set[TargetId] = set()
        for seq in range(page.first_seq, page.last_seq + 1):
            entry = self._reader.entry(place.stream, seq)
            with suppress(ProtocolError):
                event = decode_event(entry.event) if entry is not None else None
                if event is not None and not event.is_stub:
                    body = STANDARD.decode(event.header.kind, event.body)
                    target = getattr(body, "target", None)
                    if target is not None and (place.stream, target) in self._told:
                        found.add(target)
        return found

    def _changed(self, place: Place, target: TargetId, hearing: Hearing) -> Iterator[Told]:
        shown = self._reader.message(place.stream, target)
        # It may be forgotten by now, for what came with its change.
        before = self._told.get((place.stream, target))
        if shown is None or before is None:
            return
        now = self._telling.seen(place, shown)
        self._told[(place.stream, target)] = now
        if hearing.hears(place, shown):
            yield from self._telling.changes(place, shown, before, now, hearing.blocked)
