"""What the scheduler of one seed decides, as a value: run again, shrunk, or kept in a file.

Each action draws from a generator that is seeded by the seed and the action's own number, so that
one action left out changes nothing of what the others draw.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any, Final

from tests.simulation import people
from tests.simulation.network import Noise
from tests.simulation.swarm import Swarm, draw

DELIVER: Final = "deliver"
"""What happens when nothing rarer does: a frame arrives, or else time passes."""

Rates = Mapping[str, float]
"""How often each rare action comes, as a probability a step."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a seed draws once: its swarm, and how loud each kind is."""

    swarm: Swarm
    mix: dict[str, float]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole run: the seed, what it has drawn, and the actions by number and name, in order."""

    seed: int
    habits: Habits
    actions: tuple[tuple[int, str], ...]


def draw_habits(rng: Random) -> Habits:
    """The habits of a seed, whose generator this is."""
    swarm = draw(rng)
    return Habits(swarm, people.draw_mix(rng))


def seed_action(rng: Random, seed: int, nth: int) -> float:
    """Let the generator draw for one action from now on; what its name is drawn with."""
    rng.seed(seed << 32 | nth)
    return rng.random()


def draw_actions(rng: Random, seed: int, steps: int, rates: Rates) -> Iterator[tuple[int, str]]:
    """So many actions of a seed; while each is had, the generator draws for it."""
    for nth in range(steps):
        yield nth, _name(seed_action(rng, seed, nth), rates)


def draw_again(
    rng: Random, seed: int, actions: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Some of them, known by name: the generator draws for each as it did."""
    for nth, name in actions:
        seed_action(rng, seed, nth)
        yield nth, name


def _name(drawn: float, rates: Rates) -> str:
    for name, rate in rates.items():
        if drawn < rate:
            return name
        drawn -= rate
    return DELIVER


def to_json(schedule: Schedule) -> dict[str, Any]:
    """A schedule as JSON holds it."""
    return {
        "seed": schedule.seed,
        "swarm": asdict(schedule.habits.swarm),
        "mix": schedule.habits.mix,
        "actions": [list(action) for action in schedule.actions],
    }


def from_json(kept: Mapping[str, Any]) -> Schedule:
    """A schedule as it was kept; a rate that it does not know is what its seed draws today."""
    seed: int = kept["seed"]
    today = draw_habits(Random(seed))
    noise = {**asdict(today.swarm.noise), **kept["swarm"]["noise"]}
    swarm = {**kept["swarm"], "noise": Noise(**noise)}
    actions = tuple((nth, name) for nth, name in kept["actions"])
    habits = Habits(replace(today.swarm, **swarm), {**today.mix, **kept["mix"]})
    return Schedule(seed, habits, actions)
