"""Which devices speak for an account, and what is said to name one or to end it; the same for the
verbs and the screen."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from hobnob_client.catalogue import clock, t
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.reading import Reader
from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain, RecoveryKey
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.kinds.people import DeviceLink
from hobnob_protocol.kinds.personal import DeviceName
from hobnob_protocol.limits import DEVICE_NAME_TEXT_MAX
from hobnob_protocol.link import PAPER
from hobnob_protocol.value import value


@value
class DeviceLine:
    """One device, one sheet of paper words (`paper`), or one SSH key (`ssh`: its sort). `name` is
    what its owner calls it, None for nothing, as its owner wrote it; `manages` that it may add and
    end others; `due_ms` the hub's time from which one that waits may enter."""

    id: DeviceId
    key: bytes
    name: str | None
    this: bool
    manages: bool
    active: bool
    paper: bool = False
    ssh: str = ""
    due_ms: int | None = None

    @property
    def sort(self) -> str:
        """Device, paper, ssh or waiting."""
        if self.due_ms is not None:
            return "waiting"
        return "paper" if self.paper else "ssh" if self.ssh else "device"

    @property
    def marks(self) -> tuple[str, ...]:
        """What is to be said of it, each a word or two."""
        said = (
            (self.name or "", self.name is not None),
            (t("this one"), self.this),
            (t("24 words on paper"), self.paper),
            (t("SSH key, {sort}", sort=self.ssh), bool(self.ssh)),
            (self._waits, self.due_ms is not None),
            (t("manages"), self.manages and self.active),
            (t("revoked"), not self.active and self.due_ms is None),
        )
        return tuple(mark for mark, holds in said if holds)

    @property
    def _waits(self) -> str:
        if self.due_ms is None:
            return ""
        return t(
            "asks to speak for you from {moment} on; not you? hobnob device veto",
            moment=moment(self.due_ms),
        )


def moment(at_ms: int) -> str:
    """A time of the hub's as the reader's clock shows it, to the minute."""
    at = datetime.fromtimestamp(at_ms / 1_000)
    return f"{at:%Y-%m-%d} {clock(at)}"


def named(among: Iterable[DeviceId], words: str) -> DeviceId:
    """The one of these whose id begins so; Failure where it is none, or several."""
    begun = words.lower()
    found = [each for each in among if begun and each.hex().startswith(begun)]
    if len(found) != 1:
        raise Failure(f"No one active device is named {words!r}: hobnob device list", Exit.USAGE)
    return found[0]


def own_chain(reader: Reader) -> Chain:
    """The account's own chain as this replica holds it."""
    chain = reader.chain(reader.me)
    if chain is None:
        raise Failure(t("This replica does not know your account yet: hobnob sync"), Exit.RETRY)
    return chain


def own_devices(reader: Reader, this: DeviceId) -> tuple[DeviceLine, ...]:
    """One's own devices in the order they came, then what brings them back, then who waits;
    Failure before the account is known here."""
    chain, names = own_chain(reader), reader.device_names()
    return (
        *_devices(chain, names.get, this),
        *(_recovery(key, names.get(key.id)) for key in chain.recovery),
        *(
            DeviceLine(each.device, each.key, None, False, False, False, due_ms=each.due_ms)
            for each in chain.waiting
        ),
    )


def _recovery(key: RecoveryKey, name: str | None) -> DeviceLine:
    if key.sort == PAPER:
        return DeviceLine(key.id, key.key, name, False, False, key.active, True, "")
    # Only who has such a key pays for importing it.
    from hobnob_client.ssh.choosing import sort_of

    return DeviceLine(key.id, key.key, name, False, False, key.active, False, sort_of(key.key))


def devices_of(reader: Reader, account: AccountId) -> tuple[DeviceLine, ...]:
    """Somebody's devices that speak for them now, without the names they have for them alone."""
    chain = reader.chain(account)
    found = () if chain is None else _devices(chain, lambda _: None, None)
    return tuple(device for device in found if device.active)


def _devices(
    chain: Chain, name: Callable[[DeviceId], str | None], this: DeviceId | None
) -> tuple[DeviceLine, ...]:
    return tuple(
        DeviceLine(
            each.device, each.key, name(each.device), each.device == this, each.manage, each.active
        )
        for each in chain.devices
    )


def renaming(device: DeviceId, words: str) -> DeviceName:
    """What calls a device by a name that one's own devices show, or with no words by none."""
    name = " ".join(words.split()) or None
    if name is not None and (len(name) > DEVICE_NAME_TEXT_MAX or not name.isprintable()):
        said = t(
            "A device's name has at most {most} printable characters.", most=DEVICE_NAME_TEXT_MAX
        )
        raise Failure(said, Exit.USAGE)
    return DeviceName(device, name)


def revoking(reader: Reader, by: DeviceFile, gone: DeviceId) -> DeviceLink:
    """What lets a device speak for one no more; Failure where `by`, which can sign, may not say
    that."""
    chain = own_chain(reader)
    link, signature = chains.revoke(chain, by.signer, gone, int(time.time()))
    checked(chain, link, signature)
    return DeviceLink(link, signature)


def checked(chain: Chain, link: bytes, signature: bytes) -> Chain:
    """The account after this link; Failure telling the rule that forbids it."""
    try:
        return chains.extend(chain, link, signature, chain.hub, Ed25519Verifier())
    except ProtocolError as broken:
        raise Failure(f"Not possible: {chains.RULES.get(broken.rule, broken.rule)}.") from broken
