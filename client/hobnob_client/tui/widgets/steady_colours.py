"""A field's colours are worked out when they change, not for each picture (Textual 8.2).

Textual asks the rules for all parts of a field, and mixes their colours anew, whenever any line of
it is drawn: with each letter, a third of what the field costs.
"""

from textual._text_area_theme import TextAreaTheme
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea


class SteadyColours(TextArea):
    """As Textual's own field looks."""

    _worked_out: TextAreaTheme | None = None
    """The colours that hold; None where the rules may ask for others."""

    def notify_style_update(self) -> None:
        """Other rules hold, as where it has the focus."""
        self._worked_out = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """These lines."""
        if self._worked_out is not self._theme:
            self._worked_out = self._theme
            return super().render_lines(crop)
        # Past what works them out.
        return super(TextArea, self).render_lines(crop)
