"""A handle that was to go to another account goes when its delay is over: by the hub itself."""

from typing import Final

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.reseats import DONE, Reseat
from hobnob_sync.hub_engine import effects
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step

REASON: Final = "The delay is over."


def next_ms(state: HubState) -> int | None:
    """When the next one is due; while the hub itself comes back, none."""
    if state.recovering:
        return None
    return min((each.due_ms for each in state.accounts.reseats.pending), default=None)


def finish_due(step: Step) -> None:
    """Do what is due."""
    due_ms = next_ms(step.state)
    if due_ms is None or step.now_ms < due_ms:
        return
    for each in step.state.accounts.reseats.pending:
        if step.now_ms >= each.due_ms:
            body = Reseat(each.handle, each.account, DONE, REASON)
            _, _, fact = step.act(PEOPLE, body)
            effects.follow_body(step, fact, body)
