"""Who is here and who writes, on the first screen: where it moves nothing, and in words."""

from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import number, t
from hobnob_client.tui.rows import author
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.talk import Talk
from hobnob_protocol.ids import AccountId, StreamId

if TYPE_CHECKING:
    from hobnob_client.reading import Reader
    from hobnob_client.tui.screens.main import MainScreen

NAME_CELLS: Final = 20
"""A longer name is cut: two and the words between them fit into the edge of a field."""


class Nearby:
    """What one screen tells of itself and shows of others."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    def typed(self, talk: Talk) -> None:
        """Keys were pressed in a field: say so, where one has chosen to. What a command asks for
        and what one changes in a message that is there nobody awaits."""
        text, place = talk.composer.text.strip(), talk.place
        if place is None or talk.editing is not None or not text or text.startswith("/"):
            return
        presence = self._screen.engine.presence
        if presence.may_type(place.stream):
            self._screen.run_worker(presence.type(place.stream))

    def look(self, stream: StreamId) -> None:
        """Somebody looks at who is here."""
        self._screen.run_worker(self._screen.engine.presence.ask(stream))

    def show(self) -> None:
        """Say at the edge of each field who else writes there."""
        screen = self._screen
        for talk in (screen.channel, screen.thread):
            accounts = (
                () if talk.place is None else screen.engine.presence.writing(talk.place.stream)
            )
            talk.composer.show_writing(writing(screen.reader, accounts))


def writing(reader: "Reader", accounts: tuple[AccountId, ...]) -> str:
    """Who writes, in words that are safe to draw; "" for nobody."""
    names = [fit(author(reader, account).name, NAME_CELLS) for account in accounts[:2]]
    if not names:
        return ""
    if len(accounts) == 1:
        return t("{name} is writing …", name=names[0])
    if len(accounts) == 2:
        return t("{name} and {other} are writing …", name=names[0], other=names[1])
    return t("{number} are writing …", number=number(len(accounts)))
