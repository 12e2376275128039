"""The table of rights: capability, stream, membership and role. What it does not say is denied.

A row is one capability at one membership of one sort of stream, with a word for each role. Kinds
name the capability they ask for (`Kind.capability`). Three capabilities belong to no kind: `read`
is asked where data leaves, `moderate` by rules about the target (`ObjectRule`), and `hub` has no
row, so no member ever holds it. `policy/spec.py` writes the table into the documents.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kinds.roles import ROLES


class Membership(StrEnum):
    """How an account stands to one stream.

    `dir` and `ppl` are every account's by right, a `u:` its owner's, `mod` its role holders'.
    """

    NONE = "none"
    """Outside, and the stream is closed to it: a private channel, another's `u:`."""
    VISITOR = "visitor"
    """Outside, and the stream is open to it: a public channel it may join; `mod`, which takes
    reports from everybody."""
    INVITED = "invited"
    """Outside a channel, with a standing invitation."""
    MEMBER = "member"
    """Inside: it holds a grant, or the stream by right."""
    BANNED = "banned"
    """Banned from this very channel."""
    NEW = "new"
    """The stream, of a private channel or a conversation, does not exist yet."""


TABLE: Final = """
capability      stream  membership  owner  admin  moderator  member  bot

read            u       member      yes    yes    yes        yes     yes
read            dir     member      yes    yes    yes        yes     yes
read            ppl     member      yes    yes    yes        yes     yes
read            c       member      yes    yes    yes        yes     yes
read            d       member      yes    yes    yes        yes     yes
read            mod     member      yes    yes    yes        -       -

post            c       member      yes    yes    yes        yes     yes
edit_own        c       member      yes    yes    yes        yes     yes
delete_own      c       member      yes    yes    yes        yes     yes
delete_own      d       member      yes    yes    yes        yes     yes
erase           c       member      yes    yes    yes        yes     yes
erase           d       member      yes    yes    yes        yes     yes
react           c       member      yes    yes    yes        yes     yes
vote            c       member      yes    yes    yes        yes     yes
poll            c       member      yes    yes    yes        yes     yes
thread          c       member      yes    yes    yes        yes     -
accept          c       member      yes    yes    yes        yes     -
pin             c       member      yes    yes    yes        yes     -
import          c       member      yes    yes    -          -       -
import          ppl     member      yes    yes    -          -       -

join            c       visitor     yes    yes    yes        yes     -
join            c       invited     yes    yes    yes        yes     yes
leave           c       invited     yes    yes    yes        yes     yes
leave           c       member      yes    yes    yes        yes     yes
invite          c       member      yes    yes    yes        yes     -
invite          u       member      yes    yes    yes        yes     -
create_channel  dir     member      yes    yes    yes        yes     -
create_channel  c       new         yes    yes    yes        yes     -
manage_channel  dir     member      yes    yes    yes        -       -
manage_channel  c       member      yes    yes    yes        -       -

converse        d       new         yes    yes    yes        yes     -
group           d       new         yes    yes    yes        yes     -
group           d       member      yes    yes    yes        yes     -
seal            d       member      yes    yes    yes        yes     yes

moderate        c       member      yes    yes    yes        -       -
hide            c       member      yes    yes    yes        -       -
kick            c       member      yes    yes    yes        -       -
ban             c       member      yes    yes    yes        -       -
ban             mod     member      yes    yes    yes        -       -
report          mod     visitor     yes    yes    yes        yes     yes
report          mod     member      yes    yes    yes        yes     yes
roles           dir     member      yes    yes    -          -       -

profile         ppl     member      yes    yes    yes        yes     yes
devices         ppl     member      yes    yes    yes        yes     yes
personal        u       member      yes    yes    yes        yes     yes
"""
"""All rights. A banned member may not even `leave`, which would end the ban."""

ARCHIVE_CLOSES: Final = (
    "post", "edit_own", "react", "vote", "poll", "thread", "accept", "pin", "import",
)  # fmt: skip
"""What nobody may do in an archived channel: all that says something or marks what was said.
Coming, going, withdrawing and moderating go on."""

Row: TypeAlias = tuple[str, StreamType, Membership]
"""Capability, sort of stream, membership."""


def parse(text: str) -> Mapping[Row, tuple[str, ...]]:
    """The roles each row of a table allows; raises `UsageError` naming the line that is wrong."""
    head, *lines = [line.split() for line in text.splitlines() if line]
    if head != ["capability", "stream", "membership", *ROLES]:
        raise UsageError("a table of rights begins with its columns")
    rights: dict[Row, tuple[str, ...]] = {}
    for words in lines:
        if len(words) != len(head) or not {*words[3:]} <= {"yes", "-"}:
            raise UsageError(f"this is no row of rights: {' '.join(words)}")
        row = (words[0], StreamType(words[1]), Membership(words[2]))
        if row in rights:
            raise UsageError(f"two rows of rights: {' '.join(words[:3])}")
        rights[row] = tuple(
            role for role, word in zip(ROLES, words[3:], strict=True) if word == "yes"
        )
    return rights


RIGHTS: Final = parse(TABLE)
"""The table, read once."""

CAPABILITIES: Final = tuple(dict.fromkeys(capability for capability, _, _ in RIGHTS))
"""Every capability anybody holds, in the order of the table."""


def allows(capability: str, role: str, stream: StreamType, membership: Membership) -> bool:
    """Does this role, standing so to a stream of this sort, hold this capability there?"""
    return role in RIGHTS.get((capability, stream, membership), ())


def capabilities(role: str, stream: StreamType, membership: Membership) -> tuple[str, ...]:
    """All that this role holds there, in the order of the table: what a screen may offer."""
    return tuple(
        capability for capability in CAPABILITIES if allows(capability, role, stream, membership)
    )


def visible(stream: StreamType, membership: Membership, role: str) -> bool:
    """May this account read this stream? The one rule, asked wherever data leaves the hub."""
    return allows("read", role, stream, membership)
