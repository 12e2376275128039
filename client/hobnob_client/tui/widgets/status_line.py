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


_LINKS: Final = {
    LinkState.OFFLINE: ("○", "offline", "warning"),
    LinkState.CONNECTING: ("◌", "connecting…", "warning"),
    LinkState.WAITING: ("○", "hub not reached, trying again (Ctrl+R now)", "warning"),
    LinkState.ONLINE: ("●", "online", "success"),
    LinkState.SHARED: ("●", "online in another window", "success"),
    LinkState.REFUSED: ("✗", "the hub does not let this device in", "error"),
}


def words(status: Status) -> list[tuple[str, str]]:
    """What is said at the right, with the colour of each: (text, colour or "")."""
    sign, said, colour = _LINKS[status.link]
    detail = f": {status.detail}" if status.link is LinkState.REFUSED and status.detail else ""
    found = [(f"{sign} {said}{detail}", colour)]
    if status.missing:
        found.append((f"{status.missing:,} older on their way", ""))
    if status.queued:
        found.append((f"⧗ {status.queued} wait to be sent", "warning"))
    elif status.link is LinkState.ONLINE:
        found.append(("all sent", ""))
    if status.refused:
        found.append((f"✗ {status.refused} not sent", "error"))
    return found


class StatusLine(Widget):
    """The line itself."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; background: $panel; }
    """

    status: reactive[Status] = reactive(Status("", LinkState.OFFLINE))

    def render(self) -> Content:
        """The hub at the left, the rest at the right; what has no room is cut at the hub's name."""
        said = words(self.status)
        width = self.size.width - 2
        text = " · ".join(word for word, _ in said)
        name = fit(f"hobnob · {self.status.hub}", max(6, width - cell_len(text) - 2))
        gap = max(1, width - cell_len(name) - cell_len(text))
        parts: list[Content | str | tuple[str, str]] = [(name, "bold"), " " * gap]
        for nth, (word, colour) in enumerate(said):
            parts.extend([" · "] if nth else [])
            parts.append((word, f"${colour}") if colour else word)
        return Content.assemble(*parts)
