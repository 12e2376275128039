"""What a person or a pipe hands in, made into a post: the bytes a terminal would have drawn."""

import re
from typing import Final

from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_protocol.handle import fold_case
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import MENTIONS_MAX, POST_TEXT_MAX

FENCE: Final = "```"
_ESCAPES: Final = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[ -/]*[0-~])"
)
"""Colours and movements of ECMA-48: what a program prints for a terminal and no reader needs."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MENTION: Final = re.compile(r"(?<![\w@./-])@([A-Za-z][A-Za-z0-9_-]{1,31})(?![\w-])", re.ASCII)
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def cleaned(text: str) -> str:
    """Text without colours and controls, its lines ended by LF, nothing blank at its end."""
    plain = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    # A progress bar writes over itself: what stood last is what one saw.
    drawn = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n"))
    return _CONTROLS.sub("\ufffd", drawn).rstrip()


def fenced(text: str) -> tuple[str, int]:
    """Text as a block of code, and how many of its first lines were left out to make it fit: what
    a build says last matters most."""
    lines = text.split("\n")
    fence = FENCE
    while any(line.startswith(fence) for line in lines):
        fence += "`"
    room = POST_TEXT_MAX - 2 * len(fence) - 2
    kept: list[str] = []
    for line in reversed(lines):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    if not kept:
        kept = [lines[-1][: POST_TEXT_MAX - 2 * len(fence) - 2]]
    return "\n".join((fence, *reversed(kept), fence)), len(lines) - len(kept)


def bounded(text: str) -> str:
    """The text, Failure where a post cannot hold it."""
    if not text.strip():
        raise Failure(t("There is nothing to say."), Exit.USAGE)
    if len(text) > POST_TEXT_MAX:
        said = t(
            "A post has at most {most} characters; this has {count}. --code keeps the end of it.",
            most=f"{POST_TEXT_MAX:,}",
            count=f"{len(text):,}",
        )
        raise Failure(said, Exit.USAGE)
    return text


def named(text: str) -> tuple[str, ...]:
    """Every handle that a text names as @handle, outside of code, folded."""
    spoken = _CODE.sub(" ", text)
    return tuple(dict.fromkeys(fold_case(found) for found in _MENTION.findall(spoken)))


def mentions(reader: Reader, text: str) -> tuple[AccountId, ...]:
    """Whom the text addresses as @handle, outside of code; the first few count."""
    known = (reader.account(handle) for handle in named(text))
    accounts = dict.fromkeys(account for account in known if account is not None)
    return tuple(accounts)[:MENTIONS_MAX]
