"""Sealed conversations survive what hubs, members and machines do to them.

The long form is `make sealing STEPS=100000`.
"""

import pytest

from hobnob_protocol.limits import UNSEEN_SECONDS
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.sealing.roster import Roster
from tests.simulation.sealing.campaign import run
from tests.simulation.sealing.evil import EvilWorld
from tests.simulation.sealing.replica import Replica
from tests.simulation.sealing.truth import HonestHub, Record, Room
from tests.simulation.sealing.world import Violation, World

STEPS = 150


@pytest.mark.parametrize("seed", range(6))
def test_an_honest_hub_brings_everything_to_everybody_and_nothing_to_others(seed: int) -> None:
    """Through backups, copies, months away, devices and members that come and go: 0 undecryptable
    to who was entitled, 0 decryptable by who was not."""
    world = World(seed)
    for _ in range(STEPS):
        world.step()
    world.settle()
    assert world.seen["judged"]


@pytest.mark.parametrize("seed", range(6))
def test_an_evil_hub_makes_nobody_open_what_was_not_said(seed: int) -> None:
    """With a member and all their devices at its command."""
    world = EvilWorld(seed)
    for _ in range(STEPS):
        world.step()
    world.settle()
    assert any(what.startswith("evil") for what in world.seen)


def test_the_campaign_goes_on_from_world_to_world() -> None:
    """As its long form does, and tells what it has seen."""
    report = run(2 * 250 + 10)
    assert (report.worlds, report.steps) == (3, 510)
    assert report.seen["opened"]
    assert "510 steps in 3 worlds" in str(report)


class Hasty(Replica):
    """Takes up its next key and deletes the old ones before it has read what waits."""

    def sync(self, hub: HonestHub, now: int) -> Record | None:
        """In the wrong order."""
        if self.keys.is_due(now):
            self.keys.step(now)
            self.keys.forget(now + UNSEEN_SECONDS)
        return super().sync(hub, now)


class Proud(Replica):
    """Does not look at what it published itself."""

    def take_own(self, record: Record, told: SealRecord) -> None:
        """As if it knew."""


class Stale(Replica):
    """Goes on with the roster it knew first."""

    def restart(self) -> None:
        """Begin anew."""
        super().restart()
        self.first: dict[bytes, Roster] = {}

    def roster(self, room: Room) -> Roster:
        """As it was."""
        return self.first.setdefault(room.conversation, super().roster(room))


class Kind(Replica):
    """Seals to devices that have not been there for long."""

    def addressed(self, room: Room, now: int) -> tuple[SealRecord, ...]:
        """Everybody who ever was."""
        return super().addressed(room, 0)


@pytest.mark.parametrize("mutant", [Hasty, Proud, Stale, Kind])
def test_the_campaign_sees_a_program_that_does_it_wrong(mutant: type[Replica]) -> None:
    """Each of these is found within a few worlds."""
    with pytest.raises(Violation):
        run(250 * 40, device=mutant)
