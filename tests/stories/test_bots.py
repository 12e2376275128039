"""Bots over real sockets: they answer, they may be killed, and they keep to the hub's pace."""

import asyncio
from pathlib import Path

import pytest

from hobnob import Bot, Message
from hobnob_sync.hub_engine.inputs import HubSettings
from tests.client.member import join_general, newcomer, says, texts
from tests.client.small_hub import SmallHub
from tests.stories.bots import DICE, SUICIDAL, bot_process, running_on
from tests.stories.process import hub_process
from tests.stories.waiting import until


def test_a_bot_answers_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """A hub, a member and a bot, each on its own; what was asked meanwhile is answered later."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            link = await hub.invite()
            async with bot_process(tmp_path / "bot", DICE, link) as bot:
                await until(lambda: "general" in olga.channels())
                olga.post("!roll 20")
                await until(lambda: len(olga.texts()) == 2)
                assert await bot.terminate() == 0
                olga.post("!roll")
                await bot.start()
                await until(lambda: len(olga.texts()) == 4)
                assert olga.texts()[1::2] == ["olga rolled one of 20", "olga rolled one of 6"]

    asyncio.run(story())


@pytest.mark.parametrize("part", ["one", "two", "three"])
def test_a_bot_killed_over_a_message_answers_it_once(tmp_path: Path, part: str) -> None:
    """kill -9 before any of three answers; started again it gives those that are missing."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            olga = await hub.owner("olga")
            link = await hub.invite()
            last_words = str(tmp_path / "last_words")
            async with bot_process(tmp_path / "bot", SUICIDAL, link, last_words, part) as bot:
                await until(lambda: "general" in olga.channels())
                olga.post("a")
                olga.post("b")
                assert await bot.ended() == -9
                await bot.start()
                await until(lambda: "b three" in olga.texts())
                answers = [text for text in olga.texts() if len(text) > 1]
                assert answers == [
                    f"{text} {nth}" for text in "ab" for nth in ("one", "two", "three")
                ]

    asyncio.run(story())


def test_a_second_process_of_one_bot_is_refused(tmp_path: Path) -> None:
    """Two would both answer."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            link = await hub.invite()
            async with bot_process(tmp_path / "bot", DICE, link) as bot:
                code, said = await bot.second()
                assert (code, "runs already" in said) == (2, True)
                assert bot.runs

    asyncio.run(story())


def test_a_bot_keeps_to_the_budget_the_hub_tells(tmp_path: Path) -> None:
    """Thirty answers cost more than it has: all come, and the hub never asks for patience."""
    bot = Bot("unused")

    @bot.command
    async def count(message: Message, to: int) -> None:
        for number in range(to):
            await message.reply(str(number))

    async def story() -> None:
        settings = HubSettings(budget_capacity=20, bot_budget_per_second=40)
        async with (
            SmallHub(settings) as hub,
            newcomer(hub, tmp_path, "olga").engine() as olga,
            newcomer(hub, tmp_path, "dice").engine() as engine,
        ):
            await join_general(olga)
            await join_general(engine)
            hub.make_bot(engine.device.account)
            async with running_on(engine, bot):
                await says(olga, "!count 30")
                await until(lambda: len(texts(olga)) == 31)
                assert texts(olga)[1:] == [str(number) for number in range(30)]
                assert hub.pauses == 0

    asyncio.run(story())
