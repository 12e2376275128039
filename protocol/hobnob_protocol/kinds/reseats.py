"""The hub gives a handle to another account, after a delay in which everybody sees that it will."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write
from hobnob_protocol.limits import REASON_TEXT_MAX

ANNOUNCED: Final = "announced"
UNDONE: Final = "undone"
DONE: Final = "done"


@fields.body
class Reseat(Body):
    """A handle is another account's: announced, or undone before it was, or done after the delay.

    Nothing else goes with it: no role, no channel, no conversation.
    """

    handle: str = fields.handle()
    account: AccountId = fields.account()
    stage: str = fields.choice(ANNOUNCED, UNDONE, DONE)
    reason: str = fields.text(max=REASON_TEXT_MAX, lines=True)


def reseat_key(stage: str, account: AccountId, handle: str) -> bytes:
    """The cell that says since when an account is to have a handle, or has it."""
    return bytes((stage == DONE,)) + account + handle.encode()


def _reseat(fact: Fact, body: Reseat) -> tuple[Write, ...]:
    announced = reseat_key(ANNOUNCED, body.account, body.handle)
    if body.stage == DONE:
        done = reseat_key(DONE, body.account, body.handle)
        return (Write(nouns.RESEAT, done, fact.at_ms),)
    return (Write(nouns.RESEAT, announced, fact.at_ms if body.stage == ANNOUNCED else None),)


KINDS: Final = (
    Kind(
        number=56,
        name="reseat",
        body=Reseat,
        streams=frozenset({StreamType.PEOPLE}),
        capability="hub",
        writes=writing.acts(Reseat, _reseat),
        signer=Signer.HUB,
    ),
)
