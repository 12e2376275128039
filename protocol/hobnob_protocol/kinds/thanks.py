"""Thanks: what a member is thanked for, where everybody sees it."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, TargetRule, Write
from hobnob_protocol.limits import THANKS_TEXT_MAX


@fields.body
class Thanks(Body):
    """The author of a message is thanked for it, once by each member, with a reason where one was
    given; or no longer. Nobody thanks themselves."""

    target: TargetId = fields.target()
    reason: str = fields.text(max=THANKS_TEXT_MAX, empty=True, default="")
    on: bool = fields.boolean(default=True)


def _thanks(fact: Fact, body: Thanks) -> tuple[Write, ...]:
    key = nouns.thanks_key(body.target, fact.account)
    return (Write(nouns.THANKS, key, body.reason if body.on else None),)


KINDS: Final = (
    Kind(
        number=58,
        name="thanks",
        body=Thanks,
        streams=frozenset({StreamType.CHANNEL}),
        capability="react",
        writes=writing.acts(Thanks, _thanks),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.OTHERS,
    ),
)
