"""A group is rebuilt from the cells its changes wrote, by who has been in it all along or not."""

import pytest

from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain
from hobnob_protocol.errors import SealAwaits, Unopened
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, HubId, device_id, group_conversation
from hobnob_protocol.nouns import group_key
from hobnob_protocol.sealing.group import ADD, PROMOTE, REMOVE, Group, extend_group, founding
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.groups import rebuild
from hobnob_sync.ports import Cell

HUB = HubId(b"h" * 32)
HERE = group_conversation(b"c" * 16)
SIGNERS = {name: KeyedSigner(name.encode()) for name in ("ada", "bob", "cyd")}


def chain_of(name: str) -> Chain:
    """Somebody's account."""
    signed = chains.genesis(SIGNERS[name], HUB, 0)
    return chains.extend(None, *signed, HUB, KeyedVerifier())


CHAINS = {name: chain_of(name) for name in SIGNERS}
KNOWN = {chain.account: chain for chain in CHAINS.values()}
ADA, BOB, CYD = (CHAINS[name].account for name in ("ada", "bob", "cyd"))


def author(name: str) -> Author:
    """Their device."""
    key = SIGNERS[name].public_key
    return Author(CHAINS[name].account, device_id(key), key)


class Story:
    """A group that goes on, and the cells its changes write."""

    def __init__(self) -> None:
        self.group: Group | None = None
        self.states: list[Group] = []
        self.cells: list[tuple[bytes, Cell]] = []
        self.say("ada", founding(ADA, BOB))

    def say(self, by: str, link: bytes, members: tuple[AccountId, ...] | None = None) -> None:
        """One more change; `members` where it lies about them."""
        signer = author(by)
        group = self.group = extend_group(self.group, link, signer, HUB, HERE)
        told = group.members if members is None else members
        value = (link, signer.account, signer.device, told, group.admins)
        self.states.append(group)
        self.cells.append((group_key(len(self.cells)), Cell(len(self.cells) + 1, value)))

    def change(self, by: str, act: int, *accounts: AccountId) -> None:
        """The next change."""
        assert self.group is not None
        self.say(by, self.group.change(act, *accounts))


def told() -> Story:
    """Two, a third who is added and promoted, and removes another."""
    story = Story()
    story.change("ada", ADD, CYD)
    story.change("ada", PROMOTE, CYD)
    story.change("cyd", REMOVE, BOB)
    return story


def test_of_no_changes_there_is_no_group() -> None:
    """Nor anything wrong with it."""
    assert rebuild(HUB, HERE, (), KNOWN) == (None, "")


def test_all_changes_make_the_whole_group() -> None:
    """And as many as have come, what it was then."""
    story = told()
    for count, state in enumerate(story.states, 1):
        assert rebuild(HUB, HERE, story.cells[:count], KNOWN) == (state, "")


def test_who_came_later_has_the_same_group_from_there() -> None:
    """Head, members and admins; what was before stays unknown."""
    story = told()
    for known in (1, 2, 3):
        late, flaw = rebuild(HUB, HERE, story.cells[known:], KNOWN)
        whole = story.states[-1]
        assert late is not None
        assert flaw == ""
        assert (late.head, late.members, late.admins) == (whole.head, whole.members, whole.admins)
        assert (late.unknown, late.past) == (known, whole.past[known:])


@pytest.mark.parametrize("gone", [ADA, CYD])
def test_a_change_waits_for_the_chain_of_who_signed_it(gone: AccountId) -> None:
    """Whether the account is not known, or a device of it."""
    story = told()
    missing = {account: chain for account, chain in KNOWN.items() if account != gone}
    other = {**KNOWN, gone: CHAINS["bob"]}
    for known in (missing, other):
        with pytest.raises(SealAwaits) as caught:
            rebuild(HUB, HERE, story.cells, known)
        assert (caught.value.code, caught.value.detail) == (Unopened.CHAIN, gone.hex())


def test_what_does_not_fit_changes_nothing() -> None:
    """Nor does what comes after it, and the rule it breaks is told."""
    story = told()
    before = story.states[-1]
    whole = list(story.cells)
    link = before.change(PROMOTE, ADA)
    lie = (link, CYD, author("cyd").device, (ADA, BOB, CYD), before.admins)
    for cell, rule in (
        (Cell(9, lie), "group.state"),
        (Cell(9, (link, BOB, author("bob").device, *lie[3:])), "group.author"),
        (Cell(9, whole[2][1].value), "group.order"),
        (Cell(9, (b"\xc1", *lie[1:])), "reserved"),
    ):
        cells = [*whole, (group_key(4), cell), (group_key(5), cell)]
        assert rebuild(HUB, HERE, cells, KNOWN) == (before, rule)
    first = [(group_key(4), Cell(9, (*lie[:3], (CYD,), before.admins)))]
    assert rebuild(HUB, HERE, first, KNOWN) == (None, "group.state")
