"""Cells in the making: what a step has changed, over what it has loaded."""

from typing import Protocol

from hobnob_protocol.ids import StreamId
from hobnob_sync.ports import Cell, Loaded


class CellsView(Protocol):
    """The cells of one stream, for reading."""

    def get(self, noun: str, key: bytes) -> Cell | None:
        """One cell."""
        ...

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """The cells of a noun whose key begins with `prefix`, in key order."""
        ...


class Overlay:
    """Changes over loaded cells. Reading a cell that was neither loaded nor written is a bug in
    what was asked for: KeyError."""

    def __init__(self, stream: StreamId, loaded: Loaded | None) -> None:
        self._stream = stream
        self._loaded = loaded
        self._changes: dict[str, dict[bytes, Cell | None]] = {}

    @classmethod
    def fresh(cls, stream: StreamId) -> "Overlay":
        """Over nothing at all, to fold a log anew."""
        return cls(stream, None)

    def get(self, noun: str, key: bytes) -> Cell | None:
        """One cell as changed so far."""
        changes = self._changes.get(noun)
        if changes is not None and key in changes:
            return changes[key]
        if self._loaded is None:
            return None
        return self._loaded.cell(self._stream, noun, key)

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """The cells of a noun under a prefix as changed so far, in key order."""
        loaded = self._loaded.cells(self._stream, noun, prefix) if self._loaded is not None else ()
        changes = self._changes.get(noun)
        if not changes:
            return loaded
        found = dict(loaded)
        for key, cell in changes.items():
            if key.startswith(prefix):
                if cell is None:
                    found.pop(key, None)
                else:
                    found[key] = cell
        return tuple(sorted(found.items()))

    def put(self, noun: str, key: bytes, cell: Cell) -> None:
        """Write a cell."""
        self._changes.setdefault(noun, {})[key] = cell

    def drop(self, noun: str, key: bytes) -> None:
        """Remove a cell."""
        self._changes.setdefault(noun, {})[key] = None

    def changes(self) -> dict[tuple[str, bytes], Cell | None]:
        """All that differs from what was loaded; None where a cell is to go."""
        return {
            (noun, key): cell
            for noun, cells in self._changes.items()
            for key, cell in cells.items()
        }
