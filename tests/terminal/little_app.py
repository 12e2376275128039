"""A small screen of ours that shows what others wrote, breaks when told to, and is not all there is
to end: its terminal goes when it has been left."""

import asyncio
import os
import signal
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


async def left() -> int | None:
    """What ends after the screen is told to continue, as by a terminal that is closed then."""
    app = LittleApp()
    await app.run_async()
    for number in (signal.SIGHUP, signal.SIGCONT):
        os.kill(os.getpid(), number)
        await asyncio.sleep(0)
    return app.return_code


if __name__ == "__main__":
    sys.exit(asyncio.run(left()))
