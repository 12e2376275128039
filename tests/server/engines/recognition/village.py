"""A community of honest people, drawn from a seed: some help much, most thank now and then."""

from random import Random

from hobnob_server.engines.recognition.deeds import DAY_MS, Accepted, Deed, Joined, Person, Thanked
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.noticing import Noticing

PEOPLE = 300
TRUSTED = 80
DAYS = 84
FOUNDED_MS = 20_000 * DAY_MS
NOW_MS = FOUNDED_MS + DAYS * DAY_MS


def trusted() -> range:
    """Those who help most."""
    return range(1, TRUSTED + 1)


def marks(seed: int) -> list[Mark]:
    """What they do for each other in twelve weeks."""
    random = Random(seed)
    noticing = Noticing()
    return [mark for deed in _deeds(random) for mark in noticing.notice(deed)]


def thanks(of: list[Mark]) -> list[Mark]:
    """Only thanks."""
    return [mark for mark in of if mark.measure is Measure.THANKED]


def _deeds(random: Random) -> list[Deed]:
    deeds: list[Deed] = [Joined(0, 0, person) for person in range(1, PEOPLE + 1)]
    pull = [1 / (8 + person) for person in range(1, PEOPLE + 1)]
    for number in range(1, 3_000):
        at_ms = FOUNDED_MS + number * (DAYS * DAY_MS) // 3_000
        giver: Person = random.randint(1, PEOPLE)
        receiver = random.choices(range(1, PEOPLE + 1), pull)[0]
        if random.random() < 0.3:
            deeds.append(Accepted(number, at_ms, giver, receiver, 1, number, number))
        else:
            deeds.append(Thanked(number, at_ms, giver, receiver, 1))
    return deeds
