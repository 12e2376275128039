"""The runs of a line: emphasis, code, links by number, mentions, and what is hidden as a spoiler.

Whatever a parser has made of a text passes `term_safe` once more here: an entity may spell out what
was taken away before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.tui.prose import address
from hobnob_client.tui.prose.blocks import Link, Run, Runs
from hobnob_client.tui.prose.marks import marks

if TYPE_CHECKING:
    from markdown_it.token import Token

SPOILER: Final = "||"
"""Stands on both sides of what is not shown at once."""
LINKS_MAX: Final = 99
"""Links of one text that are numbered; what comes after them stands as it was written."""
_OPENS: Final = {"strong_open": "strong", "em_open": "emphasis", "s_open": "struck"}
_CLOSES: Final = {"strong_close": "strong", "em_close": "emphasis", "s_close": "struck"}


class Links:
    """The links of one text; the same target has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._links: list[Link] = []

    @property
    def all(self) -> tuple[Link, ...]:
        """By number, from 1."""
        return tuple(self._links)

    def number(self, target: str, label: str) -> int:
        """The number of a link to a cleaned address; 0 where there are too many."""
        told = address.tells(label, target)
        found = self._numbers.get(target, 0)
        if found:
            # Told is what is told everywhere it stands.
            known = self._links[found - 1]
            self._links[found - 1] = replace(known, told=known.told and told)
            return found
        if len(self._links) >= LINKS_MAX:
            return 0
        self._links.append(Link(target, label, told))
        self._numbers[target] = len(self._links)
        return len(self._links)


def plain(text: str, links: Links, style: str = "") -> list[Run]:
    """The runs of a line without markup: addresses and mentions are found."""
    shown = term_safe.line(text)
    runs: list[Run] = []
    done = 0
    for start, end, sort in marks(shown):
        if start > done:
            runs.append(Run(shown[done:start], style))
        runs += _bare(shown[start:end], links) if sort == "link" else [_mention(shown[start:end])]
        done = end
    if done < len(shown):
        runs.append(Run(shown[done:], style))
    return runs


def _bare(written: str, links: Links) -> list[Run]:
    target = address.cleaned(written)
    number = links.number(target, written) if target else 0
    if not number:
        return [Run(written)]
    return [Run(written, "link", number), *_beside(written, target, number)]


def _mention(text: str) -> Run:
    return Run(text, "mention")


def _beside(label: str, target: str, number: int) -> list[Run]:
    """What stands behind a link: nothing where the text is the address, else its number, and its
    host where the text names another one."""
    disguised = address.is_disguised(label, target)
    if address.tells(label, target) and not disguised:
        return []
    where = f"→{address.host(target)}" if disguised else ""
    return [Run(f"[{number}{where}]", "mark")]


def lines(tokens: Sequence["Token"], links: Links) -> tuple[Runs, ...]:
    """The lines of an inline token's children."""
    reading = _Reading(links)
    for token in tokens:
        reading.take(token)
    return _hidden(reading.lines)


class _Reading:
    """Goes through the tokens of one block."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._styles: list[str] = []
        self._target = ""
        self._label: list[str] = []
        self.lines: list[list[Run]] = [[]]

    def take(self, token: "Token") -> None:
        """The next token."""
        sort = token.type
        if sort in ("softbreak", "hardbreak"):
            self.lines.append([])
        elif sort in _OPENS:
            self._mark_struck(sort)
            self._styles.append(_OPENS[sort])
        elif sort in _CLOSES:
            # The last of its kind: a hostile order closes nothing else.
            self._styles.reverse()
            self._styles.remove(_CLOSES[sort])
            self._styles.reverse()
            self._mark_struck(sort)
        elif sort == "link_open":
            self._target = address.cleaned(str(token.attrGet("href") or ""))
            self._label = []
        elif sort == "link_close":
            self._close()
        elif sort == "image":
            self._image(token)
        elif sort == "code_inline":
            # Its ticks stay, for who sees no colours.
            said = term_safe.code(token.content).replace("\n", " ")
            self._put(Run(f"{token.markup}{said}{token.markup}", "code"))
        else:
            self._text(token.content)

    def _mark_struck(self, sort: str) -> None:
        """Not every terminal can strike through, and without it the text says the opposite."""
        if _OPENS.get(sort, _CLOSES.get(sort)) == "struck":
            self._put(Run("~~", "mark"))

    def _text(self, text: str) -> None:
        style = " ".join(dict.fromkeys(self._styles))
        if self._target:
            self._put(Run(term_safe.line(text), style))
        else:
            self.lines[-1] += plain(text, self._links, style)

    def _put(self, run: Run) -> None:
        if self._target:
            self._label.append(run.text)
            run = replace(run, style=f"{run.style} link".strip(), link=-1)
        self.lines[-1].append(run)

    def _close(self) -> None:
        target, label = self._target, "".join(self._label)
        self._target = ""
        if not target:
            return
        number = self._links.number(target, label)
        for line in self.lines:
            line[:] = (replace(run, link=number) if run.link < 0 else run for run in line)
        self.lines[-1] += _beside(label, target, number) if number else [Run(f"({target})", "mark")]

    def _image(self, token: "Token") -> None:
        """A picture is told of, and is a link to it."""
        target = address.cleaned(str(token.attrGet("src") or ""))
        said = term_safe.line(token.content) or t("picture")
        inside, number = bool(self._target), 0
        if target and not inside:
            number = self._links.number(target, said)
        self._put(Run(f"▣ {said}", "link" if number else "", number))
        if number:
            self.lines[-1] += _beside(said, target, number)


def _hidden(found: Iterable[Sequence[Run]]) -> tuple[Runs, ...]:
    """The same lines, with what stands between two `||` hidden; an odd one stays as it is."""
    given = [list(line) for line in found]
    count = sum(run.text.count(SPOILER) for line in given for run in line if _may_hide(run))
    if count < 2:
        return tuple(tuple(line) for line in given)
    left, hiding = count - count % 2, False
    hidden: list[Runs] = []
    for line in given:
        runs: list[Run] = []
        for run in line:
            parts = run.text.split(SPOILER) if _may_hide(run) else [run.text]
            for nth, part in enumerate(parts):
                if nth and left:
                    left, hiding = left - 1, not hiding
                elif nth:
                    part = SPOILER + part
                if part:
                    runs.append(replace(run, text=part, hidden=hiding))
        hidden.append(tuple(runs))
    return tuple(hidden)


def _may_hide(run: Run) -> bool:
    """Code keeps its bars, which many languages have, and so do addresses."""
    return "code" not in run.style and not run.link
