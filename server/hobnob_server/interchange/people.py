"""Members and channels of an archive, as records and as what the log holds of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from hobnob_protocol.ids import AccountId, StreamId, imported_account
from hobnob_protocol.kinds.imports import ImportedChannel, ImportedMembers
from hobnob_protocol.limits import (
    EXTRA_FIELDS_MAX,
    IMPORTED_MEMBERS_MAX,
    MEMBER_FIELDS_MAX,
    NAME_TEXT_MAX,
    SOURCE_TEXT_MAX,
)
from hobnob_server.interchange.cleaning import clean_line
from hobnob_server.interchange.extras import ABSENT, Pairs, corrected, corrections
from hobnob_server.interchange.records import BadRecord, Record

MemberRow: TypeAlias = tuple[str, str, bool, Pairs]
"""Id, name, whether a bot, and other fields."""

_MEMBERS_BYTES: Final = 12_000
"""What is put into one event of members."""
_PAIRS_BYTES: Final = 10_000
"""What the fields of one member or channel may be together."""


@dataclass(slots=True)
class People:
    """The members of one source that are known: names by id, ids by account."""

    source: str
    rows: dict[str, MemberRow] = field(default_factory=dict[str, MemberRow])
    _ids: dict[AccountId, str] = field(default_factory=dict[AccountId, str])
    _accounts: dict[str, AccountId] = field(default_factory=dict[str, AccountId])

    def add(self, row: MemberRow) -> None:
        """Somebody is known, or better known, from now on."""
        self.rows[row[0]] = row
        account = imported_account(self.source, row[0])
        self._ids[account] = row[0]
        self._accounts[row[0]] = account

    def account_of(self, member: str | None) -> AccountId:
        """The account that stands for somebody, known or not; None is nobody in particular."""
        found = self._accounts.get(member or "")
        return imported_account(self.source, member or "") if found is None else found

    def member_of(self, account: AccountId) -> str | None:
        """Whom an account stands for."""
        return self._ids.get(account)

    def name_of(self, member: str | None) -> str:
        """What somebody is called; empty where that is not known."""
        row = self.rows.get(member or "")
        return row[1] if row is not None else ""


def member_row(record: Record) -> MemberRow:
    """A checked record as the log holds it; BadRecord where it says too much."""
    name = clean_line(record.get("name") or "", SOURCE_TEXT_MAX)
    bot = record.get("bot") is True
    row = (record["id"], name, bot, ())
    return (*row[:3], _few(corrections(record, _member(row)), MEMBER_FIELDS_MAX))


def member_record(row: MemberRow) -> Record:
    """The record that the log's row came from."""
    return corrected(_member(row), row[3])


def _member(row: MemberRow) -> Record:
    return {"id": row[0], "name": row[1], "bot": row[2]}


def packed(source: str, rows: Iterable[MemberRow]) -> Iterable[ImportedMembers]:
    """Rows as few events as they fit into."""
    held: list[MemberRow] = []
    size_bytes = 0
    for row in rows:
        more = 4 * len(row[0]) + 4 * len(row[1]) + _size(row[3])
        if held and (size_bytes + more > _MEMBERS_BYTES or len(held) == IMPORTED_MEMBERS_MAX):
            yield ImportedMembers(source, tuple(held))
            held, size_bytes = [], 0
        held.append(row)
        size_bytes += more
    if held:
        yield ImportedMembers(source, tuple(held))


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel of a source and the stream here that holds what was said in it. `known` is false
    where the archive has no record of it, only messages."""

    source: str
    source_id: str
    name: str
    extra: Pairs
    stream: StreamId

    @property
    def known(self) -> bool:
        """Does the archive have a record of it?"""
        return (ABSENT, "") not in self.extra


def channel_body(source: str, record: Record) -> ImportedChannel:
    """A checked record as the log holds it; BadRecord where it says too much."""
    name = clean_line(record["name"], SOURCE_TEXT_MAX)
    if not name:
        raise BadRecord("its name is empty")
    plain = {"id": record["id"], "name": name}
    extra = _few(corrections(record, plain), EXTRA_FIELDS_MAX)
    return ImportedChannel(source, record["id"], name, extra)


def unknown_channel(source: str, source_id: str) -> ImportedChannel:
    """A channel that messages name and no record tells of."""
    return ImportedChannel(source, source_id, source_id, ((ABSENT, ""),))


def channel_record(row: ChannelRow) -> Record:
    """The record that the log's row came from."""
    return corrected({"id": row.source_id, "name": row.name}, row.extra)


def channel_name(name: str) -> str:
    """What a channel is called here; a # before its name is how names are shown, not part of it."""
    return clean_line(name.lstrip("#") or name, NAME_TEXT_MAX)


def _few(pairs: Pairs, most: int) -> Pairs:
    if len(pairs) > most or _size(pairs) > _PAIRS_BYTES:
        raise BadRecord("it says more than an event can hold")
    return pairs


def _size(pairs: Pairs) -> int:
    return sum(len(name.encode()) + len(value.encode()) + 8 for name, value in pairs)
