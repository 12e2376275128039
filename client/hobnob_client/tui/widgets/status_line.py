"""One line at the top: which hub, where something is unread, how the link is, what waits.

It never wraps. Where there is little room first words go, then places, then the hub's name; that
something waits or was refused is seen at every width.
"""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from hobnob_client import not_let_in
from hobnob_client.catalogue import later, n, number, t
from hobnob_client.progress import LinkState
from hobnob_client.tui.actions import key_name
from hobnob_client.tui.timeline.wrap import fit
from hobnob_protocol.value import value


@value
class Status:
    """What the line says. `hub` is safe to draw; `queued` waits to be sent, `refused` lies in the
    tray, `missing` counts older events that are still on their way, `held` those that are here;
    `lag_ms` is how long the hub took to answer, None where that is not known; while `exploring`
    nothing that is seen is marked as read."""

    hub: str
    link: LinkState
    detail: str = ""
    queued: int = 0
    refused: int = 0
    missing: int = 0
    held: int = 0
    lag_ms: int | None = None
    exploring: bool = False


Word = tuple[str, str]
"""A text, and its style: a variable of the theme, "" for none."""

NAME_CELLS: Final = 24
"""So much of the hub's name is seen before anything else is said at length."""
NAME_CELLS_MIN: Final = 8
HOT_CELLS: Final = 20
"""So much room the places have, where there are any, before anything else is said at length."""
HOT_CELLS_MIN: Final = 12

_LINKS: Final = {
    LinkState.OFFLINE: ("○", later("offline"), later("offline"), "$text-warning"),
    LinkState.CONNECTING: ("◌", later("connecting…"), later("connecting…"), "$text-warning"),
    LinkState.WAITING: (
        "○",
        later("hub not reached, trying again (Ctrl+R now)"),
        later("hub not reached"),
        "$text-warning",
    ),
    LinkState.ONLINE: ("●", later("online"), later("online"), "$text-success"),
    LinkState.SHARED: (
        "●",
        later("online in another window"),
        later("online elsewhere"),
        "$text-success",
    ),
    LinkState.REFUSED: (
        "✗",
        later("the hub does not let this device in"),
        later("not let in"),
        "$text-error",
    ),
}
BREVITIES: Final = (0, 1, 2)
"""How briefly all is said: at length, the link in few words, everything in few words."""


def words(status: Status, brevity: int = 0) -> list[Word]:
    """What is said at the right, what matters most first."""
    short = brevity == BREVITIES[-1]
    sign, at_length, briefly, colour = _LINKS[status.link]
    refused = status.link is LinkState.REFUSED and status.detail
    detail = f": {not_let_in.why(status.detail)}" if refused else ""
    lag = status.lag_ms if status.link is LinkState.ONLINE else None
    took = "" if lag is None or short else f" {number(lag)} ms"
    found = [(f"{sign} {t(briefly if brevity else at_length)}{detail}{took}", colour)]
    if status.exploring:
        said = t("exploring") if brevity else t("exploring, nothing is marked read")
        found.append((f"◎ {said}", "$text-warning"))
    if status.refused:
        key = "" if brevity else f" ({key_name('ctrl+o')})"
        said = t("{number} not sent", number=number(status.refused))
        found.append((f"✗ {said}{key}", "$text-error"))
    if status.queued:
        count = number(status.queued)
        said = (
            count
            if short
            else n(
                "{number} waits to be sent", "{number} wait to be sent", status.queued, number=count
            )
        )
        found.append((f"⧗ {said}", "$text-warning"))
    elif status.link is LinkState.ONLINE and not short:
        found.append((t("all sent"), "$text-muted"))
    if status.missing:
        share = f"↓ {100 * status.held // (status.held + status.missing)} %"
        older = t("{number} older on their way", number=number(status.missing))
        found.append((share if short else f"{share} · {older}", ""))
    return found


def composed(status: Status, hot: Sequence[Word], room: int) -> list[Word]:
    """The whole line, `room` cells wide: the hub and the places at the left, the rest at the
    right."""
    said, needed, name = words(status, BREVITIES[-1]), 0, status.hub
    for brevity in BREVITIES:
        said = words(status, brevity)
        name = f"hobnob · {status.hub}" if not brevity else status.hub
        least = NAME_CELLS_MIN if brevity == BREVITIES[-1] else NAME_CELLS
        wanted = HOT_CELLS_MIN if brevity == BREVITIES[-1] else HOT_CELLS
        needed = min(cell_len(name), least) + 2 + (min(_cells(hot), wanted) + 2 if hot else 0)
        if needed + _cells(said) <= room:
            break
    if hot and status.missing and needed + _cells(said) > room:
        # How far history has come is no news to act upon.
        said.pop()
    while len(said) > 1 and NAME_CELLS_MIN + 2 + _cells(said) > room:
        said.pop()
    if NAME_CELLS_MIN + 2 + _cells(said) > room:
        said = [(fit(text, max(1, room - 4)), style) for text, style in said]
    left = room - _cells(said) - 2
    # The name gives way to a place before it is cut to nothing, and takes what places leave.
    beside = max(min(cell_len(name), NAME_CELLS_MIN), left - 2 - min(_cells(hot), HOT_CELLS))
    places = _fitting(hot, left - min(cell_len(name), beside) - 2)
    name = fit(name, max(1, left - (_cells(places) + 2 if places else 0)))
    line: list[Word] = [(name, "bold")]
    if places:
        line += [("  ", ""), *_joined(places)]
    used = sum(cell_len(text) for text, _ in line) + _cells(said)
    return [*line, (" " * max(0, room - used), ""), *_joined(said)]


def _cells(said: Sequence[Word]) -> int:
    return sum(cell_len(text) for text, _ in said) + 3 * max(0, len(said) - 1)


def _fitting(said: Sequence[Word], room: int) -> list[Word]:
    """As many of the first as there is room for."""
    found = list(said)
    while found and _cells(found) > room:
        found.pop()
    return found


def _joined(said: Sequence[Word]) -> list[Word]:
    found: list[Word] = []
    for nth, word in enumerate(said):
        found += [(" · ", "$text-muted"), word] if nth else [word]
    return found


class StatusLine(Widget):
    """The line itself."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; background: $panel; }
    """

    status: reactive[Status] = reactive(Status("", LinkState.OFFLINE))
    hot: reactive[tuple[Word, ...]] = reactive(())
    """The places with something unread, the most urgent first."""

    def render(self) -> Content:
        """All of it in one line."""
        return Content.assemble(
            *(
                (text, style) if style else text
                for text, style in composed(self.status, self.hot, self.size.width - 2)
            )
        )
