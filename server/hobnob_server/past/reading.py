"""All that was said in public channels, in order of time, and who may be asked for help.

It reads a copy of the log, so that the hub may run meanwhile; nothing of it is written anywhere.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DIRECTORY, AccountId, StreamId, TargetId, hub_id, target_of
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
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.state import HubState

_POST: Final = STANDARD.of(Post).number
_IMPORTED: Final = STANDARD.of(Imported).number


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


def read(directory: DataDir) -> Past:
    """Read it all. ConfigError where there is no hub, WorldError where the log cannot be read."""
    if not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    with TemporaryDirectory(dir=directory.path) as place:
        copy = Path(place) / "copy.db"
        backup(directory, copy)
        with closing(SqliteEventStore.open(str(copy))) as store:
            return _read(store)


def _read(store: SqliteEventStore) -> Past:
    first = next(entries(store, DIRECTORY))
    key = decode_body(Bootstrap, decode_event(first.event).body).key
    state = HubState(store.boot(HubEngine.NOUNS), hub_id(key), key, Ed25519Verifier())
    choices = Choices()
    while not choices.read_on(state, store):
        pass
    said = [
        each
        for stream in state.names.values()
        for each in _said(state, store, stream)
        if state.role(each.author) != BOT
    ]
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


def _said(state: HubState, store: SqliteEventStore, stream: StreamId) -> Iterator[Said]:
    for entry in entries(store, stream):
        number, data = opened(entry)
        target = target_of(entry.event_id)
        if number == _POST and data:
            post = decode_body(Post, data)
            author = state.accounts.author(decode_event(entry.event).header.device)
            if author is not None:
                who = (author.account, post.text, post.mentions)
                yield Said(entry.at_ms, stream, post.thread or target, target, *who)
        elif number == _IMPORTED and data:
            there = decode_body(Imported, data)
            if there.deleted_ms is None:
                who = (there.account, there.text, there.mentions)
                yield Said(there.at_ms, stream, there.thread or target, target, *who)


def _channel(state: HubState, stream: StreamId, name: str) -> Channel:
    purpose = cast("str", state.channel(stream, "purpose") or "")
    return Channel(stream, name, purpose, bool(state.channel(stream, "auto_join")))
