"""One step of the hub engine on its store: needs, load, decide, commit; then it may answer."""

from collections.abc import Sequence

from hobnob_server.ahead import Ahead
from hobnob_server.limits import NEEDS_ROUNDS_MAX
from hobnob_sync.hub_engine.engine import EMPTY, Decision, HubEngine
from hobnob_sync.hub_engine.inputs import Input
from hobnob_sync.ports import EventStore


def step(
    engine: HubEngine,
    store: EventStore,
    batch: Sequence[Input],
    now_ms: int,
    ahead: Ahead | None = None,
) -> Decision:
    """Commit what a batch changes; StoreFull leaves the engine fit for nothing but a new one.
    `ahead` is the engine's verifier, where it is one that can be told what it will be asked."""
    loaded = EMPTY
    for turn in range(NEEDS_ROUNDS_MAX):
        keys = engine.needs(batch, loaded)
        if not keys:
            break
        if turn == 0 and ahead is not None:
            ahead.begin(engine.claims(now_ms))
        loaded = loaded.merged(store.load(keys))
    decision = engine.decide(batch, loaded, now_ms)
    if ahead is not None:
        ahead.end()
    if decision.transaction:
        store.commit(decision.transaction)
    return decision
