"""A full disk or a full outbox is told, and ends nothing: what was written is there afterwards."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import pytest

from hobnob_client.failures import Exit
from hobnob_client.profiles.fields import FIELDS
from hobnob_client.tui.failing import each_of, words
from hobnob_protocol.errors import HobnobError, OutboxFull, StoreFull, UsageError, WorldError
from tests.client.full_disk import full_disk
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting, shown, sitting, write

NO_ROOM = "Nothing could be written here"


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (OutboxFull(""), "Your outbox is full: the hub must be reached first."),
        (StoreFull("no\x1b room"), f"{NO_ROOM} (no␛ room): make room on the disk first."),
        (WorldError("some\x1bthing"), "some␛thing"),
    ],
)
def test_what_failed_is_said_with_what_to_do(failed: HobnobError, said: str) -> None:
    """And nothing in it reaches the terminal."""
    assert words(failed) == said


def test_each_is_tried_whatever_becomes_of_those_before() -> None:
    """Then the first failure is told."""
    done: list[str] = []

    async def work(name: str, failed: HobnobError | None = None) -> None:
        done.append(name)
        if failed is not None:
            raise failed

    async def run() -> None:
        first = [work("a"), work("b", StoreFull("b")), work("c", WorldError("c")), work("d")]
        with pytest.raises(StoreFull, match="b"):
            await each_of(first)
        with pytest.raises(UsageError):
            await each_of([work("e", UsageError("e"))])

    asyncio.run(run())
    assert done == ["a", "b", "c", "d", "e"]


def test_what_is_said_on_a_full_disk_stays_in_its_field(tmp_path: Path) -> None:
    """Enter says it once there is room."""

    async def story(one: Sitting) -> None:
        with full_disk():
            await write(one, "words that must not be lost")
            await one.sees(NO_ROOM)
        assert one.screen.channel.composer.text == "words that must not be lost"
        await one.press("enter")
        await one.until(lambda: shown(one)[-1] == "words that must not be lost")

    offline(been_in_general(tmp_path), story)


def test_of_several_at_once_all_that_was_not_said_stays(tmp_path: Path) -> None:
    """In its order, and as an answer to whom it answered."""

    async def story(one: Sitting) -> None:
        talk = one.screen.channel
        row = next(iter(talk.timeline.window.newest()))
        talk.answer(row)
        talk.composer.put("one\ntwo\nthree")
        with full_disk():
            one.screen.composing.say(talk, "one", "two", "three")
            await one.sees(NO_ROOM)
        assert talk.composer.text == "one\ntwo\nthree"
        assert talk.answering == row
        assert "Reply to" in one.text

    offline(been_in_general(tmp_path), story)


def test_a_profile_that_cannot_be_kept_says_so_and_is_kept_later(tmp_path: Path) -> None:
    """A line is tried again when it is left again; a switch stands as it was."""

    async def story(one: Sitting) -> None:
        reader = one.screen.reader
        await one.press("f8")
        await one.sees("Every line is optional")
        await one.type("tmux")
        with full_disk():
            await one.press("tab")
            await one.sees(NO_ROOM)
            await one.sees("Helps with is not kept yet.")
        assert "Kept" not in one.text
        await one.press("shift+tab", "tab")
        await one.until(lambda: dict(reader.profile(reader.me).fields) == {"helps_with": "tmux"})
        await one.press(*["tab"] * (len(FIELDS) - 1))
        await one.sees("If you agree, others may: be shown to members")
        with full_disk():
            await one.press("space")
            await one.sees("[ ] being found")
        assert not reader.consents(reader.me)["matching"]

    offline(been_in_general(tmp_path), story)


def test_what_a_key_does_fails_by_itself_alone(tmp_path: Path) -> None:
    """The screen goes on, and the same can be done again; told once, however often it fails."""

    async def story(one: Sitting) -> None:
        with full_disk():
            await one.press("m")
            await one.sees(NO_ROOM)
            await one.press("m", "m")
            await one.pilot.pause()
            assert one.text.count(NO_ROOM) == 1
        await one.press("m")
        await one.sees("is muted")

    offline(been_in_general(tmp_path), story)


def test_who_leaves_on_a_full_disk_is_told_what_was_not_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the exit code too; and by no report of a bug."""

    of = been_in_general(tmp_path)

    async def run() -> None:
        with ExitStack() as disk:
            async with sitting(of, connect=False) as one:
                await one.until(lambda: one.screen.channel.place)
                one.screen.channel.composer.put("begun")
                disk.enter_context(full_disk())
                one.app.exit()
        assert one.app.return_code == Exit.RETRY
        assert f"hobnob: {NO_ROOM}" in capsys.readouterr().err
        assert not one.app.crashed

    asyncio.run(run())
