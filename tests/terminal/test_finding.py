"""Finding by keys alone, in a terminal: what the matrix asks of search, with the hub away."""

from pathlib import Path

from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import EMPTY, ENTER, ESCAPE, QUIT, SWITCH, UP, Looker

TAB = "\t"
SAVE = "\x13"
ASK = "\x0e"


def test_somebody_finds_an_old_message_in_a_terminal(tmp_path: Path) -> None:
    """By operators completed while typing, each mistake explained; there and back; kept, by month,
    with what stands around it; by a day; and who finds nothing begins to ask."""
    hub = HubThread()
    shell = Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        directory = profile.directory
        shell.done("join", hub.link(), "--handle", directory.name, "--profile", str(directory))
    for text in ("before it", "use `VACUUM` after that", "behind it", "thanks"):
        shell.done("post", "#general", text, "--profile", str(bob.directory))
    shell.done("sync", "--profile", str(alice.directory))
    shell.done("search", "vacuum", "--profile", str(alice.directory))
    hub.close()
    with Looker(alice, 100, 34) as one:
        one.until_seen("#general")
        one.type("/form:bob")
        one.until_seen("from: may be meant")
        one.type(f"{TAB} has:c")
        one.until_seen("Tab  code")
        one.type(TAB)
        one.until_seen("from:bob has:code")
        one.until_seen("1 hit · 20")
        one.until(lambda: "before bob            before it" in one.seen)
        one.until(lambda: "after  bob            behind it" in one.seen)
        one.type(f"{SAVE}{ENTER}")
        one.until_seen("/from:bob has:code")
        one.until_seen("Write in #general")
        one.type(ESCAPE)
        one.until_seen("▸ hit    bob")
        one.type(f"{EMPTY}-vac -it bob th")
        one.until_seen("No message has all of this")
        one.type(f"{EMPTY}who has a badger?{ASK}")
        one.until_seen("│ who has a badger?")
        one.until_seen("Enter Send")
        one.type(f"{EMPTY}{ESCAPE}")
        one.until_seen("Enter Open")
        one.type(f"J7d{ENTER}")
        one.until(lambda: "▌ bob" in one.seen and "before it" in one.seen)
        one.type(f"{SWITCH}from:b")
        one.until_seen("/from:bob has:code")
        one.type(ENTER)
        one.until_seen("Search")
        one.type(f"{UP}{ESCAPE}")
        one.until(lambda: "╭─ Search" not in one.seen)
        one.type(QUIT)
        assert one.wait_for_end() == 0
