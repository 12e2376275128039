"""Storms: a window that is pulled about, a thousand messages at once, and a walk to the shell."""

import sys
from pathlib import Path
from random import Random

from hobnob_client.paths import Profile
from hobnob_protocol.kinds.messages import Post
from tests.client.verbs.shell import HubThread, Shell
from tests.stories.client import Client
from tests.stories.waiting import until
from tests.terminal.looker import ENTER, QUIT, Looker

SIZES = 100
MESSAGES = 1_000
TEXT = "what I write, letter by letter, while all talk"
PROMPT = "ready> "
SUSPEND = "\x1a"


def joined(hub: HubThread, tmp_path: Path) -> Profile:
    """Alice, who has said something."""
    shell, alice = Shell(tmp_path), Profile(tmp_path / "alice")
    place = ("--profile", str(alice.directory))
    shell.done("join", hub.link(), "--handle", "alice", *place)
    shell.done("post", "#general", "the first words", *place)
    return alice


async def talk(hub: HubThread, count: int) -> None:
    """Olga says so much at once."""
    olga = Client("olga", hub.hub.link(), hub.hub.signer.public_key)
    await olga.connect()
    await until(lambda: "general" in olga.channels())
    general = olga.channel("general")
    for nth in range(count):
        olga.say(general, Post(f"olga's {nth}"))
    await until(lambda: len(olga.bodies(general, Post)) >= count)


def write(looker: Looker) -> None:
    """Into the field of the channel."""
    looker.leave_home()
    looker.type("i")
    looker.until_footer("Send")


def said_whole(looker: Looker, tmp_path: Path) -> None:
    """What was typed stands there whole, is sent so, and so it is read."""
    looker.until_seen(TEXT[-30:])
    looker.type(ENTER)
    looker.until_footer("Send")
    looker.until_seen("all sent")
    looker.type(QUIT)
    assert looker.wait_for_end() == 0
    place = ("--profile", str(tmp_path / "alice"))
    found = Shell(tmp_path).done("search", "letter", *place, "--json").records
    assert [record["text"] for record in found] == [TEXT]


def test_what_is_typed_while_a_thousand_messages_come_is_whole(tmp_path: Path) -> None:
    """No letter is lost, doubled or moved, and all that came is there."""
    hub = HubThread()
    with Looker(joined(hub, tmp_path), 80, 24) as looker:
        looker.until_seen("online")
        write(looker)
        coming = hub.begin(lambda: talk(hub, MESSAGES))
        for letter in TEXT:
            looker.type(letter)
            looker.is_silent(0.0)
        coming.result(60)
        said_whole(looker, tmp_path)
    place = ("--profile", str(tmp_path / "alice"))
    said = Shell(tmp_path).done("sql", "select count(*) from messages", *place).out
    assert said.split()[-1] == str(MESSAGES + 2)
    hub.close()


def test_a_window_that_is_pulled_about_shows_all_at_its_last_size(tmp_path: Path) -> None:
    """A hundred sizes while messages come and one types."""
    hub, rng = HubThread(), Random(1)
    with Looker(joined(hub, tmp_path), 80, 24) as looker:
        looker.until_seen("online")
        write(looker)
        coming = hub.begin(lambda: talk(hub, SIZES))
        for nth in range(SIZES):
            looker.resize(rng.randrange(1, 81), rng.randrange(1, 25))
            looker.type(TEXT[nth : nth + 1])
            looker.is_silent(0.0)
        coming.result(60)
        looker.resize(80, 24)
        looker.until_seen(f"olga's {SIZES - 1}")
        looker.until_footer("Alt+Enter New line")
        looker.until(lambda: looker.grid.line(0).startswith(" hobnob"))
        said_whole(looker, tmp_path)
    hub.close()


def test_one_goes_to_the_shell_and_comes_back(tmp_path: Path) -> None:
    """Ctrl+Z leaves the terminal as it was; fg shows what came meanwhile, and what was begun."""
    hub = HubThread()
    alice = joined(hub, tmp_path)
    environ = {"PS1": PROMPT, "ENV": "", "HOBNOB": f"{sys.executable} -m hobnob"}
    with Looker(alice, 80, 24, environ, program=("tests.terminal.prompt",)) as looker:
        looker.until_seen(PROMPT)
        looker.type(f"$HOBNOB --profile '{alice.directory}'\n")
        looker.until_seen("all sent")
        looker.type(SUSPEND)
        looker.until(lambda: looker.output.endswith(PROMPT.encode()))
        left = looker.output
        for on, off in ((b"?1049h", b"?1049l"), (b"?1003h", b"?1003l"), (b"?25l", b"?25h")):
            assert left.rfind(on) < left.rfind(off)
        looker.type("echo here I am; jobs\n")
        looker.until_seen("here I am")
        hub.do(lambda: talk(hub, 3))
        looker.type("fg\n")
        looker.until(lambda: b"?1049h" in looker.output[len(left) :])
        looker.until_seen("3 new")
        looker.type(QUIT)
        looker.until(lambda: looker.output.endswith(PROMPT.encode()))
        looker.type("exit\n")
        assert looker.wait_for_end() == 0
    hub.close()
