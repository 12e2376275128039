"""One import: members, then channels, then messages by time, each only where the log lacks it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hobnob_protocol.ids import PEOPLE, StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.moderation import Hide
from hobnob_protocol.kinds.reactions import Pin
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle
from hobnob_server.interchange.extras import ABSENT
from hobnob_server.interchange.files import Archive
from hobnob_server.interchange.held import Held
from hobnob_server.interchange.messages import Place, Thread, imported, time_ms, title
from hobnob_server.interchange.people import MemberRow, member_row, packed
from hobnob_server.interchange.places import Places
from hobnob_server.interchange.reading import records
from hobnob_server.interchange.records import BadRecord, Record, check_channel, check_member
from hobnob_server.interchange.report import Report
from hobnob_server.interchange.said import Said
from hobnob_server.interchange.sink import Origin, Sink
from hobnob_server.interchange.sorting import by_time, survey

STAND_IN: Final = "(This message is not in the archive.)"
"""What stands where a thread's root is missing."""
_HIDDEN: Final = "hidden where it came from"


class Import:
    """Brings one archive into one sink; what is `held` grows along."""

    def __init__(
        self, archive: Archive, held: Held, places: Places, sink: Sink, report: Report
    ) -> None:
        self._archive: Final = archive
        self._held: Final = held
        self._places: Final = places
        self._sink: Final = sink
        self._report: Final = report

    def run(self) -> None:
        """All of it. ConfigError, before anything was written, where a channel is not free."""
        channels = list(self._channels())
        for _, record in channels:
            self._places.check(record)
        self._take_members()
        for origin, record in channels:
            self._take_channel(origin, record)
        self._commit()
        found = survey(self._archive.messages)
        self._report.begin(found.lines)
        for line in by_time(found):
            origin = Origin(line.file, line.number)
            if line.record is None:
                self._report.bad(self._report.messages, origin, line.why)
            else:
                self._take_message(origin, line.record)
            self._report.moved()
            if self._sink.is_full():
                self._commit()
        self._commit()
        self._report.end()

    def _commit(self) -> None:
        for refused in self._sink.commit():
            why = f"the hub refuses: {refused.code}"
            self._report.bad(self._report.messages, refused.origin, why)

    def _say(self, stream: StreamId, body: Body, origin: Origin) -> TargetId:
        self._report.events += 1
        return self._sink.say(stream, body, origin)

    # Members and channels.

    def _take_members(self) -> None:
        for body in packed(self._held.source, self._new_members()):
            self._say(PEOPLE, body, Origin("members", 0))
            if self._sink.is_full():
                self._commit()

    def _new_members(self) -> Iterator[MemberRow]:
        counts, people = self._report.members, self._held.people
        for origin, record in records(self._archive.members, check_member, counts, self._report):
            try:
                row = member_row(record)
            except BadRecord as bad:
                self._report.bad(counts, origin, str(bad))
                continue
            if people.rows.get(row[0]) == row:
                counts.present += 1
                continue
            counts.added += 1
            people.add(row)
            yield row

    def _channels(self) -> Iterator[tuple[Origin, Record]]:
        counts = self._report.channels
        return records(self._archive.channels, check_channel, counts, self._report)

    def _take_channel(self, origin: Origin, record: Record) -> None:
        counts = self._report.channels
        try:
            if self._places.take(record, origin):
                counts.added += 1
                self._report.events += 1
            else:
                counts.present += 1
        except BadRecord as bad:
            self._report.bad(counts, origin, str(bad))

    # Messages.

    def _take_message(self, origin: Origin, record: Record) -> None:
        counts = self._report.messages
        there = self._held.said.get(record["id"])
        if there is not None and not there.stands_in:
            counts.present += 1
            return
        try:
            self._bring(origin, record, there)
        except BadRecord as bad:
            self._report.bad(counts, origin, str(bad))
        else:
            counts.added += 1

    def _bring(self, origin: Origin, record: Record, stand_in: Said | None) -> None:
        stream = self._places.stream(record["channel"], origin)
        people = self._held.people
        place = self._place(stream, record, stand_in, origin)
        bodies = imported(
            record,
            self._held.source,
            place,
            people.account_of,
            people.member_of,
            people.name_of(record.get("author")),
        )
        first = self._say(stream, bodies[0], origin)
        self._held.said.put(record["id"], Said(first, place.target, False))
        for more in bodies[1:]:
            within = replace(more, thread=place.target or first, reply=first)
            self._say(stream, within, origin)
        self._mark(stream, record, first, place.target, origin)

    def _place(
        self, stream: StreamId, record: Record, stand_in: Said | None, origin: Origin
    ) -> Place:
        """Where the record belongs, by what is in the log before it."""
        said = self._held.said
        reply = self._answered(record.get("reply_to"))
        topic = _topic(record)
        root_id = record.get("thread")
        if topic is not None:
            root = said.topic(record["channel"], topic.key)
            if root_id is not None and reply is None and root_id != record["id"]:
                within = said.get(root_id)
                reply = None if within is None or within.target == root else within.target
            return Place(root, self._held.threads.get(root) if root else None, reply)
        if stand_in is not None:
            return Place(stand_in.target, None, reply)
        if root_id is None or root_id == record["id"]:
            return Place(None, None, reply)
        root_said = said.get(root_id) or self._stand_in(stream, record, origin)
        target = root_said.thread or root_said.target
        return Place(target, self._held.threads.get(target), reply)

    def _answered(self, reply_to: str | list[str] | None) -> TargetId | None:
        """The first message that is answered; None where it is not in the log, or not yet."""
        if not reply_to:
            return None
        found = self._held.said.get(reply_to if isinstance(reply_to, str) else reply_to[0])
        return None if found is None else found.target

    def _stand_in(self, stream: StreamId, record: Record, origin: Origin) -> Said:
        """A message in the place of a thread's root that has not come, and may never."""
        source, root_id = self._held.source, record["thread"]
        nobody = self._held.people.account_of(None)
        body = Imported(
            source, root_id, nobody, time_ms(record["ts"]), STAND_IN, extra=((ABSENT, ""),)
        )
        said = Said(self._say(stream, body, origin), None, True)
        self._held.said.put(root_id, said)
        self._report.stand_ins += 1
        return said

    def _mark(
        self,
        stream: StreamId,
        record: Record,
        target: TargetId,
        root: TargetId | None,
        origin: Origin,
    ) -> None:
        """What is done to a message beside saying it, by the importer's own acts."""
        topic = _topic(record)
        if topic is not None and root is None:
            self._held.threads[target] = topic
            self._held.said.put_topic(record["channel"], topic.key, target)
            if named := title(topic.topic):
                self._say(stream, ThreadTitle(target, named), origin)
                self._report.threads += 1
        if record.get("resolved") and root is None:
            self._say(stream, ThreadResolve(target), origin)
        if record.get("accepted") and root is not None:
            self._say(stream, AcceptAnswer(root, target), origin)
        if record.get("pinned"):
            self._say(stream, Pin(target), origin)
        if record.get("hidden"):
            self._say(stream, Hide(target, True, _HIDDEN), origin)


def _topic(record: Record) -> Thread | None:
    topic_id, topic = record.get("topic_id"), record.get("topic")
    return None if topic_id is None and topic is None else Thread(topic_id, topic)
