"""Many questions, and one moment that answers them."""

import asyncio
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_protocol.kinds.messages import Post
from tests.client.tui.screens.front import been_in_general


def test_what_is_written_meanwhile_is_answered_after_the_moment(tmp_path: Path) -> None:
    """Else one picture would show two states. A moment within another is the same one."""
    alice = been_in_general(tmp_path)

    async def run() -> None:
        async with Engine(alice, keyring.load(alice), connect=False) as engine:
            reader = engine.reader
            [general] = [line.stream for line in reader.channels()]
            with reader.moment():
                before = reader.outbox()
                await engine.compose(general, Post("more"))
                with reader.moment():
                    assert reader.outbox() == before
                assert reader.outbox() == before
            assert len(reader.outbox()) == len(before) + 1

    asyncio.run(run())
