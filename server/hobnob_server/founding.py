"""A hub's beginning, and its every start: key, store and engine, and that they belong together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier, Verifier
from hobnob_protocol.errors import ProtocolError, StoreBroken
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DIRECTORY, HubId, hub_id
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.questions import QUESTIONS
from hobnob_protocol.registry import STANDARD
from hobnob_server import beacon, keyfile
from hobnob_server.datadir import PRIVATE_FILE, DataDir
from hobnob_server.errors import ConfigError
from hobnob_server.settings import Config
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.hub_engine.restoring import RESTORED
from hobnob_sync.keys import RangeKey
from hobnob_sync.ports import HubTransaction

Entropy = Callable[[int], bytes]
_ON: Final = b"\1"


@dataclass(slots=True)
class Founded:
    """A hub that can start: what it is made of. `fresh` says that it has just begun; `restored`
    that its database was found to be an old copy."""

    store: SqliteEventStore
    signer: Ed25519Signer
    hub: HubId
    settings: HubSettings
    entropy: Entropy
    fresh: bool
    restored: bool
    total: int

    def boot(self, read_only_until_ms: int, verifier: Verifier | None = None) -> HubEngine:
        """An engine on what the store holds now."""
        return HubEngine(
            self.store.boot(HubEngine.NOUNS),
            self.hub,
            self.signer,
            verifier or Ed25519Verifier(),
            STANDARD,
            self.entropy,
            self.settings,
            read_only_until_ms=read_only_until_ms,
        )


def settings_of(config: Config) -> HubSettings:
    """What the engine is told of the configuration."""
    return HubSettings(
        config.name,
        config.budget_capacity,
        config.budget_per_second,
        config.bot_budget_per_second,
        config.connections_per_account,
        config.connections_per_bot,
        max(QUESTIONS),
    )


def found(
    directory: DataDir, config: Config, entropy: Entropy, now_ms: int, settings: HubSettings
) -> Founded:
    """Open what is there, or begin. The caller holds the directory."""
    signer = _signer(directory, config, entropy)
    hub = hub_id(signer.public_key)
    _touch_private(directory.database)
    store = SqliteEventStore.open(str(directory.database))
    try:
        image = store.boot(HubEngine.NOUNS)
        fresh = not image.lineage
        if fresh:
            store.commit(
                HubEngine.bootstrap(
                    hub, signer, Ed25519Verifier(), STANDARD, entropy, settings, now_ms
                )
            )
            image = store.boot(HubEngine.NOUNS)
        elif not belongs_to(store, signer.public_key):
            raise ConfigError(f"{directory.key} is not the key of {directory.database}")
        mark = beacon.read(directory.beacon)
        restored = mark is not None and beacon.is_ahead(mark, image, store)
        if restored:
            store.commit(HubTransaction(meta={RESTORED: _ON}))
    except BaseException:
        store.close()
        raise
    total = beacon.total_of(image)
    return Founded(store, signer, hub, settings, entropy, fresh, restored, total)


def key_path(directory: DataDir, config: Config) -> Path:
    """Where the hub's key lies."""
    return Path(config.key_file) if config.key_file else directory.key


def _signer(directory: DataDir, config: Config, entropy: Entropy) -> Ed25519Signer:
    path = key_path(directory, config)
    if not path.exists():
        if directory.database.exists() and directory.database.stat().st_size:
            raise ConfigError(
                f"{path} is missing, and {directory.database} is signed with it: put it back"
            )
        return Ed25519Signer(keyfile.create(path, entropy).reveal())
    return Ed25519Signer(keyfile.read(path).reveal())


def _touch_private(path: Path) -> None:
    """SQLite gives a new file, and its journals, the rights of the one that is there."""
    path.touch(PRIVATE_FILE)


def belongs_to(store: SqliteEventStore, key: bytes) -> bool:
    """Does this log begin with this key? StoreBroken where it does not begin as a hub's does."""
    first = RangeKey(DIRECTORY, 1, 1, 1)
    entries = store.load([first]).get(first)
    try:
        event = decode_event(entries[0].event)
        body = STANDARD.decode(event.header.kind, event.body)
    except (IndexError, ProtocolError) as broken:
        raise StoreBroken("the log does not begin as a hub's does") from broken
    if not isinstance(body, Bootstrap):
        raise StoreBroken("the log does not begin as a hub's does")
    return body.key == key
