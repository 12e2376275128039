"""The own keys of this device: which it holds, and which one it seals under now."""

from collections.abc import Iterable
from typing import Final

from hobnob_client.sealing.keys import KeyKeeper
from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import SealClosed, SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import DeviceId, HubId, StreamId
from hobnob_protocol.kinds.private import ID_BYTES, OwnKey, OwnKeyId, OwnKeyValue
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.own import open_key
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.value import value
from hobnob_sync.ports import CellsKey
from hobnob_sync.shelf_sql import SqlShelf

KEPT_MAX: Final = 64
"""Own keys in the file: each device that came or went has made one."""


@value
class Shared:
    """An own key as an event has shared it, and where in the log."""

    seq: int
    giver: DeviceId
    body: OwnKey

    @property
    def recipients(self) -> frozenset[DeviceId]:
        """To whom it was given, and who has given it."""
        return frozenset((self.giver, *(device for device, _, _ in self.body.slices)))


class OwnKeys:
    """Read again whenever another one has come."""

    def __init__(
        self, shelf: SqlShelf, stream: StreamId, me: Author, hub: HubId, keeper: KeyKeeper
    ) -> None:
        self._shelf = shelf
        self._stream = stream
        self._me = me
        self._hub = hub
        self._keeper = keeper
        self._held = keeper.load_own()
        self._shared: tuple[Shared, ...] = ()

    def get(self, key: OwnKeyId) -> bytes | None:
        """A key that is held."""
        return self._held.get(key)

    def keep(self, key: OwnKeyId, secret: bytes) -> None:
        """Hold a key from now on, on the disk too; beyond so many the oldest goes."""
        kept = [*((each, held) for each, held in self._held.items() if each != key), (key, secret)]
        self._held = dict(kept[-KEPT_MAX:])
        self._keeper.save_own(self._held)

    def read(self, seal_keys: SealKeys, chain: Chain | None) -> tuple[OwnKeyId, ...]:
        """Look at all that were shared; those that are held only now."""
        key = CellsKey(self._stream, nouns.OWN_KEY, b"")
        found = (
            _shared(place, cell.seq, OwnKeyValue(*cell.value))  # type: ignore[misc]  # as written
            for place, cell in self._shelf.load((key,)).get(key)
        )
        self._shared = tuple(sorted(found, key=lambda shared: shared.seq))
        new: list[OwnKeyId] = []
        # One that was given up for a newer one would take the place of that.
        for shared in self._shared[-KEPT_MAX:]:
            giver = None if chain is None else chain.find(shared.giver)
            if shared.body.key in self._held or giver is None or not giver.active:
                continue
            author = Author(self._me.account, giver.device, giver.key)
            try:
                secret = open_key(self._hub, author, shared.body, self._me, seal_keys)
            except (SealClosed, SealError):
                # Not for this device, or made up: as if nobody had shared it.
                continue
            self.keep(shared.body.key, secret)
            new.append(shared.body.key)
        return tuple(new)

    @property
    def shared(self) -> tuple[Shared, ...]:
        """All that were shared, held or not, in the order of the log."""
        return self._shared

    def fitting(self, chain: Chain, addressed: Iterable[SealRecord]) -> tuple[Shared, ...]:
        """The keys that are held and that every device has which can be sealed to, and no device
        that is gone; what is sealed goes under the last one."""
        active = frozenset(device.device for device in chain.active)
        wanted = frozenset(record.device for record in addressed)
        return tuple(
            shared
            for shared in self._shared
            if shared.body.key in self._held and wanted <= shared.recipients <= active
        )


def _shared(place: bytes, seq: int, value: OwnKeyValue) -> Shared:
    body = OwnKey(OwnKeyId(place[:ID_BYTES]), value.links, value.head, value.slices)
    return Shared(seq, DeviceId(place[ID_BYTES:]), body)
