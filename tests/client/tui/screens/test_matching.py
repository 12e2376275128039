"""What the wizard costs whoever does not use it."""

import subprocess
import sys

PROGRAM = """
import sys
import hobnob_client.tui.app
seldom = ("hobnob_client.match.", "hobnob_client.profiles.people")
print([name for name in sys.modules if name.startswith(seldom)])
"""


def test_a_screen_starts_without_what_ranks_people() -> None:
    """It is loaded by the first need, or when People is opened."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
