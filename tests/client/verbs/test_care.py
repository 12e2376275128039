"""`hobnob care`: who waits, out of the replica, with the hub down."""

from tests.client.verbs.shell import HubThread, Shell


def test_a_newcomer_waits_until_somebody_answers(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """People read who, where and why; programs get all of it."""
    bob.done("post", "#general", "hello all")
    alice.done("sync")
    hub.stop()
    head, why = alice.done("care").lines
    assert head.endswith("bob: hello all")
    assert "#general" in head
    assert why == "    new here, and the first message has no answer for 1 minute"
    (record,) = alice.done("care", "--json").records
    asked = (record["need"], record["who"], record["channel"], record["text"])
    assert asked == ("newcomer", "bob", "general", "hello all")
    assert record["waited_seconds"] >= 0
    alice.done("post", "#general", "welcome!", "--reply", str(record["event"]), "--thread")
    hub.start()
    alice.done("sync")
    said = alice.hobnob("care")
    assert (said.code, said.out) == (1, "")
    assert "Nobody waits" in said.talk


def test_a_report_is_shown_to_who_moderates(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """With who has reported it, and why; and to nobody else."""
    alice.done("post", "#general", "buy from me")
    bob.done("sync")
    event = str(bob.done("tail", "--json").records[0]["event"])
    bob.done("report", "#general", event, "--reason", "an advert")
    alice.done("sync")
    records = alice.done("care", "--json").records
    told = [(each["need"], each["who"], each["by"], each["reason"]) for each in records]
    assert told == [("report", "alice", "bob", "an advert")]
    assert bob.hobnob("care", "--json").out.count("report") == 0
