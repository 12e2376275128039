"""`python -m tests.benchmarks.screens.bare_app`: a tree, a log and a field, of Textual alone.

Nobody is asked, nothing is read: a screen in Textual cannot begin sooner on this machine.
"""

from typing import Final

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, RichLog, Tree

CHANNELS: Final = 60
LINES: Final = 200


class Bare(App[None]):
    """Three panes."""

    CSS = "Tree { width: 26; }"

    def compose(self) -> ComposeResult:
        """The tree beside the log, the field below that."""
        tree: Tree[None] = Tree("Channels")
        tree.root.expand()
        for nth in range(CHANNELS):
            tree.root.add_leaf(f"room-{nth:02}")
        with Horizontal():
            yield tree
            with Vertical():
                yield RichLog()
                yield Input()

    def on_mount(self) -> None:
        """As much as anybody reads at once."""
        log = self.query_one(RichLog)
        for nth in range(LINES):
            log.write(f"member{nth % 32} says something for the time {nth}")


if __name__ == "__main__":
    Bare().run()
