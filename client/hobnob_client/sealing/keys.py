"""The seal keys at rest: `seal.key`, beside the device's own key and as secret; and `own.key`, what
the account's devices share.

Unlike that one they change by themselves; a copy that is older walks forward to the present.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast

from hobnob_client import secret_file
from hobnob_client.failures import Exit, Failure
from hobnob_client.lockbox import WrongPassphrase, beside
from hobnob_client.paths import Profile
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.kinds.private import OwnKeyId

if TYPE_CHECKING:
    from hobnob_protocol.sealing.keeping import Stored
    from hobnob_protocol.sealing.seal_key import Kid

FILE_BYTES_MAX: Final = 4_096
"""A seed and some times."""
_NAME: Final = b"seal.key"
_OWN_NAME: Final = b"own.key"
_VERSION: Final = 1

Entropy: TypeAlias = Callable[[int], bytes]
"""So many fresh bytes."""


class KeyKeeper(Protocol):
    """Where the seal keys of a device are kept."""

    def load(self) -> "Stored | None":
        """The stored keys, None where there are none yet."""
        ...

    def save(self, stored: "Stored") -> None:
        """Keep the keys, wholly or not at all."""
        ...

    def load_own(self) -> dict[OwnKeyId, bytes]:
        """The stored own keys, the oldest first."""
        ...

    def save_own(self, held: Mapping[OwnKeyId, bytes]) -> None:
        """Keep the own keys, wholly or not at all."""
        ...


class KeyFile:
    """The file of a profile: a box that the device's own key opens."""

    def __init__(self, profile: Profile, seed: bytes) -> None:
        self._path = profile.seal_key
        self._lock = beside(seed, _NAME)
        self._own_path = profile.own_key
        self._own_lock = beside(seed, _OWN_NAME)

    def load(self) -> "Stored | None":
        """None where there is no file, or one of another device, which opens for nobody here;
        Failure where it is unsafe, or broken."""
        # Who says nothing under seal has no need of these.
        from hobnob_protocol.sealing.keeping import Stored
        from hobnob_protocol.sealing.seal_key import SEED_BYTES

        try:
            box = secret_file.read(self._path, FILE_BYTES_MAX)
        except FileNotFoundError:
            return None
        try:
            fields = decode(self._lock.open(_NAME, box), FILE_BYTES_MAX)
            # A file of before has no names of the keys: they are found out.
            version, seed, since, *more = cast(
                "tuple[int, bytes, tuple[int, ...], tuple[Kid, ...]]", fields
            )
            if (version, len(seed), len(since) > 0) != (_VERSION, SEED_BYTES, True):
                raise ValueError("another version")
        except WrongPassphrase:
            return None
        except (ProtocolError, ValueError, TypeError) as broken:
            # What stands in the file is never repeated: it is a secret.
            said = f"{self._path} is broken: move it away, and new seal keys are drawn."
            raise Failure(said, Exit.USAGE) from broken
        return Stored(seed, since, *more[:1])

    def save(self, stored: "Stored") -> None:
        """Wholly or not at all."""
        data = encode((_VERSION, *stored))
        secret_file.write(self._path, self._lock.close(_NAME, data))

    def load_own(self) -> dict[OwnKeyId, bytes]:
        """The stored own keys, the oldest first; none where there is no file, or one of another
        device, or a broken one: what is private is sealed under a new key then. Failure where it is
        unsafe."""
        try:
            box = secret_file.read(self._own_path, FILE_BYTES_MAX)
        except FileNotFoundError:
            return {}
        try:
            found = decode(self._own_lock.open(_OWN_NAME, box), FILE_BYTES_MAX)
            return {
                OwnKeyId(key): secret
                for key, secret in cast("tuple[tuple[bytes, bytes], ...]", found)
            }
        except (WrongPassphrase, ProtocolError, ValueError, TypeError):
            return {}

    def save_own(self, held: Mapping[OwnKeyId, bytes]) -> None:
        """Wholly or not at all."""
        secret_file.write(
            self._own_path, self._own_lock.close(_OWN_NAME, encode(tuple(held.items())))
        )


class KeysInMemory:
    """Keys of a device that lives as long as its process."""

    def __init__(self) -> None:
        self._stored: Stored | None = None
        self._own: dict[OwnKeyId, bytes] = {}

    def load(self) -> "Stored | None":
        """What was saved last."""
        return self._stored

    def save(self, stored: "Stored") -> None:
        """Keep it."""
        self._stored = stored

    def load_own(self) -> dict[OwnKeyId, bytes]:
        """What was saved last."""
        return dict(self._own)

    def save_own(self, held: Mapping[OwnKeyId, bytes]) -> None:
        """Keep them."""
        self._own = dict(held)
