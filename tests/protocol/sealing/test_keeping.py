"""A device holds the keys it may need, finds its way after a restore, and deletes the rest."""

import pytest

from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.limits import SEAL_KEY_KEPT_SECONDS, SEAL_KEY_SECONDS, SEAL_STEPS_MAX
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.seal_key import SealKey, next_seed, seal_to

SEED = b"s" * 32
T = 1_000_000


def keys(steps: int = 0) -> SealKeys:
    """A device that has gone so many steps, one a day."""
    made = SealKeys(Stored(SEED, (T,)))
    for day in range(1, steps + 1):
        made.step(T + day * SEAL_KEY_SECONDS)
    return made


def test_a_key_is_due_after_a_day() -> None:
    """Not before, and again a day after that."""
    held = keys()
    assert not held.is_due(T + SEAL_KEY_SECONDS - 1)
    assert held.is_due(T + SEAL_KEY_SECONDS)
    held.step(T + SEAL_KEY_SECONDS)
    assert not held.is_due(T + SEAL_KEY_SECONDS)


def test_the_next_key_follows_from_the_one_before() -> None:
    """Both are held."""
    held = keys()
    first = held.present
    held.step(T + 9)
    second = held.present
    assert second.kid == SealKey(next_seed(SEED)).kid == held.present.kid
    assert held.find(first.kid) is first
    assert held.find(second.kid) is second
    assert held.since_seconds == T + 9


def test_no_key_is_made_for_its_public_part_where_that_is_found_otherwise() -> None:
    """To publish it, and to know it again; what was sealed to it opens all the same."""
    found: list[bytes] = []

    def find(seed: bytes) -> bytes:
        found.append(seed)
        return SealKey(seed).public

    held = SealKeys(Stored(SEED, (T,)), find)
    held.step(T + SEAL_KEY_SECONDS)
    first, second = SealKey(SEED), SealKey(next_seed(SEED))
    assert (held.public, held.kid) == (second.public, second.kid)
    assert held.stored.kids == (first.kid, second.kid)
    assert found == [next_seed(SEED), SEED]
    key = held.find(first.kid)
    assert key is not None
    assert key.open(seal_to(first.public, b"secret", b"info"), b"info") == b"secret"
    assert SealKeys(held.stored, find).kid == second.kid
    assert len(found) == 2


def test_those_on_the_way_to_a_key_that_was_published_are_found_at_once() -> None:
    """They may be many, and to find one otherwise may take long."""
    ahead = keys(4)
    held = SealKeys(Stored(SEED, (T,), (SealKey(SEED).kid,)), lambda _: pytest.fail("it was asked"))
    held.catch_up(ahead.kid, ahead.since_seconds)
    assert held.kid == ahead.kid


def test_a_clock_that_goes_back_does_not_take_the_keys_along() -> None:
    """The time of a record only ever grows."""
    held = keys()
    held.step(T - 5)
    assert held.since_seconds == T + 1


def test_what_is_stored_is_what_is_held() -> None:
    """All keys come back."""
    held = keys(3)
    again = SealKeys(held.stored)
    assert again.stored == held.stored
    assert again.present.kid == held.present.kid
    with pytest.raises(UsageError):
        SealKeys(Stored(SEED, ()))


def test_a_key_goes_two_days_after_its_successor_once_all_was_read() -> None:
    """What is gone cannot be made again from what is stored."""
    held = keys(3)
    first = SealKey(SEED)
    succeeded = T + SEAL_KEY_SECONDS
    assert held.forget(succeeded + SEAL_KEY_KEPT_SECONDS - 1) == 0
    assert held.forget(succeeded + SEAL_KEY_KEPT_SECONDS) == 1
    assert held.find(first.kid) is None
    assert held.stored.seed == next_seed(SEED)
    assert held.forget(T + 100 * SEAL_KEY_SECONDS) == 2
    assert held.present.kid == keys(3).present.kid


def test_a_restored_device_walks_to_the_key_it_published_last() -> None:
    """It holds all on the way, none of them older than the last: it does not know better."""
    old, ahead = keys(1), keys(4)
    old.catch_up(ahead.present.kid, ahead.since_seconds)
    assert old.present.kid == ahead.present.kid
    assert all(old.find(keys(steps).present.kid) for steps in range(5))
    assert old.stored.since_seconds == (T, T + SEAL_KEY_SECONDS, *[ahead.since_seconds] * 3)
    old.step(T)
    assert old.since_seconds == ahead.since_seconds + 1


def test_a_record_that_is_known_only_moves_the_time() -> None:
    """Never backwards."""
    held = keys(1)
    before = held.stored
    held.catch_up(held.present.kid, T)
    assert held.stored == before
    held.catch_up(held.present.kid, T + 10 * SEAL_KEY_SECONDS)
    assert held.since_seconds == T + 10 * SEAL_KEY_SECONDS


def test_a_copy_that_is_behind_takes_nobody_back() -> None:
    """It has published an older key anew: the keys after it are kept as long as if they were new,
    and the present one is published with a later time."""
    held = keys(3)
    behind = T + 9 * SEAL_KEY_SECONDS
    held.catch_up(keys(1).present.kid, behind)
    first, second, third, fourth = held.stored.since_seconds
    assert (first, second, third, fourth) == (T, behind, behind + 1, behind + 1)
    assert held.present.kid == keys(3).present.kid


def test_a_key_of_nobody_is_somebody_elses_act() -> None:
    """Nothing changes then."""
    held = keys(1)
    before = held.stored
    with pytest.raises(SealError) as caught:
        held.catch_up(SealKey(b"thief".ljust(32)).kid, T + 2 * SEAL_KEY_SECONDS)
    assert caught.value.rule == "record.own"
    assert held.stored == before


def test_an_old_record_of_a_key_that_is_gone_is_only_old() -> None:
    """A hub that shows it again makes nobody a thief."""
    held = keys(5)
    held.forget(T + 100 * SEAL_KEY_SECONDS)
    before = held.stored
    with pytest.raises(SealError) as caught:
        held.catch_up(SealKey(SEED).kid, T)
    assert caught.value.rule == "record.order"
    assert held.stored == before


def test_a_device_catches_up_as_far_as_it_is_told() -> None:
    """And not one step further."""
    seed = SEED
    for _ in range(SEAL_STEPS_MAX):
        seed = next_seed(seed)
    held = keys()
    held.catch_up(SealKey(seed).kid, T + 1)
    assert len(held.stored.since_seconds) == SEAL_STEPS_MAX + 1
    with pytest.raises(SealError):
        keys().catch_up(SealKey(next_seed(seed)).kid, T + 1)
