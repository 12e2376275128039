"""Two processes on one profile: an open engine, and verbs beside it."""

import asyncio
from pathlib import Path

from tests.stories.member import joined
from tests.stories.process import hub_process
from tests.stories.waiting import until
from tests.stories.work import post, settled, texts

VERBS = 3
POSTS = 15


def test_a_verb_beside_an_open_engine_doubles_no_place(tmp_path: Path) -> None:
    """Both write at the same time with the hub down: each event has a place of its own in the
    outbox and both show all; when the hub is back each is in the log once."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            async with alice.engine() as engine:
                stream = await settled(engine)
                await hub.kill()
                verbs = [
                    asyncio.create_task(alice.done("post", "#general", f"verb {nth}"))
                    for nth in range(VERBS)
                ]
                for nth in range(POSTS):
                    await post(engine, stream, f"engine {nth}")
                for verb in verbs:
                    assert "queued" in (await verb).talk
                said = {f"verb {nth}" for nth in range(VERBS)}
                said |= {f"engine {nth}" for nth in range(POSTS)}
                await until(lambda: len(engine.reader.outbox()) == len(said))
                assert len({row.n for row in engine.reader.outbox()}) == len(said)
                assert len({row.event_id for row in engine.reader.outbox()}) == len(said)
                assert texts(engine, stream) == await alice.texts()
                assert sorted(texts(engine, stream)) == sorted(said)
                await hub.start()
                engine.reconnect()
                await settled(engine)
                assert engine.reader.outbox() == ()
                assert sorted(texts(engine, stream)) == sorted(said)
            await bob.done("sync")
            assert await bob.texts() == await alice.texts()
            assert sorted(await bob.texts()) == sorted(said)

    asyncio.run(story())
