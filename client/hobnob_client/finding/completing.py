"""What may be typed next in a query: an operator whose name has begun, or a value for it."""

from collections.abc import Iterable, Iterator
from typing import Final

from hobnob_client.finding import days
from hobnob_client.finding.meaning import HAS, IS, ME, World
from hobnob_client.finding.query import QUOTE, Operator, Part, Query, quoted
from hobnob_protocol.value import value

OFFERS_MAX: Final = 16
"""Offers at a time; a letter more narrows them."""
SIGNS: Final = "#@&"


@value
class Offer:
    """`text` may stand instead of the query from `start` to `end`; `label` is what is new of it."""

    start: int
    end: int
    text: str
    label: str


def offers(query: Query, at: int, world: World) -> tuple[Offer, ...]:
    """What may be meant by the part in which one types, best first; nothing where it is whole."""
    part = next((each for each in query.parts if each.start < at <= each.end), None)
    if part is None:
        return ()
    minus = "-" if part.negated else ""
    if part.operator is None:
        begun = part.value.lower()
        named = [each for each in Operator if each.startswith(begun)] if not part.quoted else []
        return tuple(
            Offer(part.start, part.end, f"{minus}{operator}:", f"{operator}:") for operator in named
        )
    begun = query.text[part.value_start : at].removeprefix(QUOTE).lower()
    found = list(dict.fromkeys(_values(part, begun, world)))[:OFFERS_MAX]
    if found == [part.value.lower()]:
        return ()
    return tuple(
        Offer(part.start, part.end, f"{minus}{part.operator}:{quoted(value)}", value)
        for value in found
    )


def _values(part: Part, begun: str, world: World) -> Iterator[str]:
    if part.operator in (Operator.FROM, Operator.MENTIONS):
        yield from _begin((ME, *sorted(world.people())), begun.removeprefix("@"))
    elif part.operator is Operator.IN:
        places = sorted(world.places())
        yield from _begin(places, begun)
        yield from (name for name in places if begun and name.lstrip(SIGNS).startswith(begun))
    elif part.operator is Operator.HAS:
        yield from _begin(HAS, begun)
    elif part.operator is Operator.IS:
        yield from _begin(IS, begun)
    elif part.operator in (Operator.BEFORE, Operator.AFTER, Operator.ON):
        yield from _begin((f"{world.today:%Y-%m}", *days.EXAMPLES), begun)


def _begin(names: Iterable[str], begun: str) -> Iterator[str]:
    return (str(name) for name in names if name.startswith(begun))
