"""All devices are lost; 24 words on paper bring their owner back to a real hub."""

import asyncio
import re
from pathlib import Path

from hobnob_client.failures import Exit
from hobnob_protocol.invite_link import InviteLink
from tests.client.typist import Answer, Typist
from tests.client.verbs.shell import Said, Shell
from tests.stories.process import hub_process


def asked_back(shown: str) -> str:
    """The word that was asked for last."""
    place = re.findall(r"Word (\d+):", shown)[-1]
    return words_of(shown)[int(place) - 1]


def words_of(shown: str) -> list[str]:
    """The 24 words that stood on the terminal."""
    found = dict(re.findall(r"\b(\d+) ([a-z]{3,8})\b", shown))
    return [found[str(number)] for number in range(1, 25)]


def typed(shell: Shell, answers: list[Answer], *words: str) -> tuple[Said, str]:
    """Say it and type these: what was said, and what stood on the terminal."""
    with Typist(answers) as typist:
        said = shell.hobnob(*words, typing=typist.place)
    return said, typist.shown


def told(folder: Path, link: InviteLink) -> None:
    """The story, as one person lives it; it blocks."""
    desk, new = Shell(folder / "desk"), Shell(folder / "new")
    desk.done("join", str(link), "--handle", "alice")
    desk.done("post", "#general", "before the fire")
    sheet: list[Answer] = ["", asked_back, asked_back]
    made, shown = typed(desk, sheet, "recover", "paper")
    assert made.code == 0, made
    words = words_of(shown)
    groups: list[Answer] = [" ".join(words[start : start + 6]) for start in range(0, 24, 6)]
    place = f"alice@{link.host}:{link.port}"
    said, _ = typed(new, ["yes", *groups, "yes"], "recover", place)
    assert said.code == 0, said
    assert new.done("tail").out.endswith("alice: before the fire\n")
    new.done("post", "#general", "back again")
    assert desk.hobnob("sync").code == Exit.FAILED
    wrong: list[Answer] = ["yes", *(["zoo " * 6] * 3), "zoo " * 5 + "vote"]
    said, _ = typed(Shell(folder / "thief"), wrong, "recover", place)
    assert said.code == Exit.FAILED
    assert "knows no such words" in said.talk


def test_words_on_paper_bring_somebody_back(tmp_path: Path) -> None:
    """To the same account; what was lost speaks no more, and other words open nothing."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            await asyncio.to_thread(told, tmp_path, await hub.invite())

    asyncio.run(story())
