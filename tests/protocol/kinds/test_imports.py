"""Messages from elsewhere."""

from typing import Any

from hobnob_protocol.ids import imported_account
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.imports import Imported, ImportedChannel, ImportedMembers
from hobnob_protocol.limits import TIME_MS_MAX
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    LAPTOP,
    OTHER,
    ROOT,
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
    ROOT,
    OTHER,
    (ALICE, BOB),
    (("👍", 3),),
)

MENTIONED = tuple(bytes([nth]) * 20 for nth in range(10))


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
        (8, "extra", (("", ""),)[:0], (("k",),), "record"),
        (9, "thread", ROOT, ROOT[:15], "blob"),
        (10, "reply", None, ROOT[:15], "blob"),
        (11, "mentions", MENTIONED, (*MENTIONED, ALICE), "many.count"),
        (11, "mentions", (BOB,), (BOB, BOB), "many.distinct"),
        (12, "reactions", (("x", 1),) * 32, (("x", 1),) * 33, "many.count"),
        (12, "reactions", (("x" * 32, 1),), (("x" * 33, 1),), "text.length"),
        (12, "reactions", (("x", 1),), (("x", 0),), "integer"),
    ):
        refused(Imported, rule, name, *_with(at, over))
        body = Imported(*_with(at, bound))
        travels_as(body, *_with(at, bound))


def test_an_imported_message_is_a_message_of_its_importer() -> None:
    """Rights follow the importer; the cell says who wrote it there and when."""
    more = ("mail", "<1@example>", BOB, 1_000, ("<0@example>",), 2_000, None, FULL[8], FULL[12])
    value = (ALICE, LAPTOP, 30, ROOT, OTHER, "hello\nthere", (ALICE, BOB), more, 1_700_000_000_123)
    bare = (ALICE, LAPTOP, 30, None, None, "", (), (), 1_700_000_000_123)
    assert writes(Imported(*_with(7, None))) == (Write("message", THIS, value, Rule.FIRST),)
    assert stub_writes("imported") == (Write("message", THIS, bare, Rule.FIRST),)


def test_what_was_withdrawn_there_says_nothing_here() -> None:
    """Whatever text its importer sent along."""
    (write,) = writes(Imported(*FULL))
    assert isinstance(write.value, tuple)
    assert write.value[5] == ""


def test_members_from_elsewhere_have_an_account_each() -> None:
    """Made of source and id, the same for every importer; each is one cell."""
    extra = (("tz", "UTC"),)
    body = ImportedMembers("mail", (("ada", "Ada", False, extra), ("bot", "", True, ())))
    travels_as(body, "mail", (("ada", "Ada", False, extra), ("bot", "", True, ())))
    assert writes(body) == (
        Write(
            "imported_member",
            imported_account("mail", "ada"),
            ("mail", "ada", "Ada", False, extra),
        ),
        Write("imported_member", imported_account("mail", "bot"), ("mail", "bot", "", True, ())),
    )
    assert stub_writes("imported_members") == ()


def test_a_channel_knows_what_it_was_elsewhere() -> None:
    """One cell for each channel it takes up."""
    body = ImportedChannel("mail", "<dev@x>", "dev", (("topics", "7"),))
    travels_as(body, "mail", "<dev@x>", "dev", (("topics", "7"),))
    value = ("mail", "<dev@x>", "dev", (("topics", "7"),))
    assert writes(body) == (Write("imported_channel", b"mail\0<dev@x>", value),)
    assert stub_writes("imported_channel") == ()
