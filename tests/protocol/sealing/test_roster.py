"""A roster is made of verified chains: the same for all who hold them, another for any other."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import ForkError, SealAwaits, SealError, Unopened
from hobnob_protocol.ids import AccountId, ConversationId, HubId
from hobnob_protocol.sealing.group import (
    ADD,
    NO_GROUP,
    GroupHead,
    extend_group,
    follow_change,
    founding,
)
from hobnob_protocol.sealing.roster import Claim, View
from tests.protocol.sealing.people import (
    HUB,
    Device,
    Place,
    account_of,
    direct,
    group,
    with_device,
    without_device,
)


def place_of_two() -> tuple[Place, Device, Device]:
    """Two members, the first with two devices."""
    ada, bob = Device("ada"), Device("bob")
    return direct([ada, Device("phone")], [bob]), ada, bob


def test_a_roster_has_every_active_device_of_every_member() -> None:
    """And no other."""
    place, ada, bob = place_of_two()
    roster = place.roster
    assert roster.has(ada.me)
    assert roster.has(bob.me)
    assert not roster.has(replace(ada.me, account=bob.me.account))
    assert not roster.has(replace(ada.me, key=bob.me.key))
    assert len(roster.devices) == 3
    assert list(roster.devices) == sorted(roster.devices)
    assert roster.devices[ada.me.device] == (ada.me.account, ada.me.key)


def test_whoever_is_told_where_the_chains_stand_finds_the_same() -> None:
    """Later too, when they have grown."""
    place, ada, _ = place_of_two()
    before = place.roster
    assert place.view.claimed(before.claim) == before
    chain = with_device(place.chains[ada.me.account], ada, Device("tablet"))
    place.chains[ada.me.account] = chain
    assert place.view.claimed(before.claim) == before
    assert place.roster.digest != before.digest
    added = place.roster
    phone = Device("phone")
    place.chains[ada.me.account] = without_device(chain, ada, phone)
    assert [len(each.devices) for each in (before, added, place.roster)] == [3, 4, 3]
    assert place.view.claimed(before.claim) == before
    assert place.view.claimed(added.claim) == added


def test_the_hash_tells_hub_and_conversation_apart() -> None:
    """And each head, and the group."""
    place = three()
    view = place.view
    claim = place.roster.claim
    other_hub = replace(view, hub=HubId(b"i" * 32)).claimed(claim)
    elsewhere = replace(view, conversation=ConversationId(b"e" * 16)).claimed(claim)
    assert len({place.roster.digest, other_hub.digest, elsewhere.digest}) == 3


def three() -> Place:
    """A group of three accounts."""
    devices = [Device(name) for name in ("ada", "bob", "cyd")]
    accounts = [account_of(device).account for device in devices]
    return group(founding(*accounts), devices[0], *devices)


def test_two_are_who_their_conversation_is_named_after() -> None:
    """Nobody else, not one of them alone, not in another order."""
    place, ada, _ = place_of_two()
    eve = account_of(Device("eve"))
    place.chains[eve.account] = eve
    heads = {account: (account, c.links, c.head) for account, c in place.chains.items()}
    low, high = place.accounts
    for accounts in (
        (ada.me.account, eve.account),
        (low,),
        (high, low),
        (low, low),
        tuple(sorted(heads)),
    ):
        claim = Claim(NO_GROUP, tuple(heads[account] for account in accounts))
        with pytest.raises(SealError) as caught:
            place.view.claimed(claim)
        assert caught.value.rule == "sealed.members"


def test_a_groups_members_are_those_of_its_changes() -> None:
    """At the head that is named, and no others."""
    place = three()
    claim = place.roster.claim
    assert claim.group == place.view.group.head if place.view.group else None
    for wrong in (
        replace_heads(claim, claim.heads[1:]),
        Claim(NO_GROUP, claim.heads),
        Claim(NO_GROUP, claim.heads[:2]),
    ):
        with pytest.raises(SealError) as caught:
            place.view.claimed(wrong)
        assert caught.value.rule == "sealed.members"


def replace_heads(claim: Claim, heads: tuple[tuple[AccountId, int, bytes], ...]) -> Claim:
    """The same group with other members."""
    return Claim(claim.group, heads)


def test_an_earlier_group_is_found_again() -> None:
    """After somebody has come."""
    place = three()
    before = place.roster
    assert place.group is not None
    dan = account_of(Device("dan"))
    place.chains[dan.account] = dan
    link = place.group.change(ADD, dan.account)
    admin = Device("ada")
    account_of(admin)
    place.group = extend_group(place.group, link, admin.me, HUB, place.conversation)
    assert place.view.claimed(before.claim) == before
    assert len(place.roster.members) == 4


def test_who_came_later_waits_for_ever_for_what_was_before() -> None:
    """What was sealed to the group of before names changes they never see."""
    place = three()
    before = place.roster
    assert place.group is not None
    dan = account_of(Device("dan"))
    place.chains[dan.account] = dan
    link = place.group.change(ADD, dan.account)
    admin = Device("ada")
    account_of(admin)
    whole = extend_group(place.group, link, admin.me, HUB, place.conversation)
    place.group = whole
    present = place.roster
    place.group = follow_change(
        None, link, whole.members, whole.admins, admin.me, HUB, place.conversation
    )
    assert place.roster == place.view.claimed(present.claim) == present
    with pytest.raises(SealAwaits) as caught:
        place.view.claimed(before.claim)
    assert caught.value.code == Unopened.GROUP
    with pytest.raises(ForkError):
        place.view.claimed(Claim(GroupHead(2, b"x" * 32), present.claim.heads))


def test_what_is_behind_waits() -> None:
    """For a chain, a link of one, or a change of the group."""
    place, ada, _ = place_of_two()
    claim = place.roster.claim
    without = replace(place.view, chains={})
    with pytest.raises(SealAwaits) as caught:
        without.claimed(claim)
    assert caught.value.code == Unopened.CHAIN
    with pytest.raises(SealAwaits):
        without.roster(place.accounts)
    ahead = Claim(NO_GROUP, tuple((a, links + 1, head) for a, links, head in claim.heads))
    with pytest.raises(SealAwaits):
        place.view.claimed(ahead)
    assert ada.me.account.hex() in {caught.value.detail, place.accounts[1].hex()}
    of_group = three()
    with pytest.raises(SealAwaits) as caught:
        replace(of_group.view, group=None).roster(())
    assert caught.value.code == Unopened.GROUP
    for view, links in ((replace(of_group.view, group=None), 1), (of_group.view, 2)):
        with pytest.raises(SealAwaits) as caught:
            view.claimed(Claim(GroupHead(links, b"x" * 32), of_group.roster.claim.heads))
        assert caught.value.code == Unopened.GROUP


def test_another_history_is_a_fork() -> None:
    """Of an account or of the group."""
    place = three()
    group_head, heads = place.roster.claim
    account, links, _ = heads[0]
    forked = Claim(group_head, ((account, links, b"x" * 32), *heads[1:]))
    for claim, whose in (
        (forked, account.hex()),
        (Claim(GroupHead(1, b"x" * 32), heads), "group"),
    ):
        with pytest.raises(ForkError) as caught:
            place.view.claimed(claim)
        assert (caught.value.rule, caught.value.detail) == ("sealed.fork", whose)


def test_a_view_is_of_one_conversation() -> None:
    """Between two there is no group."""
    place, _, _ = place_of_two()
    assert View(HUB, place.conversation, place.chains).group is None
