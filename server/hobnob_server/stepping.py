"""One step of the hub engine on its store: needs, load, decide, commit; then it may answer."""

from collections.abc import Callable, Sequence

from hobnob_server.ahead import Ahead
from hobnob_server.limits import FORESEEN_AT_ONCE, NEEDS_ROUNDS_MAX
from hobnob_sync.hub_engine.engine import Decision, HubEngine
from hobnob_sync.hub_engine.inputs import Input
from hobnob_sync.hub_engine.reading import EMPTY
from hobnob_sync.ports import EventStore


def step(
    engine: HubEngine,
    store: EventStore,
    batch: Sequence[Input],
    now_ms: int,
    ahead: Ahead | None = None,
    upcoming: Callable[[], Sequence[Input]] = tuple,
) -> Decision:
    """Commit what a batch changes; StoreFull leaves the engine fit for nothing but a new one.
    `ahead` is the engine's verifier, where it is one that can be told what it will be asked;
    `upcoming` then says what is there of the next batch."""
    loaded = EMPTY
    for turn in range(NEEDS_ROUNDS_MAX):
        keys = engine.needs(batch, loaded)
        if not keys:
            break
        if turn == 0 and ahead is not None:
            ahead.begin(engine.read, lambda: engine.claims(now_ms))
        loaded = loaded.merged(store.load(keys))
    look_further(engine, now_ms, ahead, upcoming)
    decision = engine.decide(batch, loaded, now_ms)
    if ahead is not None:
        ahead.end()
    look_further(engine, now_ms, ahead, upcoming)
    if decision.transaction:
        store.commit(decision.transaction)
    return decision


def look_further(
    engine: HubEngine, now_ms: int, ahead: Ahead | None, upcoming: Callable[[], Sequence[Input]]
) -> None:
    """Let the signatures of the next batch be checked while this one is decided and committed."""
    if ahead is not None and ahead.looks_further:
        # In portions: what is read of the first is being checked while the second is read.
        batch = upcoming()
        while engine.foreseen < len(batch):
            ahead.foresee(engine.foresee(batch, now_ms, FORESEEN_AT_ONCE))
