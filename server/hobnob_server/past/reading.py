"""What was said lately in public channels, in order of time, and who may be asked for help.

It reads a copy of the log, so that the hub may run meanwhile; nothing of it is written anywhere.
"""

from bisect import bisect_left
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DIRECTORY, PEOPLE, AccountId, StreamId, TargetId, hub_id, target_of
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_server.copying import backup
from hobnob_server.datadir import DataDir
from hobnob_server.engines.load.person import Limits
from hobnob_server.errors import ConfigError
from hobnob_server.interchange.held import entries, opened
from hobnob_server.load.choices import BOT, Choices
from hobnob_server.load.limits import SLICE_BYTES
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.keys import Entry, RangeKey

_POST: Final = STANDARD.of(Post).number
_IMPORTED: Final = STANDARD.of(Imported).number
_CLAIM: Final = STANDARD.of(Claim).number


@value
class Said:
    """One message of a public channel. `root` is the thread's first message, or itself."""

    at_ms: int
    channel: StreamId
    root: TargetId
    target: TargetId
    author: AccountId
    text: str
    mentions: tuple[AccountId, ...]


@value
class Taker:
    """Somebody who may be asked: what they take in a week, and whether they chose that."""

    limits: Limits
    chose: bool


@value
class Channel:
    """A public channel."""

    stream: StreamId
    name: str
    purpose: str
    auto_join: bool


@value
class Past:
    """What there is: `said` in order of time and without bots; `takers` are those who agree to
    being found, `channels` those that are not archived."""

    said: tuple[Said, ...]
    takers: dict[AccountId, Taker]
    channels: tuple[Channel, ...]


Progress = Callable[[int, int], object]
"""Hears how many of how many events were read."""


def read(
    directory: DataDir, since_ms: int = 0, progress: Progress = lambda nth, count: None
) -> Past:
    """Read what was said since. ConfigError where there is no hub, WorldError where the log cannot
    be read."""
    if not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    with TemporaryDirectory(dir=directory.path) as place:
        copy = Path(place) / "copy.db"
        backup(directory, copy)
        with closing(SqliteEventStore.open(str(copy))) as store:
            return _read(store, since_ms, progress)


def _read(store: SqliteEventStore, since_ms: int, progress: Progress) -> Past:
    founding = next(entries(store, DIRECTORY))
    key = decode_body(Bootstrap, decode_event(founding.event).body).key
    state = HubState(store.boot(HubEngine.NOUNS), hub_id(key), key, Ed25519Verifier())
    choices = Choices()
    while not choices.read_on(state, store):
        pass
    owners = _owners(store)
    begins = {
        stream: _first_since(store, stream, _length(state, stream), since_ms)
        for stream in state.names.values()
    }
    count = sum(_length(state, stream) + 1 - first for stream, first in begins.items())
    said, nth = list[Said](), 0
    for stream, first in begins.items():
        for entry in entries(store, stream, first):
            nth += 1
            progress(nth, count)
            each = _said(state, stream, entry, owners)
            # What was imported was said before it came.
            if each is not None and each.at_ms >= since_ms and state.role(each.author) != BOT:
                said.append(each)
    takers = {
        account: Taker(choices.limits(state, account), choices.has_chosen(account))
        for account in choices.agreeing()
    }
    return Past(
        # Of one moment in one channel the order is the log's.
        tuple(sorted(said, key=lambda each: each.at_ms)),
        {account: taker for account, taker in takers.items() if taker.limits.asks or taker.chose},
        tuple(_channel(state, stream, name) for name, stream in sorted(state.names.items())),
    )


def _length(state: HubState, stream: StreamId) -> int:
    there = state.streams.get(stream)
    return 0 if there is None else there.seq


def _first_since(store: SqliteEventStore, stream: StreamId, length: int, since_ms: int) -> int:
    """The place of the first event since then: times never go back within a stream."""

    def at_ms(seq: int) -> int:
        key = RangeKey(stream, seq, 1, SLICE_BYTES)
        found = store.load([key]).get(key)
        return found[0].at_ms if found else 0

    return bisect_left(range(1, length + 1), since_ms, key=at_ms) + 1


def _owners(store: SqliteEventStore) -> dict[AccountId, AccountId]:
    """Who has claimed to have been whom elsewhere: what was imported counts for them."""
    found = dict[AccountId, AccountId]()
    for entry in entries(store, PEOPLE):
        number, data = opened(entry)
        if number == _CLAIM and data:
            claim = decode_body(Claim, data)
            found.pop(claim.imported, None)
            if claim.on:
                found[claim.imported] = claim.account
    return found


def _said(
    state: HubState, stream: StreamId, entry: Entry, owners: dict[AccountId, AccountId]
) -> Said | None:
    """The message that an event is; None for all others."""
    number, data = opened(entry)
    target = target_of(entry.event_id)
    if number == _POST and data:
        post = decode_body(Post, data)
        author = state.accounts.author(decode_event(entry.event).header.device)
        if author is not None:
            who = (author.account, post.text, post.mentions)
            return Said(entry.at_ms, stream, post.thread or target, target, *who)
    elif number == _IMPORTED and data:
        there = decode_body(Imported, data)
        if there.deleted_ms is None:
            named = tuple(owners.get(each, each) for each in there.mentions)
            who = (owners.get(there.account, there.account), there.text, named)
            return Said(there.at_ms, stream, there.thread or target, target, *who)
    return None


def _channel(state: HubState, stream: StreamId, name: str) -> Channel:
    purpose = cast("str", state.channel(stream, "purpose") or "")
    return Channel(stream, name, purpose, bool(state.channel(stream, "auto_join")))
