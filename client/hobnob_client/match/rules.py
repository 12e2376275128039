"""By which rules people are matched: a model, what people take, what a show costs, what is asked.

A hub may hand out others than those of this version, as a file that its operator has written
(`rules_file`). The hub itself settles by the caps; here they are for what is shown without it.
"""

from typing import Final

from hobnob_client.match.price import STEP
from hobnob_client.match.weights import Weights
from hobnob_client.match.weights import shipped as shipped_weights
from hobnob_client.match.wizard import Aspect
from hobnob_protocol.limits import ASKS_DEFAULT, ASKS_MAX, SHOWS_DEFAULT, SHOWS_MAX
from hobnob_protocol.value import value

NOTE: Final = "match:rules"
"""Under which name a profile keeps the file that the hub handed out last."""
_SHOWS_FOR_ONE_ASK: Final = SHOWS_DEFAULT // ASKS_DEFAULT


@value
class Rules:
    """What holds. Requests are of a week, 0 to `ASKS_MAX`; `step` is η of the price, 0 to 2; of the
    wizard's questions those of `asked` are asked, in this order."""

    weights: Weights
    default_requests: int = ASKS_DEFAULT
    most_requests: int = ASKS_MAX
    step: float = STEP
    asked: tuple[Aspect, ...] = tuple(Aspect)
    wording: tuple[tuple[Aspect, str], ...] = ()
    """How the operator asks some of them; the others are asked in the member's language."""

    def takes(self, chosen: str) -> int:
        """Requests that somebody takes, by what their profile says of it; as the hub has it."""
        said = chosen.strip()
        plain = said.isascii() and said.isdigit() and len(said) <= len(str(ASKS_MAX))
        most = int(said) if plain and int(said) <= ASKS_MAX else self.default_requests
        return min(most, self.most_requests)


def shows_of(takes: int) -> int:
    """Shows a week of one who takes so many requests: two for each."""
    return min(SHOWS_MAX, _SHOWS_FOR_ONE_ASK * takes)


def shipped() -> Rules:
    """Those of this version."""
    return Rules(shipped_weights())
