"""The hub says that an imported account is a member's."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write
from hobnob_protocol.limits import REASON_TEXT_MAX


@fields.body
class Claim(Body):
    """An imported account is shown as this member from now on, or no longer.

    What was imported stays marked as that, and its importer's: no right comes of a claim.
    """

    imported: AccountId = fields.account()
    account: AccountId = fields.account()
    on: bool = fields.boolean()
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


def _claim(_fact: Fact, body: Claim) -> tuple[Write, ...]:
    return (Write(nouns.CLAIM, body.imported, body.account if body.on else None),)


KINDS: Final = (
    Kind(
        number=35,
        name="claim",
        body=Claim,
        streams=frozenset({StreamType.PEOPLE}),
        capability="hub",
        writes=writing.acts(Claim, _claim),
        signer=Signer.HUB,
    ),
)
