"""A group's members are whom its admins' devices have signed in and out."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, DeviceKey, HubId, device_id
from hobnob_protocol.limits import CONVERSATION_MEMBERS_MAX, GROUP_LINKS_MAX
from hobnob_protocol.sealing.group import (
    ADD,
    FOUND,
    PROMOTE,
    REMOVE,
    RULES,
    Group,
    GroupHead,
    extend_group,
    founding,
)

HUB = HubId(b"h" * 32)
HERE = ConversationId(b"c" * 16)


def account(name: str) -> AccountId:
    """An account by a short name."""
    return AccountId(name.encode().ljust(20, b"."))


def author(name: str, device: str = "laptop") -> Author:
    """A device of it."""
    key = DeviceKey(f"{name} {device}".encode().ljust(32, b"."))
    return Author(account(name), device_id(key), key)


def founded(*names: str) -> Group:
    """A group of these, founded by the first."""
    link = founding(*(account(name) for name in names))
    return extend_group(None, link, author(names[0]), HUB, HERE)


def after(group: Group, by: str, act: int, *names: str) -> Group:
    """The group after a change."""
    link = group.change(act, *(account(name) for name in names))
    return extend_group(group, link, author(by), HUB, HERE)


def refused(group: Group | None, link: bytes, by: str = "ada") -> str:
    """The rule that a change breaks."""
    with pytest.raises(ProtocolError) as caught:
        extend_group(group, link, author(by), HUB, HERE)
    return caught.value.rule


def names(group: Group) -> str:
    """Members, then admins."""
    told = [[each.decode().rstrip(".") for each in some] for some in (group.members, group.admins)]
    return "; ".join(" ".join(some) for some in told)


def test_a_founder_is_the_admin_of_those_it_begins_with() -> None:
    """In the order of their accounts."""
    group = founded("bob", "ada", "cyd")
    assert names(group) == "ada bob cyd; bob"
    assert group.head == GroupHead(1, group.past[0][0])


def test_an_admin_adds_removes_and_promotes() -> None:
    """Several at once; whoever is removed is no admin."""
    group = after(founded("ada", "bob"), "ada", ADD, "dan", "cyd")
    assert names(group) == "ada bob cyd dan; ada"
    group = after(group, "ada", PROMOTE, "bob", "ada")
    assert names(group) == "ada bob cyd dan; ada bob"
    group = after(group, "bob", REMOVE, "ada", "dan")
    assert names(group) == "bob cyd; bob"


def test_everybody_may_leave() -> None:
    """And speaks for nobody else."""
    group = after(founded("ada", "bob", "cyd"), "bob", REMOVE, "bob")
    assert names(group) == "ada cyd; ada"
    assert refused(group, group.change(REMOVE, account("ada")), "cyd") == "group.author"
    assert refused(group, group.change(REMOVE, account("bob")), "bob") == "group.author"
    assert names(after(group, "ada", REMOVE, "ada")) == "cyd; "


def test_nobody_else_changes_anything() -> None:
    """Members, strangers, and an admin that was."""
    group = founded("ada", "bob")
    for by in ("bob", "eve"):
        for act in (ADD, PROMOTE, REMOVE):
            link = group.change(act, account("eve" if act == ADD else "ada"))
            assert refused(group, link, by) == "group.author"


def test_only_strangers_are_added_and_only_members_removed_or_promoted() -> None:
    """A change that changes nothing is none."""
    group = founded("ada", "bob")
    assert refused(group, group.change(ADD, account("bob"))) == "group.account"
    assert refused(group, group.change(REMOVE, account("eve"))) == "group.account"
    assert refused(group, group.change(PROMOTE, account("eve"))) == "group.account"


def test_each_change_stands_on_the_one_before() -> None:
    """Its place, its hash; by another device, here or elsewhere it is another change."""
    group = founded("ada", "bob")
    link = group.change(ADD, account("cyd"))
    assert refused(None, link) == "group.order"
    assert refused(after(group, "ada", ADD, "dan"), link) == "group.order"
    assert refused(group, encode((1, bytes(32), ADD, (account("cyd"),)))) == "group.order"
    heads = {
        extend_group(group, link, author("ada", device), HubId(hub), ConversationId(place)).head
        for device in ("laptop", "phone")
        for hub in (b"h" * 32, b"i" * 32)
        for place in (b"c" * 16, b"d" * 16)
    }
    assert len(heads) == 8


def test_what_it_was_stays_known() -> None:
    """Each state under its head."""
    group = after(founded("ada", "bob"), "ada", ADD, "cyd")
    assert [len(members) for _, members in group.past] == [2, 3]
    assert group.past[-1] == (group.head.head, group.members)


def test_the_first_change_founds_and_no_other_does() -> None:
    """With its founder in it."""
    group = founded("ada", "bob")
    for act in (ADD, REMOVE, PROMOTE, 4, -1):
        assert refused(None, encode((0, bytes(32), act, (account("ada"),)))) == "group.act"
    for act in (FOUND, 4, -1):
        assert refused(group, group.change(act, account("cyd"))) == "group.act"
    assert refused(None, founding(account("bob"))) == "group.members"


def test_a_group_has_32_members() -> None:
    """By founding or by adding."""
    many = tuple(f"m{number:02}" for number in range(CONVERSATION_MEMBERS_MAX))
    group = founded(*many)
    assert refused(group, group.change(ADD, account("one more")), "m00") == "group.members"
    link = founding(*(account(name) for name in (*many, "one more")))
    assert refused(None, link, "m00") == "group.members"


def test_a_group_changes_so_often_and_no_more() -> None:
    """A bound of memory."""
    group = founded("ada", "bob")
    while len(group.past) < GROUP_LINKS_MAX:
        group = after(group, "ada", REMOVE if len(group.members) == 3 else ADD, "cyd")
    assert refused(group, group.change(PROMOTE, account("bob"))) == "group.count"


@pytest.mark.parametrize(
    "fields",
    [
        None,
        (0, bytes(32), FOUND),
        (0, bytes(32), FOUND, (account("ada"),), 1),
        (False, bytes(32), FOUND, (account("ada"),)),
        (0, bytes(32), False, (account("ada"),)),
        (0, bytes(32), FOUND, account("ada")),
        (0, bytes(32), FOUND, ()),
        (0, bytes(32), FOUND, (account("ada")[:19],)),
        (0, bytes(32), FOUND, ("a" * 20,)),
        (0, bytes(32), FOUND, (account("bob"), account("ada"))),
        (0, bytes(32), FOUND, (account("ada"), account("ada"))),
    ],
)
def test_a_change_is_written_in_one_way(fields: object) -> None:
    """Exactly four fields, accounts ascending."""
    assert refused(None, encode(fields)) == "group.fields"


def test_every_rule_is_told() -> None:
    """Each that is raised above stands in the table; broken bytes are the codec's."""
    assert refused(None, b"\xc1") == "reserved"
    assert len(RULES) == 7
    assert issubclass(SealError, ProtocolError)
