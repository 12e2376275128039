"""The channels of an archive, and which streams of the hub take them up."""

from collections.abc import Mapping
from typing import Final

from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.imports import ImportedChannel
from hobnob_protocol.limits import NAME_TEXT_MAX, PURPOSE_TEXT_MAX
from hobnob_server.errors import ConfigError
from hobnob_server.interchange.cleaning import clean
from hobnob_server.interchange.held import Held, channel_row
from hobnob_server.interchange.people import channel_body, channel_name, unknown_channel
from hobnob_server.interchange.records import BadRecord, Record
from hobnob_server.interchange.sink import Origin, Sink


class Places:
    """Finds or makes the channel for each of an archive's; `names` are the hub's public ones."""

    def __init__(
        self, held: Held, sink: Sink, names: Mapping[str, StreamId], *, auto_join: bool
    ) -> None:
        self._held: Final = held
        self._sink: Final = sink
        self._names: Final = dict(names)
        self._auto_join: Final = auto_join
        self._entered: set[StreamId] = set()
        self._left_out: set[str] = set()

    def check(self, record: Record) -> None:
        """ConfigError where the channel of this name holds what did not come from this source."""
        name = channel_name(record["name"])
        if self._is_others(record["id"], name):
            raise ConfigError(
                f"#{name} holds messages that are not from {self._held.source}: rename it first, "
                f"with: hobnob hub channel set {name} --rename NEW"
            )

    def _is_others(self, source_id: str, name: str) -> bool:
        return source_id not in self._held.channels and self._names.get(name) in self._held.others

    def take(self, record: Record, origin: Origin) -> bool:
        """The channel of a record is there; False where nothing changed. BadRecord."""
        try:
            if record.get("private"):
                raise BadRecord("it is private, and imported channels are public")
            body = channel_body(self._held.source, record)
        except BadRecord:
            self._left_out.add(record["id"])
            raise
        row = self._held.channels.get(body.source_id)
        if row is not None and (row.name, row.extra) == (body.name, body.extra):
            return False
        stream = row.stream if row is not None else self._stream(record)
        self._tell(stream, body, origin)
        return True

    def stream(self, source_id: str, origin: Origin) -> StreamId:
        """Where what was said in a channel goes; one that no record tells of gets its id's name.

        BadRecord where that name is another's, or the channel's record was bad.
        """
        if source_id in self._left_out:
            raise BadRecord("its channel is not imported")
        row = self._held.channels.get(source_id)
        if row is None:
            if self._is_others(source_id, channel_name(source_id)):
                raise BadRecord("its channel has no record, and the name of its id is taken")
            stream = self._stream({"id": source_id, "name": source_id})
            self._tell(stream, unknown_channel(self._held.source, source_id), origin)
            return stream
        if row.stream not in self._entered:
            self._enter(row.stream)
        return row.stream

    def _tell(self, stream: StreamId, body: ImportedChannel, origin: Origin) -> None:
        self._enter(stream)
        self._sink.say(stream, body, origin)
        self._held.channels[body.source_id] = channel_row(body, stream)

    def _enter(self, stream: StreamId) -> None:
        self._sink.enter(stream)
        self._entered.add(stream)

    def _stream(self, record: Record) -> StreamId:
        """An empty channel of this name, or a new one."""
        name = channel_name(record["name"])
        if not name:
            raise BadRecord("its name is empty")
        purpose = clean(record.get("purpose") or "")[:PURPOSE_TEXT_MAX]
        auto_join = self._auto_join or record.get("auto_join") is True
        taken = {row.stream for row in self._held.channels.values()}
        there = self._names.get(name)
        if there is not None and there not in taken:
            self._sink.adopt(there, purpose, auto_join)
            return there
        number = 2
        free = name
        while free in self._names:
            free = f"{name[: NAME_TEXT_MAX - 5]}-{number}"
            number += 1
        stream = self._sink.create(free, purpose, auto_join)
        self._names[free] = stream
        return stream
