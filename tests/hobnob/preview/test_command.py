"""`hobnob hub match preview`, upon a hub that runs."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from hobnob.cli import main
from hobnob_protocol.ids import PEOPLE, imported_account, target_of
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.imports import Imported, ImportedMembers
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.people import ProfileField
from hobnob_server.datadir import DataDir
from hobnob_server.past.reading import Past, read
from tests.stories.hub import running
from tests.stories.screens import somebody
from tests.stories.waiting import TestClock, until


def lived(path: Path) -> Past:
    """A hub where bob, who takes two requests, has answered ann; as it is read while it runs."""

    async def run() -> Past:
        async with running(path, TestClock(round(time.time() * 1_000))) as hub:
            ann, bob = await somebody(hub, "ann"), await somebody(hub, "bob")
            bob.say(PEOPLE, Consent("matching", True))
            bob.say(PEOPLE, ProfileField("weekly_requests", "2"))
            root = target_of(ann.post("who knows sqlite?"))
            await until(lambda: "who knows sqlite?" in bob.texts("general"))
            bob.say(bob.channel("general"), Post("I do", thread=root))
            await until(lambda: bob.settled and ann.settled)
            past = await asyncio.to_thread(read, DataDir(path))
            assert {each.author for each in past.said} == {ann.account, bob.account}
            assert [each.limits.asks for each in past.takers.values()] == [2]
            return past

    return asyncio.run(run())


def test_a_hub_s_past_is_read_while_it_runs_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """What was said, in order and by thread; who agrees, and what they take; the channels."""
    hub = tmp_path / "hub"
    past = lived(hub)
    assert [each.text for each in past.said] == ["who knows sqlite?", "I do"]
    assert past.said[0].root == past.said[1].root == past.said[0].target
    assert [each.name for each in past.channels] == ["general"]
    assert not [path for path in hub.iterdir() if path.is_dir()]


def test_what_was_imported_counts_for_whoever_has_claimed_it(tmp_path: Path) -> None:
    """As devices see it; of anybody else it is theirs who said it there."""

    async def run() -> None:
        clock = TestClock(round(time.time() * 1_000))
        async with running(tmp_path / "hub", clock) as hub:
            olga, bob = await hub.owner(), await hub.member("bob")
            await until(lambda: "general" in olga.channels())
            seven, eight = imported_account("mail", "7"), imported_account("mail", "8")
            rows = (("7", "Bo", False, ()), ("8", "Cy", False, ()))
            olga.say(PEOPLE, ImportedMembers("mail", rows))
            await until(lambda: olga.settled)
            await hub.app.board.operate(PEOPLE, Claim(seven, bob.account, True, "it is"))
            general, at_ms = olga.channel("general"), clock.wall_ms()
            for nth, who in enumerate((seven, eight)):
                olga.say(general, Imported("mail", f"{nth}", who, at_ms - nth, "sqlite locks"))
            await until(lambda: olga.settled)
            past = await asyncio.to_thread(read, DataDir(tmp_path / "hub"))
            assert {each.author for each in past.said} == {bob.account, eight}
            await olga.leave()
            await bob.leave()

    asyncio.run(run())


def test_both_rules_are_told_side_by_side_and_alike_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For eyes and for programs; a slip in the file ends it."""
    hub, file = tmp_path / "hub", tmp_path / "match.toml"
    lived(hub)
    file.write_text("[caps]\ndefault_requests = 1\n")
    words = ["hub", "match", "preview", "--data", str(hub), "--file", str(file)]
    said = list[str]()
    for _ in range(2):
        assert main(words) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "1 answered questions of 90 days" in said[0]
    assert "1 people agree to being asked; 1 who wrote do not" in said[0]
    assert main([*words, "--json"]) == 0
    now, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (now["rules"], other["rules"], now["questions"]) == ("now", "file", 1)
    assert (now["people_open"], now["people_not_open"]) == (1, 1)
    file.write_text("[caps]\nhats = 1\n")
    assert main(words) != 0
    assert "there is no caps.hats" in capsys.readouterr().err


def test_of_an_old_hub_only_what_devices_know_is_read(tmp_path: Path) -> None:
    """What was said before that moment is passed over, and how far it is, is told."""
    hub = tmp_path / "hub"
    whole = lived(hub)
    told = list[tuple[int, int]]()
    late = read(DataDir(hub), whole.said[1].at_ms, lambda nth, count: told.append((nth, count)))
    assert whole.said[-1] in late.said
    assert late.takers == whole.takers
    assert not read(DataDir(hub), whole.said[-1].at_ms + 1).said
    assert told[-1][0] == told[-1][1] == len(told)


def test_what_is_applied_is_in_force_and_is_what_others_are_held_against(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rules, and the questions of newcomers that they name; a slip changes nothing."""
    hub, file = DataDir(tmp_path / "hub"), tmp_path / "mine.toml"
    lived(hub.path)
    words = ["--data", str(hub.path), "--file", str(file)]
    file.write_text('[caps]\ndefault_request = 2\n[questions]\nfile = "q.toml"\n')
    assert main(["hub", "match", "apply", *words]) != 0
    assert f"{file}:2: there is no caps.default_request; did you" in capsys.readouterr().err
    assert not hub.match.exists()
    file.write_text('[caps]\ndefault_requests = 2\n[questions]\nfile = "q.toml"\n')
    asked = '[[question]]\nname = "goal"\nen = "Why?"\nde = "Warum?"\ntopics = true\n'
    (tmp_path / "q.toml").write_text(asked)
    assert main(["hub", "match", "apply", *words]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["caps.default_requests 5 -> 2", "questions of newcomers"]
    assert (hub.match.read_text(), hub.welcome.read_text()) == (file.read_text(), asked)
    assert main(["hub", "match", "rules", "--data", str(hub.path)]) == 0
    assert "\ndefault_requests = 2\n" in capsys.readouterr().out
    file.write_text("")
    assert main(["hub", "match", "preview", *words]) == 0
    assert "caps.default_requests 2 -> 5" in capsys.readouterr().out
    assert main(["hub", "match", "apply", *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": ["caps.default_requests 2 -> 5"]}
    assert main(["hub", "match", "apply", "--data", str(hub.path)]) != 0
    assert "say which" in capsys.readouterr().err


def test_the_rules_that_hold_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """As a file to begin with."""
    assert main(["hub", "match", "rules"]) == 0
    assert "# default_requests = 5" in capsys.readouterr().out


def test_without_a_hub_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, and as any verb of the hub ends."""
    assert main(["hub", "match", "preview", "--data", str(tmp_path / "none")]) != 0
    assert "there is no hub" in capsys.readouterr().err
