"""One tree of errors, split by whose fault it is, and every code that travels.

::

    HobnobError
    ├── UsageError            ours: the calling code broke a rule of this library
    ├── ProtocolError         the peer's: bytes or frames that break the specification
    │   ├── AuthError         the peer's: it is not who it must be
    │   └── SealError         the peer's: what it sealed is not what it says
    │       └── ForkError     the hub's: it has shown two histories of an account or a group
    └── WorldError            neither: a disk, a clock, a file
        ├── SealAwaits        what opens it has not come yet
        ├── SealClosed        it was not sealed to this device
        ├── StoreFull         a write found no room; nothing was changed
        ├── StoreBroken       stored bytes contradict themselves
        └── OutboxFull        composing found the outbox at its bound; the text is kept

A code says what happened and nothing else: no text of the log, no secret, no path.
"""

import errno
from enum import StrEnum
from typing import Final


class HobnobError(Exception):
    """The root: catch it to catch everything hobnob raises on purpose."""


class UsageError(HobnobError):
    """The program called hobnob against its rules; this is a bug in the program."""


class ProtocolError(HobnobError):
    """The peer sent something the specification forbids; close the connection.

    `rule` is the name of the one rule that was broken, as protocol/README.md lists them.
    """

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(f"{rule}: {detail}" if detail else rule)
        self.rule = rule
        self.detail = detail


class AuthError(ProtocolError):
    """The peer could not prove who it is, or proved to be someone else; do not go on."""


class SealError(ProtocolError):
    """Somebody signed sealed bytes that are not what they say: show that something could not be
    opened and by whom it was signed, never guess; the connection goes on."""


class ForkError(SealError):
    """Two histories of one account or group were shown: stop sending until the person has looked.

    `detail` names the account, in hexadecimal, or the group.
    """


class WorldError(HobnobError):
    """Neither side's fault: something outside failed; trying again may help."""


class Unopened(StrEnum):
    """Why something sealed cannot be opened though nobody did wrong; it never travels."""

    CHAIN = "chain"
    """Its sender knows links of an account that have not come yet."""
    GROUP = "group"
    """Its sender knows changes of the group's members that have not come yet."""
    START = "start"
    """The start of its session has not come yet."""
    NOT_ADDRESSED = "not_addressed"
    """This device was not among those it was sealed to."""
    NO_KEY = "no_key"
    """It was sealed to a key that this device does not hold, or holds no more."""


class SealAwaits(WorldError):
    """What opens it has not come yet: keep it and try again when it has.

    `code` says what is missing; `detail` of which account, in hexadecimal.
    """

    def __init__(self, code: Unopened, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else f"{code}")
        self.code = code
        self.detail = detail


class SealClosed(WorldError):
    """It was not sealed to this device, or to a key it has no more: only another device of the
    account, which has read it, can hand it over. `code` says which of both."""

    def __init__(self, code: Unopened) -> None:
        super().__init__(f"{code}")
        self.code = code


class StoreFull(WorldError):
    """The disk is full: nothing was written. Free some space; reading still works."""


class StoreBroken(WorldError):
    """The database contradicts itself: restore a backup, or let hobnob rebuild the replica."""


class OutboxFull(WorldError):
    """Too much waits to be sent: connect first. The text is kept where it was typed."""


NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says where a disk, or somebody's share of it, is full."""
_PATH_TEXT_MAX: Final = 60


def told(failed: OSError) -> str:
    """What the system refused, in its own words, with the end of the path it was about.

    For the front door of a program: what is expected is caught where it happens, with better words.
    """
    path = "" if failed.filename is None else str(failed.filename)
    shown = path if len(path) <= _PATH_TEXT_MAX else f"…{path[-_PATH_TEXT_MAX:]}"
    return ": ".join(part for part in (shown, failed.strerror or str(failed)) if part)


class Refusal(StrEnum):
    """Why the hub refused an event, in an ACK or an OFFERED; the event will never be accepted."""

    INVALID = "invalid"
    """The event breaks the specification of its kind."""
    BAD_SIGNATURE = "bad_signature"
    """The signature does not belong to the device the header names."""
    UNKNOWN_KIND = "unknown_kind"
    """This hub does not know the kind; it may after an upgrade."""
    NOT_MEMBER = "not_member"
    """The author is not a member of the stream."""
    NOT_ALLOWED = "not_allowed"
    """The author's role does not give this right here."""
    BANNED = "banned"
    """The author is banned from the channel or the hub."""
    NO_TARGET = "no_target"
    """The event refers to one this stream does not hold."""
    NOT_AUTHOR = "not_author"
    """Only the author of the target may do this."""
    GONE = "gone"
    """The target was deleted or erased."""
    CLOSED = "closed"
    """The poll is closed, or the channel archived."""
    EXISTS = "exists"
    """The name or id is taken."""
    TOO_MANY = "too_many"
    """The author, or whom it puts into a stream, has as many of these as one may have at once."""
    ERASED = "erased"
    """This very event was erased and may not return."""


class ByeCode(StrEnum):
    """Why a side ends the connection, in a BYE."""

    AUTH = "auth"
    """Login failed: unknown account, revoked device or bad signature, never told apart."""
    CHANNEL = "channel"
    """The certificate the client saw is not one of the hub's."""
    VERSION = "version"
    """No common protocol version: upgrade."""
    PROTOCOL = "protocol"
    """The peer broke the specification."""
    TIMEOUT = "timeout"
    """Nothing was heard for too long, or the login took too long."""
    ELSEWHERE = "elsewhere"
    """The same device logged in again; the newer session stays."""
    CROWDED = "crowded"
    """The account has all the connections it may have."""
    REVOKED = "revoked"
    """The device was revoked, or the account banned."""
    WAITING = "waiting"
    """The device waits until its account has had a day to say no; come back then, by a SEAT."""
    SLOW = "slow"
    """The reader made no progress; come back and resume."""
    FORK = "fork"
    """The hub's log began a new epoch; come back and offer what it lost."""
    RECOVERING = "recovering"
    """The hub waits for an owner's or a moderator's replica after a restore."""
    SHUTDOWN = "shutdown"
    """The hub stops."""
    RETRY = "retry"
    """The hub could not write; come back later."""
    DONE = "done"
    """The client leaves."""
