"""What may stand instead of what is begun: an offer each, the best first."""

from collections.abc import Sequence
from typing import Final, Protocol

from hobnob_client.catalogue import t
from hobnob_client.tui.composing import emoji
from hobnob_client.tui.composing.begun import Begun, Sort, begun
from hobnob_client.tui.composing.commands import COMMANDS, TAKES, Command
from hobnob_client.tui.composing.scoring import Fit, fit
from hobnob_client.tui.prose.highlight import LANGUAGES
from hobnob_protocol.value import value

OFFERS_MAX: Final = 50
"""Offers at a time; a letter more narrows them."""


@value
class Known:
    """Somebody or a channel: `about` says how they are known, safe to draw; `near` is lower the
    later they spoke here, None where they did not."""

    name: str
    about: str = ""
    near: int | None = None


class World(Protocol):
    """What there is to be named where one writes."""

    def people(self) -> Sequence[Known]:
        """Whom one may address, by handle."""
        ...

    def channels(self) -> Sequence[Known]:
        """The channels, by name, those one is in before the others."""
        ...


@value
class Offer:
    """`text` is typed where it is taken; `label` and `about` are shown."""

    text: str
    label: str
    about: str = ""


@value
class Completion:
    """Any of the offers may stand instead of what is begun."""

    begun: Begun
    offers: tuple[Offer, ...]


def completion(before: str, world: World) -> Completion | None:
    """What may be meant by the end of `before`, the text up to the caret; None for nothing."""
    found = begun(before, TAKES)
    if found is None:
        return None
    offers = _offers(found, world)
    typed = before[found.start :]
    # What stands there already needs no offer.
    if not offers or (len(offers) == 1 and offers[0].text.strip() == typed):
        return None
    return Completion(found, tuple(offers[:OFFERS_MAX]))


def _offers(found: Begun, world: World) -> list[Offer]:
    letters = found.letters
    if found.sort is Sort.PERSON:
        return [_named("@", each) for each in _people(world.people(), letters)]
    if found.sort is Sort.CHANNEL:
        scored = ((fit(each.name, letters), nth, each) for nth, each in enumerate(world.channels()))
        best = sorted(each for each in scored if each[0] is not Fit.NOT)
        return [_named("#", each) for _, _, each in best]
    if found.sort is Sort.EMOJI:
        return [Offer(f"{glyph} ", f"{glyph} :{name}:") for name, glyph in emoji.called(letters)]
    if found.sort is Sort.COMMAND:
        scored_commands = ((_fit(each, letters), nth) for nth, each in enumerate(COMMANDS))
        fitting = sorted(each for each in scored_commands if each[0] <= Fit.WITHIN)
        commands = [COMMANDS[nth] for _, nth in fitting]
        return [Offer(f"/{each.name} ", each.usage, t(each.help)) for each in commands]
    names = sorted((fit(name, letters), name) for name in LANGUAGES)
    return [Offer(name, name) for score, name in names if score <= Fit.WITHIN]


def _fit(command: Command, letters: str) -> Fit:
    """By its name, or by how what others call it begins."""
    if letters and any(name.startswith(letters) for name in command.also):
        return min(fit(command.name, letters), Fit.WITHIN)
    return fit(command.name, letters)


def _people(people: Sequence[Known], letters: str) -> list[Known]:
    """Who speaks here before the rest; in both whose name begins so, then the latest, then by
    name."""
    scored = [(fit(each.name, letters), each) for each in people]
    found = [(score, each) for score, each in scored if score is not Fit.NOT]
    found.sort(
        key=lambda each: (
            each[0] is Fit.SCATTERED,
            each[1].near is None,
            each[0],
            each[1].near or 0,
            each[1].name,
        )
    )
    return [each for _, each in found]


def _named(sign: str, known: Known) -> Offer:
    return Offer(f"{sign}{known.name} ", f"{sign}{known.name}", known.about)
