"""Devices that wait for a day are nobody until then, by the hub's times alone."""

from itertools import permutations
from typing import Final

from hobnob_protocol import chain
from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import (
    account_id,
    hub_account,
)
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.limits import VETO_SECONDS
from tests.protocol.vectors.ssh_holders import DESK
from tests.sync.lives import HUB, LAPTOP, PHONE, VERIFIER, Life, device, fact, of, of_cells

DUE_MS: Final = 1_000 + VETO_SECONDS * 1_000
HUBS: Final = hub_account(HUB)


def waited() -> tuple[Life, Fact, Fact]:
    """An account with an SSH key, its enrolment, and the device that this key has named."""
    life = Life(LAPTOP)
    life.link, life.signature = chain.genesis(LAPTOP, HUB, 1, DESK)
    life.account = account_id(life.link)
    life.chain = chain.extend(None, life.link, life.signature, HUB, VERIFIER)
    link = chain.come_back(HUB, life.chain.links, life.chain.head, DESK, PHONE, 3)
    life.chain = chain.extend(life.chain, *link, HUB, VERIFIER, 1_000)
    return life, life.enrol(1, "ada"), fact(2, HUBS, Admit(life.account, *link))


def test_a_device_waits_by_the_times_of_the_hub() -> None:
    """Those of the events that carry its links, in whatever order they come, and from cells too;
    until then nobody knows it as an author."""
    life, enrolled, named = waited()
    link = chain.enter(HUB, life.chain.links, life.chain.head, PHONE, 4)
    entered = fact(3, HUBS, Admit(life.account, *link), DUE_MS)
    assert of(enrolled, named).author(device(PHONE)) is None
    for order in permutations((enrolled, named, entered)):
        for accounts in (of(*order), of_cells(*order)):
            assert accounts.is_active(device(PHONE))
            assert accounts.author(device(PHONE)) is not None


def test_who_enters_too_early_is_nobody_anywhere() -> None:
    """Whatever the hub has taken up: its own times say so."""
    life, enrolled, named = waited()
    link = chain.enter(HUB, life.chain.links, life.chain.head, PHONE, 4)
    early = fact(3, HUBS, Admit(life.account, *link), DUE_MS - 1)
    assert of(enrolled, named).apply(early) == "link.early"
    for accounts in (of(enrolled, named, early), of_cells(enrolled, named, early)):
        assert accounts.author(device(PHONE)) is None
        assert accounts.check(life.account, *link, DUE_MS - 1) is Refusal.INVALID
        assert accounts.check(life.account, *link, DUE_MS) is None


def test_a_no_keeps_it_out_everywhere() -> None:
    """Of whichever device; what comes after fits nothing."""
    life, enrolled, named = waited()
    no = life.revoke(3, PHONE)
    link = chain.enter(HUB, life.chain.links, life.chain.head, PHONE, 4)
    late = fact(4, HUBS, Admit(life.account, *link), DUE_MS)
    for accounts in (of(enrolled, named, no), of_cells(enrolled, named, no)):
        assert accounts.apply(late) == "link.waiting"
        assert accounts.author(device(PHONE)) is None
