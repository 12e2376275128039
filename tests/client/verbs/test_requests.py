"""`hobnob ask` and `hobnob requests`, and whom the hub lets `hobnob match` show."""

import pytest

from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_server.engines.load.rows import Keys
from hobnob_server.load.settling import Settling
from hobnob_server.store import open_memory_sqlite
from tests.client.verbs.shell import HubThread, Shell, block
from tests.client.verbs.test_board import account

NEED = "our SQLite locks up on a network share"
KNOWS = ("SQLite locks on NFS do not hold", "never share a SQLite file over the network")


@pytest.fixture
def town(hub: HubThread, alice: Shell, bob: Shell) -> HubThread:
    """The hub settles; bob, who takes one request a week, knows of it; alice needs somebody."""
    hub.hub.settling = Settling()
    bob.done("me", "allow", "matching")
    bob.done("me", "set", "weekly_requests", "1")
    for text in KNOWS:
        bob.done("post", "#general", text)
    alice.done("sync")
    return hub


def test_a_request_goes_from_asking_to_having_helped(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """Each sees how it stands; the note is under seal, and the hub has only who asks whom."""
    found = alice.done("match", NEED)
    assert "takes 1 more this week" in found.out
    asked = alice.done("ask", "bob", "our", "SQLite locks up")
    ref = asked.out.split()[0]
    bob.done("sync")
    assert "our SQLite locks up" in bob.done("tail", "@alice").out
    (line, hint) = bob.done("requests").lines
    assert line.split()[:1] == [ref]
    assert "from @alice  asked" in line
    assert f"hobnob requests accept {ref}" in hint
    assert "You take 1 requests a week; 1 were taken." in bob.done("requests").talk
    assert bob.done("requests", "accept", ref).out.split() == [ref, "@alice", "accepted"]
    (mine,) = alice.done("requests", "--json").records
    assert (mine["handle"], mine["state"], mine["mine"], mine["note"]) == (
        "bob",
        "accepted",
        True,
        "our SQLite locks up",
    )
    wrong = alice.hobnob("requests", "accept", ref)
    assert (wrong.code, "not that can be done with it now" in wrong.talk) == (1, True)
    alice.done("requests", "met", ref)
    alice.done("requests", "helped", ref)
    assert alice.done("requests").out == ""
    assert "it helped" in alice.done("requests", "--all").out
    town.stop()
    away = alice.done("requests", "--all")
    assert "it helped" in away.out
    assert "as they were when the hub was reached last" in away.talk
    late = alice.hobnob("requests", "helped", ref)
    assert (late.code, "Nothing was done: the hub is not reached." in late.talk) == (3, True)


def test_a_decline_is_silence_and_the_next_one_is_asked(
    town: HubThread, alice: Shell, bob: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After two days, by one verb, with the same note; what one cannot do is told."""
    carol = Shell(tmp_path_factory.mktemp("carol"))
    carol.done("join", town.link(), "--handle", "carol")
    carol.done("me", "allow", "matching")
    for text in KNOWS:
        carol.done("post", "#general", f"{text}, and WAL")
    alice.done("sync")
    first, second = [each["handle"] for each in alice.done("match", "--json", NEED).records]
    ref = alice.done("ask", first, "help!").out.split()[0]
    asked = {"bob": bob, "carol": carol}[first]
    early = alice.hobnob("requests", "next", ref)
    assert (early.code, "Nobody else is to be asked" in early.talk) == (1, True)
    asked.done("sync")
    assert [each["unread"] for each in asked.done("conversations", "--json").records] == [1]
    assert "Nobody is told" in asked.done("requests", "decline", ref).talk
    assert [each["unread"] for each in asked.done("conversations", "--json").records] == [0]
    assert "asked" in alice.done("requests").out
    assert asked.done("requests").out == ""
    assert "declined" in asked.done("requests", "--all").out
    town.hub.ahead_ms = REQUEST_OPEN_MS
    gone = alice.done("requests").out
    assert "not answered within two days" in gone
    assert f"hobnob requests next {ref}" in gone
    assert f"@{second}  asked" in alice.done("requests", "next", ref).out
    (there,) = alice.done("requests", "--json").records
    assert (there["handle"], there["note"], there["state"]) == (second, "help!", "asked")
    full = alice.hobnob("ask", first, "again")
    assert (full.code, "asked them within the last seven days" in full.talk) == (1, True)
    assert alice.hobnob("requests", "accept", "zz").code == 2
    other = {"bob": bob, "carol": carol}[second]
    other.done("sync")
    block(other, account(other, "alice"))
    assert other.done("requests").out == ""


def test_where_nobody_was_ranked_no_next_one_is_offered(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """Asked by name, it is told where others are found."""
    ref = alice.done("ask", "bob", "help!").out.split()[0]
    town.hub.ahead_ms = REQUEST_OPEN_MS
    told = alice.done("requests").out
    assert "hobnob match finds others" in told
    assert "requests next" not in told
    alice.done("requests", "dismiss", ref)
    assert alice.done("requests").out == ""


def test_what_waits_for_an_answer_is_asked_again_of_a_hub_that_has_lost_it(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """By its id, so that it counts once, and what they take is taken again; what was accepted is
    asked and accepted again, by the devices alone."""
    ref = alice.done("ask", "bob", "help!").out.split()[0]
    (before,) = alice.done("requests", "--json").records
    loses(town)
    assert bob.done("requests").out == ""
    for _ in range(2):
        (again,) = alice.done("requests", "--json").records
        assert (again["request"], again["state"]) == (before["request"], "asked")
    assert "1 were taken" in bob.done("requests").talk
    bob.done("requests", "accept", ref)
    for each in (alice, bob):
        assert [seen["state"] for seen in each.done("requests", "--json").records] == ["accepted"]
    loses(town)
    assert [each["state"] for each in alice.done("requests", "--json").records] == ["asked"]
    bob.done("requests")
    (again,) = alice.done("requests", "--json").records
    assert (again["request"], again["state"]) == (before["request"], "accepted")


def test_what_a_hub_does_not_take_again_yet_stays_and_is_asked_later(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """As where it has lost, too, that they may be asked, and hears it again after that."""
    alice.done("ask", "bob", "help!")
    (before,) = alice.done("requests", "--json").records
    loses(town)
    bob.done("me", "set", "weekly_requests", "0")
    for _ in range(2):
        assert alice.done("requests", "--json").records == [before]
    bob.done("me", "set", "weekly_requests", "1")
    assert [each["state"] for each in alice.done("requests", "--json").records] == ["asked"]
    assert [each["state"] for each in bob.done("requests", "--json").records] == ["asked"]


def loses(town: HubThread) -> None:
    """The hub has what it knows of requests from a backup of before all of them."""
    town.hub.ledger, town.hub.settling = open_memory_sqlite().ledger, Settling()


def test_without_the_hub_nobody_is_asked_and_what_was_written_is_kept(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """It goes by its name alone later, once; a hub that keeps no requests says so."""
    town.stop()
    away = alice.hobnob("ask", "bob", "help", "me")
    assert (away.code, "the hub is not reached. What you need is kept" in away.talk) == (3, True)
    assert alice.hobnob("requests").code == 3
    town.start()
    town.hub.settling, ledger = None, town.hub.settling
    no = alice.hobnob("ask", "bob")
    assert (no.code, "this hub does not answer that" in no.talk) == (3, True)
    town.hub.settling = ledger
    assert "@bob was not asked yet: hobnob ask bob" in alice.done("requests").talk
    alice.done("ask", "bob")
    assert len(alice.done("requests", "--json").records) == 1
    bob.done("sync")
    assert bob.done("tail", "@alice").out.count("help me") == 1
    nothing = alice.hobnob("ask", "bob")
    assert (nothing.code, "Say what you need" in nothing.talk) == (2, True)
    own = alice.hobnob("ask", "alice", "help")
    assert own.code == 2


def test_shows_are_reserved_and_what_was_shown_alone_is_told_later(
    town: HubThread, alice: Shell, bob: Shell
) -> None:
    """Counted once; who takes no more is not shown to others."""
    me = account(alice, "bob")
    town.stop()
    assert alice.done("match", NEED).out.startswith("@bob\n")
    assert _shown(town, me) == ()
    town.start()
    alice.done("sync")
    (shown,) = _shown(town, me)
    for _ in range(2):
        assert "takes 1 more" in alice.done("match", NEED).out
        alice.done("sync")
    assert _shown(town, me) == (shown,)
    bob.done("me", "set", "weekly_requests", "0")
    none = alice.hobnob("match", NEED)
    assert (none.code, none.out) == (1, "")
    assert "Whoever fits was shown to you often enough this week." in none.talk
    refused = alice.hobnob("ask", "bob", "help")
    assert "They take no more requests this week" in refused.talk
    assert bob.hobnob("me", "set", "weekly_requests", "31").code == 2


def _shown(town: HubThread, who: AccountId) -> tuple[int, ...]:
    """When the hub has counted a show of somebody."""
    return town.hub.ledger.load([Keys(people=(who,))]).person(who).shown
