"""Keys bound anew, on the whole screen."""

import asyncio
from datetime import UTC
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.catalogue import Language, speaking
from hobnob_client.config.reading import read, understood
from hobnob_client.tui.app import HobnobApp
from hobnob_client.tui.screens.main import MainScreen
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, told

MINE = """
[keys]
channels.write = "A"
everywhere.switch = "Alt+X"
composer.send = ["Ctrl+S", "Alt+S"]
timeline.up = ["x", "up"]
timeline.down = ["k", "down"]
"""


def test_bound_anew_it_acts_by_its_key_and_by_no_other(tmp_path: Path) -> None:
    """Footer and help name the new keys; what a key did before it does no more."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            loaded = understood(MINE, tmp_path / "client.toml", {})
            app = HobnobApp(of, keyring.load(of), dark=True, zone=UTC, loaded=loaded)
            async with app.run_test(size=(100, 30), notifications=True) as pilot:
                mara = Sitting(app, pilot)
                await mara.until(lambda: isinstance(app.screen, MainScreen))
                await mara.sees("online")
                await mara.until(lambda: mara.screen.channel.place)
                await mara.sees("Alt+X Go to")
                await mara.press("left")
                await mara.until(lambda: mara.screen.focused is mara.screen.channels)
                await mara.press("G")
                await mara.sees("A Write")
                await mara.press("enter")
                await mara.sees("Write in #general")
                await mara.press("left")
                await mara.until(lambda: mara.screen.focused is mara.screen.channels)
                await mara.press("i")
                assert mara.screen.focused is mara.screen.channels
                await mara.press("A")
                await mara.type("one")
                await mara.press("enter")
                await mara.type("two")
                await mara.sees("Ctrl+S Send")
                assert mara.screen.channel.composer.text == "one\ntwo"
                await mara.press("alt+s")
                await mara.until(lambda: mara.screen.channel.composer.text == "")
                await mara.sees("two")
                await mara.press("f1")
                await mara.sees("Ctrl+S  Alt+S")
                await mara.press("escape", "ctrl+k")
                assert len(app.screen_stack) == 2
                await mara.press("alt+x")
                await mara.until(lambda: len(app.screen_stack) == 3)

    asyncio.run(run())


def test_a_german_screen_keeps_keys_in_english(tmp_path: Path) -> None:
    """It takes them as it shows them, from the file and from the keyboard."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            path = tmp_path / "client.toml"
            path.write_text('[keys]\nchannels.write = "Strg+L"\n')
            german = Language.GERMAN
            with speaking(german):
                app = HobnobApp(
                    of, keyring.load(of), dark=True, zone=UTC, loaded=read(path), language=german
                )
                async with app.run_test(size=(100, 30), notifications=True) as pilot:
                    mara = Sitting(app, pilot)
                    await mara.until(lambda: isinstance(app.screen, MainScreen))
                    await mara.until(lambda: mara.screen.channel.place)
                    await mara.press("left")
                    await mara.until(lambda: mara.screen.focused is mara.screen.channels)
                    await mara.press("G")
                    await mara.sees("Strg+L Schreiben")
                    await mara.press("f2", "tab")
                    await mara.sees("everywhere.switch")
                    await mara.press("down", "enter", "ctrl+b")
                    await mara.sees("Strg+B *")
                    assert 'everywhere.switch = "Ctrl+B"' in path.read_text()

    asyncio.run(run())


def test_a_key_that_one_reads_on_the_page_of_keys_works_there(tmp_path: Path) -> None:
    """Those that hold everywhere; a slash looks among all there are, and the arrows read on."""

    async def story(hub: Hub, mara: Sitting) -> None:
        await mara.press("f1")
        await mara.sees("/ Find one by letters")
        await mara.press("pagedown")
        await mara.sees("/ Find one by letters")
        await mara.press("f3")
        await mara.sees("Theme: ")
        assert "/ Find one by letters" not in mara.text
        await mara.press("f1")
        await mara.sees("/ Find one by letters")
        await mara.press("slash")
        await mara.sees("what do you want to do?")
        await mara.type("colours")
        await mara.sees("▌Other colours")

    told(tmp_path, story)
