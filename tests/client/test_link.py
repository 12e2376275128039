"""The wire: whom it dials how, and what it says of the other end."""

import asyncio
import socket
import ssl
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from hobnob_client.knocking import is_loopback
from hobnob_client.link import LinkLost, dial
from tests.stories.certificates import write_certificate


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in the environment of who runs this."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "socks_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def own_address() -> str | None:
    """An address of this machine that is no loopback, None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # A datagram socket that is connected has sent nothing yet.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found: str = probe.getsockname()[0]
    return None if is_loopback(found) else found


async def echo(connection: ServerConnection) -> None:
    """Say back what is said."""
    async for message in connection:
        await connection.send(message)


def test_a_loopback_is_dialled_plainly() -> None:
    """There is no certificate then, and the protocol is told so."""

    async def story() -> None:
        async with serve(echo, "127.0.0.1", 0) as server:
            wire = await dial("127.0.0.1", next(iter(server.sockets)).getsockname()[1])
            await wire.send(b"hello")
            assert await wire.receive() == b"hello"
            assert (wire.certificate, wire.loopback) == (None, True)
            await wire.close()
            with pytest.raises(LinkLost):
                await wire.receive()

    asyncio.run(story())


@pytest.mark.parametrize("host", ["a..b", "...", f"{'a' * 70}.example"])
def test_a_name_that_no_host_can_have(host: str) -> None:
    """Is not reached, as any that does not answer."""
    with pytest.raises(LinkLost, match="does not answer"):
        asyncio.run(dial(host, 4626))


def test_the_certificate_that_was_shown_is_told(tmp_path: Path) -> None:
    """Any is taken: the hub's own signature says which are right."""
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but the loopback")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    write_certificate(chain, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)

    async def story() -> None:
        async with serve(echo, address, 0, ssl=context) as server:
            wire = await dial(address, next(iter(server.sockets)).getsockname()[1])
            shown = ssl.PEM_cert_to_DER_cert(chain.read_text())
            assert wire.certificate == sha256(shown).digest()
            assert not wire.loopback
            await wire.send(b"hello")
            assert await wire.receive() == b"hello"
            await wire.close()

    asyncio.run(story())


def test_nothing_is_said_plainly_beyond_the_loopback() -> None:
    """A hub without TLS elsewhere is not reached at all."""
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but the loopback")

    async def story() -> None:
        async with serve(echo, address, 0) as server:
            with pytest.raises(LinkLost):
                await dial(address, next(iter(server.sockets)).getsockname()[1])

    asyncio.run(story())


LOADED = """
import asyncio, sys
from hobnob_client.link import LinkLost, dial
try:
    asyncio.run(dial("127.0.0.1", 9))
except LinkLost:
    pass
print("websockets" in sys.modules, *{"email", "http.client", "zipfile"} & set(sys.modules))
"""


def test_what_dials_a_loopback_loads_neither_mail_nor_archives() -> None:
    """The library would load them, two megabytes, for its own version and for proxies."""
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_proxy_that_the_environment_names_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told where to lead; who cannot reach it has not reached the hub."""
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    async def story() -> None:
        async with await asyncio.start_server(proxy, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
            with pytest.raises(LinkLost):
                await dial("hub.example", 4626)

    asyncio.run(story())
    assert asked == [b"CONNECT hub.example:4626 HTTP/1.1\r\n"]


def test_a_hub_that_is_not_there_is_lost() -> None:
    """Nobody listens; the text names the place."""

    async def story() -> None:
        with socket.socket() as reserved:
            reserved.bind(("127.0.0.1", 0))
            port = reserved.getsockname()[1]
            with pytest.raises(LinkLost, match="does not answer"):
                await dial("127.0.0.1", port)

    asyncio.run(story())
