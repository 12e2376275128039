"""One's own profile, filled in line by line, and below it what one agrees to.

A line is kept when it is left, by any key, Esc too; a switch acts at once. So nothing that fits is
ever lost, and what does not fit stays in its line, with how it should be.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.profiles import forms
from hobnob_client.profiles.consent_words import MEANINGS, NAMES, NOTHING_YET
from hobnob_client.profiles.fields import FIELDS
from hobnob_client.profiles.forms import Form, Unfit
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.field import Field
from hobnob_client.tui.widgets.switch_line import SwitchLine

TYPED_MAX: Final = 600
"""Letters of one line: more than any field takes, so that too much can be told of."""
_TYPED_IN_LINES: Final = frozenset(("toggle",))
"""Actions whose keys are letters where one writes."""

Then = Callable[[bool], None]
"""Hears whether it could be done; if not, why was told."""
Keep = Callable[[str, str | None, Then], object]
"""Says a field of one's profile, by its name on the wire; None clears it."""
Agree = Callable[[str, bool, Then], object]
"""Agrees to a purpose, or withdraws."""


class FillingScreen(Dialog[None]):
    """`said` is the profile by names, `agreed` the consents by purpose."""

    PANE = Pane.FILLING
    CSS = """
    FillingScreen > #frame { width: 90; padding: 0 1; }
    FillingScreen #lines { height: auto; max-height: 100%; overflow-y: auto; scrollbar-size: 0 0; }
    FillingScreen .line { height: 1; }
    FillingScreen .line > Static { width: 16; }
    FillingScreen .line.-here > Static { color: $accent; text-style: bold; }
    FillingScreen .line.-unfit > Static { color: $text-error; text-style: bold; }
    FillingScreen Input { border: none; height: 1; padding: 0; width: 1fr; }
    FillingScreen #agreed { margin-top: 1; color: $text-muted; }
    FillingScreen #told { height: auto; min-height: 2; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Keys reach a line in the order of typing only if moving on does not wait for it.
        replace(each, priority=each.action != "act('toggle')")
        for each in bindings(Pane.FILLING)
    ]

    def __init__(
        self, said: Mapping[str, str], agreed: Mapping[str, bool | None], keep: Keep, agree: Agree
    ) -> None:
        super().__init__(t("Your profile"))
        self._said = {field.name: said.get(field.name, "") for field in FIELDS}
        self._keep = keep
        self._agree = agree
        self._fields = {
            field.name: Field(
                # Without colours it would look like something said.
                t("e.g. {example}", example=t(field.example)),
                value=forms.one_line(self._shown(field.form, self._said[field.name])),
                max_length=TYPED_MAX,
            )
            for field in FIELDS
        }
        self._labels = {field.name: Static() for field in FIELDS}
        self._switches = {
            purpose: SwitchLine(
                t(name) + (f" ({t('nothing uses it yet')})" if purpose in NOTHING_YET else ""),
                on=agreed.get(purpose) is True,
            )
            for purpose, name in NAMES.items()
        }
        self._told = Static(id="told")
        self._unfit: dict[str, str] = {}
        """What is wrong, by the name of the field."""
        self._warned = False

    def inside(self) -> ComposeResult:
        """The fields, the switches, what became of the last of them."""
        with Vertical(id="lines"):
            for name, field in self._fields.items():
                with Horizontal(classes="line"):
                    yield self._labels[name]
                    yield field
            yield Static(Content(t("Others may, if you agree:")), id="agreed")
            yield from self._switches.values()
        yield self._told

    def on_mount(self) -> None:
        """In the first line."""
        for name in self._fields:
            self._call(name)
        self._tell(t("Every line is optional, and every member can read what you fill in."))

    # Where one is.

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What a switch lets others do is said beside it; a line is marked."""
        for purpose, switch in self._switches.items():
            if event.widget is switch:
                self._tell(t("If you agree, others may: {meaning}.", meaning=t(MEANINGS[purpose])))
        name = self._row_of(event.widget)
        if name:
            self._call(name)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A line that is left is kept, once it has all that was typed."""
        name = self._row_of(event.widget)
        if name:
            event.widget.call_later(partial(self._left_line, name))

    def _left_line(self, name: str) -> None:
        self._kept(name)
        self._call(name)

    def _row_of(self, widget: object) -> str:
        return next((name for name, field in self._fields.items() if field is widget), "")

    def _call(self, name: str) -> None:
        """Its label: with a mark where one is, and where something is wrong."""
        label = next(t(field.label) for field in FIELDS if field.name == name)
        here, unfit = self._fields[name].has_focus, name in self._unfit
        self._labels[name].update(Content(f"{'▌' if here else '!' if unfit else ' '}{label}"))
        line = self._labels[name].parent
        if isinstance(line, Horizontal):
            line.set_class(here, "-here")
            line.set_class(unfit and not here, "-unfit")

    def _tell(self, text: str) -> None:
        self._told.update(Content(text))

    # Keeping.

    def _kept(self, name: str) -> bool:
        """Keep a line if it fits and says something new; False where it does not fit."""
        field = next(each for each in FIELDS if each.name == name)
        typed = self._fields[name].value
        label = t(field.label)
        if typed == forms.one_line(self._shown(field.form, self._said[name])):
            self._unfit.pop(name, None)
            return True
        try:
            value = forms.fitted(field.form, typed)
        except Unfit as unfit:
            if name not in self._unfit:
                self._warned = False
            self._unfit[name] = str(unfit)
            self._tell(t("{label} is not kept yet. {why}", label=label, why=unfit))
            return False
        self._unfit.pop(name, None)
        before = self._said[name]
        if value != before:
            self._said[name] = value
            self._keep(name, value or None, partial(self._after, name, before, value))
        self._fields[name].value = self._shown(field.form, value)
        return True

    def _after(self, name: str, before: str, value: str, done: bool) -> None:
        """A line was kept, or could not be: then it is tried again when it is left again."""
        label = next(t(field.label) for field in FIELDS if field.name == name)
        if not done:
            if self._said[name] == value:
                self._said[name] = before
            self._tell(t("{label} is not kept yet. {why}", label=label, why=""))
        elif value:
            self._tell(t("Kept: {label}.", label=label))
        else:
            self._tell(t("Empty: {label}.", label=label))

    @staticmethod
    def _shown(form: Form, value: str) -> str:
        """A level as people read it; all else as it is."""
        if form is Form.LEVEL and value in tuple(forms.Level):
            return t(forms.LEVELS[forms.Level(value)])
        return value

    # Keys.

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "next": self.focus_next,
            "before": self.focus_previous,
            "take": self._take,
            "toggle": self._toggle,
            "close": self._close,
        }

    def _take(self) -> None:
        if isinstance(self.focused, SwitchLine):
            self._toggle()
        else:
            self.focus_next()

    def _toggle(self) -> None:
        for purpose, switch in self._switches.items():
            if switch is self.focused:
                switch.on = not switch.on
                self._agree(purpose, switch.on, partial(self._after_switch, purpose, switch.on))

    def _after_switch(self, purpose: str, on: bool, done: bool) -> None:
        """It was agreed to, or withdrawn; or neither could be, and the switch stands as before."""
        if not done:
            self._switches[purpose].on = not on
            return
        said = t("You agree") if on else t("You no longer agree")
        self._tell(f"{said}: {t(MEANINGS[purpose])}.")

    def _close(self) -> None:
        focused = self.focused
        if focused is not None:
            focused.call_later(self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        """Everything that fits is kept; of what does not one is warned first."""
        if not self.is_active:
            return
        unfit = [name for name in self._fields if not self._kept(name)]
        if not unfit or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._fields[unfit[0]].focus()
        again = t("Esc again leaves it as it was.")
        self._tell(f"{self._unfit[unfit[0]]} {again}")
