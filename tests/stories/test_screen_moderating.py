"""What disturbs is reported or hidden from the first screen, with a reason, and undone there."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hobnob_protocol.ids import MODERATION
from hobnob_protocol.kinds.moderation import Hide, Report
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, sitting, somebody
from tests.stories.waiting import until


def told(tmp_path: Path, story: Callable[[Hub, Sitting, Client], Awaitable[None]]) -> None:
    """A story of mara, who owns the hub, and of bob, who has just written something."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            link = hub.app.owner_invite
            assert link is not None
            async with sitting(profile(tmp_path / "mara", link, "mara")) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                bob = await somebody(hub, "bob")
                bob.post("buy my coin")
                await mara.sees("buy my coin")
                mara.screen.channel.timeline.focus()
                await mara.press("up")
                await story(hub, mara, bob)

    asyncio.run(run())


def reasons(reader: Client) -> list[str]:
    """Why messages of #general are hidden, as somebody's replica has it."""
    acts = reader.bodies(reader.channel("general"), Hide)
    last = {act.target: act for act in acts}
    return [act.reason for act in last.values() if act.hidden]


def test_a_moderator_hides_with_a_reason_and_shows_again(tmp_path: Path) -> None:
    """Everybody sees the reason instead; z, or H with another reason, brings the text back."""

    async def story(hub: Hub, mara: Sitting, bob: Client) -> None:
        carol = await somebody(hub, "carol")
        await mara.press("H")
        await mara.sees("Hide this message by bob")
        await mara.press("enter")
        await mara.sees("Hide this message by bob")
        await mara.type("advertising")
        await mara.press("enter")
        await mara.sees("(hidden by a moderator: advertising)")
        assert "buy my coin" not in mara.text
        await until(lambda: reasons(carol) == ["advertising"])
        await mara.press("z")
        await mara.sees("buy my coin")
        await until(lambda: reasons(carol) == [])
        await mara.press("H")
        await mara.type("advertising")
        await mara.press("enter")
        await mara.sees("(hidden by a moderator: advertising)")
        await mara.press("H")
        await mara.sees("Show this message again")
        await mara.type("it was a joke")
        await mara.press("enter")
        await mara.sees("buy my coin")
        await mara.press("z")
        await mara.sees("(hidden by a moderator: advertising)")

    told(tmp_path, story)


def test_who_steps_back_from_the_reason_has_done_nothing(tmp_path: Path) -> None:
    """Neither hidden nor reported."""

    async def story(hub: Hub, mara: Sitting, bob: Client) -> None:
        for key, asked in (("H", "Hide this message"), ("exclamation_mark", "Report this")):
            await mara.press(key)
            await mara.sees(asked)
            await mara.type("perhaps")
            await mara.press("escape")
            await mara.misses(asked)
        assert not mara.screen.voice.delayed
        assert not mara.screen.reader.outbox()
        assert "buy my coin" in mara.text

    told(tmp_path, story)


def test_a_report_that_is_not_undone_reaches_the_moderators(tmp_path: Path) -> None:
    """With its reason; leaving the screen does not stop it."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            owner = await hub.owner()
            link = await hub.app.invite(1, 1.0)
            of = profile(tmp_path / "mara", link, "mara")
            async with sitting(of) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                bob = await somebody(hub, "bob")
                said = bob.post("buy my coin")
                await mara.sees("buy my coin")
                mara.screen.channel.timeline.focus()
                await mara.press("up", "exclamation_mark")
                await mara.sees("Report this message by bob")
                await mara.type("spam")
                await mara.press("enter")
                await mara.until(lambda: mara.screen.voice.delayed)
            async with sitting(of) as mara:
                await until(lambda: owner.bodies(MODERATION, Report))
            (report,) = owner.bodies(MODERATION, Report)
            assert (report.reason, report.target) == ("spam", said[:16])

    asyncio.run(run())
