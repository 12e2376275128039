"""`hobnob demo` on a terminal shows the first screen of `hobnob`, as one's settings want it."""

import ast
from pathlib import Path

from hobnob_client.paths import Profile
from tests.repository.source import ROOT, tree
from tests.terminal.looker import ENTER, ESCAPE, QUIT, SWITCH, Looker
from tests.terminal.terminal import Terminal
from tests.terminal.test_settings import grounds

SET = 'language = "de"\n[look]\nmouse = false\n'
F3 = "\x1bOR"
STILL = ("hobnob", "demo", "--still", "--from")


def archive(directory: Path) -> Path:
    """One member, one channel, one message."""
    directory.mkdir()
    (directory / "members.jsonl").write_text('{"id": "1", "name": "Ada"}\n')
    (directory / "channels.jsonl").write_text('{"id": "1", "name": "talk"}\n')
    said = '{"id": "1", "ts": 1, "channel": "1", "author": "1", "text": "hello"}\n'
    (directory / "messages.jsonl").write_text(said)
    return directory


def settings(home: Path, text: str) -> dict[str, str]:
    """The environment of somebody who has these."""
    path = home / ".config" / "hobnob" / "client.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return {"HOME": str(home), "TMPDIR": str(home), "COLORFGBG": "0;15"}


def test_ones_own_settings_and_terminal_hold_in_the_demo(tmp_path: Path) -> None:
    """The light ground, the language, the mouse; and nothing is left when one leaves, neither of
    what one has set there."""
    environ = settings(tmp_path, SET)
    program = (*STILL, str(archive(tmp_path / "archive")))
    with Looker(Profile(tmp_path), 80, 24, environ, program=program) as looker:
        looker.until_seen("▌Übersicht")
        looker.until_seen("#talk")
        looker.until(lambda: grounds("light") in looker.output.decode())
        assert b"?1000h" not in looker.output
        looker.type(F3)
        looker.until_seen("Farben: dark")
        # Who was imported looks like a member, and is told to be none where one looks.
        looker.type(f"{SWITCH}talk")
        looker.until_seen("Esc Zurück")
        looker.until_seen("▸#talk")
        looker.type(ENTER)
        looker.until_seen("Ada ⇢")
        looker.type("kP")
        looker.until_seen("hier kein Mitglied")
        looker.type(ESCAPE)
        looker.until(lambda: "hier kein Mitglied" not in looker.seen)
        looker.type(f"i@ada hallo{ENTER}")
        looker.until_seen("Ada ist hier kein Mitglied")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
        looker.wait_for_text("Your own settings are as they were.")
    assert (tmp_path / ".config" / "hobnob" / "client.toml").read_text() == SET
    assert not list(tmp_path.glob("hobnob-demo-*"))


def test_a_wrong_setting_is_told_before_the_demo_begins(tmp_path: Path) -> None:
    """As `hobnob` alone tells it."""
    environ = settings(tmp_path, '[look]\nteme = "dark"\n')
    with Terminal(*STILL, str(archive(tmp_path / "archive")), environ=environ) as terminal:
        assert terminal.wait_for_end() == 2
        assert b"line 2: there is no setting 'look.teme'" in terminal.output


def test_the_screen_is_made_at_one_place() -> None:
    """`tui.app.show`: no verb, and no demo, makes another one."""
    made = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "client").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "HobnobApp"
    ]
    assert made == ["client/hobnob_client/tui/app.py"]
