"""One's own devices on the screen: named, handed what is old, ended after a question."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hobnob_client import keyring, pairing
from hobnob_client.devices import own_chain
from hobnob_client.engine import Engine
from hobnob_client.failures import Failure
from hobnob_client.giving import Gift
from hobnob_client.pairing import AccountCode
from hobnob_client.paths import Profile
from hobnob_protocol import chain as chains
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.people import DeviceLink
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_talks import Friend, friend
from tests.stories.waiting import until

Story = Callable[[Friend, Engine, Sitting], Awaitable[None]]


async def second(tmp_path: Path, mara: Sitting) -> Profile:
    """A further device of mara's, as `hobnob device add` and `request` make it."""
    engine = mara.screen.engine
    device = engine.device
    chain = engine.reader.chain(device.account)
    assert chain is not None
    assert device.hub_key is not None
    place = (device.host, device.port, device.hub, device.hub_key)
    code = AccountCode(*place, device.account, device.handle, chain.head)
    new = pairing.device_of(code, keyring.new_seed())
    made = Profile(tmp_path / "laptop")
    keyring.save(made, new)
    request = pairing.request(code, new.signer)
    link, signature = chains.add(chain, device.signer, pairing.ShownKey(request), chain_time())
    await engine.compose(PEOPLE, DeviceLink(link, signature))
    return made


def chain_time() -> int:
    """Any moment will do: a chain's own times are told, and nothing hangs on them."""
    return 1_800_000_000


def has_key(tmp_path: Path, mara: Sitting, laptop: Engine) -> bool:
    """Has the laptop's seal key come to where mara sits?"""
    chain, this = own_chain(mara.screen.reader), mara.screen.engine.device.author.device
    with Gift(Profile(tmp_path / "mara"), chain, this, laptop.device.author.device) as gift:
        try:
            return bool(gift.record())
        except Failure:
            return False


def told(tmp_path: Path, story: Story) -> None:
    """Run a story of mara, who sits in front of the screen, her laptop and her friend bob."""

    async def run() -> None:
        async with running(tmp_path / "hub") as hub, friend(hub, tmp_path, "bob") as bob:
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            async with sitting(of, (100, 30)) as mara:
                await mara.until(lambda: mara.screen.channel.place)
                await mara.until(lambda: mara.screen.engine.device.hub_key)
                made = await second(tmp_path, mara)
                async with Engine(made, keyring.load(made)) as laptop:
                    await until(lambda: laptop.reader.channel("general"))
                    await story(bob, laptop, mara)

    asyncio.run(run())


def test_a_device_is_named_and_ended(tmp_path: Path) -> None:
    """It asks first; what was ended stays in the list as that, and nothing more is offered."""

    async def story(bob: Friend, laptop: Engine, mara: Sitting) -> None:
        name = laptop.device.author.device.hex()
        await mara.press("D")
        await mara.sees("Your devices")
        await mara.sees(name)
        await mara.press("j", "r")
        await mara.sees(f"A name for {name}")
        await mara.type("laptop")
        await mara.press("enter")
        await mara.sees("laptop · manages")
        await mara.press("x")
        await mara.sees("End laptop?")
        await mara.press("n", "x", "y")
        await mara.sees("laptop · revoked")
        await mara.until(lambda: "h Hand over" not in mara.text)
        await mara.press("x")
        await mara.sees("That device speaks for you no more.")
        await mara.press("k", "h")
        await mara.sees("That is this very device")
        await until(lambda: laptop.link.value == "refused")

    told(tmp_path, story)


def test_what_is_old_is_handed_to_one_device_with_consent(tmp_path: Path) -> None:
    """It says how much, for which device, and what whoever holds that can do; the file is for it
    alone, and none is written over."""

    async def story(bob: Friend, laptop: Engine, mara: Sitting) -> None:
        await bob.writes("mara", "before the laptop")
        await mara.sees("─ New to you ─")
        await mara.sees_unread("@bob")
        await mara.press("n")
        await mara.sees("before the laptop")
        await mara.press("escape", "D", "j")
        file = tmp_path / "old.hob"

        await mara.press("h")
        await mara.sees("Its key is not here yet")
        await mara.until(lambda: has_key(tmp_path, mara, laptop))
        await mara.press("h")
        await mara.sees("Whoever holds it can read them")
        assert laptop.device.signer.public_key.hex()[:40] in mara.text
        await mara.press("ctrl+u")
        await mara.type(str(file))
        await mara.press("escape")
        assert not file.exists()
        await mara.press("h", "ctrl+u")
        await mara.type(str(file))
        await mara.press("enter")
        await mara.sees("hobnob device history --take old.hob")
        assert file.stat().st_mode & 0o777 == 0o600
        await mara.press("escape", "h", "ctrl+u")
        await mara.type(str(file))
        await mara.press("enter")
        await mara.sees("already")

    told(tmp_path, story)
