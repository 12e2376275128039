"""The operator acts through the hub's own account: signed by its key, judged by the same table.

Nobody can be the hub but its key, so what is done this way is plain to everybody, is found in the
log, and comes back after a restore like any other act. What a member must have to do it, a right
or a higher role, the hub has (`policy.decide`); what contradicts the log is refused here too.
"""

from hobnob_protocol.ids import target_of
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine import effects, judging
from hobnob_sync.hub_engine.inputs import Operate, Operated
from hobnob_sync.hub_engine.judging import NO_ID, Candidate
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Key, TargetKey


def _candidate(state: HubState, registry: Registry, wish: Operate) -> Candidate:
    kind = registry.of(type(wish.body))
    return Candidate(wish.stream, b"", None, state.accounts.hub, NO_ID, kind, wish.body, None)


def asks(state: HubState, registry: Registry, wish: Operate) -> list[Key[object]]:
    """The event that the act names."""
    target = _candidate(state, registry, wish).target
    return [] if target is None else [TargetKey(wish.stream, target)]


def operate(step: Step, wish: Operate) -> None:
    """Do it, or say why not."""
    candidate = _candidate(step.state, step.hub.registry, wish)
    refusal = judging.judge_act(step, candidate)
    if refusal is not None:
        step.say(Operated(wish.number, refusal))
        return
    entry, _, fact = step.act(wish.stream, wish.body)
    assert candidate.kind is not None
    effects.follow(step, candidate.kind, fact, entry)
    step.say(Operated(wish.number, None, target_of(entry.event_id)))
