"""What is begun in the fields of the first screen: on the disk within a second of each key (P3);
and what was begun on another device of one's own, in the field where it was begun."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from hobnob_client import slash
from hobnob_client.catalogue import t
from hobnob_client.tui.composing import commands
from hobnob_client.tui.failing import each_of
from hobnob_client.tui.voice import Place
from hobnob_client.tui.widgets.talk import Talk, joined
from hobnob_client.typed import cleaned
from hobnob_protocol.ids import StreamId
from hobnob_protocol.limits import POST_TEXT_MAX
from hobnob_protocol.sealing.draft import Draft

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

DRAFT_SECONDS: Final = 0.8
"""So long after a key the draft is on the disk: within a second."""
DRAFT_TEXT_MAX: Final = 4 * POST_TEXT_MAX
"""Longer ones are cut; so much can never be sent in one message."""


class Drafting:
    """The drafts of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._keeping: dict[Place, str] = {}
        """What is on its way to the disk."""
        self._known: dict[Place, str | None] = {}
        """What was last put into the field of a place, or from there onto the disk."""
        self._unheard = False
        """Something came while something was on its way to the disk."""
        self._beside = self._count_beside()

    @property
    def places(self) -> Iterable[StreamId]:
        """Where something is begun."""
        return dict.fromkeys(line.stream for line in self._screen.reader.drafts())

    @property
    def _talks(self) -> tuple[Talk, Talk]:
        return self._screen.channel, self._screen.thread

    def soon(self, talk: Talk) -> None:
        """Keep a draft, once the keys rest a moment."""
        if talk.editing is None:
            self._screen.set_timer(DRAFT_SECONDS, lambda: self.keep_of(talk))

    def keep_of(self, talk: Talk) -> None:
        """Put a draft on the disk, while keys are heard; what is there already is not put there
        again: it may have been dropped elsewhere since."""
        place, begun = talk.place, _begun(talk)
        if place is None or (place not in self._keeping and self._known.get(place) == _kept(begun)):
            return
        self._keeping[place] = _kept(begun)
        self._screen.run_worker(self.keep(place, begun))

    def propose(self, text: str, *, behind: bool = False) -> None:
        """Put a text into the field of the channel, to be looked over and sent by its author; where
        something is begun there, only `behind` it, and once."""
        channel = self._screen.channel
        begun = channel.composer.text
        if not begun or (behind and text not in begun):
            channel.composer.put(joined(begun, slash.typed(text)))
        self.keep_of(channel)
        self._screen.tell(t("Look it over first: nothing is sent before Enter."))

    async def keep_all(self) -> None:
        """Put what is written on the disk, on the way out."""
        left = {**self._keeping, **{talk.place: _begun(talk) for talk in self._talks if talk.place}}
        await each_of(self.keep(place, text) for place, text in left.items())

    async def keep(self, place: Place, text: str) -> None:
        """Put a draft of a place on the disk."""
        known, kept = self._known.get(place), _kept(text)
        self._keeping[place] = self._known[place] = kept
        try:
            await self._screen.engine.private.draft(Draft(place.stream, place.thread), kept, known)
        except BaseException:
            # As where the screen goes meanwhile: whoever puts it there after all must not take it
            # for there.
            if self._known.get(place) == kept:
                self._known[place] = known
            raise
        if self._keeping.get(place) == kept:
            del self._keeping[place]
        if bool(known) != bool(kept) and self._screen.is_attached:
            # The hub is told and has no news of it: the list counts it at once.
            self._screen.show_list()
        if self._unheard and not self._keeping:
            self._unheard = False
            self.hear()

    def begun(self, place: Place) -> str:
        """What was begun in a place, as far as the last key if it is open."""
        found = [talk.begun for talk in self._talks if talk.place == place]
        if found:
            return found[0]
        # What was written before any channel was open belongs to the first that is.
        channel = self._screen.channel
        early = channel.composer.text if channel.place is None else ""
        return joined(self.kept(place), early)

    def kept(self, place: Place) -> str:
        """What of a place is on the disk, or on its way there."""
        found = self._keeping.get(place)
        if found is None:
            found = self._screen.reader.draft(place.stream, place.thread)
        self._known[place] = found
        return found

    def hear(self) -> None:
        """Another device of one's own may have begun something, or gone on with it."""
        if self._keeping:
            # What is on the disk now is not what will be.
            self._unheard = True
            return
        for talk in self._talks:
            if talk.place is not None and talk.editing is None:
                self._hear_of(talk, talk.place)
        beside, self._beside = self._beside, self._count_beside()
        if self._beside > beside:
            self._screen.tell(
                t("What you began on two devices at once is kept, both: hobnob drafts shows it.")
            )

    def _hear_of(self, talk: Talk, place: Place) -> None:
        known, kept = (
            self._known.get(place) or "",
            self._screen.reader.draft(place.stream, place.thread),
        )
        # Whoever writes here goes on; what came meanwhile is kept beside that.
        if kept != known and _kept(talk.begun) == known:
            self._known[place] = kept
            if cleaned(kept) != talk.begun:
                talk.composer.put(kept)

    def _count_beside(self) -> int:
        return sum(line.beside for line in self._screen.reader.drafts())


def _begun(talk: Talk) -> str:
    """What would be missed of what is written there: a command that says nothing is not."""
    return "" if commands.is_bare(talk.begun) else talk.begun


def _kept(text: str) -> str:
    """What of a text is kept: nothing but spaces is no draft."""
    return text[:DRAFT_TEXT_MAX] if text.strip() else ""
