"""Nothing that others wrote becomes an escape on the screen, wherever it is shown.

The real program in a real terminal, on a replica full of tricks; a walk through every place of the
screen. What reaches the terminal may be text, and what the same walk over harmless texts writes.
"""

import base64
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from hobnob_client import permalink
from hobnob_client.paths import Profile
from tests.terminal import hostile_hub
from tests.terminal.emulator import tokens
from tests.terminal.hostile_hub import ADVICE, WORD
from tests.terminal.hostile_walk import LARGE, SOME, meet, visit
from tests.terminal.looker import Looker
from tests.terminal.payloads import PAYLOADS, naughty
from tests.terminal.test_hostile_verbs import harmless

OTHERS = tuple(text for text in PAYLOADS.values() if text not in SOME)
TEXTS = (*SOME, *OTHERS, *naughty())
PLAIN = ("~~plain~~ https://plain.example/", *(f"plain {nth}" for nth in range(1, 24)))
LEAVES_THE_ORDER = {"XTERM_VERSION": "XTerm(390)"}
"""A terminal that orders no letters: signs that isolate are not ours there, but theirs."""
OURS = {
    *("\x1b[K", "\x1b[H", "\x1bD", "\x1b[7m"),
    *("\x1b[5A", "\x1b[5B", "\x1b[5C", "\x1b[5D", "\x1b[20C", "\x1b[10G"),
}
"""What an honest screen may write, too, as it happens: a way from one place to another, a line that
is cleared, and the colours the other way round. The texts hold others of each sort, of which none
may be seen."""
_CLIPBOARD = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
_LINK = re.compile(r"\x1b\]8;(?:id=[0-9a-f]{1,40};(?:https?|hobnob)://[!-~]{1,2000}|;)\x1b\\")
"""What may be clicked on begins and ends so: a number of ours, and an address that is printable."""
_TITLE = re.compile(r"\x1b\]2;(?:\([0-9]{1,3}\+?\) )?hobnob\x07")
"""The window's: its count is ours."""
_POINTER = re.compile(r"\x1b\]22;[a-z-]+\x07")


def orders(output: str) -> set[str]:
    """Every sequence and control that is not text, as it is."""
    return {token.raw for token in tokens(output) if token.sort != "text"}


def kinds(given: set[str]) -> set[str]:
    """What they tell a terminal to do, without where, in which colour, with which pointer, and
    where a link leads, and which link to a message was copied."""
    shaped = {token.shape for each in given for token in tokens(each)}
    calm = (_CLIPBOARD.sub(_copied, _POINTER.sub("a pointer", shape)) for shape in shaped)
    return {_TITLE.sub("a title", _LINK.sub("a link", shape)) for shape in calm}


def _copied(found: re.Match[str]) -> str:
    """What one has copied oneself: a link to a message, whatever else is in the clipboard."""
    text = base64.b64decode(found[0].partition(";c;")[2].rstrip("\x07")).decode()
    return found[0] if permalink.parse(text) is None else "a link to a message, copied"


def text_of(output: str) -> str:
    """The text alone."""
    return "".join(token.raw for token in tokens(output) if token.sort == "text")


def profile(directory: Path, texts: Sequence[str], channels: int) -> Profile:
    """The replica of mara, with a text of others in every place, and what she has begun."""
    of = hostile_hub.settle(directory, len(texts), channels, moderates=True)
    hostile_hub.plant(of, texts)
    hostile_hub.call(of, "olga", "ol" + "".join(texts[:20])[:200])
    hostile_hub.rank(of, texts[:channels])
    hostile_hub.begin(of, texts[:channels])
    hostile_hub.say(of, texts[: 3 * channels])
    hostile_hub.refuse(of, texts[:channels])
    return of


Walk = Callable[[Looker, int], object]
"""Through a replica with so many channels."""


def test_nothing_of_others_is_obeyed(tmp_path: Path) -> None:
    """Messages, names, titles, purposes, reactions, hits, reasons, drafts, pastes, dialogs,
    previews, offers, and all that opens over them."""
    seen = _obeying_nothing(tmp_path, (80, 24), visit)
    assert all(f"s{nth} " in seen for nth in range(len(SOME)))


def test_nothing_that_is_read_or_known_of_others_is_obeyed(tmp_path: Path) -> None:
    """A whole channel, boards, who waits, people, a profile with everything, one's own, and the
    wizard; each text is seen."""
    seen = _obeying_nothing(tmp_path, LARGE, lambda looker, _: meet(looker))
    for nth in range(len(TEXTS)):
        assert f"m{nth} {WORD}" in seen
    # Of two fields of the same name there is one.
    for nth in {text: nth for nth, text in enumerate(TEXTS)}.values():
        assert f"f{nth} " in seen
    assert f"“{ADVICE} " in seen


def _obeying_nothing(directory: Path, size: tuple[int, int], walk: Walk) -> str:
    """Walk over harmless texts and over tricks; all rows that were seen of those."""
    known = orders(_walked(directory / "plain", PLAIN, 3, size, walk)[0]) | OURS
    output, rows = _walked(directory / "hostile", TEXTS, len(SOME), size, walk)
    given = orders(output)
    assert kinds(given) <= kinds(known)
    obeyed = given & orders("".join(TEXTS)) - known
    assert not obeyed
    assert harmless(text_of(output))
    seen = "\n".join(rows)
    assert harmless(seen)
    return seen


def _walked(
    directory: Path, texts: Sequence[str], channels: int, size: tuple[int, int], walk: Walk
) -> tuple[str, set[str]]:
    """All that a walk over the replica has written, and the rows that were seen."""
    of = profile(directory, texts, channels)
    rows: set[str] = set()
    with Looker(of, *size, LEAVES_THE_ORDER) as looker:
        looker.rows_seen = rows
        walk(looker, channels)
        return looker.output.decode(), rows
