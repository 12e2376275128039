"""What is before a person's eyes: only that counts as seen."""

from typing import TYPE_CHECKING

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import TargetId

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


def in_sight(screen: "MainScreen", talk: Talk) -> bool:
    """Are the messages of a talk seen: in a window one looks at, and with nothing over them or in
    their place, as a dialog, another room or a preview?"""
    app = app_of(screen)
    shown = app.app_focus and app.screen is screen
    return shown and talk.place is not None and talk.timeline.is_on_screen


def look(screen: "MainScreen", looks: bool = True) -> None:
    """One looks at the window again, or at what stands in it."""
    if not looks:
        return
    screen.notifying.look()
    screen.rooms.boarding.tend()
    for talk in (screen.channel, screen.thread):
        talk.timeline.look()


def seen(screen: "MainScreen", talk: Talk, last: TargetId) -> None:
    """What is seen of the channel, down to its `last` message seen whole, is read by whoever reads
    or writes there."""
    if not in_sight(screen, talk):
        return
    screen.notifying.look()
    if talk is screen.channel and screen.focused in screen.rooms.reads_in:
        with screen.reader.moment():
            screen.rooms.marking.saw(last)
