"""Whom one may be shown: the hub reserves them, and without it the lease of this device says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from hobnob_client.link import LinkLost
from hobnob_client.match.choosing import Load, Proposal
from hobnob_client.match.kept import SAME_MS, Shown
from hobnob_client.match.price import STEP, Price
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Wizard
from hobnob_client.not_answered import NotAnswered
from hobnob_client.requests import lease
from hobnob_client.requests.answers import answered
from hobnob_client.requests.telling import tell
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import LOAD_WEEK_MS, OFFERED_MAX, SHOWN_AT_ONCE
from hobnob_protocol.request_questions import (
    LoadsAnswer,
    LoadsQuestion,
    ReservedAnswer,
    ShowQuestion,
)

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

ROUNDS_MAX: Final = 3
"""So many times twelve people are named, where the better ones take no more."""

Helper: TypeAlias = Proposal[AccountId, Place]
People: TypeAlias = Wizard[AccountId, Place]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who may be shown, and who of them takes from the lease of this device."""

    three: list[Helper]
    ranked: tuple[AccountId, ...]
    """Who was ranked, the best first: whoever is asked next comes from these."""
    anew: tuple[AccountId, ...] = ()
    leased: bool = False
    """Was the hub not reached, so that it is the lease which says who may be shown?"""

    @property
    def is_short(self) -> bool:
        """Would more be shown, had the hub been reached?"""
        return self.leased and len(self.three) < min(SHOWN_AT_ONCE, len(self.ranked))


async def choose(
    engine: "Engine", wizard: People, shown: Sequence[Shown], step: float = STEP
) -> Chosen:
    """The three that the hub has reserved, by what it says they take and how often they were shown
    to all; without it by the lease. A hub that keeps no ledger limits nobody. `step` is η of the
    price."""
    try:
        await tell(engine)
        return await _reserved(engine, wizard, shown, step)
    except NotAnswered as failed:
        if failed.code != "later":
            return Chosen(wizard.three(), _ranked(wizard))
    except (LinkLost, ProtocolError):
        pass
    return leased(lease.from_bytes((await engine.notes()).get(lease.NOTE, b"")), wizard, shown)


def leased(held: lease.Lease, wizard: People, shown: Sequence[Shown]) -> Chosen:
    """The three as far as the lease goes."""
    ranked = wizard.ranked(len(wizard.people))
    pairs = [(each.person, each) for each in ranked]
    three, anew = lease.allowed(held, shown, pairs, wizard.now_ms)
    return Chosen(three, _ranked(wizard), tuple(anew), leased=True)


async def _reserved(
    engine: "Engine", wizard: People, shown: Sequence[Shown], step: float
) -> Chosen:
    week = {each.person for each in shown if wizard.now_ms - each.at_ms < LOAD_WEEK_MS}
    # Looked at again it is the same need: for that nobody becomes dearer.
    lately = {each.person for each in shown if wizard.now_ms - each.at_ms < SAME_MS}
    everybody = [each.person for each in wizard.ranked(ROUNDS_MAX * OFFERED_MAX)]
    found, ranked = list[Helper](), list[AccountId]()
    for first in range(0, len(everybody), OFFERED_MAX):
        named = tuple(everybody[first : first + OFFERED_MAX])
        told = await answered(engine, LoadsQuestion(named), LoadsAnswer)
        loads = {
            each.account: Load(
                each.shows,
                each.asks_free,
                # Who has seen them may see them again.
                max(each.shows_free, int(each.account in week)),
                Price.of_shows(
                    max(0.0, each.shown_thousandths / 1_000 - (each.account in lately)),
                    each.shows,
                    wizard.now_ms,
                    step,
                ),
            )
            for each in told.loads
        }
        again = wizard.loaded(loads).ranked(len(wizard.people))
        order = {each.person: each for each in again if each.person in loads}
        reserved = await answered(engine, ShowQuestion(tuple(order)), ReservedAnswer)
        ranked += order
        found += [order[each.account] for each in reserved.reserved if each.account in order]
        if len(found) >= SHOWN_AT_ONCE:
            break
    return Chosen(found[:SHOWN_AT_ONCE], tuple(ranked[:OFFERED_MAX]))


def _ranked(wizard: People) -> tuple[AccountId, ...]:
    return tuple(each.person for each in wizard.ranked(OFFERED_MAX))
