"""What is private to one account: only its own devices read it, and nobody moves it about."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import SealClosed, SealError, Unopened, UsageError
from hobnob_protocol.kinds.private import AROUND_BYTES, WRAPPED_BYTES, OwnKey, Private
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX, SEALED_BYTES_MAX
from hobnob_protocol.sealing.own import (
    KEY_BYTES,
    Cell,
    blind_name,
    fits,
    open_cell,
    open_key,
    own_key_id,
    seal_cell,
    share_key,
)
from hobnob_protocol.sealing.record import SealRecord, decode_record
from hobnob_protocol.sealing.seal_key import SEALING_BYTES
from tests.protocol.sealing.people import (
    HUB,
    Device,
    account_of,
    drawn,
    with_device,
    without_device,
)

DESK, PHONE, LATER, EVE = Device("desk"), Device("phone"), Device("later"), Device("eve")
CHAIN, HERS = account_of(DESK, PHONE), account_of(EVE)
SECRET = b"s" * KEY_BYTES
NUMBER = 1_800_000_000_000


def record_of(device: Device) -> SealRecord:
    """The key a device is sealed to."""
    chain = HERS if device is EVE else CHAIN
    return decode_record(device.record(chain)[0])


def shared(*devices: Device, secret: bytes = SECRET) -> OwnKey:
    """A key that the desk shares with these."""
    return share_key(HUB, DESK.me, secret, CHAIN, map(record_of, devices))


def opened(device: Device, body: OwnKey, giver: Device = DESK) -> bytes:
    """The key as a device gets it."""
    return open_key(HUB, giver.me, body, device.me, device.keys)


def written(name: bytes, value: bytes, number: int = NUMBER, by: Device = DESK) -> Private:
    """What a device seals."""
    return seal_cell(HUB, by.me, SECRET, number, drawn(16), Cell(name, 0, value))


def read(body: Private, author: Device = DESK, secret: bytes = SECRET) -> Cell:
    """What a device reads that has the key."""
    return open_cell(HUB, author.me, body, secret)


def refused(body: Private, author: Device = DESK) -> str:
    """The rule for which it is not read."""
    with pytest.raises(SealError) as caught:
        read(body, author)
    return caught.value.rule


def test_every_device_gets_the_same_key() -> None:
    """And finds by its name that it is the same."""
    body = shared(PHONE, DESK)
    assert opened(DESK, body) == opened(PHONE, body) == SECRET
    assert body.key == own_key_id(HUB, CHAIN.account, SECRET)
    assert (body.links, body.head) == (CHAIN.links, CHAIN.head)
    assert WRAPPED_BYTES == SEALING_BYTES + KEY_BYTES


def test_who_was_given_no_key_has_none() -> None:
    """A device that came later, one whose seal key is gone; there is no asking."""
    body = shared(DESK)
    with pytest.raises(SealClosed) as closed:
        opened(PHONE, body)
    assert closed.value.code == Unopened.NOT_ADDRESSED
    device, _, wrapped = body.slices[0]
    with pytest.raises(SealClosed) as closed:
        opened(DESK, replace(body, slices=((device, b"gone----", wrapped),)))
    assert closed.value.code == Unopened.NO_KEY


def test_a_device_cannot_give_two_keys_under_one_name() -> None:
    """All would read something else."""
    one, other = shared(DESK), shared(PHONE, secret=b"t" * KEY_BYTES)
    torn = replace(one, slices=tuple(sorted((*one.slices, *other.slices))))
    assert opened(DESK, torn) == SECRET
    with pytest.raises(SealError, match=r"own_key\.slice"):
        opened(PHONE, torn)


def test_a_key_is_given_to_devices_of_the_account_only() -> None:
    """Neither to somebody else's nor to one that was revoked."""
    with pytest.raises(UsageError, match="active devices"):
        shared(DESK, EVE)
    more = with_device(CHAIN, DESK, LATER)
    late = decode_record(LATER.record(more)[0])
    less = without_device(more, DESK, LATER)
    with pytest.raises(UsageError, match="active devices"):
        share_key(HUB, DESK.me, SECRET, less, [record_of(DESK), late])
    with pytest.raises(UsageError, match="32 bytes"):
        shared(DESK, secret=b"short")


def test_what_is_sealed_reads_the_same_on_each_device() -> None:
    """Name, value, and what its author had before them."""
    body = seal_cell(HUB, PHONE.me, SECRET, NUMBER, drawn(16), Cell(b"name", 7, b"value"))
    assert read(body, PHONE) == Cell(b"name", 7, b"value")
    assert read(written(b"name", b"")).value == b""


def test_the_hub_sees_neither_name_nor_value_nor_how_long_it_is() -> None:
    """It sees that something was written again, and a padded length."""
    one, other = written(b"name", b"yes"), written(b"name", b"no, thank you")
    assert one.name == other.name == blind_name(SECRET, b"name")
    assert one.name != written(b"another", b"yes").name
    assert len(one.sealed) == len(other.sealed) == len(written(b"n", b"").sealed)
    assert b"name" not in one.name + one.sealed
    assert blind_name(b"t" * KEY_BYTES, b"name") != one.name


def test_the_hub_swaps_two_cells() -> None:
    """Each is bound to its own name."""
    one, other = written(b"one", b"1"), written(b"other", b"2")
    assert refused(replace(one, name=other.name)) == "private.cipher"
    assert refused(replace(one, sealed=other.sealed)) == "private.cipher"


def test_the_hub_shows_an_older_value_as_a_newer_one() -> None:
    """It is bound to its number."""
    old = written(b"name", b"old", NUMBER)
    assert refused(replace(old, number=NUMBER + 1)) == "private.cipher"


def test_one_device_is_not_another() -> None:
    """Whose words they are, is bound too."""
    assert refused(written(b"name", b"1"), PHONE) == "private.cipher"


def test_another_key_opens_nothing() -> None:
    """Nor one under the name of the right one."""
    with pytest.raises(SealError, match=r"private\.cipher"):
        read(written(b"name", b"1"), secret=b"t" * KEY_BYTES)


def test_a_long_value_fits_or_it_does_not() -> None:
    """To the byte, whatever its name is."""
    for name in (b"n", b"n" * PRIVATE_NAME_BYTES_MAX):
        most = next(size for size in range(SEALED_BYTES_MAX, 0, -1) if fits(name, bytes(size)))
        number = 2**53 - 1
        cell = Cell(name, number, bytes(most))
        body = seal_cell(HUB, DESK.me, SECRET, number, drawn(16), cell)
        assert read(body) == cell
        assert len(body.sealed) == SEALED_BYTES_MAX + AROUND_BYTES
        with pytest.raises(UsageError):
            seal_cell(HUB, DESK.me, SECRET, number, drawn(16), cell._replace(value=bytes(most + 1)))
    with pytest.raises(UsageError, match="16 bytes"):
        seal_cell(HUB, DESK.me, SECRET, NUMBER, b"salt", Cell(b"n", 0, b""))
