"""Whether it is of use to dial: asked of this machine, before anything is loaded for it."""

import socket
import subprocess
import sys

import pytest

from hobnob_client.knocking import bracketed, is_loopback, silent


@pytest.mark.parametrize(
    ("host", "stays"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("hub.example.org", False),
        ("localhost.example.org", False),
        ("192.0.2.1", False),
        ("0.0.0.0", False),
        ("", False),
    ],
)
def test_only_a_loopback_goes_without_tls(host: str, stays: bool) -> None:
    """By its name or its address, never by what a name resolves to."""
    assert is_loopback(host) is stays


def test_where_somebody_listens_it_is_of_use() -> None:
    """Whoever it is; the caller finds out."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert silent("127.0.0.1", listener.getsockname()[1]) == ""


def test_where_nobody_listens_it_is_said_where_that_is() -> None:
    """As whoever dials in vain says it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert silent("127.0.0.1", port) == f"127.0.0.1:{port} does not answer"


def test_another_machine_is_dialled_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy may lead there, which nobody knocks at."""

    def knocked(*_: object) -> None:
        pytest.fail("it was knocked at")

    monkeypatch.setattr(socket, "create_connection", knocked)
    assert silent("192.0.2.1", 4626) == ""


def test_an_address_with_colons_stands_in_brackets() -> None:
    """Its port would be one of its parts."""
    assert bracketed("::1") == "[::1]"
    assert bracketed("hub.example.org") == "hub.example.org"


SEARCHES = ("hobnob_client.reading.finder", "hobnob_client.finding.query")
SSH = ("hobnob_client.ssh.choosing", "cryptography.hazmat.primitives.serialization")


def loaded(modules: str, watched: tuple[str, ...]) -> str:
    """Which of those that are watched are loaded by these."""
    code = f"import sys, {modules}\nprint([name for name in {watched!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_what_talks_to_hubs_is_loaded_where_a_hub_answers() -> None:
    """Not by the verb itself, which has said what it has to say by then; nor what searches."""
    talks = ("asyncio", "websockets", "ssl", "textual", "hobnob_client.engine")
    verb = ("hobnob_client.verbs.post", "hobnob_client.verbs.composing")
    assert loaded(", ".join((*verb, "hobnob_client.verbs.delivery")), talks + SEARCHES) == "[]\n"


def test_what_sends_loads_neither_what_searches_nor_what_reads_keys_of_ssh() -> None:
    """Nor does what every verb asks at its end."""
    assert loaded("hobnob_client.engine, hobnob_client.waiting", SEARCHES + SSH) == "[]\n"


def test_the_table_of_verbs_loads_no_profile() -> None:
    """Every verb pays for it, and few ask for one."""
    assert loaded("hobnob_client.verbs.table", ("hobnob_client.profiles.forms",)) == "[]\n"
