"""`hobnob who`: which of a place are online, where both have chosen to show it."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit
from hobnob_client.paths import default_profile
from hobnob_client.presence import Where
from hobnob_protocol.presence_frames import Here, Typing, Who
from tests.client.member import WAIT_SECONDS, join_general
from tests.client.verbs.shell import HubThread, Shell


@contextmanager
def online(hub: HubThread, shell: Shell, *, shown: bool = True) -> Generator[None]:
    """Somebody has hobnob open meanwhile."""
    profile = default_profile({}, shell.home)
    there = threading.Event()
    leave = asyncio.Event()

    async def stay() -> None:
        async with Engine(profile, keyring.load(profile)) as engine:
            await engine.presence.wish(shown=shown, typing=Where.OFF)
            await join_general(engine)
            # The hub has all that was said before this is asked.
            await engine.presence.ask(engine.reader.channels()[0].stream)
            there.set()
            await leave.wait()

    async def end() -> None:
        leave.set()

    staying = hub.begin(stay)
    assert there.wait(WAIT_SECONDS)
    try:
        yield
    finally:
        hub.do(end)
        # Until then they hold the profile's lock.
        staying.result(WAIT_SECONDS)


def test_who_is_online_is_listed_by_handle(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """For people and for programs; oneself is not among them."""
    alice.done("sync")
    alice.done("config", "set", "presence.shown", "true")
    assert alice.done("who", "#general").lines == []
    with online(hub, bob):
        assert alice.done("who", "#general").lines == ["bob"]
        (record,) = alice.done("who", "general", "--json").records
        account = keyring.load(default_profile({}, bob.home)).account
        assert record == {"account": account.hex(), "handle": "bob"}


def test_who_does_not_show_it_is_not_listed(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """However long they are there."""
    alice.done("sync")
    alice.done("config", "set", "presence.shown", "true")
    with online(hub, bob, shown=False):
        assert alice.done("who", "#general").lines == []


def test_whoever_is_not_shown_is_shown_nobody(hub: HubThread, alice: Shell) -> None:
    """And the hub hears nothing of it."""
    alice.done("sync")
    said = alice.hobnob("who", "#general")
    assert said.code == Exit.USAGE
    assert "hobnob config set presence.shown true" in said.talk
    assert not any(isinstance(frame, Here | Typing | Who) for frame in hub.hub.received)


def test_beside_an_open_hobnob_that_one_is_named(hub: HubThread, alice: Shell) -> None:
    """It has the link; and without a hub nobody knows."""
    alice.done("sync")
    alice.done("config", "set", "presence.shown", "true")
    with online(hub, alice):
        said = alice.hobnob("who", "#general")
        assert (said.code, "its screen shows who is online" in said.talk) == (Exit.RETRY, True)
    hub.stop()
    said = alice.hobnob("who", "#general")
    assert (said.code, "is not reached" in said.talk) == (Exit.RETRY, True)
