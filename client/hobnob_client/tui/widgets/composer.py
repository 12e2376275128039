"""Where one writes: Enter sends, Alt+Enter begins a line, and what is written is never lost."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import Does, act, ask, bindings
from hobnob_client.tui.composing import emoji
from hobnob_client.tui.composing.begun import begun, whole_emoji
from hobnob_client.tui.composing.commands import TAKES
from hobnob_client.tui.composing.completing import Completion, World, completion
from hobnob_client.tui.composing.sizing import size
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.widgets.offers import Offers
from hobnob_client.tui.widgets.writing_keys import WritingKeys
from hobnob_client.typed import cleaned


def _keys() -> list[BindingType]:
    """Ours, those of everywhere too, and of the field's own only what they leave: it would take
    Ctrl+K and Ctrl+F to delete what is written."""
    found = bindings(Pane.COMPOSER)
    for more in (bindings(Pane.EVERYWHERE), list(Binding.make_bindings(TextArea.BINDINGS))):
        taken = {key for binding in found for key in binding.key.split(",")}
        found += [binding for binding in more if taken.isdisjoint(binding.key.split(","))]
    return [*found]


class Composer(WritingKeys, inherit_bindings=False):
    """A field of one to eight lines; `world` is what there is to be named in it."""

    PANE: ClassVar[Pane] = Pane.COMPOSER
    BINDINGS: ClassVar[list[BindingType]] = _keys()
    DEFAULT_CSS = """
    Composer {
        height: auto;
        min-height: 3;
        max-height: 10;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        border-subtitle-color: $text-warning;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        &:focus { border: round $accent; }
    }
    """

    @dataclass
    class Drafted(Message):
        """The draft has changed; `typed` by whoever sits here, and not with the place."""

        composer: "Composer"
        typed: bool

    def __init__(self, *, id: str, offers: Offers) -> None:
        super().__init__(id=id)
        self.world: World | None = None
        self.sealed = False
        """Does it go under seal, where a little less fits?"""
        self._offers = offers
        self._found: Completion | None = None
        self._quiet: int | None = None
        """Where what was closed begins: it is not offered again."""
        self._told = self._writing = self._place = ""
        self._at_edge = "", ""
        self._put = ""
        """What was last put here."""

    def show_place(self, place: str) -> None:
        """Say where this goes; `place` is safe to draw."""
        if place != self._place:
            self._place = place
            self.border_title = Content(place)

    def show_state(self, state: str) -> None:
        """Say what becomes of it, where that is not what one expects; "" for nothing."""
        if state != self._told:
            self._told = state
            self._say()

    def show_writing(self, writing: str) -> None:
        """Say who else writes here, where there is nothing else to say; "" for nobody."""
        if writing != self._writing:
            self._writing = writing
            self._say()

    def put(self, text: str) -> None:
        """Show a draft."""
        self.recall.end()
        self.load_text(cleaned(text))
        self._put = self.text
        self.move_cursor(self.document.end)
        # What was begun long ago is not completed before somebody types.
        found = begun(self.before, TAKES)
        self._quiet = found.start if found is not None else None
        self._close()

    def put_back(self, text: str) -> None:
        """Show what could not be done as it was written: somebody writes on, and is offered what
        may come next."""
        self.put(text)
        self._quiet = None

    def free(self) -> None:
        """What is written was taken; a draft that waited below what came back is there again."""
        self.put(self.recall.draft)

    def put_first(self, text: str) -> None:
        """Type a text before what is written; the caret stands behind it all."""
        self.put_between(0, 0, cleaned(text) + text[len(text.rstrip()) :])
        self.move_cursor(self.document.end)

    @property
    def begun(self) -> str:
        """What is written here and not sent."""
        return self.recall.begun(self.text)

    def on_text_area_changed(self) -> None:
        """Tell the room left when it gets short, offer what may come next, report the draft."""
        self._look()
        self._say()
        typed, self._put = self.text != self._put, self.text
        self.post_message(self.Drafted(self, typed))

    def on_text_area_selection_changed(self) -> None:
        """The caret is elsewhere: something else may be begun there."""
        self._look()

    def on_blur(self) -> None:
        """Nobody writes."""
        self._close()

    def _say(self) -> None:
        """At the edge: first what one can do now, then what is the matter."""
        short = size(self.text, sealed=self.sealed).short
        offered = t("Tab takes it, Esc closes") if self._found is not None else ""
        waits = self._told if self.text else ""
        said = short or offered or waits
        if (said, self._writing) != self._at_edge:
            self._at_edge = said, self._writing
            self.border_subtitle = (
                Content(said) if said else Content.assemble((self._writing, "$text-muted"))
            )

    # What may be typed next.

    def _look(self) -> None:
        found = None
        if self.world is not None and self.has_focus and self.selection.is_empty:
            found = completion(self.before, self.world)
        if found is None or found.begun.start != self._quiet:
            self._quiet = None
        else:
            found = None
        if found != self._found:
            self._found = found
            self._offers.put(found.offers if found is not None else ())
            self._say()

    def _close(self) -> None:
        self._found = None
        self._offers.put(())

    def complete(self) -> None:
        """Take what is offered, or go to the next pane."""
        self._look()
        if self._found is None:
            ask(self, "next_pane")
        else:
            self._take()

    def _take(self) -> None:
        offer = self._offers.offer
        if self._found is not None and offer is not None:
            begin = self._found.begun.start
            end = self._offset
            self._close()
            # One blank behind it, also where there was one.
            blank = offer.text.endswith(" ") and self.text[end : end + 1] == " "
            self.put_between(begin, end + blank, offer.text)
            self._look()

    def _choose(self, step: int) -> bool:
        self._look()
        if self._found is None:
            return False
        self._offers.move(step)
        return True

    def up(self) -> None:
        """Another offer; in an empty field the last message; else the caret goes up."""
        if self._choose(-1):
            return
        if self.text:
            self.action_cursor_up()
        else:
            ask(self, "edit_last")

    def down(self) -> None:
        """Another offer, or the caret goes down."""
        if not self._choose(1):
            self.action_cursor_down()

    def leave(self) -> None:
        """Close what is offered, or go back to the messages."""
        if self._found is not None:
            self._quiet = self._found.begun.start
            self._close()
            self._say()
        else:
            ask(self, "leave")

    # Sending.

    def send(self) -> None:
        """Take what was chosen, else send what is written; blanks alone go."""
        if self._found is not None and self._offers.chosen is not None:
            self._take()
        elif self.text.strip():
            ask(self, "send")
        elif self.text:
            self.clear()

    def new_line(self) -> None:
        """Begin a new line here."""
        self.insert("\n")

    DOES: ClassVar[Does] = {
        **WritingKeys.KEYS_DO,
        "send": send,
        "new_line": new_line,
        "edit_last": up,
        "offer_below": down,
        "complete": complete,
        "leave": leave,
    }

    def fits(self, needs: Needs) -> bool:
        """Is that there upon which an action acts?"""
        return needs is Needs.NOTHING

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    async def _on_paste(self, event: events.Paste) -> None:
        # What a program printed comes with its colours, which nobody may send.
        await super()._on_paste(events.Paste(cleaned(event.text)))
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        # TextArea writes Enter before any binding is asked; here it sends.
        if event.key == "enter" and "enter" in IN_FORCE.named(Pane.COMPOSER, "send"):
            event.prevent_default()
            event.stop()
            self.send()
            return
        await super()._on_key(event)
        if event.character == ":":
            self._draw_emoji()

    def _draw_emoji(self) -> None:
        """A name between two colons is the emoji as soon as it is whole."""
        found = whole_emoji(self.before)
        glyph = emoji.by_name().get(found[1]) if found is not None else None
        if found is not None and glyph is not None:
            self.put_between(found[0], self._offset, glyph)
