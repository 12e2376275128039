"""What the palette offers: all that can be done where one is, found by some letters.

Pure: what is possible now is told by whoever has the focus.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from textual.fuzzy import Matcher

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Action, Needs, Pane
from hobnob_client.tui.actions import key_name, of
from hobnob_client.tui.sought import SOUGHT
from hobnob_protocol.value import value

ITSELF: Final = "palette"
"""The action that shows it, which it does not offer."""
_STEPS: Final = frozenset(
    {"up", "down", "page_up", "page_down", "first", "last", "begin", "end", "back", "leave"}
)
"""What goes a step: nobody looks for that in a list, so it comes last."""


@value
class Entry:
    """One thing to do: `words` is its sentence in the language that is spoken; `lacks` says why
    it cannot be done now, "" where it can."""

    action: Action
    words: str
    lacks: str = ""

    @property
    def sought(self) -> tuple[str, ...]:
        """Words by which people look for it, in the language that is spoken."""
        return tuple(t(SOUGHT.get(self.action.id, "")).split())

    @property
    def key(self) -> str:
        """Its first key, as people write it."""
        return key_name(self.action.keys[0])


def entries(pane: Pane, lacking: Callable[[Needs], str]) -> tuple[Entry, ...]:
    """What the pane does, then what holds everywhere, each once; what cannot be done now last.
    `lacking` says what is not there upon which an action acts."""
    found: dict[str, Entry] = {}
    for action in (*of(pane), *of(Pane.EVERYWHERE)):
        words = action.help
        # The same under another name is no second thing to do: find and search, help and keys.
        known = {entry.words for entry in found.values()}
        if action.id != ITSELF and action.id not in found and words not in known:
            found[action.id] = Entry(action, words, lacking(action.needs))
    return tuple(sorted(found.values(), key=lambda each: (bool(each.lacks), _is_step(each))))


def matching(offered: Iterable[Entry], letters: str) -> tuple[Entry, ...]:
    """Those that have the letters in their label, sentence or key, or are sought by words that
    begin so: first those where words begin so, then the best; in each what can be done now before
    the rest."""
    wanted = letters.strip().casefold()
    if not wanted:
        return tuple(offered)
    matcher = Matcher(wanted)
    ranked: list[tuple[tuple[int, bool, float, int], Entry]] = []
    for nth, entry in enumerate(offered):
        said = _said(entry)
        score = matcher.match(said)
        begins = _begins([*said.casefold().split(), *entry.sought], wanted)
        is_name = wanted in (entry.key.casefold(), entry.action.id, *entry.sought)
        if score > 0 or is_name or begins:
            place = 0 if is_name else 1 if begins else 2
            ranked.append(((place, bool(entry.lacks), -score, nth), entry))
    return tuple(entry for _, entry in sorted(ranked, key=lambda each: each[0]))


def _said(entry: Entry) -> str:
    return f"{entry.action.label} {entry.words} {entry.key}"


def _begins(words: Sequence[str], wanted: str) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _is_step(entry: Entry) -> bool:
    return entry.action.id in _STEPS
