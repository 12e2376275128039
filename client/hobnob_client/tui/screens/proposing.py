"""Proposing people who can help, from the need to the note one writes to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hobnob_client import typed
from hobnob_client.catalogue import t
from hobnob_client.match import kept
from hobnob_client.match.learning import learn
from hobnob_client.match.members import PURPOSE
from hobnob_client.match.rules import shipped
from hobnob_client.match.source import Found
from hobnob_client.match.told import Place as Where
from hobnob_client.match.wizard import Wizard
from hobnob_client.reading.beside import Beside
from hobnob_client.requests import lease, sending
from hobnob_client.requests.kept import NOTE_TEXT_MAX, RANKED, ranked_bytes
from hobnob_client.requests.showing import Chosen, choose
from hobnob_client.time_of_day import now_ms
from hobnob_client.tui.rows import author
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.finding import found
from hobnob_client.tui.screens.line import LineScreen
from hobnob_client.tui.screens.match import Asked, Left, MatchScreen
from hobnob_client.tui.voice import Place
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.consents import Consent

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


class Proposing:
    """To whoever sits at one screen; `again` asks for another need."""

    def __init__(self, screen: "MainScreen", again: Callable[[], None]) -> None:
        self._screen = screen
        self._again = again
        self._came: tuple[Asked, Place] | None = None
        """From which result one came, and to which place."""
        self._rules = shipped()

    def begin(self, need: str) -> None:
        """Look for people."""
        self._screen.run_worker(self._look(need, self._show(need)))

    def back(self) -> bool:
        """From a post back to the people it speaks for; False where one is elsewhere by now."""
        came, self._came = self._came, None
        screen = self._screen
        if came is None or screen.focused is not screen.channel.timeline:
            return False
        asked, place = came
        if screen.channel.place != place:
            return False
        self._show(asked.found.need).begin(asked)
        return True

    async def _look(self, need: str, dialog: MatchScreen) -> None:
        """Who can help, worked out beside the screen."""
        screen = self._screen
        at_ms = now_ms()

        async def match(beside: Beside) -> Found:
            # A verb beside may have shown somebody, too.
            notes = await screen.engine.notes()
            shown = kept.from_bytes(notes.get(kept.NOTE, b""))
            return await beside.ask(lambda finder: finder.match(need, at_ms, shown, self._rules))

        self._rules = await learn(screen.engine)
        people = await found(screen, match)
        if dialog not in app_of(screen).screen_stack:
            # Who has gone meanwhile has seen nobody.
            return
        if people is None:
            dialog.dismiss(None)
        else:
            dialog.begin(Asked(people, people.wizard(at_ms)))

    def _show(self, need: str) -> MatchScreen:
        screen = self._screen

        where = (screen.reader, screen.zone, screen.today)
        dialog = MatchScreen(need, *where, self._choose, lambda: attempt(screen, self._agree()))
        ask(app_of(screen), dialog, self._left)
        return dialog

    async def _choose(self, wizard: Wizard[AccountId, Where]) -> Chosen:
        """Whom one may be shown; they are remembered before they are."""
        engine = self._screen.engine
        shown = kept.from_bytes((await engine.notes()).get(kept.NOTE, b""))
        chosen = await choose(engine, wizard, shown, self._rules.step)
        people = [each.person for each in chosen.three]
        await engine.change_note(kept.NOTE, kept.showing(people, now_ms()))
        await engine.note(RANKED, ranked_bytes(chosen.ranked))
        if chosen.anew:
            await engine.change_note(lease.NOTE, lease.showing(chosen.anew, now_ms()))
        return chosen

    async def _agree(self) -> None:
        """Agree to be proposed oneself, or no longer."""
        screen = self._screen
        on = not screen.reader.consents(screen.reader.me)[PURPOSE]
        await screen.engine.compose(PEOPLE, Consent(PURPOSE, on))
        if on:
            screen.tell(t("You agree to be proposed to others; y again takes it back."))
        else:
            screen.tell(t("You are proposed to nobody any more."))

    def _left(self, left: Left | None) -> None:
        if left is None:
            return
        screen = self._screen
        if left.place is not None:
            screen.go_to(left.place.stream, left.place.target)
            self._came = left.asked, Place(left.place.stream)
        elif left.person is not None and left.asks:
            self._ask(left.asked, left.person)
        elif left.person is not None:
            self._write(left.person, left.asked.found.need)
        else:
            self._again()

    def _ask(self, asked: Asked, person: AccountId) -> None:
        """Ask somebody for help, once one has seen the note; Esc comes back to who was found."""
        screen = self._screen
        if screen.comparing.stopped((person,)):
            return
        name = f"@{author(screen.reader, person).name}"
        dialog = LineScreen(
            t("Ask {name} for help", name=name),
            t(
                "What you write goes to {name} alone, under seal. The hub counts that you ask, "
                "within what they take in a week; they have two days to answer.",
                name=name,
            ),
            t("what you need"),
            text_max=NOTE_TEXT_MAX,
            value=t("Hello! I need help with this: {need}", need=asked.found.need),
        )

        def said(note: str | None) -> None:
            if note is None:
                self._show(asked.found.need).begin(asked)
            else:
                attempt(screen, self._request(person, name, note))

        ask(app_of(screen), dialog, said)

    async def _request(self, person: AccountId, name: str, note: str) -> None:
        screen = self._screen
        one = await sending.begun(screen.engine, person, typed.bounded(typed.cleaned(note)))
        assert one is not None, "a note was asked for"
        told = await sending.send(screen.engine, one)
        if not told.why:
            screen.tell(t("You have asked {name}: they have two days to answer.", name=name))
        elif told.again:
            screen.tell(t("{name} was not asked: {why}. Ask again later.", name=name, why=told.why))
        else:
            screen.tell(t("{name} was not asked. {why}", name=name, why=told.why))

    def _write(self, person: AccountId, need: str) -> None:
        """Begin a note to somebody, in the conversation with them; nothing is sent."""
        # Where one does not write to them, why is told.
        if self._screen.write_to(person):
            note = t("Hello! I need help with this: {need}", need=need)
            self._screen.drafting.propose(note, behind=True)
