"""At the shell one sees what would have pinged, and says what shall."""

from pathlib import Path

import pytest

from tests.client.verbs.shell import HubThread, Said, Shell


class Alice:
    """Somebody to whom bob has said two things; her hub is away."""

    def __init__(self, directory: Path) -> None:
        hub, self._shell = HubThread(), Shell(directory)
        self._profile = str(directory / "alice")
        bob = str(directory / "bob")
        for profile in (self._profile, bob):
            handle = Path(profile).name
            self._shell.done("join", hub.link(), "--handle", handle, "--profile", profile)
        self._shell.done("post", "#general", "@alice hello", "--profile", bob)
        self._shell.done("post", "#general", "the deploy failed", "--profile", bob)
        tail = self._shell.done("tail", "#general", "--json", "--profile", bob).records
        named = ("--reply", tail[-1]["event"][:8], "--thread")
        self._shell.done("post", "#general", "who did it?", *named, "--profile", bob)
        self.done("sync")
        hub.close()

    def says(self, *words: str) -> Said:
        """A verb."""
        return self._shell.hobnob(*words, "--profile", self._profile)

    def done(self, *words: str) -> Said:
        """A verb that works."""
        return self._shell.done(*words, "--profile", self._profile)

    def reasons(self, *words: str) -> dict[str, str]:
        """Of each message of the dry run the reason."""
        said = self.says("attention", "--json", *words)
        return {record["text"]: record["why"] for record in said.records}


@pytest.fixture
def alice(tmp_path: Path) -> Alice:
    """Alice."""
    return Alice(tmp_path)


def test_what_would_have_pinged_is_told_with_its_reason(alice: Alice) -> None:
    """And with --all what would not, and why not."""
    assert alice.reasons() == {"@alice hello": "mention"}
    everything = alice.reasons("--all")
    assert everything == {
        "@alice hello": "mention",
        "the deploy failed": "not_to_me",
        "who did it?": "not_to_me",
    }
    said = alice.done("attention")
    assert "it mentions you" in said.out
    assert "of 3 messages 1 would have pinged" in said.talk


def test_keywords_levels_and_quiet_hours_are_set_with_the_hub_away(alice: Alice) -> None:
    """What is set holds for the dry run at once, and is listed."""
    alice.done("attention", "keyword", "deploy")
    assert alice.reasons() == {"@alice hello": "mention", "the deploy failed": "keyword"}
    alice.done("attention", "keyword", "deploy", "--never")
    assert alice.reasons("--all")["the deploy failed"] == "never"
    alice.done("attention", "keyword", "deploy", "--remove")
    alice.done("attention", "level", "#general", "all")
    assert alice.reasons()["the deploy failed"] == "all"
    alice.done("attention", "level", "#general", "nothing", "--for", "1h")
    assert alice.reasons() == {}
    assert "nothing until" in alice.done("attention", "list").out
    alice.done("attention", "level", "#general", "nothing")
    assert "muted" in {record["why"] for record in _all(alice)}
    alice.done("attention", "level", "#general", "default")
    alice.done("attention", "quiet", "00:00-24:00", "--zone", "Asia/Tokyo")
    assert {record["how"] for record in _all(alice)} == {"hold", "nothing"}
    assert "Asia/Tokyo): it is quiet now" in alice.done("attention", "quiet").out
    alice.done("attention", "quiet", "off")
    listed = alice.done("attention", "list")
    assert listed.out == ""
    assert "nothing is set" in listed.talk


def _all(alice: Alice) -> list[dict[str, str]]:
    return alice.done("attention", "--all", "--json").records


def test_a_thread_has_a_level_of_its_own(alice: Alice) -> None:
    """Named by any message of it."""
    name = next(each["event"] for each in _all(alice) if "deploy" in each["text"])[:8]
    alice.done("attention", "level", "#general", "all", "--thread", name)
    assert alice.reasons()["the deploy failed"] == "followed"
    unread = alice.done("channels", "--json").records[0]["unread"]
    alice.done("attention", "level", "#general", "nothing", "--thread", name)
    assert alice.done("channels", "--json").records[0]["unread"] == unread - 1
    assert alice.reasons("--all")["the deploy failed"] == "thread_muted"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("keyword", "/(a/"), "not closed"),
        (("keyword", "absent", "--remove"), "No keyword"),
        (("quiet", "at night"), "says no hours"),
        (("quiet", "22:00-07:00", "--zone", "Mars/Base"), "No time zone"),
        (("level", "#general", "all", "--for", "1h"), "goes with nothing"),
        (("level", "#general", "nothing", "--for", "soon"), "says no time"),
        (("level", "#nowhere", "all"), "no channel"),
        (("level", "#general", "all", "--thread", "ffff"), "No one message"),
        (("--since", "ever"), "--since takes"),
    ],
)
def test_what_cannot_be_set_is_told_why(alice: Alice, words: tuple[str, ...], said: str) -> None:
    """And sets nothing."""
    refused = alice.says("attention", *words)
    assert refused.code == 2
    assert said in refused.talk
    assert alice.done("attention", "list").out == ""
