"""One line at the top: which hub, how the link is, what waits."""

from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from hobnob_client.progress import LinkState
from hobnob_client.tui.timeline.wrap import fit


@dataclass(frozen=True, slots=True)
class Status:
    """What the line says. `hub` is safe to draw; `queued` waits to be sent, `refused` lies in the
    tray, `missing` counts older events that are still on their way."""

    hub: str
    link: LinkState
    detail: str = ""
    queued: int = 0
    refused: int = 0
    missing: int = 0


NAME_CELLS: Final = 24
"""So much of the hub's name is seen before anything else is said at length."""

_LINKS: Final = {
    LinkState.OFFLINE: ("○", "offline", "offline", "warning"),
    LinkState.CONNECTING: ("◌", "connecting…", "connecting…", "warning"),
    LinkState.WAITING: (
        "○",
        "hub not reached, trying again (Ctrl+R now)",
        "hub not reached",
        "warning",
    ),
    LinkState.ONLINE: ("●", "online", "online", "success"),
    LinkState.SHARED: ("●", "online in another window", "online elsewhere", "success"),
    LinkState.REFUSED: ("✗", "the hub does not let this device in", "not let in", "error"),
}


BREVITIES: Final = (0, 1, 2)
"""How briefly all is said: at length, the link in few words, everything in few words."""


def words(status: Status, brevity: int = 0) -> list[tuple[str, str]]:
    """What is said at the right, with the colour of each: (text, colour or "")."""
    short = brevity == BREVITIES[-1]
    sign, at_length, briefly, colour = _LINKS[status.link]
    detail = f": {status.detail}" if status.link is LinkState.REFUSED and status.detail else ""
    found = [(f"{sign} {briefly if brevity else at_length}{detail}", colour)]
    if status.missing:
        found.append((f"{status.missing:,} older{'' if short else ' on their way'}", ""))
    if status.queued:
        found.append((f"⧗ {status.queued}{'' if short else ' wait to be sent'}", "warning"))
    elif status.link is LinkState.ONLINE and not short:
        found.append(("all sent", ""))
    if status.refused:
        where = "" if brevity else " (Ctrl+O)"
        found.append((f"✗ {status.refused} not sent{where}", "error"))
    return found


def fitting(status: Status, room: int) -> tuple[list[tuple[str, str]], str]:
    """The same as long as it may be in so many cells, and as one text."""
    said, text = words(status), ""
    for brevity in BREVITIES:
        said = words(status, brevity)
        text = " · ".join(word for word, _ in said)
        if cell_len(text) <= room:
            break
    return said, text


class StatusLine(Widget):
    """The line itself."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; background: $panel; }
    """

    status: reactive[Status] = reactive(Status("", LinkState.OFFLINE))

    def render(self) -> Content:
        """The hub at the left, the rest at the right: in few words where there is little room, and
        what is still too much is cut at the hub's name."""
        width = self.size.width - 2
        name = f"hobnob · {self.status.hub}"
        said, text = fitting(self.status, width - 2 - min(cell_len(name), NAME_CELLS))
        name = fit(name, max(6, width - cell_len(text) - 2))
        gap = max(1, width - cell_len(name) - cell_len(text))
        parts: list[Content | str | tuple[str, str]] = [(name, "bold"), " " * gap]
        for nth, (word, colour) in enumerate(said):
            parts.extend([" · "] if nth else [])
            parts.append((word, f"${colour}") if colour else word)
        return Content.assemble(*parts)
