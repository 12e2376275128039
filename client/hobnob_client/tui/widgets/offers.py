"""What may be typed next, as a short list above the field."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.composing.completing import Offer
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.timeline.wrap import fit

LINES_MAX = 6
LINES_SHARE = 4
"""On a low terminal the list takes one in so many of its lines."""


class Offers(Widget):
    """Shows as many as there is room for, the chosen one among them; nothing while there are none.

    `chosen` is None until somebody has chosen one. `label` and `about` of each are safe to draw.
    """

    COMPONENT_CLASSES = {"offers--label", "offers--about", "offers--cursor"}  # noqa: RUF012
    DEFAULT_CSS = """
    Offers {
        height: auto;
        display: none;
        padding: 0 1;
        background: $surface;
        & > .offers--about { color: $text-muted; }
        & > .offers--cursor { color: $accent; text-style: bold; }
    }
    """

    offers: reactive[tuple[Offer, ...]] = reactive(())
    chosen: reactive[int | None] = reactive(None)

    def put(self, offers: tuple[Offer, ...]) -> None:
        """Show these, none of them chosen."""
        if offers == self.offers:
            return
        self.chosen = None
        self.offers = offers
        lines = min(LINES_MAX, max(2, app_of(self).size.height // LINES_SHARE), len(offers))
        self.styles.height = lines
        self.display = bool(offers)

    def move(self, step: int) -> None:
        """Choose the next, or the one before; beyond the last is the first."""
        count = len(self.offers)
        if count:
            first = 0 if step > 0 else count - 1
            self.chosen = first if self.chosen is None else (self.chosen + step) % count

    @property
    def offer(self) -> Offer | None:
        """The chosen one, or the best."""
        return self.offers[self.chosen or 0] if self.offers else None

    def render_line(self, y: int) -> Strip:
        """One offer: its label, then what it is."""
        width, height = self.size.width, self.size.height
        first = max(0, min((self.chosen or 0) - height + 1, len(self.offers) - height))
        nth = first + y
        if nth >= len(self.offers) or width < 4:
            return Strip.blank(width, self.rich_style)
        offer, chosen = self.offers[nth], nth == self.chosen
        mark = Segment("▌" if chosen else " ", self._style("cursor"))
        label = fit(offer.label, width - 2)
        room = width - 3 - cell_len(label)
        about = f"  {fit(offer.about, room - 2)}" if offer.about and room > 4 else ""
        parts = [
            mark,
            Segment(label, self._style("cursor" if chosen else "label")),
            Segment(about, self._style("about")),
        ]
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"offers--{name}")
