"""Bodies of what was first said elsewhere."""

from typing import Final

from tests.protocol.vectors.frames import Bad
from tests.protocol.vectors.kinds import MENTIONS, Sample, boolean, integer, size, text
from tests.protocol.vectors.values import ALICE, AT_MS, BOB, MOST, OTHER, THREAD

_NONE: Final[list[object]] = []

MEMBERS_BAD: Final[Bad] = (
    *text("source", 128),
    ("members", _NONE, "body.many.count"),
    ("members", [["a", "A", False, _NONE]] * 65, "body.many.count"),
    ("members", [["a", "A", False]], "body.record"),
    ("members", [["", "A", False, _NONE]], "body.text.empty"),
    ("members", [["a", "A\n", False, _NONE]], "body.text.control"),
    ("members", [["a", "x" * 129, False, _NONE]], "body.text.length"),
    ("members", [["a", "A", 0, _NONE]], "body.boolean"),
    ("members", [["a", "A", False, [["k", "v"]] * 17]], "body.many.count"),
    ("members", [["a", "A", False, [["", "v"]]]], "body.text.empty"),
)
"""What a list of members from elsewhere may not be."""

SAMPLES: Final = (
    Sample(
        "imported",
        "source source_id account at_ms text references edited_ms deleted_ms extra thread reply "
        "mentions reactions",
        (
            (
                *("mail", "<1@example>", BOB, AT_MS, "hello\nthere", ["<0@example>"]),
                *(AT_MS + 1, AT_MS + 2, [["subject", "Hi"], ["flags", ""]]),
                *(THREAD, OTHER, [ALICE, BOB], [["👍", 3], ["+1", MOST]]),
            ),
            ("mail", "1", BOB, 0, ""),
            ("mail", "1", BOB, MOST, "x", [], None, 0),
        ),
        (
            *text("source", 128),
            *text("source_id", 128),
            *size("account", 20),
            *integer("at_ms", MOST),
            *text("text", 12_000, lines=True, empty=True),
            ("references", "<0@example>", "body.many.type"),
            ("references", ["x"] * 17, "body.many.count"),
            ("references", [""], "body.text.empty"),
            ("references", ["x" * 129], "body.text.length"),
            *integer("edited_ms", MOST),
            *integer("deleted_ms", MOST),
            ("extra", None, "body.many.type"),
            ("extra", [["a", "b"]] * 33, "body.many.count"),
            ("extra", ["ab"], "body.record"),
            ("extra", [["a"]], "body.record"),
            ("extra", [["a", "b", "c"]], "body.record"),
            ("extra", [["", "b"]], "body.text.empty"),
            ("extra", [["x" * 33, "b"]], "body.text.length"),
            ("extra", [["a", "x" * 2_001]], "body.text.length"),
            *size("thread", 16),
            *size("reply", 16),
            *MENTIONS,
            ("reactions", [["x", 1]] * 33, "body.many.count"),
            ("reactions", [["x" * 33, 1]], "body.text.length"),
            ("reactions", [["x", 0]], "body.integer"),
            ("reactions", [["x"]], "body.record"),
        ),
        {
            "references": [],
            "edited_ms": None,
            "deleted_ms": None,
            "extra": [],
            "thread": None,
            "reply": None,
            "mentions": [],
            "reactions": [],
        },
    ),
    Sample(
        "imported_members",
        "source members",
        (
            ("mail", [["ada", "Ada L.", False, [["tz", "Europe/London"]]], ["b", "", True, _NONE]]),
            ("m", [["x" * 128, "x" * 128, True, [["k", ""]] * 16]]),
        ),
        MEMBERS_BAD,
    ),
    Sample(
        "imported_channel",
        "source source_id name extra",
        (("mail", "<dev@example>", "dev", [["topics", "7"]]), ("m", "1", "x" * 128)),
        (
            *text("source", 128),
            *text("source_id", 128),
            *text("name", 128),
            ("extra", [["a", "b"]] * 33, "body.many.count"),
            ("extra", [["a", "x" * 2_001]], "body.text.length"),
        ),
        {"extra": []},
    ),
    Sample(
        "claim",
        "imported account on reason",
        ((ALICE, BOB, True, "knew\nher old key"), (ALICE, BOB, False, "x" * 500)),
        (
            *size("imported", 20),
            *size("account", 20),
            *boolean("on"),
            *text("reason", 500, lines=True),
        ),
    ),
)
