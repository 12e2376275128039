"""Members as entries of a list: what is drawn, all of it safe."""

from collections.abc import Iterable
from typing import Final

from hobnob_client.called import called
from hobnob_client.catalogue import later, t
from hobnob_client.membership import MemberLine
from hobnob_client.tui.titles import ONLINE, STOP, VERIFIED
from hobnob_client.tui.widgets.card_list import Card

NOT_VERIFIED: Final = later("○ not compared")

_ROLES: Final = {
    "owner": later("owner"),
    "admin": later("admin"),
    "moderator": later("moderator"),
    "bot": later("bot"),
}


def of_members(members: Iterable[MemberLine], *, private: bool) -> list[Card]:
    """One each. In a `private` place it is told of everybody else whether they were compared, and
    which devices can read it."""
    return [_member(member, private=private) for member in members]


def _member(member: MemberLine, *, private: bool) -> Card:
    name = f"@{called(member.handle, member.account)}"
    marks = [t("you")] if member.is_me else []
    if member.online:
        marks.append(t(ONLINE))
    if member.stop:
        marks.append(t(STOP))
    elif not member.is_me and (private or member.verified):
        marks.append(t(VERIFIED if member.verified else NOT_VERIFIED))
    if member.role:
        marks.append(t(_ROLES.get(member.role, member.role)))
    rest = [t("device {id}", id=device.id.hex()) for device in member.devices]
    if private and not rest:
        rest = [t("no device of theirs is known here yet")]
    head = " · ".join((name, *marks))
    return Card(member.account, head, tuple(rest), alarm=bool(member.stop))
