"""A new device is handed what was sealed before it was there, by processes that share nothing."""

import asyncio
from pathlib import Path

from tests.stories.member import joined, second_device
from tests.stories.process import hub_process


def test_a_new_device_reads_and_finds_what_the_old_one_hands_over(tmp_path: Path) -> None:
    """And what is said afterwards opens by itself; a stranger can do nothing with the file."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            mara = await joined(hub, tmp_path, "mara")
            bob = await joined(hub, tmp_path, "bob")
            await mara.done("sync")
            await bob.done("sync")
            await bob.done("dm", "mara", "the canary sings at noon")
            await bob.done("sync")
            await mara.done("sync")
            await mara.done("dm", "bob", "and the cat sleeps")
            await mara.done("sync")
            laptop = await second_device(mara, tmp_path / "laptop")
            await mara.done("sync")
            assert "before this device was there" in (await laptop.done("tail", "@bob")).out
            listed = (await laptop.done("device", "list", "--json")).records
            name = next(str(each["device"]) for each in listed if each["this"])
            file = tmp_path / "history.hob"
            await mara.done("device", "history", name, str(file), "--yes")
            assert b"canary" not in file.read_bytes()
            assert (await bob.run("device", "history", "--take", str(file))).code == 2
            taken = await laptop.done("device", "history", "--take", str(file), "--json")
            assert taken.records == [{"texts": 2, "readable": 2}]
            found = await laptop.done("search", "canary", "--json")
            assert len(found.records) == 1
            await bob.done("sync")
            await bob.done("dm", "mara", "still awake?")
            await bob.done("sync")
            await laptop.done("sync")
            shown = (await laptop.done("tail", "@bob", "--json")).records
            assert [each["text"] for each in shown] == [
                "the canary sings at noon",
                "and the cat sleeps",
                "still awake?",
            ]

    asyncio.run(story())
