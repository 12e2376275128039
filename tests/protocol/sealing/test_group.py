"""A group's members are whom its admins' devices have signed in and out."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    DeviceKey,
    HubId,
    device_id,
    direct_conversation,
    group_conversation,
)
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
    follow_change,
    founding,
)

HUB = HubId(b"h" * 32)
HERE = group_conversation(b"c" * 16)


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
        extend_group(group, link, author("ada", device), HubId(hub), group_conversation(place)).head
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


def followed(group: Group | None, link: bytes, by: str, members: str, admins: str = "ada") -> Group:
    """The group after an event that says who is in it."""
    told = [tuple(account(name) for name in some.split()) for some in (members, admins)]
    return follow_change(group, link, told[0], told[1], author(by), HUB, HERE)


def unfollowed(group: Group | None, link: bytes, by: str, members: str, admins: str = "ada") -> str:
    """The rule that it breaks."""
    with pytest.raises(ProtocolError) as caught:
        followed(group, link, by, members, admins)
    return caught.value.rule


def test_a_change_says_who_is_in_the_group_after_it() -> None:
    """Nobody else, and no other admins; else it is no change."""
    link = founding(account("ada"), account("bob"))
    group = followed(None, link, "ada", "ada bob")
    assert group == founded("ada", "bob")
    assert unfollowed(None, link, "ada", "ada") == "group.state"
    assert unfollowed(None, link, "ada", "ada bob", "ada bob") == "group.state"
    link = group.change(ADD, account("cyd"))
    assert followed(group, link, "ada", "ada bob cyd") == after(group, "ada", ADD, "cyd")
    assert unfollowed(group, link, "ada", "ada bob") == "group.state"
    assert unfollowed(group, link, "bob", "ada bob cyd") == "group.author"


def test_who_is_added_later_begins_with_the_change_that_added_them() -> None:
    """Its place, its head and its members are the whole group's; what was before is not known."""
    group = founded("ada", "bob")
    link = group.change(ADD, account("cyd"))
    whole, late = after(group, "ada", ADD, "cyd"), followed(None, link, "ada", "ada bob cyd")
    assert (late.head, names(late)) == (whole.head, names(whole))
    assert (late.unknown, late.past) == (1, whole.past[1:])
    for act, name in ((REMOVE, "bob"), (ADD, "dan"), (PROMOTE, "cyd")):
        assert late.change(act, account(name)) == whole.change(act, account(name))
        whole, late = after(whole, "ada", act, name), after(late, "ada", act, name)
        assert (late.head, names(late)) == (whole.head, names(whole))
    assert (late.unknown, len(late.past)) == (1, 4)


def test_of_what_is_not_known_as_much_is_checked_as_a_change_shows() -> None:
    """Who did it may have, and to whom it was done it shows."""
    group = after(founded("ada", "bob", "cyd"), "ada", PROMOTE, "bob")
    added, removed = group.change(ADD, account("dan")), group.change(REMOVE, account("cyd"))
    promoted, left = group.change(PROMOTE, account("cyd")), group.change(REMOVE, account("ada"))
    for link, by, members, admins in (
        (added, "ada", "ada bob cyd dan", "ada bob"),
        (removed, "bob", "ada bob", "ada bob"),
        (promoted, "ada", "ada bob cyd", "ada bob cyd"),
        (left, "ada", "bob cyd", "bob"),
    ):
        assert followed(None, link, by, members, admins).unknown == 2
    for link, by, members, admins, rule in (
        (added, "cyd", "ada bob cyd dan", "ada bob", "group.author"),
        (removed, "eve", "ada bob", "ada bob", "group.author"),
        (promoted, "cyd", "ada bob cyd", "ada bob", "group.author"),
        (added, "ada", "ada bob cyd", "ada bob", "group.state"),
        (removed, "ada", "ada bob cyd", "ada bob", "group.state"),
        (promoted, "ada", "ada bob cyd", "ada bob", "group.state"),
        (left, "ada", "ada bob cyd", "bob", "group.state"),
        (added, "ada", "ada cyd dan", "ada bob", "group.state"),
        (group.change(4, account("cyd")), "ada", "ada bob cyd", "ada bob", "group.act"),
        (group.change(FOUND, account("cyd")), "ada", "ada bob cyd", "ada bob", "group.act"),
    ):
        assert unfollowed(None, link, by, members, admins) == rule
    full = encode((GROUP_LINKS_MAX, bytes(32), ADD, (account("bob"),)))
    assert unfollowed(None, full, "ada", "ada bob") == "group.count"
    last = encode((GROUP_LINKS_MAX - 1, bytes(32), ADD, (account("bob"),)))
    group = followed(None, last, "ada", "ada bob")
    assert group.head.links == GROUP_LINKS_MAX
    assert refused(group, group.change(ADD, account("cyd"))) == "group.count"


def test_no_group_is_where_two_members_meet() -> None:
    """Neither founded there, nor joined there by who knows nothing from before."""
    ada, eve = account("ada"), account("eve")
    meeting = direct_conversation(HUB, ada, account("bob"))
    members = tuple(sorted((ada, eve)))
    for link in (founding(ada, eve), encode((5, bytes(32), ADD, (eve,)))):
        with pytest.raises(SealError) as raised:
            follow_change(None, link, members, (ada,), author("ada"), HUB, meeting)
        assert raised.value.rule == "group.place"


def test_every_rule_is_told() -> None:
    """Each that is raised above stands in the table; broken bytes are the codec's."""
    assert refused(None, b"\xc1") == "reserved"
    assert len(RULES) == 9
    assert issubclass(SealError, ProtocolError)
