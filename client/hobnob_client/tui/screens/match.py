"""The match wizard: a need, at most five small questions, three people with what speaks for them.

Who can help is worked out beside the screen, out of the replica alone; the hub reserves whom one is
shown. Whoever asks somebody sees the note first.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, tzinfo
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client import match_words, term_safe
from hobnob_client.catalogue import n, t
from hobnob_client.match.choosing import Proposal
from hobnob_client.match.source import Found
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Wizard
from hobnob_client.match_lines import evidence_lines
from hobnob_client.profiles.described import described
from hobnob_client.reading import Reader
from hobnob_client.requests.showing import Chosen
from hobnob_client.tui import match_cards
from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_tables.dialogs import PICKS, pick_id
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.match_cards import Helper
from hobnob_client.tui.rooms.cards import when
from hobnob_client.tui.rows import author
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import telling
from hobnob_client.tui.screens.dialog import Dialog, ask
from hobnob_client.tui.screens.terms import TermsScreen
from hobnob_client.tui.widgets.card_list import CardList
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

_QUESTION: Final = ("take", "no_matter", "change", "stop", "close")
_RESULT: Final = ("open", "ask", "not_now", "more_like", "why", "change", "close")
_NOBODY: Final = ("agree", "change", "close")
_LOOKING: Final = ("close",)
_WAITING: Final = ("change", "close")
"""The keys that stand below, by what is shown."""


@value
class Asked:
    """How far the wizard is: kept where one leaves it, to come back to."""

    found: Found
    wizard: Wizard[AccountId, Place]
    person: AccountId | None = None
    """Who was under the cursor."""
    chosen: Chosen | None = None
    """Who may be shown, where it was known already."""


@value
class Left:
    """How one has left it: to open `place`, to write to `person` or, with `asks`, to ask them for
    help, or with neither to say the need in other words."""

    asked: Asked
    place: Place | None = None
    person: AccountId | None = None
    asks: bool = False


class MatchScreen(Dialog[Left]):
    """Ends with what to do, or None."""

    PANE = Pane.MATCHING
    CSS = """
    MatchScreen > #frame { width: 100; height: 92%; max-height: 32; padding: 0 1; }
    MatchScreen #said { margin-bottom: 1; }
    MatchScreen #told { color: $text-muted; margin-top: 1; }
    MatchScreen.-nobody > #frame { height: auto; }
    MatchScreen.-nobody CardList { display: none; }
    MatchScreen.-nobody #told { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.MATCHING)]

    def __init__(
        self,
        need: str,
        reader: Reader,
        zone: tzinfo,
        today: date,
        choose: Callable[[Wizard[AccountId, Place]], Awaitable[Chosen]],
        agree: Callable[[], object],
    ) -> None:
        """It waits for `begin`. `choose` says whom one may be shown, and remembers that one was;
        `agree` does what its key says."""
        super().__init__(t("Who should I talk to?"))
        self._need = term_safe.line(need)
        self._asked: Asked | None = None
        self._reader = reader
        self._where = (zone, today)
        self._choose = choose
        self._chosen: Chosen | None = None
        """Who may be shown; None until that is known."""
        self._agree = agree
        self._said = Static(id="said")
        self._list = CardList()
        self._told = Static(id="told")
        self._helpers: tuple[Helper, ...] = ()

    def inside(self) -> ComposeResult:
        """What was said, what can be chosen or who was found, and what else is to be known."""
        yield self._said
        yield self._list
        yield self._told

    def on_mount(self) -> None:
        """What is known by now: the next key acts upon it already."""
        if self._asked is None:
            self._lay()
        else:
            self._go_on()
        self.call_after_refresh(self._lay)

    def begin(self, asked: Asked) -> None:
        """So far it is: the next question, or who was found."""
        self._asked = asked
        if self.is_mounted:
            self._go_on()

    def on_resize(self) -> None:
        """Laid out anew."""
        super().on_resize()
        self.call_after_refresh(self._lay)

    # What is shown.

    def _go_on(self, wizard: Wizard[AccountId, Place] | None = None) -> None:
        """From here on, the wizard being so far."""
        assert self._asked is not None, "keys act once it has begun"
        if wizard is not None:
            self._asked = replace(self._asked, wizard=wizard, person=None, chosen=None)
        asked = self._asked
        self._helpers, self._chosen = (), None
        self._list.cursor = 0
        if asked.wizard.question() is not None:
            self._lay()
        elif asked.chosen is not None:
            self._put(asked, asked.chosen)
        else:
            self._lay()
            self.run_worker(self._show(asked), exclusive=True)

    async def _show(self, asked: Asked) -> None:
        """The people, once it is known whom one may be shown."""
        chosen = Chosen([], ())
        with telling(self):
            chosen = await self._choose(asked.wizard)
        if self._asked is asked and self.is_mounted:
            # Else one has gone on, or back, meanwhile.
            self._put(asked, chosen)

    def _put(self, asked: Asked, chosen: Chosen) -> None:
        self._chosen = chosen
        self._helpers = tuple(self._helper(asked.found, each) for each in chosen.three)
        self._lay()
        if asked.person is not None:
            self._list.point_at(asked.person)

    def _lay(self) -> None:
        need = t("You said: “{need}”", need=self._need)
        if self._asked is None:
            self._said.update(Content(need))
            self._told.update(Content(t("Looking who knows of it …")))
            self.offer(_LOOKING)
            return
        wizard, found = self._asked.wizard, self._asked.found
        lines = [need, match_cards.so_far(wizard.said)]
        question = wizard.question()
        if question is not None:
            lines += ["", match_words.question(question)]
            self._list.put(match_cards.of_question(question))
            left = n(
                "{count} person is left who agrees to be proposed.",
                "{count} people are left who agree to be proposed.",
                question.left,
            )
            number = t("Question {nth} of at most 5.", nth=len(wizard.said) + 1)
            self._told.update(Content(f"{number} {left}"))
            self.offer(_QUESTION)
        elif self._chosen is None:
            self._list.put(())
            self._told.update(Content(t("Asking whom you may be shown …")))
            self.offer(_WAITING)
        else:
            self._list.put(match_cards.of_helpers(self._helpers, self._list.size.width))
            few = match_words.few(found, len(self._helpers))
            told = few or (t("Worked out on this device: nobody was told what you need."),)
            if self._chosen.is_short:
                told = (*told, t("Without the hub a device shows only a few people a week."))
            self._told.update(Content("\n".join(told)))
            self.offer(_RESULT if self._helpers else _NOBODY)
        nobody = question is None and self._chosen is not None and not self._helpers
        self.set_class(nobody, "-nobody")
        self._said.update(
            Content("\n".join(line for nth, line in enumerate(lines) if line or nth > 1))
        )

    def _helper(self, found: Found, proposal: Proposal[AccountId, Place]) -> Helper:
        reader = self._reader
        has = next(each.has for each in found.people if each.candidate.person == proposal.person)

        def name(account: AccountId) -> str:
            return author(reader, account).name

        lines = evidence_lines(reader, proposal.lines, name, found.words)
        moments = tuple(when(line.at_ms, *self._where) for line in lines)
        about = match_words.about(has, described(reader.profile(proposal.person)))
        return Helper(proposal, f"@{name(proposal.person)}", about, lines, moments)

    # Keys.

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        close: dict[str, Callable[[], object]] = {"close": lambda: self.dismiss(None)}
        if self._asked is None:
            return close
        wizard = self._asked.wizard
        return close | {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "take": self._take,
            **{pick_id(nth): partial(self._pick, nth) for nth in PICKS},
            "no_matter": lambda: self._answer(wizard, 0),
            "change": lambda: self._change(wizard),
            "stop": lambda: self._stop(wizard),
            "open": lambda: self._open(1),
            "ask": self._upon(lambda person: self._leave(person=person, asks=True)),
            "confide": self._upon(lambda person: self._leave(person=person)),
            # Other people, and no more questions.
            "not_now": self._upon(lambda person: self._go_on(wizard.not_now(person).stop())),
            "more_like": self._upon(lambda person: self._go_on(wizard.more_like(person).stop())),
            "why": self._upon(self._explain),
            "agree": self._agree,
        }

    @property
    def _person(self) -> AccountId | None:
        at = self._list.cursor
        return self._helpers[at].proposal.person if at < len(self._helpers) else None

    def _upon(self, do: Callable[[AccountId], object]) -> Callable[[], object]:
        """Upon the person under the cursor."""

        def act() -> None:
            person = self._person
            if person is not None:
                do(person)

        return act

    def _take(self) -> None:
        card = self._list.card
        if card is not None:
            self._pick(1 if self._helpers else int(card.key))

    def _pick(self, nth: int) -> None:
        if self._helpers:
            self._open(nth)
        elif self._asked is not None:
            self._answer(self._asked.wizard, nth)

    def _answer(self, wizard: Wizard[AccountId, Place], nth: int) -> None:
        """The option of that number, 0 for no matter."""
        question = wizard.question()
        if question is not None and nth <= len(question.options):
            self._go_on(wizard.answer(question.options[nth - 1].value if nth else None))

    def _change(self, wizard: Wizard[AccountId, Place]) -> None:
        """One answer back, or to the need."""
        if wizard.stopped:
            # Where nothing more would be asked, one goes back to what was.
            wizard = wizard.back()
            if wizard.question() is not None:
                self._go_on(wizard)
                return
        if wizard.said:
            self._go_on(wizard.back())
        else:
            self._leave()

    def _stop(self, wizard: Wizard[AccountId, Place]) -> None:
        if wizard.question() is not None:
            self._go_on(wizard.stop())

    def _open(self, nth: int) -> None:
        if self._person is not None:
            lines = self._helpers[self._list.cursor].lines
            if nth <= len(lines):
                self._leave(place=lines[nth - 1].place)

    def _leave(
        self, place: Place | None = None, person: AccountId | None = None, *, asks: bool = False
    ) -> None:
        if self._asked is not None:
            asked = replace(self._asked, person=self._person, chosen=self._chosen)
            self.dismiss(Left(asked, place, person, asks))

    def _explain(self, person: AccountId) -> None:
        helper = self._helpers[self._list.cursor]
        cards = match_cards.of_terms(helper.proposal)
        ask(app_of(self), TermsScreen(helper.name, cards), lambda _: None)
