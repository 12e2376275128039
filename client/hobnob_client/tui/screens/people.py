"""People, by what they say of themselves: some words, whom they fit, and who is not listed."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.called import called
from hobnob_client.catalogue import t
from hobnob_client.profiles import people_words
from hobnob_client.profiles.directory import Directory, Listed
from hobnob_client.profiles.filtering import QUERY_TEXT_MAX, Clock, Found, clock_of, find
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import ENTER, Dialog, Writing
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_client.tui.widgets.field import Field
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

AGAIN_SECONDS: Final = 2.0
"""While the list is open it is looked up at most so often."""
WIDE_CELLS: Final = 60
"""From here on languages and hours stand on the line of the name."""
_NOBODY: Final = ("fill_in", "close")
_TYPING: Final = ("profile", "other", "close")
_WALKING: Final = ("profile", "confide", "match", "filter", "close")
"""The keys that stand below: letters act only where one does not write."""


@value
class Looked:
    """How far one is: kept where one leaves, to come back to."""

    directory: Directory
    query: str
    person: AccountId | None = None
    """Who was under the cursor."""


@value
class Left:
    """How one has left it: to do `action` upon the person under the cursor, if there is one.
    `looked` is None where who is listed was not known yet."""

    action: str
    looked: Looked | None


class PeopleScreen(Writing, Dialog[Left]):
    """Ends with what to do, or None."""

    PANE = Pane.PEOPLE
    CSS = """
    PeopleScreen > #frame { width: 100; height: 92%; max-height: 34; padding: 0 1; }
    PeopleScreen Input { border: none; height: 1; padding: 0; }
    PeopleScreen #about { color: $text-muted; margin-bottom: 1; }
    PeopleScreen #told { color: $text-muted; margin-top: 1; }
    PeopleScreen.-nobody > #frame { height: auto; }
    PeopleScreen.-nobody CardList, PeopleScreen.-nobody #about { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.PEOPLE), ENTER]

    def __init__(
        self, looked: Looked | None, zone: tzinfo, now: datetime, again: Callable[[], object]
    ) -> None:
        """`now` has any zone; hours are compared by the clock of `zone`. Without `looked` it waits
        for `begin`, and takes words meanwhile; `again` looks who is listed by now, and begins it
        anew."""
        super().__init__(t("People"))
        self._again = again
        self._waits = False
        self._directory = looked.directory if looked is not None else None
        self._person = looked.person if looked is not None else None
        self._clock: Clock = clock_of(now.astimezone(zone))
        self._found = Found(())
        self.field = Field(
            t("helps:sqlite lang:de here:evening, a handle, any word"),
            value=looked.query if looked is not None else "",
            max_length=QUERY_TEXT_MAX,
        )
        self._about = Static(id="about")
        self._list = CardList()
        self._told = Static(id="told")

    def inside(self) -> ComposeResult:
        """The filter, how many it fits, who they are, and what else is to be known."""
        yield self.field
        yield self._about
        yield self._list
        yield self._told

    def begin(self, directory: Directory) -> None:
        """These are all of them: whom the filter fits by now."""
        if directory == self._directory:
            return
        self._directory = directory
        if self.is_mounted:
            self._show()

    def show(self) -> None:
        """Something has come: who is listed may be others."""
        if self._directory is not None and not self._waits:
            self._waits = True
            self.set_timer(AGAIN_SECONDS, self._look_again)

    def _look_again(self) -> None:
        self._waits = False
        self._again()

    def on_mount(self) -> None:
        """Whom the filter fits."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._show()
        if self._person is not None:
            self._list.point_at(self._person)

    def on_resize(self) -> None:
        """Laid out anew."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def on_input_changed(self) -> None:
        """Each letter narrows the list."""
        self._show()

    def on_descendant_focus(self) -> None:
        """One writes."""
        self._offer()

    def on_descendant_blur(self) -> None:
        """One walks the list."""
        self._offer()

    def _offer(self) -> None:
        if self._directory is not None and not self._directory.listed:
            self.offer(_NOBODY)
        else:
            self.offer(_TYPING if self.field.has_focus else _WALKING)

    def _show(self) -> None:
        directory, query = self._directory, self.field.value
        if directory is None:
            self._about.update(Content(t("Looking who is listed …")))
            return
        self._found = found = find(directory, query, self._clock)
        width = self._list.size.width
        self._list.put([_card(each, width) for each in found.people])
        fitting = len(found.people) + found.more
        listed = len(directory.listed)
        self.set_class(not listed, "-nobody")
        self._about.update(Content(t("{count} of {all} listed", count=fitting, all=listed)))
        lines = (*found.problems, *people_words.few(directory, found, query))
        self._told.update(Content("\n".join(lines)))
        self._offer()

    # Keys.

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        page = max(1, self._list.size.height)
        return {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "page_up": lambda: self._list.move(-page),
            "page_down": lambda: self._list.move(page),
            "profile": self.action_enter,
            "other": self._other,
            "filter": self.field.focus,
            "confide": lambda: self._leave("confide"),
            "match": lambda: self._leave("match"),
            "fill_in": lambda: self._leave("fill_in"),
            "close": lambda: self.dismiss(None),
        }

    def entered(self) -> None:
        """Who it is."""
        self._leave("profile")

    def _other(self) -> None:
        """From the filter to the list, and back."""
        if self.field.has_focus:
            self.set_focus(None)
        else:
            self.field.focus()

    def _leave(self, action: str) -> None:
        """Once the list is as the filter says that was typed."""
        if not self.is_active:
            return
        self._show()
        nth = self._list.cursor
        people = self._found.people
        person = people[nth].account if nth < len(people) else None
        if person is None and action not in ("match", "fill_in"):
            # While they are looked for, it says so already.
            if self._directory is not None:
                self.notify(t("Nobody is selected."), markup=False)
            return
        directory, query = self._directory, self.field.value
        looked = Looked(directory, query, person) if directory is not None else None
        self.dismiss(Left(action, looked))


def _card(each: Listed, width: int) -> Card:
    name = called(each.handle, each.account)
    helps, *rest = people_words.columns(each)
    side = " · ".join(filter(None, rest))
    if width >= WIDE_CELLS:
        return Card(each.account, f"@{name}", tail=helps, side=side)
    below = tuple(filter(None, (helps, side)))
    return Card(each.account, f"@{name}", below)
