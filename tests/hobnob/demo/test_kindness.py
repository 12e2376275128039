"""What those on stage do for each other first."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from hobnob.demo.kindness import Helping, be_kind
from hobnob_client.engine import Engine
from hobnob_protocol.limits import THANKS_TEXT_MAX
from tests.client.member import general, join_general, newcomer
from tests.client.small_hub import SmallHub
from tests.hobnob.demo import WORLD
from tests.stories.waiting import until


@pytest.mark.parametrize("helping", WORLD.helpings, ids=lambda helping: helping.question)
def test_a_helping_is_of_those_on_stage_in_a_channel_there_is(helping: Helping) -> None:
    """Nobody helps or thanks themselves, and reasons fit."""
    assert set(helping.people) <= set(WORLD.stage.members)
    assert helping.channel in {channel.name for channel in WORLD.channels}
    assert helping.by != helping.helper
    assert helping.helper not in dict(helping.thanks)
    assert all(0 < len(reason) <= THANKS_TEXT_MAX for _, reason in helping.thanks)


def test_some_are_helped_by_several_and_no_text_is_said_twice() -> None:
    """So that a board has an order."""
    said = [text for each in WORLD.helpings for text in (each.question, each.answer)]
    assert len(set(said)) == len(said)
    assert len({each.helper for each in WORLD.helpings}) >= 4
    assert len({who for each in WORLD.helpings for who in each.people}) <= 6


def test_they_agree_ask_answer_accept_and_thank(tmp_path: Path) -> None:
    """In this order, as members do."""
    helping = Helping("general", "ada", "How?", "bo", "So.", (("ada", "clear"), ("cy", "short")))

    async def tell() -> None:
        async with SmallHub() as hub, AsyncExitStack() as stack:
            members: dict[str, Engine] = {}
            for name in ("ada", "bo", "cy"):
                one = newcomer(hub, tmp_path, name)
                members[name] = await stack.enter_async_context(one.engine())
                await join_general(members[name])

            async def member(name: str) -> Engine:
                return members[name]

            await be_kind((helping, Helping("nowhere", "ada", "?", "bo", "!", ())), member)
            bo = members["bo"]
            stream = general(bo)

            def thanks() -> set[str]:
                page = bo.reader.before(stream, None, 10).messages
                found = [each for each in page if each.text == "So."]
                return {
                    each.reason for one in found for each in bo.reader.thanks(stream, one.target)
                }

            # Whose thanks the hub has first is theirs to settle.
            await until(lambda: thanks() == {"clear", "short"})
            (root,) = [m for m in bo.reader.before(stream, None, 10).messages if m.text == "How?"]
            assert bo.reader.heading(stream, root.target).answer is not None
            account = members["ada"].reader.me
            await until(lambda: bo.reader.consents(account)["recognition"])

    asyncio.run(tell())
