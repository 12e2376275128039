"""What of the table of actions a row allows."""

from typing import Final

from hobnob_client.tui.action import Needs
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_protocol.ids import TargetId

_OF_TEXT: Final = frozenset({Needs.SPOILER, Needs.CODE, Needs.TEXT, Needs.EDITED})


def fits(needs: Needs, row: Row, *, under_seal: bool, root: TargetId | None = None) -> bool:
    """Has the row what an action needs? `under_seal` is one of a conversation; `root` is where the
    thread begins whose rows are shown, None where they are a channel's."""
    if needs is Needs.LEADS:
        return row.target != root
    if needs is Needs.REFUSED:
        return row.sending is Sending.REFUSED
    if needs is Needs.IN_CHANNEL:
        return not row.mine and not under_seal
    if needs in _OF_TEXT:
        return _of_text(needs, row)
    if needs is Needs.POLL:
        return row.ballot is not None and row.ballot.open
    return needs in (Needs.NOTHING, Needs.MESSAGE) or (needs is Needs.OWN) == row.mine


def _of_text(needs: Needs, row: Row) -> bool:
    """Has its text that? One that was taken back or is out of sight has nothing."""
    if row.note or not row.text:
        return False
    if needs is Needs.EDITED:
        return row.edited
    if needs is Needs.TEXT:
        return True
    prose = read(row.text)
    return prose.hides if needs is Needs.SPOILER else bool(prose.codes)
