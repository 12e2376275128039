"""`hobnob join`."""

from pathlib import Path

from tests.client.verbs.shell import HubThread, Shell


def test_a_link_makes_a_member(hub: HubThread, tmp_path: Path) -> None:
    """Who one is now, where, and the hub's fingerprint to compare."""
    said = Shell(tmp_path).done("join", hub.link(), "--handle", "alice")
    assert said.out == "You are alice, in #general.\n"
    assert "whose fingerprint is " in said.talk


def test_a_link_may_come_from_a_pipe(hub: HubThread, tmp_path: Path) -> None:
    """So that it stands in no list of processes."""
    said = Shell(tmp_path).done("join", "-", "--handle", "alice", "--json", given=hub.link())
    (record,) = said.records
    assert record["handle"] == "alice"


def test_a_handle_is_asked_for_where_somebody_sits(hub: HubThread, tmp_path: Path) -> None:
    """A person is asked; a script is told how to say it."""
    shell, link = Shell(tmp_path), hub.link()
    assert "--handle" in shell.hobnob("join", link).talk
    assert shell.hobnob("join", link).code == 2
    assert shell.hobnob("join", link, given="alice\n", terminal=True).code == 0


def test_what_is_no_link_or_handle_is_refused_before_anything_is_kept(
    hub: HubThread, tmp_path: Path
) -> None:
    """The reason is told, the secret is not repeated."""
    shell = Shell(tmp_path)
    link = hub.link()
    for words in (("join", link[:-3]), ("join", link, "--handle", "Root!")):
        said = shell.hobnob(*words)
        assert said.code == 2
        assert link[-20:-3] not in said.talk
    assert "nobody may have" in shell.hobnob("join", link, "--handle", "admin").talk
    assert not list(tmp_path.rglob("device.key"))


def test_who_has_no_link_is_told_what_one_is_and_how_a_channel_is_joined(tmp_path: Path) -> None:
    """A link that was cut off is to be copied whole."""
    shell = Shell(tmp_path)
    for text in ("https://example.org/x", "hobnob://hub.example.org/"):
        assert "one looks like hobnob://" in shell.hobnob("join", text).talk
    cut = shell.hobnob("join", "hobnob://hub.example.org/#abc.def").talk
    assert "a part of it is missing or was changed. Copy it whole" in cut
    assert "hobnob join '#general'" in shell.hobnob("join", "general").talk


def test_another_hub_at_the_address_is_no_matter_of_the_invite(
    hub: HubThread, tmp_path: Path
) -> None:
    """It has another key than the link names: that is told."""
    address, secrets = hub.link().split("#")
    other = f"{address}#{'b' if secrets[0] == 'a' else 'a'}{secrets[1:]}"
    said = Shell(tmp_path).hobnob("join", other, "--handle", "alice")
    assert said.code == 1
    assert "is not the hub of this link" in said.talk
    assert "used up" not in said.talk


def test_a_taken_handle_can_be_mended(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """The hub tells strangers nothing; another name with the same invite brings one in."""
    shell, link = Shell(tmp_path / "other"), hub.link()
    said = shell.hobnob("join", link, "--handle", "alice")
    assert said.code == 1
    assert "did not let you in" in said.talk
    assert "Try another handle" in said.talk
    assert shell.done("join", link, "--handle", "alicia").out.startswith("You are alicia")


def test_a_hub_that_is_down_is_for_later(hub: HubThread, tmp_path: Path) -> None:
    """The same words work when it is back, for the same account."""
    shell, link = Shell(tmp_path), hub.link()
    hub.stop()
    assert shell.hobnob("join", link, "--handle", "alice").code == 3
    hub.start()
    shell.done("join", link)


def test_a_profile_belongs_to_one_hub(hub: HubThread, alice: Shell) -> None:
    """Another needs another directory."""
    said = alice.hobnob("join", hub.link(), "--handle", "again")
    assert said.code == 2
    assert "--profile" in said.talk
    other = str(alice.home / "second")
    alice.done("join", hub.link(), "--handle", "second", "--profile", other)
    assert alice.done("members").lines == ["alice  owner"]
    assert alice.done("members", "--profile", other).lines == ["alice  owner", "second"]


def test_nothing_works_before_joining(tmp_path: Path) -> None:
    """Every other verb says what comes first."""
    for verb in ("channels", "tail", "sync", "outbox", "read", "members"):
        said = Shell(tmp_path).hobnob(verb)
        assert said.code == 2, verb
        assert "hobnob join" in said.talk
