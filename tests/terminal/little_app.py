"""A small screen of ours that shows what others wrote, and breaks when told to."""

import sys

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from hobnob_client.tui.barrier import HOSTILE
from hobnob_client.tui.safe_app import SafeApp
from hobnob_client.tui.widgets.field import Field

SECRET = "the-seed-of-a-key"


class LittleApp(SafeApp):
    """One field; `break` ends it by a bug, anything else ends it well."""

    def compose(self) -> ComposeResult:
        """Hostile text in every place that takes text."""
        yield Field(HOSTILE)
        yield Static(HOSTILE, markup=False)
        label = Label(HOSTILE, markup=False)
        label.border_title = HOSTILE.replace("[", "\\[")
        label.tooltip = HOSTILE
        label.styles.border = ("round", "red")
        yield label
        self.notify(HOSTILE, markup=False)

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Enter was pressed."""
        secret = SECRET
        if submitted.value == "break":
            raise RuntimeError(f"no {len(secret)} \x1b[31mcolours\x1b[0m")
        self.exit()


if __name__ == "__main__":
    app = LittleApp()
    app.run()
    sys.exit(app.return_code)
