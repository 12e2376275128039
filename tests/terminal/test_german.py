"""The screen in German, in a terminal and by keys alone."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import EMPTY, ENTER, ESCAPE, OUTBOX, QUIT, SWITCH, UP, Looker

F1 = "\x1bOP"


def test_somebody_writes_finds_and_looks_around_in_german(tmp_path: Path) -> None:
    """The language is the shell's: labels, questions, dates, errors and keys are called in it, and
    what others wrote stays as it is."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice = Profile(tmp_path / "alice")
    shell.done("join", hub.link(), "--handle", "alice", "--profile", str(alice.directory))
    shell.done("post", "#general", "Nothing waits", "--profile", str(alice.directory))
    with Looker(alice, 80, 24, environ={"LANG": "de_AT.UTF-8"}) as one:
        one.until_seen("Nichts braucht dich")
        one.until_footer("Enter Öffnen")
        one.type(F1)
        one.until_seen("In der Liste der Kanäle")
        one.until_seen("Bild↑")
        one.type(ESCAPE)
        one.until(lambda: "Bild↑" not in one.seen)
        one.type(f"{SWITCH}general")
        one.until_seen("Enter Hin")
        one.type(ENTER)
        one.until_seen("Heute")
        one.type(f"iGuten Tag{ENTER}")
        one.until(lambda: "│ Guten Tag" not in one.seen and "Guten Tag" in one.seen)
        one.type(ESCAPE)
        one.until_footer("/ Suchen")
        one.type(UP)
        one.until_footer("r Antworten")
        one.type("d")
        one.until_seen("Deine Nachricht wird")
        one.type("z")
        one.until_seen("Rückgängig gemacht")
        one.type("/form:alice ")
        one.until_seen("form: gibt es nicht")
        one.type(f"{EMPTY}Nothing")
        one.until_seen("1 in ")
        one.until_seen("gefunden")
        one.type(ESCAPE)
        one.until(lambda: "Dort öffnen" not in one.seen)
        one.type(OUTBOX)
        one.until_seen("Nichts wartet")
        one.type(ESCAPE)
        one.until(lambda: "Nichts wartet" not in one.seen)
        one.type(f"{SWITCH}xyz")
        one.until_seen("So heißt hier kein Kanal")
        one.type(ESCAPE)
        one.until(lambda: "So heißt hier kein Kanal" not in one.seen)
        one.type(QUIT)
        assert one.wait_for_end() == 0
    hub.close()
