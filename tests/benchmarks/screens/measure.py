"""All programs beside each other in one run."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.benchmarks import community, drawing, grown
from tests.benchmarks.screens.bare import Bare
from tests.benchmarks.screens.felt import Sizes, felt, started
from tests.benchmarks.screens.irc_server import IrcServer
from tests.benchmarks.screens.ours import Ours
from tests.benchmarks.screens.program import Program
from tests.benchmarks.screens.report import Column, p50, p95, report
from tests.benchmarks.screens.taped import NeverCame
from tests.benchmarks.screens.weechat import WeeChat, kept_log
from tests.benchmarks.screens.zulip_term import ZulipTerm
from tests.benchmarks.server import Missing
from tests.benchmarks.table import number, table

ONLINE: Final = 10_000
"""Messages of the community that has a hub."""
FIRST: Final = 1_000
"""The number of the first member who joins for a measurement."""
LOG: Final = "WeeChat, all lines"


def measure(cache: Path, directory: Path, messages: int, rounds: int, sizes: Sizes) -> str:
    """Ours with a hub and few messages, then for a slow line, and alone with very many; the peers
    with as many lines."""
    cache.mkdir(parents=True, exist_ok=True)
    begun = min(ONLINE, messages)
    anchors = [
        _column("WeeChat", lambda: _weechat(cache, directory, messages, False), rounds, sizes),
        _column("zulip-term", lambda: _zulip(cache, directory), rounds, sizes),
        _column(LOG, lambda: _weechat(cache, directory, messages, True), 1, sizes),
        _begun(Bare(directory), rounds),
    ]
    online = community.kept(cache, begun).copy(directory / "online")
    hub = online.hub(0, FIRST, 1)
    try:
        few = _column(f"hobnob, {begun:,}", lambda: Ours(online, hub), rounds, sizes)
        slow = _column("... low bandwidth", lambda: Ours(online, hub, thrifty=True), 1, sizes)
    finally:
        hub.stop()
    shutil.rmtree(online.directory)
    alone = grown.kept(cache, begun, messages).copy(directory / "alone")
    many = _column(f"hobnob, {messages:,}", lambda: Ours(alone, None), rounds, sizes)
    return report(anchors, [slow, few, many]) + "\n" + _drawn(sizes)


def _column(name: str, make: Callable[[], Program], rounds: int, sizes: Sizes) -> Column:
    try:
        program = make()
        return Column(f"{name} {program.version}", felt(program, rounds, sizes))
    except (Missing, NeverCame) as why:
        return Column(name, None, str(why))


def _begun(program: Program, rounds: int) -> Column:
    """How little a start can cost."""
    return Column(f"{program.name} {program.version}", started(program, rounds))


def _weechat(cache: Path, directory: Path, messages: int, all_lines: bool) -> Program:
    place = directory / f"weechat-{all_lines}"
    place.mkdir()
    return WeeChat(place, kept_log(cache, messages), IrcServer(), all_lines=all_lines)


def _zulip(cache: Path, directory: Path) -> Program:
    place = directory / "zulip"
    place.mkdir()
    return ZulipTerm(cache / "zulip-term", place)


def _drawn(sizes: Sizes) -> str:
    """What drawing alone costs our process: rich texts of the demo world, no hub and no disk."""
    spent = asyncio.run(drawing.measured(drawing.texts_of(None), sizes.acts))
    head = ("drawing alone, CPU ms", "p50", "p95", "aim")
    rows = [
        (name, number(p50(each)), number(p95(each)), f"<= {drawing.GOALS_MS[name]}")
        for name, each in spent.items()
    ]
    return table(head, rows)
