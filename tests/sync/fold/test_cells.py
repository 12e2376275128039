"""Cells in the making: what a step reads is what was loaded, as it was changed since."""

import pytest

from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell, CellKey, CellsKey, EachCellKey, EachCellsKey, Key, Loaded
from hobnob_sync.testing.scene import CELLAR, GARDEN

OLD, NEW = Cell(1, "old"), Cell(2, "new")


def over(*found: tuple[bytes, Cell]) -> Overlay:
    """An overlay over cells of the noun "pin", all of them loaded."""
    answers: dict[object, object] = {CellKey(GARDEN, "pin", key): cell for key, cell in found}
    answers[CellKey(GARDEN, "pin", b"none")] = None
    answers[CellsKey(GARDEN, "pin", b"")] = found
    answers[CellsKey(GARDEN, "pin", b"a")] = tuple(
        (key, cell) for key, cell in found if key.startswith(b"a")
    )
    return Overlay(GARDEN, Loaded(answers))  # type: ignore[arg-type]


def test_what_was_loaded_is_read() -> None:
    """A cell, and that there is none."""
    cells = over((b"a", OLD))
    assert cells.get("pin", b"a") == OLD
    assert cells.get("pin", b"none") is None
    assert cells.scan("pin", b"") == ((b"a", OLD),)


def test_what_was_written_hides_what_was_loaded() -> None:
    """A new value, a removal, and a value again."""
    cells = over((b"a", OLD))
    cells.put("pin", b"a", NEW)
    assert cells.get("pin", b"a") == NEW
    assert cells.scan("pin", b"a") == ((b"a", NEW),)
    cells.drop("pin", b"a")
    assert cells.get("pin", b"a") is None
    assert cells.scan("pin", b"a") == ()
    cells.put("pin", b"a", OLD)
    assert cells.get("pin", b"a") == OLD


def test_a_write_elsewhere_hides_nothing() -> None:
    """Another key of the noun, another noun."""
    cells = over((b"a", OLD))
    cells.put("pin", b"b", NEW)
    cells.put("vote", b"a", NEW)
    assert cells.get("pin", b"a") == OLD


def test_a_scan_is_in_key_order_and_of_its_prefix_alone() -> None:
    """Loaded and written alike; what was dropped is not there, nor what never was."""
    cells = over((b"ab", OLD), (b"ad", OLD))
    cells.put("pin", b"ac", NEW)
    cells.put("pin", b"aa", NEW)
    cells.put("pin", b"b", NEW)
    cells.put("vote", b"ae", NEW)
    cells.drop("pin", b"ad")
    cells.drop("pin", b"az")
    assert cells.scan("pin", b"a") == ((b"aa", NEW), (b"ab", OLD), (b"ac", NEW))


def test_over_nothing_there_is_only_what_was_written() -> None:
    """As when a log is folded anew: no cell need have been asked for."""
    cells = Overlay.fresh(GARDEN)
    assert cells.get("pin", b"a") is None
    assert cells.scan("pin", b"") == ()
    cells.put("pin", b"a", NEW)
    cells.put("pin", b"b", NEW)
    cells.drop("pin", b"b")
    assert cells.get("pin", b"a") == NEW
    assert cells.scan("pin", b"") == ((b"a", NEW),)


def test_the_changes_are_all_that_was_written_and_nothing_that_was_read() -> None:
    """None stands where a cell is to go."""
    cells = over((b"a", OLD), (b"b", OLD))
    assert cells.changes() == {}
    cells.get("pin", b"a")
    cells.put("pin", b"c", NEW)
    cells.put("vote", b"a", NEW)
    cells.drop("pin", b"b")
    assert cells.changes() == {
        ("pin", b"c"): NEW,
        ("pin", b"b"): None,
        ("vote", b"a"): NEW,
    }


def test_what_was_asked_for_in_pages_is_read_a_cell_at_a_time() -> None:
    """Also that there is none; and what is in no page is looked for by itself."""
    answers: dict[Key[object], object] = {
        EachCellKey(GARDEN, "pin", (b"a", b"none")): {b"a": OLD},
        EachCellKey(GARDEN, "pin", (b"b",)): {b"b": NEW},
        EachCellsKey(GARDEN, "pin", (b"a", b"none")): {b"a": ((b"a", OLD),)},
        CellKey(GARDEN, "pin", b"c"): OLD,
        CellsKey(GARDEN, "pin", b"c"): ((b"c", OLD),),
    }
    cells = Overlay(GARDEN, Loaded(answers))
    found = [cells.get("pin", key) for key in (b"a", b"none", b"b", b"c")]
    assert found == [OLD, None, NEW, OLD]
    assert [cells.scan("pin", key) for key in (b"a", b"none", b"c")] == [
        ((b"a", OLD),),
        (),
        ((b"c", OLD),),
    ]
    for read in (cells.get, cells.scan):
        with pytest.raises(KeyError):
            read("pin", b"z")
        with pytest.raises(KeyError):
            read("vote", b"a")


def test_what_was_not_asked_for_cannot_be_read() -> None:
    """A bug in what was asked for shows at once, and so does another stream's cell."""
    cells = over((b"a", OLD))
    with pytest.raises(KeyError):
        cells.get("pin", b"z")
    with pytest.raises(KeyError):
        cells.scan("pin", b"z")
    elsewhere = Overlay(CELLAR, Loaded({CellKey(GARDEN, "pin", b"a"): OLD}))
    with pytest.raises(KeyError):
        elsewhere.get("pin", b"a")
