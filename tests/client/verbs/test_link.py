"""`hobnob device link` and `hobnob link`: a further device by eight words."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hobnob_client import link_words, meeting
from hobnob_client.link_words import Box
from hobnob_client.meeting import Meeting
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.invite_link import base32
from tests.client.typist import Answer, Typist
from tests.client.verbs.offering import Offering
from tests.client.verbs.shell import HubThread, Said, Shell

CHECK = re.compile(r"(?:shows|This device): ([a-z]+ [a-z]+ [a-z]+)$", re.MULTILINE)


@pytest.fixture
def new(tmp_path: Path) -> Shell:
    """The shell on a new device."""
    return Shell(tmp_path / "new")


def place_of(hub: HubThread) -> str:
    """The hub's address."""
    return f"127.0.0.1:{hub.hub.port}"


def named(hub: HubThread) -> str:
    """... with its whole name."""
    return f"{place_of(hub)}/#{base32(hub.hub.hub)}"


def linked(shell: Shell, place: str, *answers: Answer) -> Said:
    """Type these at `hobnob link`."""
    with Typist(answers) as typist:
        return shell.hobnob("link", place, typing=typist.place)


def by_file(shell: Shell, place: str, words: list[str], mode: int = 0o600) -> Said:
    """The words from a file."""
    shell.home.mkdir(exist_ok=True)
    file = shell.home / "words.txt"
    file.write_text("\n".join(words))
    file.chmod(mode)
    said = shell.hobnob("link", place, "--words-file", str(file))
    file.unlink()
    return said


def has_profile(shell: Shell) -> bool:
    """Was anything kept?"""
    return (shell.home / ".local/share/hobnob/default/device.key").exists()


def kept(shell: Shell) -> str:
    """All that lies in somebody's home."""
    files = [path for path in shell.home.rglob("*") if path.is_file()]
    assert files
    return "".join(path.read_bytes().decode("latin-1") for path in files)


def test_a_device_is_added_by_words(hub: HubThread, alice: Shell, new: Shell) -> None:
    """Both show the same three words; the new one reads what was and says what will be."""
    alice.done("post", "#general", "from the desk")
    with Offering(alice, "yes") as old:
        said = linked(new, place_of(hub), "yes", old.typed)
        assert said.code == 0, (said, old.said)
    assert old.said.code == 0, old.said
    assert CHECK.findall(said.talk) == CHECK.findall(old.said.talk)
    assert len(CHECK.findall(said.talk)) == 1
    assert "You are alice, in #general." in said.out
    assert new.done("tail").out.endswith("alice: from the desk\n")
    new.done("post", "#general", "from the phone")
    alice.done("sync")
    assert alice.done("tail").out.endswith("alice: from the phone\n")
    assert len(alice.done("device", "list").lines) == len(new.done("device", "list").lines) == 2


def test_the_words_stand_nowhere(hub: HubThread, alice: Shell, new: Shell) -> None:
    """In no file, no output, no word of the hub's memory; on one terminal, and gone from there."""
    with Offering(alice, "yes") as old:
        said = by_file(new, named(hub), old.words)
        assert said.code == 0, said
    secret = link_words.read(tuple(old.words))
    box = secret.box(hub.hub.hub)
    everything = kept(alice) + kept(new) + said.out + said.talk + old.said.out + old.said.talk
    everything += repr(vars(hub.hub.engine.state)) + repr(hub.hub.engine.rendezvous)
    assert " ".join(old.words[:2]) not in everything
    for name in (secret.entropy, box.slot):
        for form in (base32(name), name.hex(), name.decode("latin-1"), repr(name)):
            assert form not in everything
    assert old.shown.count(f"1 {old.words[0]} ") == old.shown.count("Waiting") == 1
    assert old.shown.index("\x1b[?1049l") > old.shown.index("Waiting")


def test_wrong_words_change_nothing_and_the_right_ones_still_do(
    hub: HubThread, alice: Shell, new: Shell, tmp_path: Path
) -> None:
    """Mistyped ones are told by their place; used ones are told as wrong ones are."""
    with Offering(alice, "yes") as old:
        swapped = [*old.words[1:], old.words[0]]
        wrong = by_file(new, named(hub), swapped)
        assert wrong.code == 1
        assert "Nobody waits by these words" in wrong.talk
        assert not has_profile(new)
        rest = " ".join(old.words[1:])
        typed = (f"nonsense {rest}", rest, old.typed)
        said = linked(new, named(hub), *typed)
        assert said.code == 0, (said, old.said)
        assert "No word of the list: 1." in said.talk
        assert "Those are 7 words" in said.talk
    again = by_file(Shell(tmp_path / "third"), named(hub), old.words)
    assert (again.code, again.talk) == (wrong.code, wrong.talk)
    assert len(alice.done("device", "list").lines) == 2


@pytest.mark.parametrize("answer", ["no", "", None])
def test_nothing_is_added_without_a_yes(
    hub: HubThread, alice: Shell, new: Shell, answer: str | None
) -> None:
    """The person who sees other words says no, and both say so."""
    with Offering(alice, answer) as old:
        said = by_file(new, named(hub), old.words)
    assert (said.code, old.said.code) == (1, 1)
    assert "Nothing was changed" in said.talk
    assert "Nothing was changed" in old.said.talk
    assert not has_profile(new)
    alice.done("sync")
    assert len(alice.done("device", "list").lines) == 1


def test_words_drawn_anew_make_the_older_ones_void(
    hub: HubThread, alice: Shell, new: Shell
) -> None:
    """One meeting an account."""
    with Offering(alice) as older, Offering(alice, "yes") as newer:
        assert older.said.code == 1
        assert "void" in older.said.talk
        assert by_file(new, named(hub), older.words).code == 1
        assert by_file(new, named(hub), newer.words).code == 0


def guest(
    hub: HubThread, words: list[str], does: Callable[[Meeting, Box], Awaitable[None]]
) -> None:
    """Somebody who knows the words, or the slot, and does as they like."""
    box = link_words.read(tuple(words)).box(hub.hub.hub)

    async def met() -> None:
        line = await meeting.at_slot(
            "127.0.0.1", hub.hub.port, hub.hub.hub, box.slot, Ed25519Signer(b"g" * 32)
        )
        await does(line, box)
        await line.close()

    asyncio.run(met())


async def leaves(line: Meeting, box: Box) -> None:
    """Comes and goes."""


async def babbles(line: Meeting, box: Box) -> None:
    """Knows the slot and not the words."""
    await line.say(b"whatever a hub makes up")
    with pytest.raises(meeting.MeetingOver):
        await line.hear()


async def asks_for_nobody(line: Meeting, box: Box) -> None:
    """Knows the words and sends no request."""
    await line.say(box.seal(1, b""))
    await line.hear()
    await line.say(box.seal(3, b"give me your account"))
    with pytest.raises(meeting.MeetingOver):
        await line.hear()


@pytest.mark.parametrize(
    ("does", "told"),
    [(leaves, "has gone"), (babbles, "not sealed"), (asks_for_nobody, "no device request")],
)
def test_a_bad_guest_changes_nothing(
    hub: HubThread,
    alice: Shell,
    does: Callable[[Meeting, Box], Awaitable[None]],
    told: str,
) -> None:
    """It ends in words."""
    with Offering(alice) as old:
        guest(hub, old.words, does)
    assert old.said.code != 0
    assert told in old.said.talk
    alice.done("sync")
    assert len(alice.done("device", "list").lines) == 1


def test_a_guest_who_goes_before_the_yes_is_not_added(hub: HubThread, alice: Shell) -> None:
    """A yes is for a screen that is there."""
    code: list[bytes] = []

    async def asks(line: Meeting, box: Box) -> None:
        from hobnob_client import pairing

        await line.say(box.seal(1, b""))
        account = pairing.unpack_account(box.open(2, await line.hear()))
        request = pairing.request(account, Ed25519Signer(b"g" * 32))
        await line.say(box.seal(3, request.packed))
        code.append(request.key)

    def once_gone(_: str) -> str:
        gone.wait(10)
        return "yes"

    import threading

    gone = threading.Event()
    with Offering(alice, once_gone) as old:
        guest(hub, old.words, asks)
        gone.set()
    assert code
    assert old.said.code == 1
    assert "too late" in old.said.talk
    assert len(alice.done("device", "list").lines) == 1


def test_words_are_typed_at_a_terminal_or_lie_in_a_file_of_ones_own(
    hub: HubThread, alice: Shell, new: Shell
) -> None:
    """Nowhere else."""
    assert alice.hobnob("device", "link").code == 2
    assert new.hobnob("link", place_of(hub)).code == 2
    assert new.hobnob("link", named(hub)).code == 2
    words = list(link_words.draw().words)
    open_to_all = by_file(new, named(hub), words, 0o644)
    assert open_to_all.code == 2
    assert "chmod 600" in open_to_all.talk
    for wrong in (words[:7], [*words, "zoo"], [*words[:7], "hobnobbing"]):
        assert by_file(new, named(hub), wrong).code == 2
    assert new.hobnob("link", named(hub), "--words-file", str(new.home / "none")).code == 2
    assert linked(new, named(hub), "x", "x", "x").code == 2
    assert not has_profile(new)


def test_nothing_is_typed_for_another_hub(hub: HubThread, alice: Shell, new: Shell) -> None:
    """One whose fingerprint differs, one that is not the one named, an address that is none."""
    assert linked(new, place_of(hub), "no").code == 2
    other = linked(new, f"{place_of(hub)}/#{'a' * 52}")
    assert other.code == 1
    assert "not proved" in other.talk
    for nonsense in ("alice@hub", "host:0", "", f"{place_of(hub)}/#aa"):
        assert new.hobnob("link", nonsense).code == 2
    assert alice.hobnob("link", named(hub)).code == 2
    place = named(hub)
    hub.stop()
    assert new.hobnob("link", place).code == 3
    with Typist([]) as typist:
        assert alice.hobnob("device", "link", typing=typist.place).code == 3
    hub.start()
