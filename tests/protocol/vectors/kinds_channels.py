"""Bodies of what is said and done in channels."""

from typing import Final

from tests.protocol.vectors.kinds import (
    MENTIONS,
    TARGET_ONLY,
    TARGETS,
    Sample,
    boolean,
    on_off,
    size,
    text,
)
from tests.protocol.vectors.values import ALICE, BOB, CHANNEL, OTHER, TARGET, THREAD

_TEN: Final = [bytes([n]) * 20 for n in range(10)]
_POST: Final[dict[str, object]] = {"thread": None, "reply": None, "mentions": []}
TOO_LARGE: Final = ("text", "😀" * 4_200, "size")
"""Few enough characters, but 16,800 bytes."""
_EDIT: Final[dict[str, object]] = {"base": None, "mentions": []}

MESSAGES: Final = (
    Sample(
        "post",
        "text thread reply mentions",
        (
            ("hi\n\tthere ä😀", THREAD, OTHER, [ALICE, BOB]),
            ("x",),
            ("in a thread", THREAD),
            ("an answer", None, OTHER),
            ("x" * 12_000, None, None, _TEN),
        ),
        (
            *text("text", 12_000, lines=True),
            *size("thread", 16),
            *size("reply", 16),
            *MENTIONS,
            TOO_LARGE,
        ),
        _POST,
    ),
    Sample(
        "edit",
        "target text base mentions",
        ((TARGET, "better", OTHER, [BOB]), (TARGET, "x"), (TARGET, "x", None, [ALICE])),
        (*TARGETS, *text("text", 12_000, lines=True), *size("base", 16), *MENTIONS),
        _EDIT,
    ),
    Sample("delete", "target", TARGET_ONLY, TARGETS),
    on_off("react", "target emoji on", "on", (TARGET, "👍"), (*TARGETS, *text("emoji", 32))),
    Sample(
        "thanks",
        "target reason on",
        ((TARGET, "a weekend", False), (TARGET,), (TARGET, "x" * 200), (TARGET, "", False)),
        (*TARGETS, *text("reason", 200, empty=True), *boolean("on")),
        {"reason": "", "on": True},
    ),
    on_off("pin", "target on", "on", (TARGET,), TARGETS),
    Sample(
        "erase",
        "target reason",
        ((TARGET, "a secret\nslipped in"), (TARGET,), (TARGET, "x" * 500)),
        (*TARGETS, *text("reason", 500, lines=True, empty=True)),
        {"reason": ""},
    ),
    Sample(
        "hide",
        "target hidden reason",
        ((TARGET, True, "off topic"), (TARGET, False, "x" * 500)),
        (*TARGETS, *boolean("hidden"), *text("reason", 500, lines=True)),
    ),
)

THREADS: Final = (
    Sample(
        "thread_title",
        "target title",
        ((TARGET, "Plans"), (TARGET, "ä" * 120)),
        (*TARGETS, *text("title", 120)),
    ),
    on_off("thread_resolve", "target resolved", "resolved", (TARGET,), TARGETS),
    Sample(
        "thread_move",
        "target thread",
        ((TARGET, THREAD), (TARGET,)),
        (*TARGETS, *size("thread", 16), ("thread", TARGET, "body.thread.own_root")),
        {"thread": None},
    ),
    Sample(
        "accept_answer",
        "target answer",
        ((TARGET, OTHER), (TARGET,), (TARGET, TARGET)),
        (*TARGETS, *size("answer", 16)),
        {"answer": None},
    ),
)

POLLS: Final = (
    Sample(
        "poll",
        "question options multiple",
        (
            ("Tea\nor coffee?", ["tea", "coffee"], True),
            ("?", ["a", "b"]),
            ("?", [f"{n}" for n in range(20)]),
        ),
        (
            *text("question", 12_000, lines=True),
            ("options", "tea", "body.many.type"),
            ("options", ["tea"], "body.many.count"),
            ("options", [f"{n}" for n in range(21)], "body.many.count"),
            ("options", ["tea", "tea"], "body.many.distinct"),
            ("options", ["tea", ""], "body.text.empty"),
            ("options", ["tea", "x" * 201], "body.text.length"),
            ("options", ["tea", "a\nb"], "body.text.control"),
            ("options", ["tea", 7], "body.text.type"),
            *boolean("multiple"),
        ),
        {"multiple": False},
    ),
    Sample(
        "vote",
        "target choices",
        ((TARGET, [0, 2]), (TARGET, []), (TARGET, list(range(20)))),
        (
            *TARGETS,
            ("choices", 0, "body.many.type"),
            ("choices", [*range(20), 20], "body.many.count"),
            ("choices", [2, 1], "body.many.ascending"),
            ("choices", [1, 1], "body.many.ascending"),
            ("choices", [20], "body.integer"),
            ("choices", [-1], "body.integer"),
            ("choices", [True], "body.integer"),
        ),
    ),
    Sample("poll_close", "target", TARGET_ONLY, TARGETS),
)

CHANNELS: Final = (
    Sample(
        "channel_create",
        "channel name purpose auto_join history",
        (
            (CHANNEL, "garden", "Plants\nonly", True, "from_join"),
            (CHANNEL, "x" * 64),
            (CHANNEL, "garden", "", False, "from_join"),
        ),
        (
            *size("channel", 16),
            *text("name", 64),
            *text("purpose", 500, lines=True, empty=True),
            *boolean("auto_join"),
            ("history", "none", "body.choice"),
            ("history", None, "body.choice"),
        ),
        {"purpose": "", "auto_join": False, "history": "all"},
    ),
    on_off("channel_archive", "channel archived", "archived", (CHANNEL,), size("channel", 16)),
    Sample(
        "channel_set",
        "channel field value",
        (
            (CHANNEL, "auto_join", "yes"),
            (CHANNEL, "name", "beds"),
            (CHANNEL, "name", "yes"),
            (CHANNEL, "history", "all"),
        ),
        (
            *size("channel", 16),
            ("field", "purpose", "body.choice"),
            ("field", 1, "body.choice"),
            *text("value", 64),
            ("value", "true", "body.channel_set.value"),
            ("field", "history", "body.channel_set.value"),
        ),
    ),
    Sample(
        "purpose",
        "text channel",
        (("Plants\nonly", CHANNEL), ("",), ("x" * 500, CHANNEL)),
        (*text("text", 500, lines=True, empty=True), *size("channel", 16)),
        {"channel": None},
    ),
    Sample("join", "account", ((ALICE,), ()), size("account", 20), {"account": None}),
    Sample("leave", "", ((),)),
    Sample("invite", "account", ((ALICE,), (BOB,)), size("account", 20)),
    Sample(
        "kick",
        "account reason",
        ((ALICE, "spam"), (BOB, "x" * 500)),
        (*size("account", 20), *text("reason", 500, lines=True)),
    ),
    Sample(
        "ban",
        "account on reason",
        ((ALICE, True, "spam\nagain"), (ALICE, False, "x")),
        (*size("account", 20), *boolean("on"), *text("reason", 500, lines=True)),
    ),
)

SAMPLES: Final = (*MESSAGES, *THREADS, *POLLS, *CHANNELS)
