"""A handle: the name under which a member is addressed, safe to read as it stands.

ASCII only, so that no two look alike; lower case only, so that no two sound alike; and never the
name of an office, so that nobody poses as one (security.md §3 and §6 row 12).
"""

import re
from typing import Final

from hobnob_protocol.limits import HANDLE_TEXT_MAX

PATTERN: Final = re.compile(f"[a-z][a-z0-9_-]{{1,{HANDLE_TEXT_MAX - 1}}}")
"""What a handle looks like; it must match whole."""

FORM: Final = "form"
"""Not a letter and then letters, digits, `_` or `-`, all lower case: 2 to 32 characters."""
RESERVED: Final = "reserved"
"""The name of an office, of a group, or of the hub itself."""

OFFICES: Final = frozenset(
    {
        *("admin", "administrator", "admins", "mod", "moderator", "moderators", "mods"),
        *("operator", "owner", "owners", "root", "security", "staff", "support", "team"),
        *("bot", "hobnob", "hub", "official", "server", "service", "system"),
        *("all", "anybody", "anyone", "channel", "everybody", "everyone", "here", "online"),
        *("me", "nobody", "none", "null", "nil", "someone", "you"),
    }
)
"""Names nobody may take, however they are hyphened."""

_LOWER: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_JOINTS: Final = str.maketrans("", "", "_-")


def fold_case(text: str) -> str:
    """The handle somebody may mean who types `text`: A to Z become a to z, the rest stays.

    `str.lower` would also make a k of the Kelvin sign, and so a handle of what is none.
    """
    return text.translate(_LOWER)


def why_not(handle: str) -> str | None:
    """Why nobody may take `handle`, `FORM` or `RESERVED`; None where somebody may."""
    if not PATTERN.fullmatch(handle):
        return FORM
    if handle.translate(_JOINTS) in OFFICES:
        return RESERVED
    return None
