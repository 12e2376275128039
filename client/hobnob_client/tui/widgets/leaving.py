"""Who presses the key by which one leaves elsewhere is told how one leaves here."""

from typing import Final

from textual import events
from textual.widget import Widget

from hobnob_client.tui.safe_app import app_of

ELSEWHERE: Final = "q"


def tells_how(widget: Widget, event: events.Key) -> bool:
    """Is it that key, so that this is told, as for Ctrl+C? To be asked where it has no meaning."""
    if event.key != ELSEWHERE:
        return False
    event.stop()
    app_of(widget).action_help_quit()
    return True
