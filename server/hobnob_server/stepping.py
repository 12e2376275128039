"""One step of the hub engine on its store: needs, load, decide, commit; then it may answer."""

from collections.abc import Sequence

from hobnob_server.limits import NEEDS_ROUNDS_MAX
from hobnob_sync.hub_engine.engine import EMPTY, Decision, HubEngine
from hobnob_sync.hub_engine.inputs import Input
from hobnob_sync.ports import EventStore


def step(engine: HubEngine, store: EventStore, batch: Sequence[Input], now_ms: int) -> Decision:
    """Commit what a batch changes; StoreFull leaves the engine fit for nothing but a new one."""
    loaded = EMPTY
    for _ in range(NEEDS_ROUNDS_MAX):
        keys = engine.needs(batch, loaded)
        if not keys:
            break
        loaded = loaded.merged(store.load(keys))
    decision = engine.decide(batch, loaded, now_ms)
    if decision.transaction:
        store.commit(decision.transaction)
    return decision
