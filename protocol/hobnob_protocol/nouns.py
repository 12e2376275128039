"""The tables of cells that events write: for each noun its name, its keys and its values.

Kinds write them, the fold merges them, views and the hub read them; the shape stands here only. A
key is ids joined, all of fixed length but the last, so keys of one target share a prefix. A value
is what MessagePack carries; the named tuples below read one (`MessageValue(*cell.value)`) and say
its order, but what is written is a plain tuple.
"""

from typing import Final, NamedTuple

from hobnob_protocol.ids import (
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    GrantId,
    StreamId,
    TargetId,
    target_of,
)
from hobnob_protocol.kind import Value

# What is said, in `c:` and `d:`.

MESSAGE: Final = "message"
"""target → `MessageValue`, FIRST: every root event."""
EDIT: Final = "edit"
"""target + edit16 → `EditValue`, FIRST: which edit wins is derived on read."""
DEAD: Final = "dead"
"""target + account → `DeadValue`, FIRST: withdrawn, if its author did it. target alone: erased."""
HIDDEN: Final = "hidden"
"""target → `ActValue` while a moderator hides it, else None; LAST."""
MOVED: Final = "moved"
"""target → the thread (target) it was moved to, None for out of any thread; LAST."""
REACTION: Final = "reaction"
"""target + account + emoji in UTF-8 → bool, LAST."""
THANKS: Final = "thanks"
"""target + account → the reason, None where it was taken back; LAST."""
THREAD: Final = "thread"
"""target of the thread's root + "title" → text, + "resolved" → bool, + "answer" → target or None;
LAST."""
PIN: Final = "pin"
"""target → bool, LAST."""
VOTE: Final = "vote"
"""target + account → the options chosen, ascending; LAST."""
POLL_CLOSED: Final = "poll_closed"
"""target → the account that closed it, FIRST."""
CONVERSATION: Final = "conversation"
"""empty key → its accounts, ascending; FIRST."""
GROUP: Final = "group"
"""place of the change in 8 bytes, the first one 0 → `GroupLinkValue`, FIRST."""

# Who may be where, in `c:`, `dir`, `mod` and `u:`.

MEMBER: Final = "member"
"""account → one of the five words below, LAST; never written means never a member."""
CHANNEL: Final = "channel"
"""channel + field → text for "name", "purpose", "history"; bool for "auto_join", "archived",
"public"; account for "creator"; LAST. In `dir` for public channels, in their own for others."""
ROLE: Final = "role"
"""account → the hub role's name, LAST; never written means "member"."""
BANNED: Final = "banned"
"""account → `ActValue` while banned from the hub, else None; LAST; in `mod`."""
REPORT: Final = "report"
"""the report's own target → `ReportValue`, FIRST; in `mod`."""
REPORT_SEALED: Final = "report_sealed"
"""the report's own target → `ReportSealedValue`, FIRST; in `mod`."""
GRANT: Final = "grant"
"""stream → `GrantValue` while held, else None; LAST; in the holder's `u:`."""
IMPORTED_CHANNEL: Final = "imported_channel"
"""source + zero + id there → `ImportedChannelValue`, LAST; in the channel's own stream."""
HUB: Final = "hub"
""""key" → the hub's public key, "name" → its name; LAST; in `dir`."""

# Who people are, in `ppl`.

PROFILE: Final = "profile"
"""account + field → text, None where it was cleared; LAST."""
CONSENT: Final = "consent"
"""account + purpose → bool, LAST."""
LINK: Final = "link"
"""account + link16 (its event's target) → `LinkValue`, FIRST; the chain is these by their seqs."""
RESEAT: Final = "reseat"
"""0 or 1 (done) + account + handle → the hub's time in ms, None where it was undone; LAST."""
HANDLE: Final = "handle"
"""handle in ASCII → account, FIRST."""
IMPORTED_MEMBER: Final = "imported_member"
"""account → `ImportedMemberValue`, LAST."""
CLAIM: Final = "claim"
"""imported account → the account it is shown as, None once that was undone; LAST."""
INVITER: Final = "inviter"
"""account → `InviterValue`, FIRST; never written of who came by an invite of the operator's."""

# What is one's own, in `u:`.

SAVED: Final = "saved"
"""target + stream → bool, LAST."""
READ: Final = "read"
"""stream → `ReadValue`, MAX."""
BLOCKED: Final = "blocked"
"""account → bool, LAST."""
MUTED: Final = "muted"
"""16 bytes (the thread's root, zero for the whole stream) + stream → bool, LAST."""
DEVICE_NAME: Final = "device_name"
"""device, or a recovery key's id → its name, None for none; LAST."""
ACCEPTED: Final = "accepted"
"""account → bool, LAST: what it says in private is no request."""
VERIFIED: Final = "verified"
"""account → the handle under which its fingerprint was compared, None once undone; LAST."""
PRIVATE: Final = "private"
"""key16 + name16 + device → `PrivateValue` (`kinds.private`), MAX by its number."""
OWN_KEY: Final = "own_key"
"""key16 + the device that shares it → `OwnKeyValue` (`kinds.private`), FIRST."""
HUB_INVITE: Final = "hub_invite"
"""target of the invite → `HubInviteValue`, None once it is revoked; LAST."""

NOUNS: Final = (
    ACCEPTED, BANNED, BLOCKED, CHANNEL, CLAIM, CONSENT, CONVERSATION, DEAD, DEVICE_NAME, EDIT,
    GRANT, GROUP, HANDLE, HIDDEN, HUB, HUB_INVITE, IMPORTED_CHANNEL, IMPORTED_MEMBER, INVITER,
    LINK, MEMBER, MESSAGE, MOVED, MUTED, OWN_KEY, PIN, POLL_CLOSED, PRIVATE, PROFILE, REACTION,
    READ, REPORT, REPORT_SEALED, RESEAT, ROLE, SAVED, THANKS, THREAD, VERIFIED, VOTE,
)  # fmt: skip
"""All nouns, by name."""

JOINED: Final = "joined"
LEFT: Final = "left"
INVITED: Final = "invited"
KICKED: Final = "kicked"
BANNED_HERE: Final = "banned"


class MessageValue(NamedTuple):
    """One message. A *bare* one (erased) keeps what its header and stamp say and no more.

    `text` is a poll's question. `more` is what only the kind itself knows: `PollValue`,
    `ImportedValue`, or nothing. `mentions` are those of the first version.
    """

    account: AccountId
    device: DeviceId
    kind: int
    thread: TargetId | None
    reply: TargetId | None
    text: str
    mentions: tuple[AccountId, ...]
    more: tuple[Value, ...]
    at_ms: int


class PollValue(NamedTuple):
    """A poll's `more`."""

    options: tuple[str, ...]
    multiple: bool


class ImportedValue(NamedTuple):
    """An imported message's `more`: who wrote it there and when, and what it was there.

    `reactions` are pairs of an emoji and how many gave it there: an attribute, no one's vote.
    """

    source: str
    source_id: str
    author: AccountId
    at_ms: int
    references: tuple[str, ...]
    edited_ms: int | None
    deleted_ms: int | None
    extra: tuple[tuple[str, str], ...]
    reactions: tuple[tuple[str, int], ...] = ()


class ImportedMemberValue(NamedTuple):
    """Who somebody is elsewhere; `name` may be empty."""

    source: str
    source_id: str
    name: str
    bot: bool
    extra: tuple[tuple[str, str], ...]


class ImportedChannelValue(NamedTuple):
    """What a channel is elsewhere; `name` is its name there."""

    source: str
    source_id: str
    name: str
    extra: tuple[tuple[str, str], ...]


class EditValue(NamedTuple):
    """One edit: `base` is the edit or message it was made on, if its author said so."""

    account: AccountId
    text: str
    base: TargetId | None
    mentions: tuple[AccountId, ...]


class DeadValue(NamedTuple):
    """Who ended a message and how: "deleted" by its author, or "erased" for a reason."""

    account: AccountId
    how: str
    reason: str


class ActValue(NamedTuple):
    """Who acted on a message or a person, and why."""

    account: AccountId
    reason: str


class ReportValue(NamedTuple):
    """Who reports which event of which stream, and why."""

    account: AccountId
    stream: StreamId
    target: TargetId
    reason: str


class ReportSealedValue(NamedTuple):
    """Who shows which sealed event, what opens it, and why; `sealing.report` says what that is."""

    account: AccountId
    stream: StreamId
    event: bytes
    opening: bytes
    padded: bytes
    reason: str


class GrantValue(NamedTuple):
    """A grant's name, and the last seq its holder may not see (0: sees all)."""

    grant: GrantId
    floor: int


class LinkValue(NamedTuple):
    """One link of a chain as signed, its signature, and the hub's time of it, where that counts."""

    link: bytes
    signature: bytes
    at_ms: int = 0


class GroupLinkValue(NamedTuple):
    """One change of a private group, who signed it with which device, and who is in it after."""

    link: bytes
    account: AccountId
    device: DeviceId
    members: tuple[AccountId, ...]
    admins: tuple[AccountId, ...]


class HubInviteValue(NamedTuple):
    """An invite that its maker has not revoked: SHA-256 of its secret, for how many, until when."""

    secret_hash: bytes
    uses: int
    ends_ms: int


class InviterValue(NamedTuple):
    """Who let somebody in, and by which invite of theirs."""

    account: AccountId
    invite: TargetId


class ReadValue(NamedTuple):
    """Read up to `seq`; "mark unread" begins a new `gen` so that the cursor may go back."""

    gen: int
    seq: int


def edit_key(target: TargetId, edit: EventId) -> bytes:
    """The cell of one edit of a message."""
    return target + target_of(edit)


def withdrawn_key(target: TargetId, account: AccountId) -> bytes:
    """The cell that says this account withdrew the message."""
    return target + account


def reaction_key(target: TargetId, account: AccountId, emoji: str) -> bytes:
    """The cell of one account's one reaction to a message."""
    return target + account + emoji.encode()


def thanks_key(target: TargetId, account: AccountId) -> bytes:
    """The cell of one account's thanks for a message."""
    return target + account


def thread_key(root: TargetId, field: str) -> bytes:
    """The cell of a thread's "title", "resolved" or "answer"."""
    return root + field.encode()


def vote_key(poll: TargetId, account: AccountId) -> bytes:
    """The cell of one account's vote."""
    return poll + account


def saved_key(target: TargetId, stream: StreamId) -> bytes:
    """The cell of one saved message of any stream."""
    return target + stream


def muted_key(thread: TargetId | None, stream: StreamId) -> bytes:
    """The cell of a muted stream, or of one thread of it."""
    return (thread or bytes(16)) + stream


def profile_key(account: AccountId, field: str) -> bytes:
    """The cell of one field of a profile."""
    return account + field.encode()


def consent_key(account: AccountId, purpose: str) -> bytes:
    """The cell of what an account says of one purpose."""
    return account + purpose.encode()


def channel_key(channel: ChannelId, field: str) -> bytes:
    """The cell of one field of a channel."""
    return channel + field.encode()


def imported_channel_key(source: str, source_id: str) -> bytes:
    """The cell of a channel elsewhere whose messages a channel holds; no text holds a zero."""
    return source.encode() + b"\0" + source_id.encode()


def link_key(account: AccountId, carrier: EventId) -> bytes:
    """The cell of the link that the event `carrier` brought."""
    return account + target_of(carrier)


def group_key(seq: int) -> bytes:
    """The cell of the change at this place of a group's changes."""
    return seq.to_bytes(8, "big")
