"""Saving messages for later, from wherever one is selected."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from hobnob_client.catalogue import t
from hobnob_client.tui.screens.doing import Asked, Does, Doing
from hobnob_client.tui.voice import Regret
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_protocol.kinds.personal import Save

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen
    from hobnob_client.tui.screens.rooms import Rooms


class Saving:
    """What is saved on one screen, where a message of a room or of a talk is selected."""

    def __init__(self, screen: "MainScreen", rooms: "Rooms") -> None:
        self._screen = screen
        self._rooms = rooms
        self.does: Does = {"save": self._save}

    def _save(self, asked: Asked) -> Doing | None:
        """Save the selected message, or take it off what is saved."""
        stream: StreamId | None = None
        target: TargetId | None = None
        line, row, place = self._rooms.line, asked.talk.timeline.row, asked.talk.place
        if asked.pane is self._rooms.pane.entries:
            if line is not None:
                stream, target = line.stream, line.target
        elif row is not None and place is not None:
            stream, target = place.stream, row.target
        if stream is None or target is None:
            self._screen.tell(t("Select a message first: ↑."))
            return None
        return self._saved(stream, target)

    async def _saved(self, stream: StreamId, target: TargetId) -> None:
        screen = self._screen
        own = user_stream(screen.reader.me)
        kept = any(
            each.stream == stream and each.target == target for each in screen.reader.kept().saved
        )

        def said(on: bool) -> Awaitable[object]:
            return screen.engine.compose(own, Save(stream, target, on))

        await said(not kept)
        screen.voice.regret = Regret(t("saving"), lambda: said(kept))
        gone = t("It is saved no more; z undoes it.")
        screen.tell(gone if kept else t("Saved: it stands under Saved, and s takes it off."))
        self._rooms.look()
