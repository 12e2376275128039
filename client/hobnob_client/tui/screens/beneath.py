"""What Textual puts beneath all screens before the first is there."""

from textual.geometry import Size
from textual.widget import Widget

from hobnob_client.tui.punctual_screen import PunctualScreen


class Beneath(PunctualScreen[None]):
    """Nobody ever sees it: nothing stands on it, nothing is laid out, and a start draws what is
    seen first."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tips, and nothing that is told."""

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """There is nothing."""

    def _compositor_refresh(self) -> None:
        """The same."""
