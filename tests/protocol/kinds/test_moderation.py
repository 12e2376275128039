"""Kicks, bans, reports, hiding and erasing."""

from typing import Any

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import MODERATION, StreamId
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.moderation import Ban, Erase, Hide, Kick, Report, ReportSealed
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    IN_GARDEN,
    ROOT,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

LONGEST = "why\n" * 125
TALK = StreamId(b"d:" + b"t" * 16)
SHOWN = (b"event", b"o" * 32, b"p" * 64)


@pytest.mark.parametrize(
    ("cls", "before"),
    [
        (Kick, (BOB,)),
        (Ban, (BOB, True)),
        (Report, (IN_GARDEN, ROOT)),
        (ReportSealed, (TALK, *SHOWN)),
        (Hide, (ROOT, True)),
    ],
)
def test_an_act_of_moderation_says_why(cls: Any, before: tuple[object, ...]) -> None:
    """A reason is required, may have lines, and has at most 500 characters."""
    travels_as(cls(*before, LONGEST), *before, LONGEST)
    refused(cls, "text.empty", "reason", *before, "")
    refused(cls, "text.length", "reason", *before, LONGEST + "!")
    refused(cls, "text.control", "reason", *before, "\x9b")


def test_a_kick_ends_a_membership() -> None:
    """In the channel of its stream."""
    refused(Kick, "blob", "account", b"", "spam")
    assert writes(Kick(BOB, "spam")) == (Write("member", BOB, "kicked"),)
    assert stub_writes("kick") == ()


def test_a_ban_from_a_channel_ends_a_membership_until_lifted() -> None:
    """Lifted, the account is out but may come back."""
    refused(Ban, "blob", "account", b"", True, "spam")
    refused(Ban, "boolean", "on", BOB, 1, "spam")
    assert writes(Ban(BOB, on=True, reason="spam")) == (Write("member", BOB, "banned"),)
    assert writes(Ban(BOB, on=False, reason="sorry")) == (Write("member", BOB, "left"),)
    assert stub_writes("ban") == ()


def test_a_ban_from_the_hub_says_who_and_why() -> None:
    """It is an event of `mod`."""
    assert writes(Ban(BOB, on=True, reason="spam"), MODERATION) == (
        Write("banned", BOB, (ALICE, "spam")),
    )
    assert writes(Ban(BOB, on=False, reason="sorry"), MODERATION) == (Write("banned", BOB, None),)


def test_every_report_is_kept() -> None:
    """Each has a cell of its own, for ever."""
    refused(Report, "stream", "stream", b"x:1", ROOT, "spam")
    refused(Report, "blob", "target", IN_GARDEN, b"", "spam")
    assert writes(Report(IN_GARDEN, ROOT, "spam"), MODERATION) == (
        Write("report", THIS, (ALICE, IN_GARDEN, ROOT, "spam"), Rule.FIRST),
    )
    assert stub_writes("report") == ()


def test_a_report_of_a_sealed_message_shows_it() -> None:
    """One of a conversation: what it shows stands in the cell, for each moderator to check."""
    event, opening, padded = SHOWN
    with pytest.raises(ProtocolError, match=r"body\.report\.conversation"):
        decode_body(ReportSealed, encode((IN_GARDEN, *SHOWN, "spam")))
    refused(ReportSealed, "blob", "event", TALK, b"", opening, padded, "spam")
    refused(ReportSealed, "blob", "opening", TALK, event, b"o" * 16, padded, "spam")
    refused(ReportSealed, "blob", "padded", TALK, event, opening, b"p" * 63, "spam")
    assert writes(ReportSealed(TALK, *SHOWN, "spam"), MODERATION) == (
        Write("report_sealed", THIS, (ALICE, TALK, *SHOWN, "spam"), Rule.FIRST),
    )
    assert stub_writes("report_sealed") == ()


def test_a_message_is_hidden_and_shown_again() -> None:
    """While hidden the cell says by whom and why."""
    refused(Hide, "blob", "target", b"", True, "spam")
    refused(Hide, "boolean", "hidden", ROOT, None, "spam")
    assert writes(Hide(ROOT, hidden=True, reason="spam")) == (
        Write("hidden", ROOT, (ALICE, "spam")),
    )
    assert writes(Hide(ROOT, hidden=False, reason="fine")) == (Write("hidden", ROOT, None),)
    assert stub_writes("hide") == ()


def test_erasing_marks_its_target_dead() -> None:
    """An author need not say why."""
    travels_as(Erase(ROOT), ROOT)
    travels_as(Erase(ROOT, LONGEST), ROOT, LONGEST)
    refused(Erase, "blob", "target", b"")
    refused(Erase, "text.length", "reason", ROOT, LONGEST + "!")
    assert writes(Erase(ROOT, "law")) == (
        Write("dead", ROOT, (ALICE, "erased", "law"), Rule.FIRST),
    )
    assert stub_writes("erase") == ()
