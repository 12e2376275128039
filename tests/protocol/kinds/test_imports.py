"""Messages from elsewhere."""

from typing import Any

from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.limits import TIME_MS_MAX
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    LAPTOP,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

FULL: tuple[Any, ...] = (
    "mail",
    "<1@example>",
    BOB,
    1_000,
    "hello\nthere",
    ("<0@example>",),
    2_000,
    3_000,
    (("subject", "Hi"), ("flags", "")),
)


def _with(at: int, value: object) -> tuple[Any, ...]:
    return (*FULL[:at], value, *FULL[at + 1 :])


def test_an_imported_message_keeps_what_it_was() -> None:
    """All of it travels; what the source did not say costs nothing."""
    travels_as(Imported(*FULL), *FULL)
    travels_as(Imported(*FULL[:5]), *FULL[:5])
    travels_as(Imported(*_with(4, "")), *_with(4, ""))


def test_an_imported_message_keeps_its_bounds() -> None:
    """Each field at its bound passes, over it does not."""
    pairs = tuple(("k", "v") for _ in range(33))
    for at, name, bound, over, rule in (
        (0, "source", "x" * 128, "x" * 129, "text.length"),
        (0, "source", "x", "", "text.empty"),
        (1, "source_id", "x" * 128, "x" * 129, "text.length"),
        (1, "source_id", "x", "", "text.empty"),
        (2, "account", b"a" * 20, b"a" * 21, "blob"),
        (3, "at_ms", TIME_MS_MAX, TIME_MS_MAX + 1, "integer"),
        (3, "at_ms", 0, -1, "integer"),
        (4, "text", "x" * 12_000, "x" * 12_001, "text.length"),
        (5, "references", ("r" * 128,) * 16, ("r",) * 17, "many.count"),
        (5, "references", ("r",), ("r" * 129,), "text.length"),
        (5, "references", ("r",), ("",), "text.empty"),
        (6, "edited_ms", None, -1, "integer"),
        (7, "deleted_ms", None, -1, "integer"),
        (8, "extra", pairs[:32], pairs, "many.count"),
        (8, "extra", (("k" * 32, "v" * 2_000),), (("k" * 33, "v"),), "text.length"),
        (8, "extra", (("k", "a\nb"),), (("k", "v" * 2_001),), "text.length"),
        (8, "extra", (("k", ""),), (("", "v"),), "text.empty"),
        (8, "extra", (), (("k",),), "record"),
    ):
        refused(Imported, rule, name, *_with(at, over))
        body = Imported(*_with(at, bound))
        travels_as(body, *(_with(at, bound) if (at, bound) != (8, ()) else FULL[:8]))


def test_an_imported_message_is_a_message_of_its_importer() -> None:
    """Rights follow the importer; the cell says who wrote it there and when."""
    more = ("mail", "<1@example>", BOB, 1_000, ("<0@example>",), 2_000, 3_000, FULL[8])
    value = (ALICE, LAPTOP, 30, None, None, "hello\nthere", (), more, 1_700_000_000_123)
    bare = (ALICE, LAPTOP, 30, None, None, "", (), (), 1_700_000_000_123)
    assert writes(Imported(*FULL)) == (Write("message", THIS, value, Rule.FIRST),)
    assert stub_writes("imported") == (Write("message", THIS, bare, Rule.FIRST),)
