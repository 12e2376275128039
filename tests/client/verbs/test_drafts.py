"""`hobnob drafts`: what was begun and not sent, listed, printed, given up."""

from hobnob_client.paths import default_profile
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.sealing.draft import Draft, encode_draft, other_of
from tests.client.verbs.shell import HubThread, Shell

AT_MS = 1_800_000_000_000


def begin(shell: Shell, text: str, at_ms: int = AT_MS, lost: bool = False) -> None:
    """Begin something in a channel, as the screen does."""
    streams = {row["channel"]: row["stream"] for row in shell.done("channels", "--json").records}
    other = other_of(text.encode()) if lost else b""
    draft = Draft(StreamId(bytes.fromhex(streams["general"])), None, other)
    keep(shell, draft, text, at_ms)


def keep(shell: Shell, draft: Draft, text: str, at_ms: int = AT_MS) -> None:
    """Keep a draft in the replica."""
    store = SqliteReplicaStore.open(str(default_profile({}, shell.home).replica))
    PrivateTable(store.sql).edit(encode_draft(draft), text.encode(), at_ms)
    store.close()


def test_what_was_begun_is_listed_newest_first(alice: Shell) -> None:
    """With its place and what there is to know; nothing of it moves the terminal."""
    assert alice.done("drafts").lines == []
    begin(alice, "so far\nand \x1b[2J further")
    begin(alice, "this lost", AT_MS + 60_000, lost=True)
    first, second, third = alice.done("drafts").lines
    assert first.endswith("#general (beside a later one, on this device only): this lost")
    assert second.endswith("#general (on this device only): so far")
    assert third.startswith("    and ")
    assert "\x1b" not in third
    record = alice.done("drafts", "--json").records[1]
    assert (record["text"], record["channel"]) == ("so far\nand \x1b[2J further", "general")
    assert (record["at"], record["thread"]) == ("2027-01-15T08:00:00.000Z", None)
    assert (record["beside"], record["shared"]) == (False, False)


def test_a_draft_of_a_thread_or_of_a_place_that_is_gone_has_a_name_too(alice: Shell) -> None:
    """Nothing that was begun is out of sight."""
    keep(alice, Draft(StreamId(b"c:" + bytes(16)), TargetId(b"r" * 16)), "in a thread")
    (line,) = alice.done("drafts").lines
    assert line.endswith("~00000000 in 72727272 (on this device only): in a thread")


def test_a_draft_is_printed_and_given_up_by_its_name(alice: Shell) -> None:
    """So much of it as tells it apart; a wrong one says what to do."""
    begin(alice, "so far")
    begin(alice, "lost", lost=True)
    names = {row["text"]: row["draft"] for row in alice.done("drafts", "--json").records}
    assert alice.done("drafts", "read", names["so far"][:6]).out == "so far\n"
    assert "sync" in alice.done("drafts", "drop", names["so far"]).talk
    (left,) = alice.done("drafts", "--json").records
    assert left["text"] == "lost"
    for wrong in ("zz", ""):
        said = alice.hobnob("drafts", "read", wrong)
        assert said.code == 2
        assert "No draft" in said.talk


def test_it_goes_to_ones_other_devices_with_a_sync(alice: Shell, hub: HubThread) -> None:
    """And so does that it was given up; a hub that is down keeps nobody from reading."""
    phone = Shell(alice.home.parent / "phone")
    code = alice.done("device", "add").out.split()[0]
    request = phone.done("device", "request", code).out.strip()
    alice.done("device", "add", request)
    for shell in (alice, phone, alice):
        shell.done("sync")
    begin(alice, "under way")
    alice.done("sync")
    phone.done("sync")
    (record,) = phone.done("drafts", "--json").records
    assert (record["text"], record["shared"]) == ("under way", True)
    phone.done("drafts", "drop", record["draft"])
    phone.done("sync")
    alice.done("sync")
    hub.stop()
    assert alice.done("drafts").lines == []
    hub.start()
