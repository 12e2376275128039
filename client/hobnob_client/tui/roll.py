"""Who is in a place, with what stands above it and what can be done there."""

from dataclasses import replace

from hobnob_client import membership
from hobnob_client.catalogue import n, number, t
from hobnob_client.membership import MemberLine
from hobnob_client.reading import ConversationLine, Reader
from hobnob_client.tui import titles
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value
from hobnob_sync.client_engine.inputs import Present

_OF_OTHERS = frozenset({"confide", "compare"})
_OF_ADMINS = frozenset({"add", "remove", "promote"})
_OF_GROUPS = frozenset({"title", "quit_group"})


@value
class Roll:
    """Who is in a place: `title` and `about` are safe to draw; `group` that it is a private one,
    `private` that it is sealed, `admin` that one may change who is in it."""

    title: str
    about: str
    members: tuple[MemberLine, ...]
    private: bool = False
    group: bool = False
    admin: bool = False


def offered(roll: Roll, member: MemberLine | None) -> frozenset[str]:
    """What can be done now, upon the selected member or the whole."""
    found = frozenset({"close"})
    other = member is not None and not member.is_me
    if other:
        found |= _OF_OTHERS
    if roll.group:
        found |= _OF_GROUPS
    if roll.group and roll.admin:
        found |= {"add"}
        if other:
            found |= {"remove"}
        if member is not None and other and member.role != "admin":
            found |= {"promote"}
    return found


def lacking(action: str, roll: Roll, member: MemberLine | None) -> str:
    """Why that cannot be done now."""
    if action in _OF_GROUPS | _OF_ADMINS and not roll.group:
        return t("That is for private groups; & begins one.")
    if action in _OF_ADMINS and not roll.admin:
        return t("Only an admin of the group may do that.")
    if member is not None and member.is_me:
        return t("That is you.") if action != "remove" else t("That is you: L leaves the group.")
    if action == "promote":
        return t("They are an admin already.")
    return t("Select a member first.")


def with_presence(found: Roll, present: Present | None) -> Roll:
    """The same with who is online, as of the hub's last answer; None before any."""
    if present is None:
        return found
    members = tuple(
        replace(each, online=each.account in present.accounts) for each in found.members
    )
    more = "+" if present.more else ""
    told = t("● {number} online", number=f"{number(len(present.accounts))}{more}")
    return replace(found, about=f"{found.about} {told}", members=members)


def of_conversation(reader: Reader, line: ConversationLine) -> Roll:
    """Those who can read it."""
    group = line.group
    return Roll(
        t("Who can read {name}", name=titles.of_conversation(line).name),
        t(
            "Sealed: these devices alone can read what is said, the hub cannot. Whether nobody "
            "stands between you tells a number that both compare."
        ),
        membership.of_conversation(reader, line),
        private=True,
        group=group is not None,
        admin=group is not None and reader.me in group.admins,
    )


def of_channel(reader: Reader, stream: StreamId) -> Roll:
    """Those who have joined."""
    found = membership.of_channel(reader, stream)
    name = titles.of_channel(reader, stream).name
    here = n("{number} is here.", "{number} are here.", len(found), number=number(len(found)))
    return Roll(t("Who is in {name}", name=name), here, found)
