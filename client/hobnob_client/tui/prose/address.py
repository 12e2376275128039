"""Which addresses a text may lead to, and how they are told apart (security.md §6, rows 10 and 12).

An address is kept only as printable ASCII: whatever else a host or a path is written in becomes
punycode or percents, so that no letter passes for another.
"""

from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

ADDRESS_CHARS_MAX: Final = 2_000
"""Terminals cut a hyperlink at about 2,083 bytes."""
SCHEMES: Final = ("http", "https", "hobnob", "mailto")
"""What a link may ask a machine to open: nothing that runs or reads what is here."""
CLICKABLE: Final = ("http://", "https://", "hobnob://")
"""What is handed to a terminal to be clicked on."""
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~-._"
"""ASCII that an address may have as it is; a quote, a backslash and a backtick become percents."""


def cleaned(address: str) -> str:
    """The address as printable ASCII, its host in punycode; "" where it may not be led to."""
    if len(address) > ADDRESS_CHARS_MAX:
        return ""
    try:
        parts = urlsplit(address.strip())
        scheme = parts.scheme.lower()
        if scheme not in SCHEMES:
            return ""
        if scheme == "mailto":
            found = f"mailto:{quote(parts.path, _SAFE)}"
            return found if parts.path else ""
        if not parts.hostname:
            return ""
        name = _ascii_host(parts.hostname)
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return ""
    user = f"{quote(parts.netloc.rpartition('@')[0], _SAFE)}@" if "@" in parts.netloc else ""
    rest = (quote(part, _SAFE) for part in (parts.path, parts.query, parts.fragment))
    found = urlunsplit((scheme, f"{user}{name}{port}", *rest))
    return found if len(found) <= ADDRESS_CHARS_MAX else ""


def host(address: str) -> str:
    """The host of a cleaned address, or the domain of a mail address."""
    if address.startswith("mailto:"):
        return address.rpartition("@")[2]
    return urlsplit(address).hostname or ""


def tells(label: str, target: str) -> bool:
    """Does a label say where it leads? `target` is cleaned."""
    shown = label.strip()
    return shown == target or shown.rstrip("/") == target.rstrip("/") or f"mailto:{shown}" == target


def is_disguised(label: str, target: str) -> bool:
    """Does a label look like an address, of another host than it leads to? Then the host is shown
    beside it; as where the target's host is in punycode, or has a user before it."""
    there = host(target)
    if "xn--" in there or "@" in urlsplit(target).netloc:
        return True
    shown = label.strip()
    try:
        named = urlsplit(shown if "://" in shown else f"//{shown}").hostname or ""
    except ValueError:
        return False
    claims = "." in named and " " not in shown
    return claims and named.removeprefix("www.") != there.removeprefix("www.")


def _ascii_host(name: str) -> str:
    if name.isascii():
        if any(char <= " " or char in "\"'`<>\\^{|}" for char in name):
            raise ValueError(name)
        # An IPv6 address comes without its brackets.
        return f"[{name}]" if ":" in name else name
    return name.encode("idna").decode()
