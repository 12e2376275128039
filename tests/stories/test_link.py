"""A second device joins by eight words that a first one shows, at a real hub."""

import asyncio
from pathlib import Path

import pytest

from hobnob_client import link_words, meeting
from hobnob_client.failures import Exit
from hobnob_client.meeting import MeetingOver
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.invite_link import InviteLink, base32
from hobnob_protocol.limits import HANDSHAKE_SECONDS, MEETING_SECONDS
from hobnob_server.place import TcpPlace
from tests.client.typist import Typist
from tests.client.verbs.offering import Offering
from tests.client.verbs.shell import Shell
from tests.stories.hub import running
from tests.stories.process import hub_process
from tests.stories.waiting import TestClock


def told(folder: Path, link: InviteLink) -> None:
    """The story, as one person lives it; it blocks."""
    desk, phone = Shell(folder / "desk"), Shell(folder / "phone")
    desk.done("join", str(link), "--handle", "alice")
    desk.done("post", "#general", "from the desk")
    place = f"{link.host}:{link.port}"
    with Offering(desk, "yes") as old, Typist(["yes", old.typed]) as typist:
        said = phone.hobnob("link", place, typing=typist.place)
    assert said.code == 0, (said, old.said)
    assert old.said.code == 0, old.said
    assert phone.done("tail").out.endswith("alice: from the desk\n")
    phone.done("post", "#general", "from the phone")
    desk.done("sync")
    assert desk.done("tail").out.endswith("alice: from the phone\n")
    with Typist([" ".join(old.words)]) as typist:
        thief = Shell(folder / "thief")
        said = thief.hobnob("link", f"{place}/#{base32(link.hub)}", typing=typist.place)
    assert said.code == Exit.FAILED
    assert "Nobody waits by these words" in said.talk
    folders = [path for path in folder.rglob("*") if path.is_file()]
    everything = "".join(path.read_bytes().decode("latin-1") for path in folders)
    assert " ".join(old.words[:2]) not in everything


def test_eight_words_bring_a_second_device(tmp_path: Path) -> None:
    """The hub's own folder and log hold none of them; used words open nothing."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            await asyncio.to_thread(told, tmp_path, await hub.invite())

    asyncio.run(story())


def test_words_are_good_for_two_minutes(tmp_path: Path) -> None:
    """Longer than a login may take; then both sides are told, and the slot is gone."""

    async def story() -> None:
        clock = TestClock()
        async with running(tmp_path / "hub", clock) as hub:
            alice = await hub.member("alice")
            place = hub.app.place
            assert isinstance(place, TcpPlace)
            slot = link_words.draw().box(alice.hub).slot
            at = (place.host, place.port, alice.hub, slot)
            old = await meeting.at_slot(*at, alice.signer, alice.account, hub.key)
            clock.move(HANDSHAKE_SECONDS + 1)
            new = await meeting.at_slot(*at, Ed25519Signer(b"n" * 32))
            await new.say(b"sealed")
            assert await old.hear() == b"sealed"
            clock.move(MEETING_SECONDS)
            for line in (old, new):
                with pytest.raises(MeetingOver, match=r"timeout|done"):
                    await line.hear()
                await line.close()
            with pytest.raises(MeetingOver, match="auth"):
                await meeting.at_slot(*at, Ed25519Signer(b"n" * 32))

    asyncio.run(story())
