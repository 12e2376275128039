"""Which reactions are offered: those that are there with who gave them, then those one gives."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.catalogue import t
from hobnob_client.tui.composing import emoji
from hobnob_protocol.value import value

CHOICES_MAX: Final = 40
NAMES_MAX: Final = 6
"""Of who gave one; the rest is counted."""


@value
class Given:
    """One reaction that is there: by whom, safe to draw, and whether I am among them."""

    emoji: str
    names: tuple[str, ...]
    mine: bool


@value
class Choice:
    """One that may be given, or taken back where it is `mine`."""

    emoji: str
    name: str
    names: tuple[str, ...] = ()
    mine: bool = False

    @property
    def line(self) -> str:
        """As the list shows it."""
        who = ", ".join(self.names[:NAMES_MAX])
        more = len(self.names) - NAMES_MAX
        if more > 0:
            who = t("{names} and {amount} more", names=who, amount=more)
        given = f"  {who}" if who else ""
        back = f" · {t('Enter takes yours back')}" if self.mine else ""
        return f"{self.emoji} {self.name}{given}{back}"


def choices(given: Sequence[Given], recent: Sequence[str], letters: str) -> tuple[Choice, ...]:
    """Without letters what is there, then the `recent` ones, then the commonest; else those whose
    name has the letters."""
    there = {each.emoji: each for each in given}
    letters = letters.strip().strip(":").lower().replace(" ", "_")
    if letters:
        glyphs = [glyph for _, glyph in emoji.called(letters)]
        names = {glyph: name for name, glyph in emoji.called(letters)}
    else:
        common = (emoji.by_name()[name] for name in emoji.COMMON)
        glyphs = list(dict.fromkeys((*there, *recent, *common)))
        names = {}
    found: list[Choice] = []
    for glyph in glyphs[:CHOICES_MAX]:
        who = there.get(glyph)
        name = names.get(glyph) or emoji.name_of(glyph)
        found.append(Choice(glyph, name, who.names if who else (), who.mine if who else False))
    return tuple(found)
