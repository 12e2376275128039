"""What only the hub signs: rights to streams, new accounts, and its own beginning."""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import (
    AccountId,
    DeviceKey,
    StreamId,
    StreamType,
    TargetId,
    account_id,
    grant_of,
)
from hobnob_protocol.kind import Body, Fact, Kind, Rule, Signer, Write
from hobnob_protocol.limits import NAME_TEXT_MAX
from hobnob_protocol.link import kept


@fields.body
class Grant(Body):
    """The stream's owner holds this stream from after `floor`; `cause` is the event that says why.

    The grant's name is cut from this event's id, so a cursor outlives no leaving and re-joining.
    """

    stream: StreamId = fields.stream()
    floor: int = fields.seq()
    cause: TargetId = fields.target()


@fields.body
class Revoke(Body):
    """The stream's owner holds this stream no more: its replicas purge it."""

    stream: StreamId = fields.stream()
    cause: TargetId = fields.target()


@fields.body
class Enrol(Body):
    """A new account: its genesis link, signed by its first device, and its handle.

    Whom a member let in has that member as `inviter`, by the `hub_invite` that `invite` names.
    """

    link: bytes = fields.link()
    link_signature: bytes = fields.signature()
    handle: str = fields.handle()
    inviter: AccountId | None = fields.account(default=None)
    invite: TargetId | None = fields.target(default=None)

    rules: ClassVar[Mapping[str, str]] = {
        "enrol.inviter": "an inviter and the invite are told both or neither"
    }

    def contradiction(self) -> str:
        """One alone could not be opened into the event that says so."""
        return "" if (self.inviter is None) == (self.invite is None) else "enrol.inviter"


@fields.body
class Admit(Body):
    """A further device that came by itself: the next link of this account's chain, which adds it.

    The link's own signature decides, as for one that a device carries.
    """

    account: AccountId = fields.account()
    link: bytes = fields.link()
    link_signature: bytes = fields.signature()


@fields.body
class Bootstrap(Body):
    """The hub begins: its first public key, and what it is called."""

    key: DeviceKey = fields.device_key()
    name: str = fields.text(max=NAME_TEXT_MAX)


CONSEQUENCES: Final = (Grant, Revoke, Bootstrap)
"""What a hub says again by itself after a restore. All else that it has signed, a member's coming
and its operator's acts, is brought back by replicas."""


def _grant(fact: Fact, body: Grant) -> tuple[Write, ...]:
    return (Write(nouns.GRANT, body.stream, (grant_of(fact.event), body.floor)),)


def _revoke(_fact: Fact, body: Revoke) -> tuple[Write, ...]:
    return (Write(nouns.GRANT, body.stream, None),)


def _enrol(fact: Fact, body: Enrol) -> tuple[Write, ...]:
    account = account_id(body.link)
    link = (body.link, body.link_signature)
    writes = (
        Write(nouns.LINK, nouns.link_key(account, fact.event), link, Rule.FIRST),
        Write(nouns.HANDLE, body.handle.encode(), account, Rule.FIRST),
    )
    if body.inviter is None:
        return writes
    return (*writes, Write(nouns.INVITER, account, (body.inviter, body.invite), Rule.FIRST))


def _admit(fact: Fact, body: Admit) -> tuple[Write, ...]:
    link = kept(body.link, body.link_signature, fact.at_ms)
    return (Write(nouns.LINK, nouns.link_key(body.account, fact.event), link, Rule.FIRST),)


def _bootstrap(_fact: Fact, body: Bootstrap) -> tuple[Write, ...]:
    return (Write(nouns.HUB, b"key", body.key), Write(nouns.HUB, b"name", body.name))


KINDS: Final = (
    Kind(
        number=40,
        name="grant",
        body=Grant,
        streams=frozenset({StreamType.USER}),
        capability="hub",
        writes=writing.acts(Grant, _grant),
        signer=Signer.HUB,
    ),
    Kind(
        number=41,
        name="revoke",
        body=Revoke,
        streams=frozenset({StreamType.USER}),
        capability="hub",
        writes=writing.acts(Revoke, _revoke),
        signer=Signer.HUB,
    ),
    Kind(
        number=42,
        name="enrol",
        body=Enrol,
        streams=frozenset({StreamType.PEOPLE}),
        capability="hub",
        writes=writing.acts(Enrol, _enrol),
        signer=Signer.HUB,
    ),
    Kind(
        number=44,
        name="bootstrap",
        body=Bootstrap,
        streams=frozenset({StreamType.DIRECTORY}),
        capability="hub",
        writes=writing.acts(Bootstrap, _bootstrap),
        signer=Signer.HUB,
    ),
    Kind(
        number=49,
        name="admit",
        body=Admit,
        streams=frozenset({StreamType.PEOPLE}),
        capability="hub",
        writes=writing.acts(Admit, _admit),
        signer=Signer.HUB,
    ),
)
