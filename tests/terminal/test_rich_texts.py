"""What a message says is seen, followed, shown and handed on by keys alone, in a real terminal."""

import base64
import re
from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import DOWN, ENTER, QUIT, UP, Looker
from tests.terminal.painted import Painted

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
CODE = "def f(): return 1"
CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def code_colours(looker: Looker) -> set[str]:
    """Of the letters of the code, as they stand on the screen."""
    grid = Painted(looker.grid.columns, looker.grid.lines)
    grid.feed(looker.output.decode())
    for nth, row in enumerate(grid.rows):
        start = "".join(row).find(CODE)
        if start >= 0:
            looks = grid.looks[nth][start : start + len(CODE)]
            return {
                look.get("fore", "")
                for letter, look in zip(CODE, looks, strict=True)
                if letter != " "
            }
    return set()


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
        looker.until_seen(CODE)
        for line in ("Plan", "[x] read the guide[1]", "[ ] `make test`", "day │ who", "────┼────"):
            assert line in looker.seen
        assert "▎ it was ▒▒▒ ▒▒▒▒▒▒" in looker.seen
        assert re.search(rb"\x1b\]8;id=[0-9a-f]+;https://docs\.example/guide\x1b", looker.output)
        # Row 9: keywords, names and numbers have colours of their own, once these are worked out.
        looker.until(lambda: len(code_colours(looker)) >= 3)
        looker.type(ENTER)
        looker.until_footer("Write")
        looker.type(UP)
        looker.until_footer("Reply")
        looker.type("S")
        looker.until_seen("▎ it was the butler")
        looker.type("C")
        looker.until(lambda: copied(looker) == CODE)
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
