"""What was opened here, written into a file for another device of one's own (`sealing.handing`):
only ever where a person asks for it, for one device that they have seen named.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from hobnob_client import secret_file
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.sealing.handing import TEXTS_A_PIECE, write
from hobnob_client.sealing.tables import Handed, Tables
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.account import Chain
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import HobnobError
from hobnob_protocol.ids import DeviceId
from hobnob_protocol.sealing.record import SealRecord, SealRecords


class Gift:
    """All texts of one's conversations, for the device `taker`; a context that holds the replica
    open. Failure where that is no other active device of the account."""

    def __init__(self, profile: Profile, chain: Chain, this: DeviceId, taker: DeviceId) -> None:
        found = chain.find(taker)
        if found is None or not found.active:
            raise Failure(t("That device does not speak for you (any more)."), Exit.USAGE)
        if taker == this:
            raise Failure(t("That is this very device: it has what it can read."), Exit.USAGE)
        self._chain = chain
        self.taker = found
        self._store = SqliteReplicaStore.open_to_read(str(profile.replica))
        self._tables = Tables(self._store.sql)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._store.close()

    @property
    def count(self) -> int:
        """How many texts there are."""
        return self._tables.opened_count

    def record(self) -> SealRecord:
        """Which key to seal to, as the device itself has signed; Failure before that is here."""
        records = SealRecords(self._chain.hub, Ed25519Verifier())
        for data, signature in self._tables.records():
            try:
                records.take(data, signature, {self._chain.account: self._chain})
            except HobnobError:
                # Of somebody else, or of a device that is gone.
                continue
        found = records.newest(self.taker.key)
        if found is None:
            said = t("That device's key has not come here yet: hobnob sync there, then here.")
            raise Failure(said, Exit.RETRY)
        return found

    def give(self, by: DeviceFile, path: Path, written: Callable[[int], object]) -> int:
        """Write them into a new file, wholly or not at all, signed by a device that can sign; how
        many. `written` is told how many there are so far. Failure where the file is there."""
        count = 0
        try:
            with secret_file.new(path) as file:
                place = (by.author, by.signer, by.hub, self.record())
                for count in write(file, *place, self._pages(), os.urandom):
                    written(count)
        except FileExistsError as there:
            raise Failure(t("{path} is there already.", path=path), Exit.USAGE) from there
        return count

    def _pages(self) -> Iterator[tuple[Handed, ...]]:
        last = b""
        while found := self._tables.opened_after(last, TEXTS_A_PIECE):
            yield found
            last = found[-1].event
