"""What members let others do with what they have said in public, each purpose apart."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Write

PURPOSES: Final = ("matching", "recognition", "showcase", "outreach", "analytics")
"""What consent is asked for, each apart. The feed is none of them: it is made on one's own device
and told to nobody. Who has said nothing of a purpose has not consented to it."""


@fields.body
class Consent(Body):
    """From here on the author agrees to one purpose, or withdraws. What was made of it before stops
    being used at once; nobody else may say it for them."""

    purpose: str = fields.choice(*PURPOSES)
    on: bool = fields.boolean(default=True)


def _consent(fact: Fact, body: Consent) -> tuple[Write, ...]:
    key = nouns.consent_key(fact.account, body.purpose)
    return (Write(nouns.CONSENT, key, body.on),)


KINDS: Final = (
    Kind(
        number=57,
        name="consent",
        body=Consent,
        streams=frozenset({StreamType.PEOPLE}),
        capability="profile",
        writes=writing.acts(Consent, _consent),
        object_rule=ObjectRule.SELF,
    ),
)
