"""Whatever has changed is drawn as Textual draws it, and who has not changed is not asked."""

import asyncio
from collections.abc import Mapping, Sequence
from random import Random

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.sparing_compositor import SparingCompositor
from hobnob_client.tui.telling_screen import TellingScreen
from tests.stories.waiting import until

SIZE = 40, 12


class Pane(Widget):
    """Its lines tell how often it was changed; it knows for which it was asked."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; }
    Pane.framed { border: round white; padding: 0 1; }
    Pane.above { layer: above; offset: 5 3; width: 22; height: 5; }
    """

    def __init__(self, name: str, classes: str = "") -> None:
        super().__init__(name=name, classes=classes)
        self.changes = 0
        self.asked: set[int] = set()

    def render_line(self, y: int) -> Strip:
        """One line."""
        self.asked.add(y)
        return Strip([Segment(f"{self.name}{y}.{self.changes}")])

    def change(self, *regions: Region) -> None:
        """There is something else to be seen."""
        self.changes += 1
        self.refresh(*regions)


class Front(TellingScreen):
    """Two panes beside each other, one below, and one that lies on them."""

    CSS = "Front { layers: below above; }"

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = Pane("left"), Pane("right", "framed")
        self.foot, self.above = Pane("foot"), Pane("above", "above framed")
        self.panes = self.left, self.right, self.foot, self.above

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal():
            yield self.left
            yield self.right
        yield self.foot
        yield self.above


def _seen(update: ChopsUpdate) -> list[tuple[int, int, str]]:
    """What an update writes, and where."""
    return [
        (x, y, strip.text)
        for y, left, right in update.spans
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True)
        if x < right and end > left and strip is not None
    ]


def _drawn(lines: Sequence[Mapping[int, Strip]]) -> list[list[str]]:
    return [[strip.text for strip in line.values()] for line in lines]


def test_only_who_has_changed_is_asked_to_draw() -> None:
    """A mark on the left and one at the bottom are far apart: what lies between stays."""

    async def story() -> None:
        app, front = App[None](), Front()
        async with app.run_test(size=SIZE) as pilot:
            await app.push_screen(front)
            await until(lambda: all(pane.asked for pane in front.panes))
            await pilot.pause()
            for pane in front.panes:
                pane.asked.clear()
            with app.batch_update():
                front.left.change(Region(0, 1, 20, 1))
                front.foot.change(Region(0, 0, 40, 1))
                compositor = front._compositor  # pyright: ignore[reportPrivateUsage]  # Textual does so in its own time.
                compositor.update_widgets({front.left, front.foot})
                assert compositor.render_partial_update() is not None
            assert (front.left.asked, front.foot.asked) == ({1}, {0})
            assert (front.right.asked, front.above.asked) == (set(), set())

    asyncio.run(story())


def test_every_change_is_drawn_as_textual_draws_it() -> None:
    """Whichever parts of whichever panes change, alone and together."""
    random = Random(5)

    async def story() -> None:
        app, front = App[None](), Front()
        async with app.run_test(size=SIZE) as pilot:
            await app.push_screen(front)
            await until(lambda: all(pane.asked for pane in front.panes))
            await pilot.pause()
            compositor = front._compositor  # pyright: ignore[reportPrivateUsage]  # As above.
            assert isinstance(compositor, SparingCompositor)
            with app.batch_update():
                for _ in range(60):
                    changed = random.sample(front.panes, random.randint(1, 3))
                    for pane in changed:
                        at = random.randrange(4), random.randrange(4)
                        part = Region(*at, random.randint(1, 9), random.randint(1, 3))
                        pane.change(*random.choice(((), (part,))))
                    compositor.update_widgets(set(changed))
                    dirty = compositor._dirty_regions.copy()  # pyright: ignore[reportPrivateUsage]  # As above.
                    ours = compositor.render_partial_update()
                    compositor._dirty_regions = dirty  # pyright: ignore[reportPrivateUsage]  # As above.
                    whole = compositor._render_chops  # pyright: ignore[reportPrivateUsage]  # As above.
                    theirs = Compositor._render_chops  # pyright: ignore[reportPrivateUsage]  # As above.
                    everything = app.size.region
                    expected = theirs(compositor, everything, lambda _: True)
                    assert _drawn(whole(everything, lambda _: True)) == _drawn(expected)
                    assert ours is not None
                    ends = [cuts[1:] for cuts in compositor.cuts]
                    spans = list(compositor._regions_to_spans(dirty))  # pyright: ignore[reportPrivateUsage]  # As above.
                    assert _seen(ours) == _seen(ChopsUpdate(expected, spans, ends))
                    dirty.clear()

    asyncio.run(story())
