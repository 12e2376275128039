"""TLS that ends at the hub: logins are bound to its certificate, which can change while it runs."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

from tests.stories.certificates import write_certificate
from tests.stories.hub import Hub, running
from tests.stories.proxy import proxy
from tests.stories.waiting import until


def trusting(path: Path) -> ssl.SSLContext:
    """A client that knows this certificate."""
    return ssl.create_default_context(cafile=str(path))


async def over_tls(hub: Hub, handle: str, certificate: Path) -> str:
    """Somebody new over TLS: "" or why not."""
    client = hub.stranger(handle, await hub.app.invite(1, 1.0))
    client.ssl = trusting(certificate)
    return await client.try_to_connect()


def test_a_member_joins_over_tls_and_a_new_certificate_is_taken_live(tmp_path: Path) -> None:
    """Connections from before go on; later ones see the new certificate, and both may log in."""
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    write_certificate(chain, key)

    async def story() -> None:
        settings: dict[str, Any] = {"tls_cert": str(chain), "tls_key": str(key)}
        async with running(tmp_path / "hub", **settings) as hub:
            olga = hub.stranger("olga", await hub.app.invite(1, 1.0))
            olga.ssl = trusting(chain)
            await olga.connect()
            (first,) = hub.app.certificates.hashes
            write_certificate(chain, key)
            await until(lambda: len(hub.app.certificates.hashes) == 2)
            assert hub.app.certificates.hashes[1] == first
            assert await over_tls(hub, "bob", chain) == ""
            assert olga.connected

    asyncio.run(story())


def test_a_certificate_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    """Half-written files are told to the operator; clients go on with the one from before."""
    chain, key, kept = tmp_path / "chain.pem", tmp_path / "key.pem", tmp_path / "kept.pem"
    write_certificate(chain, key)

    async def story() -> None:
        settings: dict[str, Any] = {"tls_cert": str(chain), "tls_key": str(key)}
        async with running(tmp_path / "hub", **settings) as hub:
            await asyncio.to_thread(_spoil, chain, kept)
            await until(lambda: "tls.kept" in hub.logged.getvalue())
            assert len(hub.app.certificates.hashes) == 1
            assert await over_tls(hub, "bob", kept) == ""

    asyncio.run(story())


def _spoil(chain: Path, kept: Path) -> None:
    kept.write_bytes(chain.read_bytes())
    chain.write_text("not a certificate")


def test_somebody_between_a_member_and_the_hub_gets_nothing(tmp_path: Path) -> None:
    """The hub names its certificates and signs them: a proxy with its own, though trusted by the
    client's machine, is found out before the client signs anything."""
    mine, key = tmp_path / "mine.pem", tmp_path / "mine-key.pem"
    theirs, their_key = tmp_path / "theirs.pem", tmp_path / "their-key.pem"
    write_certificate(mine, key)
    write_certificate(theirs, their_key)

    async def story() -> None:
        async with running(tmp_path / "hub", proxy_cert=str(mine)) as hub:
            async with proxy(hub, theirs, their_key) as port:
                mallory = hub.stranger("bob", await hub.app.invite(1, 1.0))
                mallory.place = ("127.0.0.1", port)
                mallory.ssl = trusting(theirs)
                assert await mallory.try_to_connect() == "channel"
            async with proxy(hub, mine, key) as port:
                honest = hub.stranger("carol", await hub.app.invite(1, 1.0))
                honest.place = ("127.0.0.1", port)
                honest.ssl = trusting(mine)
                assert await honest.try_to_connect() == ""
                await honest.leave()

    asyncio.run(story())


def test_a_unix_socket_serves_this_user_alone(tmp_path: Path) -> None:
    """No port, no certificate: what a proxy on the same machine needs."""

    async def story() -> None:
        path = tmp_path / "s"
        settings: dict[str, Any] = {"listen": f"unix:{path}", "address": "chat.example.org"}
        async with running(tmp_path / "hub", **settings) as hub:
            assert _mode(path) == 0o600
            link = hub.app.owner_invite
            assert link is not None
            assert (link.host, link.port) == ("chat.example.org", 4626)
            olga = hub.stranger("olga", link)
            olga.place = str(path)
            await olga.connect()
            assert olga.connected

    asyncio.run(story())


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
