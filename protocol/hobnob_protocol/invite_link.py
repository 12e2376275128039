"""The link that brings somebody in: `hobnob://HOST[:PORT]/#<hub>.<invite>` (DESIGN §12 Faces).

Hub and invite are base32 (RFC 4648) in lower case without padding, so that a link survives mail,
chat, a terminal's line breaks and being read aloud. The hub's name pins the hub before the first
connection; the part behind `#` is a secret and is never sent anywhere but in a JOIN.
"""

import re
from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from dataclasses import field
from typing import Final

from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import LENGTHS, HubId
from hobnob_protocol.limits import INVITE_SECRET_BYTES_MAX, INVITE_SECRET_BYTES_MIN
from hobnob_protocol.value import value

PORT: Final = 4626
"""Where a hub listens if nothing else is said."""
PORT_MAX: Final = 65_535

RULES: Final = {
    "invite.form": "an invite link is `hobnob://HOST[:PORT]/#<hub>.<invite>`",
    "invite.port": f"a port is an integer from 1 to {PORT_MAX}",
    "invite.hub": f"a link names its hub by {LENGTHS['hub']} bytes in base32",
    "invite.secret": (
        f"an invite has {INVITE_SECRET_BYTES_MIN} to {INVITE_SECRET_BYTES_MAX} bytes in base32"
    ),
}
"""Every rule of a link, by the name its `ProtocolError` carries."""

_FORM: Final = (
    r"hobnob://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,6}))?"
    r"/?#(?P<hub>[A-Za-z2-7]+)\.(?P<invite>[A-Za-z2-7]+)"
)
"""Compiled when a link is read: few processes read one."""


@value
class InviteLink:
    """Where a hub is, who it is, and the secret that lets one in.

    `host` is a name or an address; one of IPv6 has no brackets here. The secret is never shown by
    `repr`.
    """

    host: str
    port: int
    hub: HubId
    invite: bytes = field(repr=False)

    def __str__(self) -> str:
        """The link as it is handed on; the port is left out where it is the usual one."""
        place = address(self.host, self.port)
        return f"hobnob://{place}/#{base32(self.hub)}.{base32(self.invite)}"


def parse(text: str) -> InviteLink:
    """The link in `text`, around which white space is forgiven; ProtocolError names what is wrong.

    The error never repeats the text: it holds a secret.
    """
    found = re.fullmatch(_FORM, text.strip(), re.ASCII)
    if found is None:
        raise ProtocolError("invite.form")
    port = int(found["port"] or PORT)
    if not 0 < port <= PORT_MAX:
        raise ProtocolError("invite.port")
    hub = _bytes(found["hub"], "invite.hub")
    if len(hub) != LENGTHS["hub"]:
        raise ProtocolError("invite.hub")
    invite = _bytes(found["invite"], "invite.secret")
    if not INVITE_SECRET_BYTES_MIN <= len(invite) <= INVITE_SECRET_BYTES_MAX:
        raise ProtocolError("invite.secret")
    return InviteLink(found["host"].strip("[]").lower(), port, HubId(hub), invite)


def address(host: str, port: int) -> str:
    """`HOST` or `HOST:PORT`, an address of IPv6 in brackets."""
    name = f"[{host}]" if ":" in host else host
    return name if port == PORT else f"{name}:{port}"


def base32(value: bytes) -> str:
    """Bytes in lower case base32 without padding; UsageError where there are none."""
    if not value:
        raise UsageError("nothing has no base32")
    return b32encode(value).decode().rstrip("=").lower()


def from_base32(text: str) -> bytes:
    """The inverse of `base32`, in either case; ValueError where `text` is none of its results."""
    try:
        value = b32decode(text.upper() + "=" * (-len(text) % 8))
    except Base32Error as broken:
        raise ValueError("not base32") from broken
    # Bits left over in the last letter must be zero: a value has one way to be written.
    if not value or base32(value) != text.lower():
        raise ValueError("not base32")
    return value


def _bytes(text: str, rule: str) -> bytes:
    try:
        return from_base32(text)
    except ValueError as broken:
        raise ProtocolError(rule) from broken
