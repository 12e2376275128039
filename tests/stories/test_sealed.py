"""Members at their shells talk under seal, and nobody else reads it."""

import asyncio
from pathlib import Path

import pytest

from hobnob_client import keyring
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import DeviceId
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.sealing.body import Start, decode_body
from tests.stories.member import Member, joined, second_device
from tests.stories.process import hub_process
from tests.stories.verified import met
from tests.stories.waiting import until


async def says(member: Member, *words: str, given: str = "") -> None:
    """Somebody says something, and waits until it is out."""
    await member.done(*words, given=given)
    await member.done("sync")


async def reads(member: Member, place: str) -> list[str]:
    """A conversation as somebody's shell shows it, after a look at the hub."""
    await member.done("sync")
    shown = await member.done("tail", place, "--json")
    return [record["text"] for record in shown.records]


def test_from_an_invite_to_a_verified_conversation(tmp_path: Path) -> None:
    """By six commands of who is new: join, write, look, and compare a number. Another number is
    refused; how long it takes is printed by `python -m tests.stories.verified`."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await met(hub, tmp_path)
            assert await reads(bob.member, "@alice") == ["hello alice", "hello bob"]
            (line,) = (await bob.member.done("conversations", "--json")).records
            assert (line["verified"], line["request"]) == (True, False)
            (theirs,) = (await alice.done("verify", "bob", "--json")).records
            wrong = await alice.run("verify", "bob", *reversed(theirs["number"].split()))
            assert wrong.code == 1
            assert "STOP" in wrong.talk
            part = await alice.run("verify", "bob", theirs["number"][:5])
            assert (part.code, "STOP" in part.talk) == (2, False)

    asyncio.run(story())


def test_what_nobody_could_read_yet_is_told_to_wait(tmp_path: Path) -> None:
    """With the hub down it is queued, and shown with its text; it goes out later."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await alice.done("sync")
            await hub.kill()
            said = await alice.done("dm", "bob", "later", "then")
            assert "queued" in said.talk
            assert "later then" in (await alice.done("outbox")).out
            await hub.start()
            await alice.done("sync")
            assert await reads(bob, "@alice") == ["later then"]

    asyncio.run(story())


def test_all_devices_of_both_read_and_a_revoked_one_reads_no_more(tmp_path: Path) -> None:
    """A second device reads from its day on; when it is revoked, its link ends, and what is said
    from then on is not for it."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice, bob = await joined(hub, tmp_path, "alice"), await joined(hub, tmp_path, "bob")
            await bob.done("sync")
            await says(bob, "dm", "alice", "before")
            await alice.done("sync")
            laptop = await second_device(alice, tmp_path / "laptop")
            await bob.done("sync")
            await says(bob, "dm", "alice", "to both")
            assert await reads(alice, "@bob") == ["before", "to both"]
            assert await _said(laptop, "@bob") == ["not_addressed", "to both"]
            await says(alice, "dm", "bob", "from the desk")
            assert await _said(laptop, "@bob") == ["not_addressed", "to both", "from the desk"]
            name = keyring.load(laptop.profile).author.device.hex()
            async with laptop.engine() as there:
                await there.until(lambda progress: progress.settled)
                await alice.done("device", "revoke", name)
                await until(lambda: there.detail == "auth" or there.detail == "revoked")
            await bob.done("sync")
            await says(bob, "dm", "alice", "after")
            assert (await reads(alice, "@bob"))[-1] == "after"
            gone, kept = (keyring.load(each.profile).author.device for each in (laptop, alice))
            assert gone not in await _sealed_to(bob)
            assert kept in await _sealed_to(bob)

    asyncio.run(story())


async def _said(member: Member, place: str) -> list[str]:
    """The same as `reads`, with the reason in place of what cannot be read."""
    await member.done("sync")
    shown = await member.done("tail", place, "--json")
    return [record["closed"] or record["text"] for record in shown.records]


async def _sealed_to(member: Member) -> set[DeviceId]:
    """Whose devices the last session of a member's one conversation is sealed to."""
    found: set[DeviceId] = set()
    async with member.engine(connect=False) as engine:
        (line,) = engine.reader.conversations()
        held = engine.reader.held(line.stream)
        assert held is not None
        for seq in range(held.lo, held.hi + 1):
            entry = engine.reader.entry(line.stream, seq)
            event = decode_event(entry.event) if entry is not None else None
            if event is None or event.header.kind != SEALED or event.is_stub:
                continue
            body = decode_body(event.body)
            if isinstance(body, Start):
                found = {each.device for each in body.slices}
    return found


def test_a_group_lives_at_the_shell(tmp_path: Path) -> None:
    """Begun, named, opened to one more, closed to another, left: each with a word of what is so."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            people = [await joined(hub, tmp_path, name) for name in ("alice", "bob", "carol")]
            alice, bob, carol = people
            await alice.done("sync")
            await says(alice, "group", "new", "bob", "--title", "plans")
            await says(alice, "post", "&plans", "who can bring a ladder?")
            assert await reads(bob, "&plans") == ["who can bring a ladder?"]
            refused = await bob.run("group", "add", "&plans", "carol")
            assert refused.code == 1
            assert "Only an admin" in refused.talk
            await says(alice, "group", "add", "&plans", "carol")
            await says(bob, "post", "&plans", "carol has one")
            assert await reads(carol, "@alice,@bob") == ["carol has one"]
            await says(alice, "group", "remove", "&plans", "bob")
            await bob.done("sync")
            assert (await bob.done("conversations")).out == ""
            assert (await bob.run("post", "&plans", "hello?")).code == 2
            stuck = await alice.run("group", "leave", "&plans")
            assert "only admin" in stuck.talk
            await says(alice, "group", "promote", "&plans", "carol")
            await says(alice, "group", "leave", "&plans")
            assert (await alice.done("conversations")).out == ""
            await carol.done("sync")
            (kept,) = (await carol.done("conversations", "--json")).records
            assert kept["members"] == []

    asyncio.run(story())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dm", "nobody", "hello"), "Nobody here is called 'nobody'"),
        (("dm", "alicia", "hello"), "Did you mean @alice?"),
        (("dm", "alice", "hello"), "That is you"),
        (("tail", "&plans"), "There is no group '&plans' here"),
        (("group", "new", "alice"), "That is you"),
        (("verify", "nobody"), "Nobody here is called"),
    ],
)
def test_what_cannot_be_is_said_in_words(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """A wrong name is no reason for a new conversation."""

    async def story() -> None:
        async with hub_process(tmp_path / "hub") as hub:
            alice = await joined(hub, tmp_path, "alice")
            await alice.done("sync")
            ran = await alice.run(*words)
            assert ran.code == 2
            assert said in ran.talk

    asyncio.run(story())
