"""All verbs of a running hub, by name."""

from typing import Final

from hobnob_server.control import channels, claims, health, people, reseats
from hobnob_server.control.verb import Verb

VERBS: Final[dict[str, Verb]] = {
    verb.name: verb
    for verb in (
        *health.VERBS,
        *people.VERBS,
        *claims.VERBS,
        *reseats.VERBS,
        *channels.VERBS,
    )
}
