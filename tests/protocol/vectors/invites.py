"""Invite links: what each says, and what is none."""

from typing import Final

from tests.protocol.vectors.people import HUB
from tests.protocol.vectors.rows import Row, plain

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
SECRET: Final = bytes(range(16))


def base32(value: bytes) -> str:
    """Five bits a letter, from the left; what is left over is filled with zeros."""
    bits = "".join(f"{byte:08b}" for byte in value)
    padded = bits + "0" * (-len(bits) % 5)
    return "".join(_LETTERS[int(padded[at : at + 5], 2)] for at in range(0, len(padded), 5))


NAME: Final = base32(HUB)
INVITE: Final = base32(SECRET)
BEHIND: Final = f"#{NAME}.{INVITE}"


def _right(text: str, host: str, port: int = 4626, secret: bytes = SECRET, link: str = "") -> Row:
    fields = {"host": host, "port": port, "hub": HUB, "invite": secret}
    return {"name": "link", "text": text, "fields": plain(fields), "link": link or text}


def _wrong(breaks: str, why: str, text: str) -> Row:
    return {"name": "link", "text": text, "breaks": breaks, "why": why}


def vectors() -> list[Row]:
    """`invites.json`."""
    usual = f"hobnob://hub.example.org/{BEHIND}"
    return [
        _right(usual, "hub.example.org"),
        _right(f"hobnob://127.0.0.1:80/{BEHIND}", "127.0.0.1", 80),
        _right(f"hobnob://[2001:db8::7]:65535/{BEHIND}", "2001:db8::7", 65_535),
        _right(f"hobnob://h:4626/{BEHIND}", "h", link=f"hobnob://h/{BEHIND}"),
        _right(f"hobnob://h{BEHIND}", "h", link=f"hobnob://h/{BEHIND}"),
        _right(f" \n{usual}\t", "hub.example.org", link=usual),
        _right(f"hobnob://Hub.Example.ORG/{BEHIND.upper()}", "hub.example.org", link=usual),
        _right(f"hobnob://h/#{NAME}.{base32(bytes(64))}", "h", secret=bytes(64)),
        _wrong("invite.form", "nothing", ""),
        _wrong("invite.form", "of the web", usual.replace("hobnob", "https")),
        _wrong("invite.form", "without a host", f"hobnob:///{BEHIND}"),
        _wrong("invite.form", "without a hub", f"hobnob://h/#{INVITE}"),
        _wrong("invite.form", "without an invite", f"hobnob://h/#{NAME}."),
        _wrong("invite.form", "the secret would be sent", f"hobnob://h/{NAME}.{INVITE}"),
        _wrong("invite.form", "a path", f"hobnob://h/hub/{BEHIND}"),
        _wrong("invite.form", "a user", f"hobnob://ada@h/{BEHIND}"),
        _wrong("invite.form", "padded", f"{usual}======"),
        _wrong("invite.form", "1 is no letter of base32", f"hobnob://h/#{NAME}.1{INVITE}"),
        _wrong("invite.form", "two links", f"{usual} {usual}"),
        _wrong("invite.port", "0", f"hobnob://h:0/{BEHIND}"),
        _wrong("invite.port", "65,536", f"hobnob://h:65536/{BEHIND}"),
        _wrong("invite.hub", "31 bytes", f"hobnob://h/#{base32(HUB[:31])}.{INVITE}"),
        _wrong("invite.hub", "33 bytes", f"hobnob://h/#{base32(HUB + HUB[:1])}.{INVITE}"),
        _wrong("invite.hub", "a letter that starts no byte", f"hobnob://h/#{NAME}a.{INVITE}"),
        _wrong("invite.secret", "15 bytes", f"hobnob://h/#{NAME}.{base32(bytes(15))}"),
        _wrong("invite.secret", "65 bytes", f"hobnob://h/#{NAME}.{base32(bytes(65))}"),
        _wrong("invite.secret", "bits left over", f"hobnob://h/#{NAME}.{INVITE[:-1]}z"),
    ]
