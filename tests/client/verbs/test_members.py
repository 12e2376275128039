"""`hobnob members`, and what was imported, before and after the hub says whose it is."""

from hobnob_client import keyring
from hobnob_client.paths import default_profile
from hobnob_client.replica import Replica
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import PEOPLE, StreamId, imported_account
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import Imported, ImportedMembers
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Compose
from tests.client.verbs.shell import HubThread, Shell

BO = imported_account("mail", "7")


def says(shell: Shell, *said: tuple[StreamId, Body]) -> None:
    """What no verb says yet, composed as verbs do."""
    profile = default_profile({}, shell.home)
    replica = Replica.open(profile, keyring.load(profile), Ed25519Verifier())
    for stream, body in said:
        replica.step(Compose(stream, *STANDARD.encode(body), bytes(16), 1), 0)
    replica.close()
    shell.done("sync")


def claimed(hub: HubThread, shell: Shell, on: bool) -> None:
    """The operator says that Bo is Bob, or is not."""

    async def operated() -> None:
        account = hub.hub.engine.state.accounts.account_of("bob")
        assert account is not None
        hub.hub.operate(PEOPLE, Claim(BO, account, on, "knew the old password"))

    hub.do(operated)
    shell.done("sync")


def test_an_imported_message_follows_who_claims_its_author(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """Under the member's handle, marked all the same; undone, under the old name again."""
    (general,) = alice.done("channels", "--json").records
    stream = StreamId(bytes.fromhex(general["stream"]))
    members = ImportedMembers("mail", (("7", "Bo\u2028fake: line", False, ()),))
    says(alice, (PEOPLE, members), (stream, Imported("mail", "m1", BO, 1_000, "from long ago")))

    (before,) = alice.done("tail").lines
    assert "⇢Bo fake: line: from long ago" in before
    assert before.endswith("(imported)")
    assert "alice" not in before

    claimed(hub, alice, on=True)
    (after,) = alice.done("tail").lines
    assert after.split(" ", 4)[4] == "bob: from long ago (imported)"
    (record,) = alice.done("tail", "--json").records
    assert (record["handle"], record["imported"], record["account"]) == ("bob", True, BO.hex())
    assert alice.done("members").lines == ["alice  owner", "bob  was Bo fake: line (mail)"]
    (_, row) = alice.done("members", "--json").records
    assert row["claims"] == [{"source": "mail", "id": "7"}]

    claimed(hub, alice, on=False)
    assert "⇢Bo" in alice.done("tail").out
    assert alice.done("members").lines == ["alice  owner", "bob"]


def test_who_is_only_a_number_is_shown_as_one(hub: HubThread, alice: Shell) -> None:
    """The archive named nobody."""
    (general,) = alice.done("channels", "--json").records
    stream = StreamId(bytes.fromhex(general["stream"]))
    says(alice, (stream, Imported("mail", "m1", BO, 1_000, "from long ago")))
    assert f"~{BO.hex()[:8]}: from long ago" in alice.done("tail").out


def test_who_reads_a_conversation_is_listed_with_their_devices(alice: Shell, bob: Shell) -> None:
    """And with what is known of them; before a word is said, too."""
    alice.done("sync")
    alice.done("group", "new", "bob", "--title", "plans")
    (other, own) = alice.done("members", "&plans", "--json").records
    assert (other["handle"], other["role"], other["verified"]) == ("bob", "member", False)
    assert (own["handle"], own["role"]) == ("alice", "admin")
    (device,) = bob.done("device", "list", "--json").records
    assert other["devices"] == [device["device"]]
    lines = alice.done("members", "&plans").lines
    assert lines[0] == f"@bob  {device['device']}"
    assert lines[1].startswith("@alice  you  admin  ")
    number = alice.done("verify", "bob", "--json").records[0]["number"]
    alice.done("verify", "bob", *number.split())
    assert alice.done("members", "@bob").lines[0] == f"@bob  verified  {device['device']}"
