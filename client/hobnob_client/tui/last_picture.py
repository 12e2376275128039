"""The picture that stands there when the screen is left, for the next start to begin with."""

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from textual.geometry import Region

from hobnob_client.first_light.picture import NoPicture, Picture, Run, checked, sequence, style_of
from hobnob_client.progress import LinkState
from hobnob_client.tui.cell_lines import Line, line_that_stands
from hobnob_client.tui.screens.framing import ALONE
from hobnob_client.tui.screens.sight import in_sight
from hobnob_client.tui.thrift import pieces

if TYPE_CHECKING:
    from hobnob_client.config import Settings
    from hobnob_client.tui.safe_app import SafeApp
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.widgets.talk import Talk

NOBODY: Final = "off"
"""Where nobody sees that others write."""


def last_picture(app: "SafeApp", screen: "MainScreen", settings: "Settings") -> Picture | None:
    """What the terminal shows, but for the link, which is as at a start; None where a start would
    not show the same."""
    shown = app.shown
    if not shown or app.is_telling or not _comes_again(screen, settings):
        return None
    top = screen.status
    top.status = replace(top.status, link=LinkState.OFFLINE, detail="", lag_ms=None)
    line = app.drawn(top.render_lines(Region(0, 0, top.outer_size.width, 1))[0])
    rows = (_row(line), *map(_row, shown[1:]))
    try:
        return checked(Picture(app.size.width, rows), nerd_font=settings.nerd_font)
    except NoPicture:
        return None


def lines(picture: Picture) -> list[Line]:
    """A picture that a terminal shows, as the app knows what it has drawn itself."""
    return [
        line_that_stands((sequence(style), text) for style, text in row) for row in picture.rows
    ]


def _comes_again(screen: "MainScreen", settings: "Settings") -> bool:
    """Does a start lead back to all that is seen now? Not to what is seen for a moment, nor to who
    is here, which only the hub can say."""
    tells_of_others = settings.shown or settings.typing != NOBODY
    return (
        in_sight(screen, screen.channel)
        and screen.coming_back.now is not None
        and not (tells_of_others or screen.voice.delayed or screen.is_behind)
        and not (screen.has_class(ALONE) or screen.rooms.walking.walks)
        and all(map(_rests, (screen.channel, screen.thread)))
    )


def _rests(talk: "Talk") -> bool:
    """Is it as it is opened, but for a draft?"""
    begun = talk.editing or talk.answering or talk.titling or talk.previews
    return not (begun or talk.note.display or talk.offers.display or talk.timeline.revealed)


def _row(line: Line) -> tuple[Run, ...]:
    same = groupby(pieces(line.cells), itemgetter(0))
    return tuple((style_of(style), "".join(map(itemgetter(1), group))) for style, group in same)
