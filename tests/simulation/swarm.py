"""Each seed draws its own world: how many, how noisy, how unlucky (swarm testing)."""

from dataclasses import dataclass
from random import Random

from hobnob_protocol.limits import BACKLOG_BYTES_MAX
from tests.simulation.network import Noise


@dataclass(frozen=True, slots=True)
class Swarm:
    """The rates of one seed; all are probabilities a step unless said otherwise."""

    members: int
    second_devices: int
    noise: Noise
    client_crash: float
    hub_crash: float
    busy: float
    """How often what comes to the hub waits for the next commit."""
    client_full: float
    hub_full: float
    say: float
    connect: float
    backfill: float
    restores: int
    """Restores of the hub from a backup in the whole run."""
    restore: float
    newcomer: float
    clock_jump: float
    clone: float
    roll_back: float
    rot: float
    old_versions: bool
    wander: float
    """How often who speaks comes or goes instead."""
    stall: float
    half_open: float
    depart: float
    """How often somebody leaves every network for a month or a year."""
    poison: float
    """How often a replica's cursor goes bad."""
    rogue: float
    backlog_bytes: int
    """What a connection may hold back before the hub calls it congested."""


def draw(rng: Random) -> Swarm:
    """The rates of a seed; zero is always among them, so that each fault is also absent."""
    return Swarm(
        members=rng.randint(2, 4),
        second_devices=rng.choice((0, 0, 1, 1, 2)),
        noise=Noise(
            duplicate=rng.choice((0, 0.01, 0.03)),
            swap=rng.choice((0, 0.01, 0.05)),
            lose=rng.choice((0, 0, 0.003, 0.01)),
            clog=rng.choice((0, 0.001, 0.004)),
            cut=rng.choice((0, 0.002, 0.008)),
        ),
        client_crash=rng.choice((0, 0.001, 0.004)),
        hub_crash=rng.choice((0, 0.001, 0.006)),
        busy=rng.choice((0, 0, 0.3, 0.7)),
        client_full=rng.choice((0, 0, 0.002)),
        hub_full=rng.choice((0, 0, 0.002)),
        say=rng.choice((0.06, 0.1, 0.14)),
        connect=rng.choice((0.02, 0.04)),
        backfill=rng.choice((0.0, 0.01, 0.03)),
        restores=rng.choice((0, 0, 1, 1, 2, 4)),
        restore=rng.choice((0.004, 0.02)),
        newcomer=rng.choice((0, 0, 0.002)),
        clock_jump=rng.choice((0, 0.001, 0.003)),
        clone=rng.choice((0, 0, 0.001)),
        roll_back=rng.choice((0, 0, 0.001)),
        rot=rng.choice((0, 0, 0, 0.001, 0.004)),
        old_versions=rng.random() < 0.3,
        wander=rng.choice((0.02, 0.05, 0.2)),
        stall=rng.choice((0, 0, 0.001)),
        half_open=rng.choice((0, 0, 0.002)),
        depart=rng.choice((0, 0, 0.003)),
        poison=rng.choice((0, 0, 0, 0.002)),
        rogue=rng.choice((0, 0, 0.004, 0.012)),
        backlog_bytes=rng.choice((1_000, 8_000, BACKLOG_BYTES_MAX)),
    )
