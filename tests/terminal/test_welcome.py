"""Somebody starts hobnob for the first time, knows nothing, and has only keys."""

from pathlib import Path

from hobnob_client import keyring
from hobnob_client.paths import Profile
from tests.client.verbs.shell import HubThread
from tests.terminal.looker import DOWN, EMPTY, ENTER, ESCAPE, QUIT, Looker, pasted

INTERRUPT = "\x03"


def test_a_newcomer_joins_by_a_link_and_nothing_else(tmp_path: Path) -> None:
    """Wrong things are said in words; the hub's fingerprint is seen before anything is sent."""
    hub = HubThread()
    profile = Profile(tmp_path / "new")
    with Looker(profile, 80, 24, {"HOME": str(tmp_path), "USER": "root"}) as looker:
        looker.until_seen("Nothing is set up here yet")
        looker.until_seen("▌1  Take a tour")
        looker.type(INTERRUPT)
        looker.until_seen("Ctrl+Q leaves hobnob.")
        looker.type(DOWN)
        looker.until_seen("▌2  Join by a link")
        looker.type(ENTER)
        looker.until_seen("Paste the link")
        looker.type(ENTER)
        looker.until_seen("Nothing was pasted")
        looker.type(f"hello{ENTER}")
        looker.until_seen("This is no invite link")
        # The whole line, as it was sent, with a sheet of words around it.
        looker.type(EMPTY + pasted(f"hobnob join '{hub.link()}' --handle me") + ENTER)
        looker.until_seen("Its fingerprint:")
        looker.type(f"a b{ENTER}")
        looker.until_seen("is no handle")
        looker.type(ESCAPE)
        looker.until(lambda: "Its fingerprint:" not in looker.seen)
        looker.type(ENTER)
        looker.until_seen("Its fingerprint:")
        looker.type(f"{EMPTY}alice{ENTER}")
        looker.until_seen("#general")
        looker.until_seen("online")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    assert keyring.load(profile).handle == "alice"
    hub.close()


def test_who_is_refused_or_reaches_nobody_is_told_and_is_welcome_again(tmp_path: Path) -> None:
    """A link is good for one; afterwards nothing of the try is in the way."""
    hub = HubThread()
    link = hub.link()
    profile = Profile(tmp_path / "new")
    with Looker(profile, 80, 24, {"HOME": str(tmp_path), "USER": "alice"}) as looker:
        looker.until_seen("Take a tour")
        looker.type("2")
        looker.until_seen("Paste the link")
        looker.type(pasted(link) + ENTER)
        looker.until_seen("Its fingerprint:")
        hub.stop()
        looker.type(ENTER)
        looker.until_seen("is not reached")
        hub.start()
        looker.type(ENTER)
        looker.until_seen("online")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    other = Profile(tmp_path / "other")
    with Looker(other, 80, 24, {"HOME": str(tmp_path), "USER": "bob"}) as looker:
        looker.until_seen("Take a tour")
        looker.type("2")
        looker.until_seen("Paste the link")
        looker.type(pasted(link) + ENTER)
        looker.until_seen("Its fingerprint:")
        looker.type(ENTER)
        looker.until_seen("did not let you in")
        looker.type(ESCAPE + ESCAPE)
        looker.until_seen("▌1  Take a tour")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    assert not other.key.exists()
    hub.close()


def test_who_has_an_account_elsewhere_is_led_to_the_words(tmp_path: Path) -> None:
    """Where the hub is is asked for first; who leads nowhere comes back."""
    with Looker(Profile(tmp_path / "new"), 80, 24, {"HOME": str(tmp_path)}) as looker:
        looker.until_seen("Take a tour")
        looker.type("3")
        looker.until_seen("On the other device say")
        looker.type(f"what?{ENTER}")
        looker.until_seen("is no hub")
        looker.type(f"{EMPTY}hobnob link 127.0.0.1:1{ENTER}")
        looker.wait_for_text("Enter: back.")
        looker.type("\r\n")
        looker.until_seen("This device was not linked")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0


def test_who_speaks_german_is_welcomed_and_refused_in_german(tmp_path: Path) -> None:
    """The keys, too, and what is wrong with a link."""
    environ = {"HOME": str(tmp_path), "LANG": "de_DE.UTF-8"}
    with Looker(Profile(tmp_path / "new"), 80, 24, environ) as looker:
        looker.until_seen("Enter Wählen")
        looker.until_seen("Esc Verlassen")
        looker.type("2")
        looker.until_seen("Füge den Link ein")
        looker.type(f"hallo{ENTER}")
        looker.until_seen("Das ist kein Einladungslink")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0


def test_who_wants_out_of_the_welcome_leaves_by_any_key_that_leaves_elsewhere(
    tmp_path: Path,
) -> None:
    """A letter that does nothing says which keys do something."""
    with Looker(Profile(tmp_path / "new"), 80, 24, {"HOME": str(tmp_path)}) as looker:
        looker.until_seen("Take a tour")
        looker.type("x")
        looker.until_seen("That key does nothing here")
        looker.type("q")
        assert looker.wait_for_end() == 0
