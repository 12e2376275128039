"""One export: every public channel of a hub, what was imported and what was said here alike.

Private channels stay out: the format has no word for who may read what.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId
from hobnob_protocol.kinds.imports import ImportedChannel, ImportedMembers
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.registry import STANDARD
from hobnob_server.interchange.activity import Activity
from hobnob_server.interchange.channel_log import ChannelLog
from hobnob_server.interchange.files import written
from hobnob_server.interchange.held import entries, opened
from hobnob_server.interchange.naming import Naming
from hobnob_server.interchange.people import People, channel_record, member_record
from hobnob_server.interchange.records import Record, spelled
from hobnob_server.interchange.runs import Kept, Runs
from hobnob_server.printing import Answer
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import Entry

_CHANNEL: Final = STANDARD.of(ImportedChannel).number
_MEMBERS: Final = STANDARD.of(ImportedMembers).number
_PROFILE: Final = STANDARD.of(ProfileField).number


class Export:
    """Writes one hub's archive into a directory; `importer`, whom the hub imports by, is no
    member of its community."""

    def __init__(
        self, state: HubState, store: SqliteEventStore, packing: str, importer: AccountId | None
    ) -> None:
        self._state: Final = state
        self._store: Final = store
        self._packing: Final = packing
        self._people: dict[str, People] = {}
        self._profiles: dict[AccountId, dict[str, str | None]] = {}
        self._importer: Final = importer
        self._activity: Final = Activity()
        self._runs: Final = Runs()
        self._channels: list[Record] = []
        self._empty = 0

    def write(self, directory: Path) -> Answer:
        """All three files; how much is in them."""
        self._read_people()
        self._read_sources()
        messages = 0
        with closing(Naming(self._people.values())) as naming:
            for stream in self._state.names.values():
                messages += self._read_channel(stream, naming)
            members = list(self._members(naming))
        channels = self._channels
        self._put(directory, "messages.jsonl", (kept.data for kept in self._runs))
        self._put(directory, "members.jsonl", (spelled(one).encode() for one in members))
        self._put(directory, "channels.jsonl", (spelled(one).encode() for one in channels))
        return {
            "members": len(members),
            "channels": len(channels),
            "messages": messages,
            "empty_channels_left_out": self._empty,
            "private_channels_left_out": self._private(),
        }

    def _put(self, directory: Path, name: str, rows: Iterator[bytes]) -> None:
        with written(directory, name, self._packing) as write:
            for row in rows:
                write(row + b"\n")

    # Channels and messages.

    def _read_channel(self, stream: StreamId, naming: Naming) -> int:
        count = 0
        with closing(ChannelLog(self._state, self._store, stream, naming)) as log:
            for record in log.records(self._activity):
                order = (float(record["ts"]), record["id"])
                self._runs.add(Kept(order, count, spelled(record).encode()))
                count += 1
            row = log.row
        if row is not None and row.known:
            self._channels.append(naming.qualify(row.source, channel_record(row)))
        elif row is None and count:
            self._channels.append(self._channel(stream, log.channel))
        elif row is None:
            self._empty += 1
        return count

    def _channel(self, stream: StreamId, channel: str) -> Record:
        state = self._state
        record: Record = {"id": channel, "name": state.channel(stream, "name")}
        for name in ("purpose", "auto_join"):
            if value := state.channel(stream, name):
                record[name] = value
        return {**record, **self._activity.channels[channel].fields()}

    def _private(self) -> int:
        streams = self._state.streams
        public = set(self._state.names.values())
        return sum(stream[:2] == b"c:" and stream not in public for stream in streams)

    def _read_sources(self) -> None:
        """Sources without members; what a channel was elsewhere stands before its messages."""
        for stream in self._state.names.values():
            for entry in entries(self._store, stream):
                number, data = opened(entry)
                kind = STANDARD.get(number)
                if number == _CHANNEL and data:
                    source = decode_body(ImportedChannel, data).source
                    self._people.setdefault(source, People(source))
                    break
                if kind is not None and kind.root:
                    break

    # Members.

    def _read_people(self) -> None:
        for entry in entries(self._store, PEOPLE):
            number, data = opened(entry)
            if number == _MEMBERS and data:
                body = decode_body(ImportedMembers, data)
                people = self._people.setdefault(body.source, People(body.source))
                for row in body.members:
                    people.add(row)
            elif number == _PROFILE and data:
                field = decode_body(ProfileField, data)
                account = self._author(entry)
                self._profiles.setdefault(account, {})[field.name] = field.value

    def _author(self, entry: Entry) -> AccountId:
        author = self._state.accounts.author(decode_event(entry.event).header.device)
        return author.account if author is not None else AccountId(b"")

    def _members(self, naming: Naming) -> Iterator[Record]:
        """Those of each source, then those of this hub."""
        for source, people in self._people.items():
            for row in people.rows.values():
                yield naming.qualify(source, member_record(row))
        state = self._state
        for (stream, noun, key), cell in state.cells.items():
            if stream == PEOPLE and noun == nouns.HANDLE:
                account = AccountId(cast("bytes", cell.value))
                if account != self._importer:
                    yield self._member(account, key.decode())

    def _member(self, account: AccountId, handle: str) -> Record:
        profile = {
            name: value
            for name, value in self._profiles.get(account, {}).items()
            if value is not None
        }
        return {
            **profile,
            "id": account.hex(),
            "name": profile.get("name") or handle,
            "handle": handle,
            "bot": self._state.role(account) == "bot",
            **self._activity.members[account.hex()].fields(),
        }
