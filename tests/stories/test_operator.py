"""What an operator does to a running hub, through its control socket."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from hobnob_protocol.ids import MODERATION, PEOPLE, target_of
from hobnob_protocol.invite_link import parse
from hobnob_protocol.kinds.imports import ImportedMembers
from hobnob_protocol.kinds.moderation import Report
from hobnob_server import cli
from hobnob_server.control.server import ControlServer
from tests.stories.hub import Hub, running
from tests.stories.waiting import until


class Shell:
    """Somebody at a shell beside the hub."""

    def __init__(self, hub: Hub) -> None:
        self.path = hub.app.directory.path

    async def __call__(self, *words: str, code: int = 0) -> Any:
        """`hobnob hub WORDS --json`: its answer, or what it says where it fails."""
        out, talk = io.StringIO(), io.StringIO()
        argv = [*words, "--data", str(self.path), "--json"]
        found = await asyncio.to_thread(cli.serve, argv, {}, out, talk)
        assert found == code, talk.getvalue()
        return json.loads(out.getvalue()) if code == 0 else talk.getvalue()


def told(path: Path, story: Callable[[Hub, Shell], Awaitable[None]]) -> None:
    """Tell a story beside a running hub with its control socket."""

    async def tell() -> None:
        async with running(path / "hub") as hub:
            control = ControlServer(hub.app)
            await control.open()
            try:
                await story(hub, Shell(hub))
            finally:
                await control.close()

    asyncio.run(tell())


def test_the_socket_is_its_users_alone(tmp_path: Path) -> None:
    """0600, from its first moment."""

    async def story(hub: Hub, shell: Shell) -> None:
        assert _mode(hub.app.directory.control) == 0o600

    told(tmp_path, story)


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_status_counts_what_is_there(tmp_path: Path) -> None:
    """Members, sessions, events; nothing that is secret."""

    async def story(hub: Hub, shell: Shell) -> None:
        before = await shell("status")
        assert (before["members"], before["owners"], before["sessions"]) == (0, 0, 0)
        olga = await hub.owner()
        await until(lambda: "general" in olga.channels())
        olga.post("hello")
        await until(lambda: olga.settled)
        after = await shell("status")
        assert (after["members"], after["owners"], after["sessions"]) == (1, 1, 1)
        assert after["events"] > before["events"]

    told(tmp_path, story)


def test_an_owners_link_is_made_while_there_is_no_owner(tmp_path: Path) -> None:
    """... and never again."""

    async def story(hub: Hub, shell: Shell) -> None:
        link = parse((await shell("invite", "--owner"))["link"])
        await hub.joined("olga", link)
        assert (await shell("member", "olga"))["role"] == "owner"
        assert "there is an owner" in await shell("invite", "--owner", code=1)

    told(tmp_path, story)


def test_an_invite_brings_somebody_in(tmp_path: Path) -> None:
    """As often as it says."""

    async def story(hub: Hub, shell: Shell) -> None:
        link = parse((await shell("invite", "--uses", "2", "--hours", "0.5"))["link"])
        for handle in ("bob", "carol"):
            await hub.joined(handle, link)
        assert [row["handle"] for row in await shell("member")] == ["bob", "carol"]

    told(tmp_path, story)


def test_roles_and_bans_act_at_once(tmp_path: Path) -> None:
    """A moderator reads `mod`; who is banned is out, and may come back when it is lifted."""

    async def story(hub: Hub, shell: Shell) -> None:
        bob = await hub.member("bob")
        await shell("role", "@bob", "moderator")
        await until(lambda: bob.moderates)
        await shell("ban", "bob", "spam")
        await until(lambda: bob.byes == ["revoked"])
        assert await bob.try_to_connect() == "auth"
        await shell("ban", "bob", "a mistake", "--lift")
        assert await bob.try_to_connect() == ""
        assert "nobody here is called" in await shell("role", "eve", "admin", code=1)

    told(tmp_path, story)


def test_channels_are_made_and_changed(tmp_path: Path) -> None:
    """Members hear of it as of anything else."""

    async def story(hub: Hub, shell: Shell) -> None:
        olga = await hub.owner()
        made = await shell("channel", "create", "#garden", "--purpose", "what grows")
        assert (made["channel"], made["purpose"], made["events"]) == ("garden", "what grows", 0)
        await until(lambda: "garden" in olga.channels())
        assert "exists" in await shell("channel", "create", "garden", code=1)
        changed = await shell("channel", "set", "garden", "--rename", "yard", "--auto-join", "yes")
        assert (changed["channel"], changed["auto_join"]) == ("yard", True)
        assert (await shell("channel", "archive", "yard"))["archived"] is True
        assert (await shell("channel", "unarchive", "yard"))["archived"] is False
        assert [row["channel"] for row in await shell("channel")] == ["general", "yard"]
        assert "say what to set" in await shell("channel", "set", "yard", code=1)
        assert "no public channel" in await shell("channel", "archive", "attic", code=1)

    told(tmp_path, story)


def test_a_report_leads_to_the_message_and_hides_it(tmp_path: Path) -> None:
    """What `report` names, `hide` takes."""

    async def story(hub: Hub, shell: Shell) -> None:
        olga, bob = await hub.owner(), await hub.member("bob")
        await until(lambda: "general" in bob.channels() and "general" in olga.channels())
        rude = bob.post("something rude")
        await until(lambda: bob.settled)
        olga.say(MODERATION, Report(olga.channel("general"), target_of(rude), "rude"))
        await until(lambda: olga.settled)
        (found,) = await shell("report")
        assert (found["by"], found["channel"], found["reason"]) == ("olga", "general", "rude")
        hidden = await shell("hide", found["channel"], found["event"], "rude indeed")
        assert hidden["hidden"] is True
        assert (await shell("hide", "general", found["event"], "no", "--undo"))["hidden"] is False
        assert "no_target" in await shell("hide", "general", "00" * 16, "x", code=1)
        assert "32 hexadecimal" in await shell("hide", "general", "zz", "x", code=1)

    told(tmp_path, story)


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"[]\n", b"{}\n", b'{"verb":"status"}\n', b'{"verb":[],"arguments":{}}\n',
     b'{"verb":"ban","arguments":{"handle":7}}\n', b"[" * 60_000 + b"\n", b"x" * 70_000],
    ids=range(9),
)  # fmt: skip
def test_nonsense_on_the_socket_is_refused_and_forgotten(tmp_path: Path, line: bytes) -> None:
    """The hub goes on."""

    async def story(hub: Hub, shell: Shell) -> None:
        reader, writer = await asyncio.open_unix_connection(hub.app.directory.control)
        writer.write(line)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 30)
        assert answer == b"" or json.loads(answer)["ok"] is False
        writer.close()
        assert (await shell("status"))["sessions"] == 0

    told(tmp_path, story)


def test_a_backup_is_made_while_members_talk_and_is_sound(tmp_path: Path) -> None:
    """And the log itself is."""

    async def story(hub: Hub, shell: Shell) -> None:
        olga = await hub.owner()
        await until(lambda: "general" in olga.channels())
        for nth in range(50):
            olga.post(f"{nth}")
        copied = await shell("backup", str(tmp_path / "copy.db"))
        assert copied["events"] >= 3
        assert "is there already" in await shell("backup", str(tmp_path / "copy.db"), code=2)
        await until(lambda: olga.settled)
        found = await shell("check")
        assert (found["sound"], found["problems"]) == (True, [])
        assert found["events"] == (await shell("status"))["events"]

    told(tmp_path, story)


def test_the_operator_says_whose_an_imported_account_is(tmp_path: Path) -> None:
    """By SOURCE/ID, or by a name that is one person's; with a reason, and back again."""

    async def story(hub: Hub, shell: Shell) -> None:
        olga = await hub.owner()
        await until(lambda: "general" in olga.channels())
        rows = (("7", "Bo", False, ()), ("8", "Bo", False, ()), ("9", "Cy\u202e", False, ()))
        olga.say(PEOPLE, ImportedMembers("mail", rows))
        await until(lambda: olga.settled)
        assert [row["claimed"] for row in await shell("claim")] == ["", "", ""]
        made = await shell("claim", "@olga", "mail/7", "knew the old password")
        assert (made["handle"], made["id"], made["claimed"]) == ("olga", "7", True)
        assert [row["claimed"] for row in await shell("claim")] == ["olga", "", ""]
        assert "mail/7, mail/8" in await shell("claim", "olga", "Bo", "which?", code=1)
        assert "nobody called Di" in await shell("claim", "olga", "Di", "who?", code=1)
        assert "nobody here" in await shell("claim", "nemo", "mail/7", "who?", code=1)
        assert "reason is missing" in await shell("claim", "olga", "mail/7", code=1)
        assert "text.length" in await shell("claim", "olga", "9", "x" * 501, code=1)
        undone = await shell("claim", "olga", "mail/7", "another Bo", "--undo")
        assert undone["claimed"] is False
        assert [row["claimed"] for row in await shell("claim")] == ["", "", ""]

    told(tmp_path, story)


def test_a_handle_is_given_to_another_account_three_days_later(tmp_path: Path) -> None:
    """It is said what goes over, which is nothing else; until then it can be taken back."""

    async def story(hub: Hub, shell: Shell) -> None:
        await hub.owner()
        await hub.member("ada")
        await hub.member("ada2")
        assert await shell("reseat") == []
        told = await shell("reseat", "@ada", "@ada2", "--reason", "lost all devices")
        assert (told["handle"], told["goes_to"]) == ("ada", "ada2")
        assert "inherits nothing" in told["inherited"]
        assert [row["handle"] for row in await shell("reseat")] == ["ada"]
        again = await shell("reseat", "ada", "olga", "--reason", "no", code=1)
        assert "take it back first: hobnob hub reseat @ada --undo" in again
        nobody = await shell("reseat", "@adda", "@ada2", "--reason", "a slip", code=1)
        assert "nobody here is called adda" in nobody
        own = await shell("reseat", "@ada2", "ada2", "--reason", "a slip", code=1)
        assert "ada2 is that account's handle already" in own
        assert "reason is missing" in await shell("reseat", "ada", "--undo", code=1)
        undone = await shell("reseat", "ada", "--undo", "--reason", "she is back")
        assert undone["undone"] is True
        assert await shell("reseat") == []
        nothing = await shell("reseat", "ada", "--undo", "--reason", "again", code=1)
        assert "nothing is about to happen" in nothing

    told(tmp_path, story)
