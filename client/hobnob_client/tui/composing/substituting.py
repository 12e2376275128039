"""`s/old/new/` in place of a message changes one's last one, as in sed and ed."""

import re
from typing import Final

from hobnob_protocol.value import value

PATTERN_CHARS_MAX: Final = 200
NEW_CHARS_MAX: Final = 2_000
_PART: Final = r"((?:[^/\\\n]|\\.)*)"
_TYPED: Final = re.compile(rf"s/{_PART}/{_PART}(?:/([gi]*))?\Z")
_SPECIAL: Final = re.compile(r"[.^$*+?{}\[\]\\|()]")


@value
class Substitution:
    """What is looked for, as a regular expression; what stands instead, `\\1` and `&` as in sed;
    all of them, or the first; in whatever case, or as written."""

    old: str
    new: str
    everywhere: bool = False
    any_case: bool = False

    @property
    def is_plain(self) -> bool:
        """Is nothing in it but letters that mean themselves? Then no regular expression runs."""
        return not (_SPECIAL.search(self.old) or self.any_case or re.search(r"[\\&]", self.new))


def read(text: str) -> Substitution | None:
    """The substitution a text is; None where it is none. A slash within is written `\\/`."""
    found = _TYPED.match(text)
    if found is None or not found[1]:
        return None
    if len(found[1]) > PATTERN_CHARS_MAX or len(found[2]) > NEW_CHARS_MAX:
        return None
    old, new = (part.replace("\\/", "/") for part in (found[1], found[2]))
    flags = found[3] or ""
    return Substitution(old, new, "g" in flags, "i" in flags)


def plainly(change: Substitution, text: str) -> str:
    """The text with a plain substitution made."""
    return text.replace(change.old, change.new, -1 if change.everywhere else 1)


def template(new: str) -> str:
    """What stands instead, as Python's `re` writes it: `&` is the whole, `\\1` the first group, any
    other letter behind a backslash itself."""
    found = re.sub(r"\\[1-9]|\\.|&|\\\Z", _instead, new, flags=re.DOTALL)
    return found


def _instead(match: re.Match[str]) -> str:
    part = match[0]
    if part == "&":
        return r"\g<0>"
    if part[1:].isdigit():
        return rf"\g<{part[1:]}>"
    return {"n": "\n", "\\": r"\\", "": r"\\"}.get(part[1:], part[1:])
