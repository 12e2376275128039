"""Who belongs to a private group: a chain of changes, each signed by a device of an admin.

The signature is that of the event which carries a link; the hub orders and carries links, it can
make none. Two members alone need no group: their accounts make their conversation's name.
"""

from bisect import insort
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Final, NamedTuple

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, ConversationId, HubId, is_group
from hobnob_protocol.limits import CONVERSATION_MEMBERS_MAX, GROUP_LINKS_MAX, LINK_BYTES_MAX
from hobnob_protocol.value import value

FOUND: Final = 0
ADD: Final = 1
REMOVE: Final = 2
PROMOTE: Final = 3

RULES: Final = {
    "group.fields": "a change is `[seq, previous, act, accounts]`, exactly, the accounts ascending",
    "group.order": "a change names its place and the head before it",
    "group.count": f"a group has at most {GROUP_LINKS_MAX} changes",
    "group.act": "the first change founds the group; every other adds, removes or promotes",
    "group.author": "an admin makes changes; every member may leave",
    "group.members": f"a group has at most {CONVERSATION_MEMBERS_MAX} members, its founder too",
    "group.account": "who is added was no member; who is removed or promoted was one",
    "group.place": "a group is where no two members meet: the highest bit of its id is 1",
    "group.state": "members and admins are so after a change as its event says",
}
"""Every rule a change of a group must keep, by the name its `SealError` carries; the codec's beside
them."""

_TAG: Final = b"hobnob/1 group\0"


class GroupHead(NamedTuple):
    """Where a group's changes stand: their number, and the hash of the last one."""

    links: int
    head: bytes


NO_GROUP: Final = GroupHead(0, bytes(32))
"""The head that two members name who need no group."""


@value
class Group:
    """A group as its changes say. `past` holds each state there was, the present one last, but for
    the `unknown` first ones: who is added later sees nothing from before."""

    hub: HubId
    conversation: ConversationId
    members: tuple[AccountId, ...]
    admins: tuple[AccountId, ...]
    past: tuple[tuple[bytes, tuple[AccountId, ...]], ...]
    unknown: int = 0

    @property
    def head(self) -> GroupHead:
        """Where it stands now."""
        return GroupHead(self.unknown + len(self.past), self.past[-1][0])

    def change(self, act: int, *accounts: AccountId) -> bytes:
        """The next link, for a member to sign in an event."""
        return encode((*self.head, act, tuple(sorted(accounts))))


def founding(*accounts: AccountId) -> bytes:
    """The first link of a group of these accounts, for one of them to sign, who is its admin."""
    return encode((0, bytes(32), FOUND, tuple(sorted(accounts))))


def extend_group(
    group: Group | None, link: bytes, author: Author, hub: HubId, conversation: ConversationId
) -> Group:
    """The group after one more link, which `author` has signed in an event of this conversation.

    SealError with a rule `group.…` where the link does not fit.
    """
    _check_place(conversation)
    seq, previous, act, accounts = read_link(link)
    place = group.head if group else NO_GROUP
    if (seq, previous) != place:
        raise SealError("group.order")
    if seq >= GROUP_LINKS_MAX:
        raise SealError("group.count")
    head = _head(link, author, hub, conversation)
    if group is None:
        if act != FOUND:
            raise SealError("group.act")
        if author.account not in accounts:
            raise SealError("group.members")
        return Group(hub, conversation, accounts, (author.account,), ((head, accounts),))
    members, admins = _changed(group, act, accounts, author.account)
    past = (*group.past, (head, members))
    return replace(group, members=members, admins=admins, past=past)


def follow_change(
    group: Group | None,
    link: bytes,
    members: tuple[AccountId, ...],
    admins: tuple[AccountId, ...],
    author: Author,
    hub: HubId,
    conversation: ConversationId,
) -> Group:
    """The group after an event that carries `link` and says who is in it from then on.

    Where nothing from before it is known (`group` None) and it founds nothing, its word is taken
    for all that was before: so begins who was added by it. SealError as `extend_group`, and
    `group.state`.
    """
    if group is None and read_link(link).seq:
        return _begun(link, members, admins, author, hub, conversation)
    longer = extend_group(group, link, author, hub, conversation)
    if (longer.members, longer.admins) != (members, admins):
        raise SealError("group.state")
    return longer


def _begun(
    link: bytes,
    members: tuple[AccountId, ...],
    admins: tuple[AccountId, ...],
    author: Author,
    hub: HubId,
    conversation: ConversationId,
) -> Group:
    """The group from a change on that does not found it; as much is checked as it shows."""
    _check_place(conversation)
    seq, _, act, accounts = read_link(link)
    if seq >= GROUP_LINKS_MAX:
        raise SealError("group.count")
    if act not in (ADD, REMOVE, PROMOTE):
        raise SealError("group.act")
    # Who leaves is neither member nor admin then.
    leaves = act == REMOVE and author.account in accounts
    if author.account not in admins and not leaves:
        raise SealError("group.author")
    told = admins if act == PROMOTE else members
    if any((account in told) is (act == REMOVE) for account in accounts):
        raise SealError("group.state")
    if any(account not in members for account in admins):
        raise SealError("group.state")
    past = ((_head(link, author, hub, conversation), members),)
    return Group(hub, conversation, members, admins, past, seq)


def _check_place(conversation: ConversationId) -> None:
    if not is_group(conversation):
        raise SealError("group.place")


def _head(link: bytes, author: Author, hub: HubId, conversation: ConversationId) -> bytes:
    signed = _TAG + hub + conversation + author.account + author.key + link
    return sha256(signed).digest()


def _changed(
    group: Group, act: int, accounts: tuple[AccountId, ...], author: AccountId
) -> tuple[tuple[AccountId, ...], tuple[AccountId, ...]]:
    """Members and admins after a change."""
    if act not in (ADD, REMOVE, PROMOTE):
        raise SealError("group.act")
    leaving = act == REMOVE and accounts == (author,)
    if author not in group.admins and not (leaving and author in group.members):
        raise SealError("group.author")
    if any((account in group.members) is (act == ADD) for account in accounts):
        raise SealError("group.account")
    members, admins = list(group.members), list(group.admins)
    for account in accounts:
        if act == ADD:
            insort(members, account)
        elif act == PROMOTE:
            if account not in admins:
                insort(admins, account)
        else:
            members.remove(account)
            if account in admins:
                admins.remove(account)
    if len(members) > CONVERSATION_MEMBERS_MAX:
        raise SealError("group.members")
    return tuple(members), tuple(admins)


class Link(NamedTuple):
    """A change as it is written: its place, the head before it, what it does, and to whom."""

    seq: int
    previous: object
    act: int
    accounts: tuple[AccountId, ...]


def read_link(link: bytes) -> Link:
    """Read a change strictly; SealError, or the codec's error, naming the broken rule."""
    fields = decode(link, LINK_BYTES_MAX)
    if type(fields) is not tuple or len(fields) != 4:
        raise SealError("group.fields")
    seq, previous, act, listed = fields
    if type(seq) is not int or type(act) is not int or type(listed) is not tuple:
        raise SealError("group.fields")
    accounts: list[AccountId] = []
    for account in listed:
        if type(account) is not bytes or len(account) != 20:
            raise SealError("group.fields")
        accounts.append(AccountId(account))
    if not accounts or any(a >= b for a, b in pairwise(accounts)):
        raise SealError("group.fields")
    if len(accounts) > CONVERSATION_MEMBERS_MAX:
        raise SealError("group.members")
    return Link(seq, previous, act, tuple(accounts))
