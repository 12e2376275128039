"""Does anybody listen where the hub should be? Asked before what talks to hubs is loaded: where a
hub is down, that is most of what a verb would do."""

import socket
from typing import Final

from hobnob_client.catalogue import t

KNOCK_SECONDS: Final = 0.5
"""On one machine whoever listens is there at once."""


def is_loopback(host: str) -> bool:
    """Does this name stay on this machine?"""
    if host in ("localhost", "127.0.0.1", "::1"):
        return True
    # Only others pay for importing it.
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def silent(host: str, port: int) -> str:
    """That a hub of this machine does not answer, in words; "" where somebody listens, and where it
    is not of this machine: a proxy may lead there, which is for whoever dials to know."""
    if not is_loopback(host):
        return ""
    try:
        socket.create_connection((host, port), KNOCK_SECONDS).close()
    except OSError:
        return unanswered(host, port)
    return ""


def unanswered(host: str, port: int) -> str:
    """How it is said that nobody is there."""
    return t("{address} does not answer", address=f"{bracketed(host)}:{port}")


def bracketed(host: str) -> str:
    """A host as it stands before its port."""
    return f"[{host}]" if ":" in host else host
