"""What a message says is seen, followed, shown and handed on by keys alone, in a real terminal."""

import base64
import re
from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, ENTER, QUIT, UP, Looker

RICH = """# Plan
- [x] read [the guide](https://docs.example/guide)
- [ ] `make test`

| day | who |
|-----|-----|
| Tue | ana |

> it was ||the butler||

```python
def f(): return 1
```"""
COLOURED = re.compile(rb"\x1b\[[0-9;]*(38;2;[0-9;]+);48;[0-9;]*m(?:def|f|return|1)\x1b\[0m")
CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copied(looker: Looker) -> str:
    """What was put into the terminal's clipboard last."""
    found = CLIPBOARD.findall(looker.output)
    return base64.b64decode(found[-1]).decode() if found else ""


def test_a_rich_message_is_read_by_keys_alone(tmp_path: Path) -> None:
    """Headings, tasks, tables, quotes, code; a link to click on and to copy; a spoiler; a link to
    the message, by which the shell finds it with the hub away."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = tmp_path / "alice", tmp_path / "bob"
    for directory in (alice, bob):
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    shell.done("post", "#general", RICH, "--profile", str(alice))
    shell.done("sync", "--profile", str(bob))
    hub.close()
    with Looker(Profile(bob), 90, 30, {"DISPLAY": "", "WAYLAND_DISPLAY": ""}) as looker:
        looker.leave_home()
        looker.until_seen("def f(): return 1")
        for line in ("Plan", "[x] read the guide[1]", "[ ] `make test`", "day │ who", "────┼────"):
            assert line in looker.seen
        assert "▎ it was ▒▒▒ ▒▒▒▒▒▒" in looker.seen
        assert re.search(rb"\x1b\]8;id=[0-9a-f]+;https://docs\.example/guide\x1b", looker.output)
        # Row 9: keywords, names and numbers have colours of their own, once these are worked out.
        looker.until(lambda: len(set(COLOURED.findall(looker.output))) >= 3)
        looker.type(ENTER)
        looker.until_footer("Write")
        looker.type(UP)
        looker.until_footer("Reply")
        looker.type("S")
        looker.until_seen("▎ it was the butler")
        looker.type("C")
        looker.until(lambda: copied(looker) == "def f(): return 1")
        looker.type("L")
        looker.until_seen("docs.example  the guide")
        looker.type(f"1{ENTER}")
        looker.until(lambda: copied(looker) == "https://docs.example/guide")
        looker.until_seen("Nothing here opens links")
        looker.type("Y")
        looker.until(lambda: copied(looker).startswith("hobnob://"))
        looker.type(DOWN + QUIT)
        assert looker.wait_for_end() == 0
        link = copied(looker)
    assert shell.done("read", link, "--profile", str(bob)).lines[0].endswith("alice: # Plan")


def test_a_terminal_without_colours_is_told_as_much(tmp_path: Path) -> None:
    """What is code, quoted, done, hidden and linked is seen by signs."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice = tmp_path / "alice"
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(alice))
    shell.done("post", "#general", RICH, "--profile", str(alice))
    hub.close()
    with Looker(Profile(alice), 90, 30, {"NO_COLOR": "1"}) as looker:
        looker.leave_home()
        looker.until_seen("│ def f(): return 1")
        for sign in ("[x]", "`make test`", "▎ it was", "▒", "│ python", "guide[1]"):
            assert sign in looker.seen
        assert not re.search(rb"\x1b\[[0-9;]*(?:38|48);", looker.output)
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
