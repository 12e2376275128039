"""What of the table of actions a row's text allows."""

from typing import Final

from hobnob_client.tui.action import Needs
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.timeline.row import Row

OF_TEXT: Final = frozenset({Needs.SPOILER, Needs.CODE, Needs.TEXT, Needs.EDITED})


def of_text(needs: Needs, row: Row) -> bool:
    """Has the row what an action needs? One that was taken back or is out of sight has nothing."""
    if row.note or not row.text:
        return False
    if needs is Needs.EDITED:
        return row.edited
    if needs is Needs.TEXT:
        return True
    prose = read(row.text)
    return prose.hides if needs is Needs.SPOILER else bool(prose.codes)
