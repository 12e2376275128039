"""What those do who keep the peace, and how to call them; each act says why."""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import (
    MODERATION,
    AccountId,
    StreamId,
    StreamType,
    TargetId,
    stream_type,
)
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, Signer, TargetRule, Write
from hobnob_protocol.limits import (
    BODY_BYTES_MAX,
    REASON_TEXT_MAX,
    SEALED_BYTES_MAX,
    SEALED_PADDING_MIN,
)

_OPENING_BYTES: Final = 32
"""What HKDF-Expand makes (`sealing.ratchet.opening_salt`)."""


@fields.body
class Kick(Body):
    """The account is out of this channel; it may come back as anybody may."""

    account: AccountId = fields.account()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


@fields.body
class Ban(Body):
    """The account may not come back, or may again: to this channel, or in `mod` to the hub."""

    account: AccountId = fields.account()
    on: bool = fields.boolean()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


@fields.body
class Report(Body):
    """A member asks the moderators to look at an event of any stream the member can see."""

    stream: StreamId = fields.stream()
    target: TargetId = fields.target()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


@fields.body
class ReportSealed(Body):
    """A member shows the moderators one sealed message: the event as it travelled, and what opens
    its commitment ([Reports](#reports))."""

    rules: ClassVar[Mapping[str, str]] = {
        "report.conversation": "what is shown sealed was said in a conversation"
    }

    stream: StreamId = fields.stream()
    event: bytes = fields.blob(max=BODY_BYTES_MAX)
    opening: bytes = fields.blob(min=_OPENING_BYTES, max=_OPENING_BYTES)
    padded: bytes = fields.blob(min=SEALED_PADDING_MIN, max=SEALED_BYTES_MAX)
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)

    def contradiction(self) -> str:
        """Only conversations are sealed."""
        sealed = stream_type(self.stream) is StreamType.CONVERSATION
        return "" if sealed else "report.conversation"


@fields.body
class Hide(Body):
    """A message is hidden from all but moderators and its author, or shown again."""

    target: TargetId = fields.target()
    hidden: bool = fields.boolean()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


@fields.body
class Erase(Body):
    """A message's text is to be destroyed everywhere, for ever; only its hash and place stay."""

    target: TargetId = fields.target()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True, empty=True, default="")


def _kick(_fact: Fact, body: Kick) -> tuple[Write, ...]:
    return (Write(nouns.MEMBER, body.account, nouns.KICKED),)


def _ban(fact: Fact, body: Ban) -> tuple[Write, ...]:
    if fact.stream == MODERATION:
        value = (fact.account, body.reason) if body.on else None
        return (Write(nouns.BANNED, body.account, value),)
    return (Write(nouns.MEMBER, body.account, nouns.BANNED_HERE if body.on else nouns.LEFT),)


def _report(fact: Fact, body: Report) -> tuple[Write, ...]:
    value = (fact.account, body.stream, body.target, body.reason)
    return (Write(nouns.REPORT, fact.target, value, Rule.FIRST),)


def _report_sealed(fact: Fact, body: ReportSealed) -> tuple[Write, ...]:
    shown = (body.event, body.opening, body.padded)
    value = (fact.account, body.stream, *shown, body.reason)
    return (Write(nouns.REPORT_SEALED, fact.target, value, Rule.FIRST),)


def _hide(fact: Fact, body: Hide) -> tuple[Write, ...]:
    value = (fact.account, body.reason) if body.hidden else None
    return (Write(nouns.HIDDEN, body.target, value),)


def _erase(fact: Fact, body: Erase) -> tuple[Write, ...]:
    return (Write(nouns.DEAD, body.target, (fact.account, "erased", body.reason), Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=19,
        name="kick",
        body=Kick,
        streams=frozenset({StreamType.CHANNEL}),
        capability="kick",
        writes=writing.acts(Kick, _kick),
        object_rule=ObjectRule.BELOW,
        about="account",
    ),
    Kind(
        number=20,
        name="ban",
        body=Ban,
        streams=frozenset({StreamType.CHANNEL, StreamType.MODERATION}),
        capability="ban",
        writes=writing.acts(Ban, _ban),
        signer=Signer.EITHER,
        object_rule=ObjectRule.BELOW,
        about="account",
    ),
    Kind(
        number=26,
        name="report",
        body=Report,
        streams=frozenset({StreamType.MODERATION}),
        capability="report",
        writes=writing.acts(Report, _report),
    ),
    Kind(
        number=27,
        name="hide",
        body=Hide,
        streams=frozenset({StreamType.CHANNEL}),
        capability="hide",
        writes=writing.acts(Hide, _hide),
        signer=Signer.EITHER,
        target="target",
        target_rule=TargetRule.PRESENT,
    ),
    Kind(
        number=29,
        name="erase",
        body=Erase,
        streams=frozenset({StreamType.CHANNEL, StreamType.CONVERSATION}),
        capability="erase",
        writes=writing.acts(Erase, _erase),
        target="target",
        target_rule=TargetRule.PRESENT,
        object_rule=ObjectRule.AUTHOR_OR_MODERATOR,
    ),
    Kind(
        number=53,
        name="report_sealed",
        body=ReportSealed,
        streams=frozenset({StreamType.MODERATION}),
        capability="report",
        writes=writing.acts(ReportSealed, _report_sealed),
    ),
)
