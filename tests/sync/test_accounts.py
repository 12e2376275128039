"""Accounts: who signs with which device, from links in any order."""

from dataclasses import replace
from itertools import permutations

import pytest

from hobnob_protocol import chain, nouns
from hobnob_protocol.errors import Refusal
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    HubId,
    hub_account,
)
from hobnob_protocol.kinds.hub_acts import Admit
from hobnob_protocol.kinds.people import DeviceLink, ProfileField
from hobnob_protocol.testing.keyed import KeyedSigner
from hobnob_sync.accounts import Accounts
from hobnob_sync.ports import Cell
from tests.sync.lives import (
    BOBS,
    HUB,
    HUB_SIGNER,
    LAPTOP,
    NOBODY,
    PHONE,
    TABLET,
    VERIFIER,
    Life,
    device,
    fact,
    nobody,
    of,
    of_cells,
)


def known(accounts: Accounts) -> object:
    """All that can be asked of accounts."""
    devices = [device(each) for each in (HUB_SIGNER, LAPTOP, PHONE, TABLET, BOBS)]
    return (
        [(each, accounts.chain(each)) for each in accounts.all],
        [accounts.author(each) for each in devices],
        [accounts.is_active(each) for each in devices],
        [accounts.revoked_seq(each) for each in devices],
        [accounts.account_of(each) for each in ("ada", "bob", "eve")],
    )


def test_a_hub_signs_from_the_first_moment() -> None:
    """Its own device is known before anybody has joined; nobody else's is."""
    accounts = nobody()
    author = Author(hub_account(HUB), device(HUB_SIGNER), HUB_SIGNER.public_key)
    assert accounts.hub == accounts.author(device(HUB_SIGNER)) == author
    assert accounts.is_active(device(HUB_SIGNER))
    assert accounts.author(device(LAPTOP)) is None
    assert not accounts.is_active(device(LAPTOP))
    assert accounts.revoked_seq(device(LAPTOP)) == 0
    assert accounts.all == ()


def test_whoever_is_enrolled_can_sign() -> None:
    """The genesis link makes the account, its first device signs for it, the handle leads to it."""
    ada = Life(LAPTOP)
    accounts = nobody()
    assert accounts.apply(ada.enrol(1, "ada")) == ""
    assert accounts.author(device(LAPTOP)) == Author(ada.account, device(LAPTOP), LAPTOP.public_key)
    assert accounts.is_active(device(LAPTOP))
    assert accounts.account_of("ada") == ada.account
    assert accounts.account_of("bob") is None
    assert accounts.chain(ada.account) == ada.chain
    assert accounts.chain(NOBODY) is None
    assert accounts.all == (ada.account,)


def test_a_revoked_device_is_known_and_may_not_sign() -> None:
    """What it signed before must still be read; its end has a place in `ppl`."""
    ada = Life(LAPTOP)
    accounts = of(ada.enrol(1, "ada"), ada.add(2, PHONE), ada.add(3, TABLET))
    assert accounts.is_active(device(PHONE))
    assert accounts.revoked_seq(device(PHONE)) == 0
    assert accounts.apply(ada.revoke(5, PHONE)) == ""
    assert accounts.apply(ada.revoke(8, TABLET)) == ""
    author = Author(ada.account, device(PHONE), PHONE.public_key)
    assert accounts.author(device(PHONE)) == author
    assert not accounts.is_active(device(PHONE))
    assert accounts.revoked_seq(device(PHONE)) == 5
    assert accounts.revoked_seq(device(TABLET)) == 8
    assert accounts.is_active(device(LAPTOP))


def test_the_same_events_make_the_same_accounts_in_any_order() -> None:
    """Late, twice or from cells: links count in the order of their seqs."""
    ada, bob = Life(LAPTOP), Life(BOBS)
    facts = [
        ada.enrol(1, "ada"),
        bob.enrol(2, "bob"),
        ada.add(3, PHONE),
        ada.add(4, TABLET),
        ada.revoke(5, PHONE),
    ]
    expected = known(of(*facts))
    assert expected != known(of(*facts[:-1]))
    for order in permutations(facts):
        assert known(of(*order)) == expected
        assert known(of(*order, *order)) == expected
    assert known(of_cells(*facts)) == expected
    assert known(of_cells(*facts[::-1])) == expected


def test_what_is_known_from_cells_is_not_taken_twice() -> None:
    """After a restart the same events may come again."""
    ada = Life(LAPTOP)
    facts = [ada.enrol(1, "ada"), ada.add(2, PHONE), ada.revoke(3, PHONE)]
    accounts = of_cells(*facts)
    assert [accounts.apply(each) for each in facts] == ["", "", ""]
    assert known(accounts) == known(of(*facts))


def test_a_link_waits_for_the_ones_before_it() -> None:
    """A link that came too early does not fit yet, and does once it can."""
    ada = Life(LAPTOP)
    enrol, add = ada.enrol(1, "ada"), ada.add(2, PHONE)
    accounts = nobody()
    assert accounts.apply(add) == "link.order"
    assert accounts.apply(add) == "link.order"
    assert accounts.author(device(PHONE)) is None
    assert accounts.apply(enrol) == ""
    assert accounts.apply(add) == ""
    assert accounts.is_active(device(PHONE))


def test_an_event_that_came_before_changes_nothing() -> None:
    """... and is answered as it was the first time."""
    ada = Life(LAPTOP)
    enrol, add = ada.enrol(1, "ada"), ada.add(2, PHONE)
    accounts = of(enrol, add)
    before = known(accounts)
    assert accounts.apply(enrol) == ""
    assert accounts.apply(add) == ""
    assert known(accounts) == before
    again = fact(3, ada.account, add.body)
    assert accounts.apply(again) == "link.order"
    assert accounts.apply(again) == "link.order"
    assert known(accounts) == before


def test_other_events_of_people_change_nothing() -> None:
    """A profile says nothing about who signs; neither does an event without a body."""
    ada = Life(LAPTOP)
    accounts = of(ada.enrol(1, "ada"))
    before = known(accounts)
    assert accounts.apply(fact(2, ada.account, ProfileField("name", "Ada"))) == ""
    assert accounts.apply(fact(3, ada.account, None)) == ""
    assert known(accounts) == before


def test_cells_of_other_nouns_are_passed_by() -> None:
    """The store may hand over all it holds."""
    cells = [
        (nouns.PROFILE, nouns.profile_key(NOBODY, "name"), Cell(1, "Nobody")),
        (nouns.ROLE, bytes(NOBODY), Cell(2, "owner")),
    ]
    found = Accounts.from_cells(HUB, HUB_SIGNER.public_key, VERIFIER, cells)
    assert known(found) == known(nobody())
    assert sorted(Accounts.NOUNS) == ["handle", "link", "reseat"]


def test_a_device_belongs_to_the_account_that_had_it_first() -> None:
    """Nobody takes another's device into their own account, whatever order the links come in."""
    ada, bob, eve = Life(LAPTOP), Life(BOBS), Life(TABLET)
    enrolled = (ada.enrol(1, "ada"), bob.enrol(2, "bob"), eve.enrol(3, "eve"))
    hers, his = ada.add(4, PHONE), bob.add(5, PHONE)
    accounts = of(*enrolled)
    body = his.body
    assert isinstance(body, DeviceLink)
    assert accounts.check(bob.account, body.link, body.link_signature) is None
    assert accounts.apply(hers) == ""
    assert accounts.check(bob.account, body.link, body.link_signature) is Refusal.EXISTS
    assert accounts.apply(his) == "link.known_device"
    found = accounts.author(device(PHONE))
    assert found is not None
    assert found.account == ada.account
    late = of(*enrolled, his)
    assert known(late) != known(accounts)
    late.apply(hers)
    assert known(late) == known(accounts)


def test_nobody_takes_the_hubs_own_device() -> None:
    """A program with the hub's key still makes no account of it."""
    mallory = Life(HUB_SIGNER)
    accounts = nobody()
    assert accounts.check(mallory.account, mallory.link, mallory.signature) is Refusal.EXISTS
    assert accounts.apply(mallory.enrol(1, "eve")) == "link.known_device"
    assert accounts.hub == accounts.author(device(HUB_SIGNER))
    assert accounts.all == ()


def test_a_link_founds_only_the_account_it_names() -> None:
    """A genesis carried by another account founds nothing."""
    ada = Life(LAPTOP)
    accounts = nobody()
    assert accounts.check(ada.account, ada.link, ada.signature) is None
    assert accounts.check(NOBODY, ada.link, ada.signature) is Refusal.INVALID
    assert accounts.apply(fact(1, NOBODY, DeviceLink(ada.link, ada.signature))) == "link.account"
    assert accounts.all == ()
    assert accounts.author(device(LAPTOP)) is None


def test_a_link_of_another_hub_or_hand_does_not_fit() -> None:
    """What the chain's rules forbid is refused as invalid and counts for nothing."""
    ada, abroad = Life(LAPTOP), Life(LAPTOP, HubId(b"h" * 32))
    accounts = nobody()
    assert accounts.check(ada.account, ada.link, ada.signature) is None
    assert accounts.check(ada.account, ada.link, bytes(64)) is Refusal.INVALID
    assert accounts.check(abroad.account, abroad.link, abroad.signature) is Refusal.INVALID
    assert accounts.apply(abroad.enrol(1, "ada")) == "link.hub"
    assert accounts.chain(abroad.account) is None


def test_checking_changes_nothing() -> None:
    """A link that would fit is not taken by asking."""
    ada = Life(LAPTOP)
    accounts = nobody()
    assert accounts.check(ada.account, ada.link, ada.signature) is None
    assert known(accounts) == known(nobody())


@pytest.mark.parametrize("reverse", [False, True])
def test_a_handle_belongs_to_whoever_had_it_first(reverse: bool) -> None:
    """By seq, not by arrival, and after a restart too."""
    ada, bob = Life(LAPTOP), Life(BOBS)
    facts = [ada.enrol(1, "ada"), bob.enrol(2, "ada")]
    if reverse:
        facts.reverse()
    assert of(*facts).account_of("ada") == ada.account
    assert of_cells(*facts).account_of("ada") == ada.account
    assert bob.account in of(*facts).all


def test_what_was_read_and_is_not_kept_is_forgotten() -> None:
    """Links and handles from beyond a place; what stands before it stays, also if that place has it
    once more."""
    ada, bob = Life(LAPTOP), Life(BOBS)
    enrolled, came = ada.enrol(1, "ada"), ada.add(2, PHONE)
    lost = ada.revoke(3, PHONE)
    accounts = of(enrolled, came, lost)
    before = accounts.chain(ada.account)
    accounts.apply(replace(lost, seq=4))
    accounts.apply(bob.enrol(5, "bob"))
    accounts.drop_after(3)
    assert accounts.chain(ada.account) == before
    assert not accounts.is_active(device(PHONE))
    assert accounts.chain(bob.account) is None
    assert accounts.account_of("bob") is None
    accounts.drop_after(2)
    assert accounts.is_active(device(PHONE))


def test_a_device_that_came_by_itself_is_known_everywhere() -> None:
    """In whatever order its link and the recovery key's came, from events and from cells; and whom
    its account has lost signs no more."""
    life, sheet = Life(LAPTOP), KeyedSigner(b"sheet of paper")
    enrolled = life.enrol(1, "ada")
    named = life.carry(2, chain.name_recovery(life.chain, LAPTOP, sheet, 2))
    link = chain.recover(HUB, life.chain.links, life.chain.head, sheet, PHONE, 3)
    life.chain = chain.extend(life.chain, *link, HUB, VERIFIER)
    came = fact(3, hub_account(HUB), Admit(life.account, *link))
    life.first = PHONE
    lost = life.revoke(4, LAPTOP)
    for order in permutations((enrolled, named, came, lost)):
        for accounts in (of(*order), of_cells(*order)):
            assert accounts.chain(life.account) == life.chain
            assert accounts.is_active(device(PHONE))
            assert accounts.revoked_seq(device(LAPTOP)) == 4
            assert accounts.author(device(sheet)) is None
    strange = fact(5, hub_account(HUB), Admit(NOBODY, *link))
    assert of(enrolled, named, came).apply(strange) != ""
