"""One writes in an editor of one's own; whatever becomes of it, the screen comes back."""

import pytest

from hobnob_client.paths import Profile
from tests.terminal.looker import Looker

EDITOR_KEY = "\x05"
APPENDS = """sh -c 'printf "%s" ", said elsewhere" >> "$1"' sh"""

CRASHES = APPENDS.replace("' sh", "; kill -9 $$' sh")


@pytest.mark.parametrize(
    ("editor", "seen", "kept"),
    [
        (APPENDS, "begun here, said elsewhere", "begun here, said elsewhere"),
        ("/nowhere/editor", "$EDITOR.", "begun here"),
        ("'no shell reads this", "$EDITOR.", "begun here"),
        ("false", "false has failed: exit code 1", "begun here"),
        (CRASHES, "signal 9", "begun here, said elsewhere"),
    ],
    ids=["writes", "is-not-there", "is-no-command", "fails", "crashes-after-it-saved"],
)
def test_the_screen_comes_back_with_what_was_written(
    profile: Profile, editor: str, seen: str, kept: str
) -> None:
    """Also from an editor that is not there or breaks, which is told."""
    with Looker(profile, 80, 24, {"EDITOR": editor}) as looker:
        looker.leave_home()
        looker.until_seen("a wheel")
        looker.type("i")
        looker.until_footer("Send")
        looker.type("begun here" + EDITOR_KEY)
        looker.until_seen(seen)
        looker.until_seen(f"│ {kept} ")
        looker.type(" and on")
        looker.until_seen(f"│ {kept} and on ")
