"""What the smaller dialogs share: a frame with a title, what is said in it, and its keys below."""

from abc import abstractmethod
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import hint
from hobnob_client.tui.punctual_screen import PunctualModal

if TYPE_CHECKING:
    from hobnob_client.tui.widgets.field import Field

Result = TypeVar("Result")
AROUND_LINES: Final = 5
"""Of a dialog's height, around what stands inside: its edge, its keys, and two empty ones."""


class Prompt(PunctualModal[Result]):
    """Ends with a result, for `then`: at once, for the next key belongs already where that
    leads."""

    then: Callable[[Result | None], object] | None = None

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close it; what comes of it is done before another key is heard."""
        then, self.then = self.then, None
        closed = super().dismiss(result)
        if then is not None:
            then(result)
        return closed


ENTER: Final = Binding("enter", "enter", show=False, priority=True)
"""Where one writes: `entered` is called once the field has what was typed before."""


class Writing:
    """A screen with one field: Enter acts in the order of the keys, however fast they come.
    A subclass without `entered` is an error of types: mypy lets nobody make one."""

    field: "Field"

    def action_enter(self) -> None:
        """Wait for the field."""
        self.field.call_later(self.entered)

    @abstractmethod
    def entered(self) -> None:
        """Something was written, and ended."""
        ...


def ask(app: App[None], prompt: Prompt[Result], then: Callable[[Result | None], object]) -> None:
    """Show it, and do with its result."""
    prompt.then = then
    app.push_screen(prompt)


class Dialog(Prompt[Result]):
    """`PANE` has its keys; `inside` yields what stands between title and keys; `does` is what each
    of its actions does. A subclass without one of the two is an error of types, as above."""

    PANE: ClassVar[Pane]
    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > #frame { width: 64; max-width: 96%; height: auto; max-height: 96%;
        border: round $accent; padding: 1 2 0 2; background: $surface; }
    Dialog > #frame > .keys { color: $text-muted; margin-top: 1; height: auto; }
    """

    def __init__(self, title: str) -> None:
        """`title` is safe to draw."""
        super().__init__()
        self._title = title
        self._keys = Static(classes="keys")
        self._offered: Container[str] | None = None
        self._key_labels: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """Title, content, keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(self._title)
            yield from self.inside()
            yield self._keys
        self.offer(None)

    @abstractmethod
    def inside(self) -> ComposeResult:
        """What it is about."""
        ...

    @abstractmethod
    def does(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its id."""
        ...

    def offer(
        self, offered: Container[str] | None, labels: Mapping[str, str] | None = None
    ) -> None:
        """Show these keys, or all that have a label; `labels` say more than those of the table."""
        self._offered, self._key_labels = offered, labels or {}
        self._show_keys()

    def _show_keys(self) -> None:
        width = self._keys.size.width
        self._keys.update(Content(hint(self.PANE, self._offered, width, self._key_labels)))

    def on_resize(self) -> None:
        """What does not fit into one line goes on in the next."""
        self.call_after_refresh(self._show_keys)

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        found = self.does().get(action)
        if found is not None:
            found()
