"""Bytes behind a passphrase (security.md §3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client import lockbox
from hobnob_client.lockbox import COST, Cost, WrongPassphrase
from hobnob_protocol.codec import decode, encode

CHEAP = Cost(64, 1, 1)
WORDS = "correct horse battery"
LOCK = lockbox.new_lock(WORDS, CHEAP)
BOX = LOCK.close(b"name", b"plain")


def test_what_was_locked_comes_out_again() -> None:
    """By the passphrase alone: the box holds all else."""
    assert lockbox.lock_of(BOX, WORDS) == LOCK
    assert lockbox.lock_of(BOX, WORDS).open(b"name", BOX) == b"plain"


def test_a_passphrase_is_drawn_at_the_cost_that_was_chosen() -> None:
    """64 MiB, three passes, four lanes, and each lock has a salt of its own."""
    one, other = lockbox.new_lock(WORDS), lockbox.new_lock(WORDS, CHEAP)
    assert one.cost == COST == (65_536, 3, 4)
    assert one.salt != other.salt
    assert one.key != other.key


def test_the_letters_count_and_not_how_they_are_written() -> None:
    """An é of one sign or of two."""
    box = lockbox.new_lock("caf\u00e9 noir", CHEAP).close(b"name", b"plain")
    assert lockbox.lock_of(box, "cafe\u0301 noir").open(b"name", box) == b"plain"


def test_another_passphrase_or_another_name_opens_nothing() -> None:
    """Nor does a box open that another lock has closed."""
    with pytest.raises(WrongPassphrase):
        lockbox.lock_of(BOX, "wrong horse battery").open(b"name", BOX)
    with pytest.raises(WrongPassphrase):
        LOCK.open(b"other", BOX)
    with pytest.raises(WrongPassphrase):
        lockbox.new_lock(WORDS, CHEAP).open(b"name", BOX)


@given(st.integers(0, len(BOX) - 1), st.integers(1, 255))
def test_a_box_that_was_changed_opens_nothing(place: int, change: int) -> None:
    """Whichever byte it is: the cost and the salt are bound as well."""
    changed = bytearray(BOX)
    changed[place] ^= change
    with pytest.raises((WrongPassphrase, ValueError)):
        LOCK.open(b"name", bytes(changed))


FIELDS = decode(BOX, 1_024)
assert isinstance(FIELDS, tuple)


@pytest.mark.parametrize(
    "fields",
    [
        (2, *FIELDS[1:]),
        FIELDS[:-1],
        (*FIELDS, 0),
        (1, 7, *FIELDS[2:]),
        (1, 1 << 21, *FIELDS[2:]),
        (1, 64, 0, *FIELDS[3:]),
        (1, 64, 65, *FIELDS[3:]),
        (1, 64, 1, 0, *FIELDS[4:]),
        (1, 1_024, 1, 65, *FIELDS[4:]),
        (*FIELDS[:4], bytes(15), *FIELDS[5:]),
        (*FIELDS[:5], bytes(11), FIELDS[6]),
        (1, 0, 0, 0, bytes(16), *FIELDS[5:]),
    ],
)
def test_what_is_no_box_costs_nothing_to_refuse(fields: tuple[object, ...]) -> None:
    """Memory, passes and lanes are bounded before anything is drawn."""
    with pytest.raises(ValueError, match="no box"):
        lockbox.lock_of(encode(fields), WORDS)
    with pytest.raises(ValueError, match="no box"):
        lockbox.check(encode(fields))


def test_bytes_that_are_nothing_at_all_are_no_box() -> None:
    """Nor is more than a box can be."""
    for data in (b"", b"\xc1", bytes(20_000)):
        with pytest.raises(ValueError, match="no box"):
            lockbox.check(data)


def test_a_second_file_is_locked_by_the_seed() -> None:
    """Each by its own name, without a passphrase, and no passphrase is asked for it."""
    seed = bytes(range(32))
    box = lockbox.beside(seed, b"seal.key").close(b"seal.key", b"private")
    lockbox.check(box)
    assert lockbox.beside(seed, b"seal.key").open(b"seal.key", box) == b"private"
    for other in (lockbox.beside(bytes(32), b"seal.key"), lockbox.beside(seed, b"other")):
        with pytest.raises(WrongPassphrase):
            other.open(b"seal.key", box)
    with pytest.raises(ValueError, match=r".+"):
        lockbox.lock_of(box, WORDS)


def test_a_lock_shows_nothing_of_itself() -> None:
    """In a traceback stands what it costs, never the key."""
    assert LOCK.key.hex() not in repr(LOCK)
    assert repr(LOCK.key) not in repr(LOCK)
