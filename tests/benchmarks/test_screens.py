"""What is felt at a screen is measured right: without a look at any time."""

import sys
from contextlib import closing
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.reading import Reader
from hobnob_client.store.database import SqliteDatabase
from tests.benchmarks import community, grown
from tests.benchmarks.screens.bare import Bare
from tests.benchmarks.screens.felt import Felt, Pressed, echoes_ms, started
from tests.benchmarks.screens.report import MEASURES, Column, p50, p95, report
from tests.benchmarks.screens.taped import Piece, last_text, shown, stood_at, taped
from tests.terminal.emulator import Grid

SAID, GROWN = 100, 700
SAYS = (
    "import time; print('one', flush=True); input(); print('tw\u00f6', flush=True); time.sleep(60)"
)


def test_what_a_program_writes_is_kept_with_its_moment(tmp_path: Path) -> None:
    """In order; what stood on the screen is found out afterwards."""
    with taped((sys.executable, "-c", SAYS), {"HOME": str(tmp_path)}, 80, 24) as run:
        run.until(lambda: "one" in last_text(run, Grid(80, 24)))
        pressed_ns = run.type("\r")
        run.until(lambda: "tw\u00f6" in last_text(run, Grid(80, 24)))
        first = stood_at(run.pieces, Grid(80, 24), lambda text: "one" in text)
        second = stood_at(run.pieces, Grid(80, 24), lambda text: "tw\u00f6" in text)
        assert first is not None
        assert second is not None
        assert run.began_ns < first < pressed_ns < second
        assert run.wrote(pressed_ns)


def test_what_is_cut_between_two_reads_is_whole_on_the_screen() -> None:
    """Characters and sequences alike, wherever the cut is."""
    written = "a\u00f6\u65e5\x1b[2;3Hb\x1b[1;38;2;1;2;3mc".encode()
    for cut in range(len(written)):
        pieces = [Piece(1, written[:cut]), Piece(2, written[cut:])]
        texts = [text for _, text in shown(pieces, Grid(8, 2))]
        assert texts[-1] == "a\u00f6\u65e5    \n  bc    "


def test_a_peer_that_is_missing_has_no_figure() -> None:
    """And its reason stands below; what is measured stands beside its aim."""
    ours = Felt(start_ms=[float(nth) for nth in range(100)])
    told = report([Column("peer", None, "not installed")], [Column("ours", ours)])
    lines = told.splitlines()
    assert len(lines) == len(MEASURES) + 3
    assert [cell.strip() for cell in lines[4].split("|")[1:-1]] == [
        "... p95",
        "-",
        "95",
        "-",
        "<= 350",
    ]
    assert any("a new line, bytes" in line and "<= 8,000, low <= 1,500" in line for line in lines)
    assert lines[-1] == "peer: not installed"
    assert (p50(ours.start_ms), p95([])) == (50.0, None)


def test_the_floor_is_measured_as_the_screen_is(tmp_path: Path) -> None:
    """Textual alone: its starts and its memory, and nothing that it does not do."""
    found = started(Bare(tmp_path), 1)
    assert len(found.start_ms) == len(found.start_cpu_ms) == 1
    assert found.rss_mb
    assert not found.page_ms


def test_a_replica_that_went_on_growing_is_one_that_a_client_reads(tmp_path: Path) -> None:
    """All messages are there and can be found, signed and folded as if a hub had ordered them."""
    made = grown.kept(tmp_path, SAID, GROWN)
    again = grown.kept(tmp_path, SAID, GROWN)
    assert again.directory == made.directory
    assert community.kept(tmp_path, SAID).general == made.general
    with closing(Reader(made.profile, keyring.load(made.profile))) as reader:
        lines = reader.channels()
        pages = [reader.before(line.stream, None, GROWN).messages for line in lines]
    assert len(lines) == community.CHANNELS + 1
    assert sum(map(len, pages)) == GROWN
    with closing(SqliteDatabase(str(made.profile.replica), read_only=True)) as database:
        assert database.query("SELECT count(*) FROM text") == [(GROWN,)]


def test_a_key_that_was_erased_before_it_was_seen_holds_up_none_behind_it() -> None:
    """It took as long as it stood there, at least; until now those behind it waited for the same to
    be written once more, seconds later."""
    ms = 1_000_000
    drawn = (
        (10, "qx"), (20, "qxz"), (150, ""), (300, "q"), (400, "qxz"), (410, "qxzj"),
    )  # fmt: skip
    pressed = [
        Pressed(12 * ms, "qxz", 140 * ms),
        Pressed(100 * ms, "qxzj", 140 * ms),
        Pressed(390 * ms, "qxz"),
        Pressed(405 * ms, "qxzj"),
    ]
    shown = ((Piece(at_ms * ms, b""), text) for at_ms, text in drawn)
    assert list(echoes_ms(shown, pressed)) == [8, 50, 10, 5]
