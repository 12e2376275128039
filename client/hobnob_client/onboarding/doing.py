"""What a newcomer said yes to is done: each part is an event of their own in the outbox."""

from dataclasses import replace
from typing import TYPE_CHECKING

from hobnob_client.onboarding import kept
from hobnob_client.onboarding.kept import Kept
from hobnob_client.onboarding.plan import Answers, Plan
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.kinds.people import ProfileField

if TYPE_CHECKING:
    from hobnob_client.engine import Engine


async def remember(engine: "Engine", answers: Answers) -> None:
    """What was answered so far, so that one can go on later."""

    def changed(before: bytes) -> bytes:
        known = kept.from_bytes(before)
        return kept.to_bytes(replace(known, answers=dict(answers)))

    await engine.change_note(kept.NOTE, changed)


async def do(engine: "Engine", answers: Answers, plan: Plan) -> int:
    """Do all that is in a plan, and know of it: where the last of it lies in the outbox, 0 where
    nothing was said. OutboxFull."""
    n = 0
    for offer in plan.channels:
        n = (await engine.compose(offer.channel.stream, Join())).n
    for name, value in plan.fields:
        n = (await engine.compose(PEOPLE, ProfileField(name, value))).n
    for purpose in plan.allow:
        n = (await engine.compose(PEOPLE, Consent(purpose, True))).n
    done = Kept(dict(answers), True, plan.first, plan.topics, plan.buddy)
    await engine.note(kept.NOTE, kept.to_bytes(done))
    return n
