"""What the links of an account have made of it: its devices, its recovery keys, who waits."""

from dataclasses import field, replace

from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId
from hobnob_protocol.limits import VETO_SECONDS
from hobnob_protocol.value import value


@value
class Device:
    """One device of an account; `revoked_seq` is the link that ended it, 0 while it is active."""

    key: DeviceKey
    device: DeviceId
    manage: bool
    added_seq: int
    revoked_seq: int = 0

    @property
    def active(self) -> bool:
        """May it still sign?"""
        return not self.revoked_seq


@value
class RecoveryKey:
    """A key that is no device and may change which devices there are; it is named as one is.

    On paper it is 32 bytes as a device's is; of SSH it is written as SSH writes a public key.
    `counter` is what a security key has counted up to, where it counts.
    """

    key: DeviceKey
    id: DeviceId
    sort: int
    added_seq: int
    revoked_seq: int = 0
    counter: int = 0

    @property
    def active(self) -> bool:
        """May it still sign?"""
        return not self.revoked_seq


@value
class Waiting:
    """A device that an SSH key without a touch has named: it is none yet, and signs nothing.

    `since_ms` is the hub's time of the link that named it, `by` the recovery key that signed it.
    """

    key: DeviceKey
    device: DeviceId
    by: DeviceId
    since_ms: int
    added_seq: int

    @property
    def due_ms(self) -> int:
        """From this time of the hub's on it may enter."""
        return self.since_ms + VETO_SECONDS * 1_000


@value
class Chain:
    """An account as its links say; `head` is the hash of the last one, `links` their number.

    `heads` are the hashes of all of them, so that a head somebody names can be found or missed.
    """

    account: AccountId
    hub: HubId
    links: int
    head: bytes
    devices: tuple[Device, ...]
    # It follows from the links as `head` does, and adds nothing to what an account is.
    heads: tuple[bytes, ...] = field(default=(), compare=False, repr=False)
    recovery: tuple[RecoveryKey, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    def find(self, device: DeviceId) -> Device | None:
        """The device of this id, active or not."""
        for found in self.devices:
            if found.device == device:
                return found
        return None

    def find_recovery(self, name: DeviceId) -> RecoveryKey | None:
        """The recovery key of this id, active or not."""
        for found in self.recovery:
            if found.id == name:
                return found
        return None

    def find_waiting(self, device: DeviceId) -> Waiting | None:
        """The device of this id that waits."""
        for found in self.waiting:
            if found.device == device:
                return found
        return None

    def knows(self, name: DeviceId) -> bool:
        """Has this key a part in the account, or had it one?"""
        found = self.find(name) or self.find_recovery(name) or self.find_waiting(name)
        return found is not None

    @property
    def active(self) -> tuple[Device, ...]:
        """The devices that may sign."""
        return tuple(device for device in self.devices if device.active)

    def active_at(self, links: int) -> tuple[Device, ...]:
        """The devices that could sign when the account had so many links."""
        return tuple(
            device
            for device in self.devices
            if device.added_seq < links and not 0 < device.revoked_seq < links
        )

    def ending(self, device: Device, seq: int) -> "Chain":
        """The same after the link `seq` has ended a device."""
        devices = tuple(
            replace(each, revoked_seq=seq) if each is device else each for each in self.devices
        )
        return replace(self, devices=devices)

    def ending_recovery(self, key: RecoveryKey, seq: int) -> "Chain":
        """The same after the link `seq` has ended a recovery key, and whoever waits by it."""
        recovery = tuple(
            replace(each, revoked_seq=seq) if each is key else each for each in self.recovery
        )
        waiting = tuple(each for each in self.waiting if each.by != key.id)
        return replace(self, recovery=recovery, waiting=waiting)
