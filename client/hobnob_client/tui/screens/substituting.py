"""`s/old/new/` on the first screen: what one said last there is put into the field, changed so."""

from typing import TYPE_CHECKING, Final

from hobnob_client import pattern_process, term_safe
from hobnob_client.catalogue import t
from hobnob_client.pattern_process import Asked, NoPatternError, TooLongError
from hobnob_client.tui import changes
from hobnob_client.tui.composing import substituting
from hobnob_client.tui.composing.substituting import Substitution
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.talk import Talk

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

OLD_CELLS: Final = 40
CHANGES_CHARS: Final = 160
"""So much is told of what a substitution makes: the field has it whole."""


class Substituting:
    """The substitutions of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    def do(self, talk: Talk, change: Substitution) -> None:
        """Change it so, to be looked over; why not is told."""
        row, asked = talk.last_own, talk.composer.text
        shown = None
        if row is not None and talk.place is not None:
            shown = self._screen.reader.message(talk.place.stream, row.target)
        if row is None or shown is None:
            talk.tell(t("You have said nothing here that s/…/…/ could change."))
            return
        text = shown.text
        if change.is_plain:
            self._substituted(talk, row, text, substituting.plainly(change, text), change.old)
            return

        wanted = Asked(
            text,
            change.old,
            substituting.template(change.new),
            everywhere=change.everywhere,
            any_case=change.any_case,
        )

        async def run() -> None:
            try:
                made = await pattern_process.replaced(wanted)
            except NoPatternError as wrong:
                talk.tell(t("That is no pattern: {why}.", why=wrong))
                return
            except TooLongError:
                talk.tell(t("That pattern takes too long; write it with fewer * and +."))
                return
            if talk.composer.text == asked and talk.editing is None:
                self._substituted(talk, row, text, made, change.old)

        self._screen.run_worker(run(), exclusive=True, group="substituting")

    def _substituted(self, talk: Talk, row: Row, text: str, made: str, old: str) -> None:
        """What it makes stands in the field, to be sent or not."""
        if made == text:
            shown = fit(term_safe.line(old), OLD_CELLS)
            talk.tell(t("There is no “{old}” in what you said last.", old=shown))
            return
        talk.composer.free()
        talk.edit(row, made)
        talk.tell(t("Enter changes it: {changes}", changes=_differs(text, made)))


def _differs(before: str, after: str) -> str:
    """What has changed, with a little around it."""
    parts = changes.changed(before, after)
    first = next((nth for nth, (_, sort) in enumerate(parts) if sort), 0)
    shown = "".join(part if sort else part[-24:] for part, sort in parts[max(0, first - 1) :])
    return fit(term_safe.line(shown), CHANGES_CHARS)
