"""Linear mode in a terminal: all that is essential, and not one escape byte."""

import re
import subprocess
import sys
from pathlib import Path

from hobnob_client.paths import Profile
from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.emulator import shapes
from tests.terminal.hostile_hub import plant, settle
from tests.terminal.payloads import FEW
from tests.terminal.terminal import Terminal

END = "\x04"


def test_a_day_without_a_screen(tmp_path: Path) -> None:
    """Somebody joins a channel, reads, says something, answers, reacts, changes it, finds something
    old, writes to one member and leaves: in linear mode alone, with what comes told between lines
    and never within one."""
    hub = HubThread()
    shell = Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for profile in (alice, bob):
        place = str(profile.directory)
        owner = profile is bob
        shell.done("join", hub.link(owner), "--handle", profile.directory.name, "--profile", place)
    at_bob = ("--profile", str(bob.directory))
    shell.done("post", "#general", "does `VACUUM` help?", *at_bob)
    hub.do(lambda: _open(hub, "rust"))
    shell.done("sync", "--profile", str(alice.directory))
    words = ("read", "--plain", "--follow", "--profile", str(alice.directory))
    with Terminal("hobnob", *words) as terminal:
        terminal.wait_for_text("Unread: #general 1.")
        terminal.type("/next\n")
        terminal.wait_for_text(": does `VACUUM` help?")
        terminal.type("/reply 1 after that, yes\n")
        terminal.wait_for_text("2 sent")
        terminal.type("/rea\t1 :tada:\n")
        terminal.wait_for_text("🎉 sent")
        terminal.type("it hleps\n")
        terminal.wait_for_text("3 sent")
        terminal.type("/edit 3 it helps\n")
        terminal.wait_for_text("edit sent")
        terminal.type("half a li")
        terminal.wait_for_text("half a li")
        shell.done("post", "#general", "good to know", *at_bob)
        terminal.type("ne\n")
        terminal.wait_for_text("good to know")
        assert b"half a line\r\n" in terminal.output
        terminal.type("/search vacuum\n")
        terminal.wait_for_text("1 found")
        terminal.type("/dm bob thank you\n")
        terminal.wait_for(lambda output: output.count(b" sent") >= 6)
        terminal.type("/who\n")
        terminal.wait_for_text("2 in #general: alice, bob")
        terminal.type("/to #rust\n")
        terminal.wait_for_text("not done: You are not in #rust: /join #rust")
        terminal.type("/join #r\t\n")
        terminal.wait_for_text("#rust, 0 unread")
        terminal.type("first here\n")
        terminal.wait_for(lambda output: output.count(b" sent") >= 8)
        hub.stop()
        terminal.wait_for_text("the hub is out of reach")
        terminal.type("still here\n")
        terminal.wait_for_text("8 queued: it goes out when the hub is reached")
        hub.start()
        terminal.wait_for_text("the hub is reached again")
        terminal.type("/mute\n")
        terminal.wait_for_text("#rust is muted")
        terminal.type(END)
        assert terminal.wait_for_end() == 0
        assert b"\x1b" not in terminal.output
    shell.done("sync", *at_bob)
    shell.done("join", "#rust", *at_bob)
    shell.done("sync", *at_bob)
    in_rust = shell.done("tail", "#rust", *at_bob).out
    assert "alice: first here\n" in in_rust
    assert "alice: still here\n" in in_rust
    said = shell.done("tail", "#general", *at_bob).out
    assert "alice: after that, yes\n" in said
    assert "alice: it helps (edited)\n" in said
    assert re.search("alice: thank you$", shell.done("tail", "@alice", *at_bob).out, re.M)
    hub.close()


async def _open(hub: HubThread, name: str) -> None:
    """One more channel, which nobody is in."""
    hub.hub.operate(DIRECTORY, ChannelCreate(ChannelId(name.encode().ljust(16)), name))


def test_what_others_wrote_stays_text(tmp_path: Path) -> None:
    """Every trick, told in one line each, in full, in a thread and found; typed ones too."""
    tricks = tuple(FEW.values())
    profile = settle(tmp_path, len(tricks), 10, 0, moderates=True)
    plant(profile, tricks)
    words = ("read", "#general", "--plain", "--follow", "--profile", str(profile.directory))
    with Terminal("hobnob", *words) as terminal:
        terminal.wait_for_text("what you type is said here")
        for number in range(1, 12):
            terminal.type(f"/show {number}\n")
        for line in ("/tail 500", "/search brought", "/unread", "/who", "/outbox", "/quit"):
            terminal.type(f"{line}\n")
        assert terminal.wait_for_end() == 0
        assert shapes(terminal.output) <= {"\r", "\n", "\t"}
        assert b"\x1b" not in terminal.output


def test_a_script_hears_what_comes(tmp_path: Path) -> None:
    """Where nobody types: what is unread, then what comes, named as verbs take it."""
    hub = HubThread()
    shell = Shell(tmp_path)
    places = {name: str(tmp_path / name) for name in ("alice", "bob")}
    for name, place in places.items():
        shell.done("join", hub.link(), "--handle", name, "--profile", place)
    shell.done("post", "#general", "before", "--profile", places["bob"])
    shell.done("sync", "--profile", places["alice"])
    command = (sys.executable, "-m", "hobnob", "read", "--plain", "--follow")
    with subprocess.Popen(
        (*command, "--profile", places["alice"]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline().decode()
        shell.done("post", "#general", "after", "--profile", places["bob"])
        second = running.stdout.readline().decode()
        running.terminate()
    for line, text in ((first, "before"), (second, "after")):
        assert re.fullmatch(f"[0-9a-f]{{8}} bob, #general, ..:..: {text}\n", line)
    shell.done("reply", second[:8], "I heard", "--profile", places["alice"])
    hub.close()
