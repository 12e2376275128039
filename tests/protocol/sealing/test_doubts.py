"""What peers know and we do not stops us, until we know it or have looked."""

import pytest

from hobnob_protocol.errors import ForkError, SealAwaits
from hobnob_protocol.sealing.doubts import Doubt, Doubts
from hobnob_protocol.sealing.group import NO_GROUP
from hobnob_protocol.sealing.roster import Claim
from tests.protocol.sealing.people import Device, account_of, with_device

ADA, BOB = Device("ada"), Device("bob")
CHAIN = account_of(ADA)
LONGER = with_device(CHAIN, ADA, Device("phone"))
OTHER = with_device(CHAIN, ADA, Device("tablet"))
BOBS = account_of(BOB)
KNOWN = {CHAIN.account: CHAIN, BOBS.account: BOBS}
ACCOUNTS = (CHAIN.account, BOBS.account)


def claim(links: int, head: bytes) -> Claim:
    """What somebody says of Ada's chain."""
    return Claim(NO_GROUP, ((CHAIN.account, links, head),))


def test_what_is_known_is_no_doubt() -> None:
    """Neither the present head nor an earlier one."""
    doubts = Doubts()
    chains = {CHAIN.account: LONGER}
    doubts.note(BOB.me, claim(1, CHAIN.head), chains)
    doubts.note(BOB.me, claim(2, LONGER.head), chains)
    assert doubts.open(chains) == ()
    doubts.check(ACCOUNTS, chains)


def test_a_newer_head_stops_sending_until_it_is_known() -> None:
    """Then nothing is left of it."""
    doubts = Doubts()
    doubts.note(BOB.me, claim(2, LONGER.head), KNOWN)
    assert doubts.open(KNOWN) == (Doubt(CHAIN.account, 2, LONGER.head, BOB.me),)
    with pytest.raises(SealAwaits):
        doubts.check(ACCOUNTS, KNOWN)
    doubts.check((BOBS.account,), KNOWN)
    doubts.check(ACCOUNTS, {**KNOWN, CHAIN.account: LONGER})
    doubts.check(ACCOUNTS, KNOWN)


def test_an_account_that_never_came_stops_sending_too() -> None:
    """It is newer than nothing."""
    doubts = Doubts()
    doubts.note(BOB.me, claim(1, CHAIN.head), {})
    with pytest.raises(SealAwaits):
        doubts.check(ACCOUNTS, {})


def test_another_head_is_a_fork_until_the_person_has_looked() -> None:
    """The chain that comes does not settle it."""
    doubts = Doubts()
    doubts.note(BOB.me, claim(2, LONGER.head), KNOWN)
    chains = {**KNOWN, CHAIN.account: OTHER}
    for _ in range(2):
        with pytest.raises(ForkError):
            doubts.check(ACCOUNTS, chains)
    doubts.dismiss(BOBS.account)
    assert doubts.open(chains)
    doubts.dismiss(CHAIN.account)
    doubts.check(ACCOUNTS, chains)


def test_nobody_fills_the_memory_with_claims() -> None:
    """Of each member about each account the last one counts."""
    doubts = Doubts()
    for number in range(2, 100):
        doubts.note(BOB.me, claim(number, b"x" * 32), KNOWN)
    assert [doubt.links for doubt in doubts.open(KNOWN)] == [99]
