"""How many bytes the screen sends, counted."""

from pathlib import Path
from statistics import median

import pytest

from hobnob.demo.interchange import archive
from hobnob.demo.world import load
from hobnob_client.paths import Profile
from hobnob_protocol.ids import DIRECTORY, ChannelId
from hobnob_protocol.kinds.channels import ChannelCreate
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, SWITCH, Looker

LOW_BYTES_MAX, FULL_BYTES_MAX = 1_500, 8_000
TEXTS = [str(each["text"]) for each in archive(load(), 0).messages if each.get("text")]
"""As people write: long and short, with code, lists and links."""
SAID, NEWS = 40, 5
CHANNELS = 40


@pytest.mark.parametrize(
    ("bandwidth", "bytes_max", "size"),
    [
        ("low", LOW_BYTES_MAX, (80, 24)),
        ("low", LOW_BYTES_MAX, (160, 45)),
        ("low", LOW_BYTES_MAX, (200, 60)),
        ("full", FULL_BYTES_MAX, (160, 45)),
    ],
)
def test_a_new_line_costs_little_and_quiet_nothing(
    tmp_path: Path, bandwidth: str, bytes_max: int, size: tuple[int, int]
) -> None:
    """In a full channel beside many others, on a slow line less still; what is seen is what there
    is."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = str(tmp_path / "alice"), str(tmp_path / "bob")

    async def opened() -> None:
        for nth in range(CHANNELS):
            name = f"room-{nth:02}"
            made = ChannelCreate(ChannelId(name.encode().ljust(16)), name, auto_join=True)
            hub.hub.operate(DIRECTORY, made)

    hub.do(opened)
    for each in (alice, bob):
        handle = Path(each).name
        shell.done("join", hub.link(), "--handle", handle, "--profile", each)
    for text in TEXTS[:SAID]:
        shell.done("post", "#general", text, "--profile", alice)
    shell.done("post", "#general", "the end so far", "--profile", alice)
    with Looker(Profile(Path(alice)), *size, {"HOBNOB_LOOK_BANDWIDTH": bandwidth}) as looker:
        looker.until_seen("online")
        looker.type(SWITCH)
        looker.until_seen("Go to")
        looker.type("gen")
        looker.until_seen("▸#general")
        looker.type(ENTER)
        looker.until_seen("the end so far")
        looker.settle()
        sent: list[int] = []
        for nth, text in enumerate(TEXTS[SAID : SAID + NEWS]):
            before = len(looker.output)
            shell.done("post", "#general", f"{text}\n\ntold {nth}", "--profile", bob)
            looker.until_seen(f"told {nth}")
            looker.settle()
            sent.append(len(looker.output) - before)
        assert median(sent) <= bytes_max
        # Through other screens and back, all is as it was.
        looker.type("?")
        looker.until_seen("─ Keys ─")
        looker.type(ESCAPE)
        looker.until_seen(f"told {NEWS - 1}")
        looker.settle()
        looker.resize(100, 30)
        looker.grid = type(looker.grid)(100, 30)
        looker.until_seen(f"told {NEWS - 1}")
        looker.wait_for(lambda _: looker.is_silent(2.0))
        assert ("38;2;" in looker.output.decode()) == (bandwidth == "full")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    hub.close()
