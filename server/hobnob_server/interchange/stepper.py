"""A hub that runs for its operator alone: the same engine, store and beacon, step by step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hobnob_protocol.ids import HubId, StreamId, TargetId
from hobnob_protocol.kind import Body
from hobnob_server.beacon import Beacon
from hobnob_server.clock import Clock
from hobnob_server.datadir import DataDir
from hobnob_server.errors import ConfigError, RequestRefused
from hobnob_server.founding import Founded
from hobnob_server.stepping import step
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.inputs import Input, Operate, Operated, Output, Tick
from hobnob_sync.hub_engine.state import HubState

RICH: Final = 1e12
"""What the operator brings costs no budget."""


class Stepper:
    """`founded` is closed by the caller; `close` lets go of the beacon."""

    def __init__(self, founded: Founded, directory: DataDir, clock: Clock) -> None:
        self._clock: Final = clock
        self.hub: Final[HubId] = founded.hub
        self.store: Final[SqliteEventStore] = founded.store
        founded.settings = replace(founded.settings, budget_capacity=RICH)
        self._engine = founded.boot(0)
        self._beacon: Final = Beacon(directory.beacon, founded.total)
        # A restored log gets its new epoch first of all, as at every start.
        self.step([Tick()])
        if self.state.recovering:
            self.close()
            raise ConfigError("this hub waits for a replica after its restore: reopen it first")

    def close(self) -> None:
        """Let go of the beacon."""
        self._beacon.close()

    @property
    def state(self) -> HubState:
        """What the hub remembers."""
        return self._engine.state

    def now_ms(self) -> int:
        """The time that events are stamped with."""
        return self._clock.wall_ms()

    def step(self, batch: Sequence[Input]) -> tuple[Output, ...]:
        """One commit: durable when this returns."""
        decision = step(self._engine, self.store, batch, self._clock.wall_ms())
        if decision.transaction:
            self._beacon.committed(decision.transaction, self._engine.state.epoch)
        return self._engine.committed()

    def act(self, stream: StreamId, body: Body) -> TargetId:
        """The hub itself does something; RequestRefused where it may not."""
        for output in self.step([Operate(0, stream, body)]):
            if isinstance(output, Operated) and output.target is not None:
                return output.target
            if isinstance(output, Operated):
                raise RequestRefused(f"the hub refuses: {output.refusal}")
        raise RequestRefused("the hub did not answer")
