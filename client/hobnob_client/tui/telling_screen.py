"""A screen that tells each of its widgets that it is shown, or has another size.

Textual compares a new layout with the last one that was worked out, be it only because somebody
asked where a widget is. What has come with that one is in both, and would never be told: a list
would not know that it has lines to fill, nor that it is seen (Textual 8.2).
"""

from textual import events
from textual.geometry import Size
from textual.screen import Screen

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.sparing_compositor import SparingCompositor


class TellingScreen(Screen[None]):
    """Compares with the last layout that was told; what would not be sent is not drawn."""

    _begins_at: Size | None = Size()

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._compositor = SparingCompositor()

    def on_resize(self, event: events.Resize) -> None:
        """Textual tells of the size at the start once more as soon as the app rests: all that has
        just been laid out and drawn stays."""
        if event.size == self._begins_at:
            event.prevent_default()
        self._begins_at = None if self._begins_at else event.size

    def _compositor_refresh(self) -> None:
        """While an app begins it sends nothing: Textual draws all that it shows then, throws it
        away, and the first picture is one of pieces."""
        app = app_of(self)
        if app._batch_count:  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
            self._repaint_required = True
            app.call_later(self.check_idle)
            return
        whole = self._compositor.size.region in self._compositor._dirty_regions  # pyright: ignore[reportPrivateUsage]  # As above.
        super()._compositor_refresh()
        if whole:
            # All of it is drawn, be it because it was laid out: Textual would draw it once more.
            self._repaint_required = False

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        compositor = self._compositor
        asked = compositor._full_map  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
        told = getattr(self, "_told", asked)
        compositor._full_map = told  # pyright: ignore[reportPrivateUsage]  # As above.
        super()._refresh_layout(size, scroll)
        laid = compositor._full_map  # pyright: ignore[reportPrivateUsage]  # As above.
        if laid is told:
            # Nothing was laid out.
            compositor._full_map = asked  # pyright: ignore[reportPrivateUsage]  # As above.
        else:
            self._told = laid
