"""What Enter does with what is written: said, changed, split, doubted first; or done, where it is a
command."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hobnob_client import slash
from hobnob_client.catalogue import t
from hobnob_client.progress import LinkState
from hobnob_client.slash import Misspelt
from hobnob_client.tui import rows
from hobnob_client.tui.composing import commands, splitting, substituting
from hobnob_client.tui.composing.commands import Call
from hobnob_client.tui.composing.quoting import quoted
from hobnob_client.tui.composing.recall import ENTRIES_MAX
from hobnob_client.tui.composing.sizing import size
from hobnob_client.tui.failing import words
from hobnob_client.tui.naming import Names
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.commanding import Commanding
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, upon
from hobnob_client.tui.screens.doubting import Doubting
from hobnob_client.tui.screens.reacting import Reacting
from hobnob_client.tui.screens.settling import Settling
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.voice import Place, Stopped
from hobnob_client.tui.widgets.talk import Saying, Talk, joined
from hobnob_protocol.errors import UsageError, WorldError
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.limits import TITLE_TEXT_MAX

if TYPE_CHECKING:
    from hobnob_client.tui.screens.deeds import Deeds
    from hobnob_client.tui.screens.main import MainScreen

HEARD_MAX: Final = 600
"""So many of the newest messages of a place are looked through for one's own."""


class Composing:
    """What is written on one screen."""

    def __init__(self, screen: "MainScreen", deeds: "Deeds") -> None:
        self._screen = screen
        self._deeds = deeds
        self.reacting = Reacting(screen)
        self.settling = Settling(screen, self)
        self.commands = Commanding(screen, deeds, self)
        self._doubting = Doubting(screen)
        self._saying: set[asyncio.Task[None]] = set()
        self.does: Does = {
            "send": lambda asked: self.send(asked.talk),
            "preview": lambda asked: self.preview(asked.talk),
            "edit_last": lambda asked: self.edit_last(asked.talk),
            "quote": upon(self.quote),
        }

    def attend(self) -> None:
        """Once the widgets are there: let the fields know what they may name."""
        self._attend(self._screen.channel)
        self._attend(self._screen.thread)

    def _attend(self, talk: Talk) -> None:
        screen = self._screen
        talk.composer.world = Names(screen.reader, lambda: talk.place, screen.talks.others)
        talk.composer.past = lambda: self._past(talk)

    def _past(self, talk: Talk) -> tuple[str, ...]:
        place, reader = talk.place, self._screen.reader
        if place is None:
            return ()
        if place.thread is None:
            messages = reader.before(place.stream, None, HEARD_MAX).messages
        else:
            messages = reader.thread(place.stream, place.thread).replies[-HEARD_MAX:]
        mine = [
            each.text if talk.editing is not None else slash.typed(each.text)
            for each in reversed(messages)
            if each.account == reader.me and each.imported is None and each.dead is None
        ]
        return tuple(mine[:ENTRIES_MAX])

    def preview(self, talk: Talk) -> None:
        """Show what is written as it will look, or the messages again."""
        talk.toggle_preview()
        self.draw_preview(talk)

    def draw_preview(self, talk: Talk) -> None:
        """As it is written now."""
        if talk.previews:
            reader, text = self._screen.reader, talk.composer.text
            found = commands.read(text) if talk.editing is None else text
            shown = found if isinstance(found, str) else text
            talk.preview.put(rows.author(reader, reader.me).name, shown)

    def drafted(self, talk: Talk) -> None:
        """What is written has changed."""
        talk.drafted()
        self.draw_preview(talk)

    def show_state(self) -> None:
        """Say beside what is written that it will wait, where the hub is not reached."""
        there = self._screen.engine.link in (LinkState.ONLINE, LinkState.SHARED)
        waits = "" if there else t("the hub is away: it will wait in your outbox")
        for talk in (self._screen.channel, self._screen.thread):
            talk.composer.show_state(waits)

    # Enter.

    def send(self, talk: Talk) -> None:
        """Say it, or do what it asks for."""
        text = talk.composer.text.strip("\n")
        if talk.editing is None:
            change = substituting.read(text)
            if change is not None:
                # Nobody waits at the start for what few ever do.
                from hobnob_client.tui.screens.substituting import Substituting

                Substituting(self._screen).do(talk, change)
                return
            found = commands.read(text)
            if isinstance(found, Misspelt):
                talk.tell(found.why)
                return
            if isinstance(found, Call):
                self.commands.do(talk, found)
                return
            text = found
        if self._doubting.is_doubted(talk, text):
            return
        self.send_fitting(talk, text)

    def send_fitting(self, talk: Talk, text: str) -> None:
        """Say it, or ask what to do where it is too long."""
        if self.fits(talk, text):
            self.say(talk, text)
        else:
            self._ask_how(talk, text)

    def fits(self, talk: Talk, text: str) -> bool:
        """May it be one message there?"""
        return size(text, sealed=talk.composer.sealed).fits

    # Too long.

    def _ask_how(self, talk: Talk, text: str) -> None:
        from hobnob_client.tui.screens.too_long import LongScreen, Way

        parts = splitting.parts(text, lambda part: self.fits(talk, part))
        place = talk.place
        threads = place is not None and place.thread is None and not talk.titling
        new = talk.editing is None

        def done(way: Way | None) -> None:
            if way is Way.SPLIT:
                self.say(talk, *parts)
            elif way is Way.THREAD:
                self.commands.ask_title(lambda title: self._say_in_thread(talk, title, parts))

        why = size(text, sealed=talk.composer.sealed).why
        dialog = LongScreen(why, len(parts) if new else 0, threads=new and threads)
        ask(app_of(self._screen), dialog, done)

    def _say_in_thread(self, talk: Talk, title: str, parts: tuple[str, ...]) -> None:
        talk.entitle(title)
        self.say(talk, *parts)

    # Saying.

    def say(self, talk: Talk, *texts: str) -> None:
        """Send the text of a composer, or these instead: a new message, an answer, or a change; it
        stays where it may not be said."""
        if talk.place is not None and self._screen.talks.is_stopped(talk.place.stream):
            return
        saying = talk.take()
        if saying is not None:
            self._screen.hush()
            sayings = [replace(saying, text=text) for text in texts] or [saying]
            # No worker of the screen: what was said is not given up when that is left.
            task = asyncio.create_task(self._said_all(talk, sayings))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def finish(self) -> None:
        """Wait until all that was said is in the outbox, or back with its author."""
        ended = await asyncio.gather(*self._saying, return_exceptions=True)
        for failed in ended:
            if failed is not None:
                raise failed

    async def _said_all(self, talk: Talk, sayings: list[Saying]) -> None:
        """One after the other; what comes behind a title is said in its thread."""
        place = sayings[0].place
        for nth, saying in enumerate(sayings):
            one = replace(saying, place=place, title=saying.title if nth == 0 else "")
            rest = [each.text for each in sayings[nth:]]
            try:
                place = await self._said(one)
                continue
            except WorldError as failed:
                self._warn(words(failed))
            except Stopped as stopped:
                self._screen.comparing.stop(str(stopped), stopped.account)
            except UsageError as refused:
                self._warn(t("This cannot be said here: {why}.", why=refused))
            with suppress(WorldError):
                # Where the disk is full it stays in memory, as long as there is a screen.
                await self._give_back(talk, replace(one, text="\n".join(rest)))
            break
        if talk.is_running:
            self._screen.drafting.keep_of(talk)

    async def _said(self, saying: Saying) -> Place:
        """Where what belongs to it is said."""
        voice, place = self._screen.voice, saying.place
        if saying.editing is not None:
            await voice.edit(place.stream, saying.editing.target, saying.text)
            return place
        answered = saying.answering.target if saying.answering is not None else None
        target = await voice.say(place, saying.text, answered)
        if not saying.title:
            return place
        # What is said is said: no failure here gives it back.
        with telling(self._screen):
            await self._screen.engine.compose(place.stream, ThreadTitle(target, saying.title))
            title = fit(saying.title, TITLE_TEXT_MAX)
            self._screen.tell(t("The thread “{title}” is begun.", title=title))
        return Place(place.stream, target)

    async def _give_back(self, talk: Talk, saying: Saying) -> None:
        if saying.editing is None:
            saying = replace(saying, text=slash.typed(saying.text))
        if talk.place == saying.place and talk.is_running:
            talk.give_back(saying)
        else:
            kept = joined(saying.text, self._screen.drafting.kept(saying.place))
            await self._screen.drafting.keep(saying.place, kept)

    # Changing what was said.

    def edit_last(self, talk: Talk) -> None:
        """Change what one said last in this place, if it is near."""
        row = talk.last_own
        if row is not None:
            self._deeds.edit(talk, row)

    def quote(self, talk: Talk, row: Row) -> None:
        """Answer a message, and quote it before what is begun there."""
        self._deeds.reply(talk, row)
        assert talk.place is not None
        shown = self._screen.reader.message(talk.place.stream, row.target)
        if shown is not None and not row.note:
            self._screen.thread.composer.put_first(quoted(shown.text))

    def _warn(self, text: str) -> None:
        said = f"{text} {t('Your text stays here.')}"
        self._screen.notify(said, severity="warning", markup=False, timeout=10)
