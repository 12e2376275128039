"""A reader finds each message's key once, in any order, and goes no further than it must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_protocol.errors import SealError
from hobnob_protocol.limits import SKIPS_MAX
from hobnob_protocol.sealing.ratchet import (
    ReceivingChain,
    message_key,
    next_chain_key,
    opening_salt,
)

FIRST = b"k" * 32


def chain_key(index: int) -> bytes:
    """The sender's way to it."""
    key = FIRST
    for _ in range(index):
        key = next_chain_key(key)
    return key


def refused(chain: ReceivingChain, index: int) -> str:
    """The rule for which there is no key."""
    with pytest.raises(SealError) as caught:
        chain.key_of(index)
    return caught.value.rule


@given(st.permutations(range(12)))
def test_every_order_gives_each_message_its_key_once(order: list[int]) -> None:
    """The same that the sender had."""
    chain = ReceivingChain(FIRST)
    for index in order:
        assert chain.key_of(index) == chain_key(index)
        chain.use(index)
        assert refused(chain, index) == "sealed.replay"
    assert chain.key_of(12) == chain_key(12)


def test_asking_for_a_key_uses_nothing() -> None:
    """A message that turns out to be forged costs the true one nothing."""
    chain = ReceivingChain(FIRST)
    assert chain.key_of(7) == chain.key_of(7) == chain_key(7)
    assert chain.key_of(0) == FIRST


def test_a_thousand_may_be_missing() -> None:
    """In all, not at each step."""
    chain = ReceivingChain(FIRST)
    assert refused(chain, SKIPS_MAX + 1) == "sealed.skips"
    assert chain.key_of(SKIPS_MAX)
    chain.use(SKIPS_MAX)
    assert refused(chain, SKIPS_MAX + 2) == "sealed.skips"
    chain.use(0)
    assert chain.key_of(SKIPS_MAX + 2)


def test_what_is_derived_differs_by_use_and_by_salt() -> None:
    """A message's key, its commitment's salt and the next chain key have nothing in common."""
    found = {
        message_key(FIRST, b"s" * 16),
        message_key(FIRST, b"t" * 16),
        opening_salt(FIRST, b"s" * 16),
        opening_salt(FIRST, b"t" * 16),
        next_chain_key(FIRST),
        FIRST,
    }
    assert len(found) == 6
