"""The cells of a replica: kept in the order of the seqs that wrote them, found by their keys."""

from typing import Final

from hobnob_sync.shelf_sql import CellTable

_BY_KEY: Final = "cell INDEXED BY cell_key"
"""Said each time: to SQLite, a walk through all cells of a place looks as cheap as many keys."""
NUMBER: Final = "SELECT place FROM place WHERE stream = ? AND noun = ?"
_PLACE: Final = f"({NUMBER})"

CELL: Final = f"SELECT seq, value FROM {_BY_KEY} WHERE place = {_PLACE} AND key = ?"
CELLS: Final = f"""
    SELECT key, seq, value
    FROM {_BY_KEY} WHERE place = {_PLACE} AND key >= ? AND key < ? ORDER BY key
"""
CELLS_TO_THE_END: Final = f"""
    SELECT key, seq, value
    FROM {_BY_KEY} WHERE place = {_PLACE} AND key >= ? ORDER BY key
"""
EACH_CELL: Final = f"""
    SELECT key, seq, value FROM {_BY_KEY} WHERE place = {_PLACE} AND key IN ({{places}})
"""
EACH_CELLS: Final = f"""
    WITH wanted (low, high) AS (VALUES {{places}})
    SELECT wanted.low, cell.key, cell.seq, cell.value
    FROM wanted CROSS JOIN {_BY_KEY}
        ON cell.place = {_PLACE} AND cell.key >= wanted.low AND cell.key < wanted.high
    ORDER BY wanted.low, cell.key
"""
RESIDENT: Final = """
    SELECT place.stream, cell.key, cell.seq, cell.value
    FROM place CROSS JOIN cell USING (place) WHERE place.noun = ?
"""
ANY: Final = "SELECT 1 FROM place WHERE stream = ? AND noun = ?"
PUT_PLACE: Final = "INSERT OR IGNORE INTO place (stream, noun) VALUES (?, ?)"
DROP_CELL: Final = f"DELETE FROM {_BY_KEY} WHERE place = {_PLACE} AND key = ?"
PUT_CELL: Final = "INSERT OR REPLACE INTO cell (place, key, seq, value) VALUES (?, ?, ?, ?)"
DROP_CELLS: Final = (
    "DELETE FROM cell WHERE place IN (SELECT place FROM place WHERE stream = ?)",
    "DELETE FROM place WHERE stream = ?",
)
"""All cells of a stream."""

BY_SEQ: Final = CellTable(
    CELL,
    CELLS,
    CELLS_TO_THE_END,
    EACH_CELL,
    EACH_CELLS,
    RESIDENT,
    ANY,
    PUT_PLACE,
    NUMBER,
    DROP_CELL,
    PUT_CELL,
)
