"""Channels: creating, setting, archiving, saying what they are for."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId
from hobnob_protocol.kind import Body, Write
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.registry import STANDARD
from tests.protocol.kinds.scene import (
    ALICE,
    GARDEN,
    IN_GARDEN,
    refused,
    stub_writes,
    travels_as,
    writes,
)

ELSEWHERE = ChannelId(b"e" * 16)


def test_a_channel_keeps_its_bounds() -> None:
    """A name of one line, a purpose, and how fresh members meet it."""
    travels_as(ChannelCreate(GARDEN, "garden"), GARDEN, "garden")
    travels_as(
        ChannelCreate(GARDEN, "x" * 64, "y" * 500, auto_join=True, history="from_join"),
        *(GARDEN, "x" * 64, "y" * 500, True, "from_join"),
    )
    refused(ChannelCreate, "blob", "channel", b"", "garden")
    refused(ChannelCreate, "text.length", "name", GARDEN, "x" * 65)
    refused(ChannelCreate, "text.empty", "name", GARDEN, "")
    refused(ChannelCreate, "text.control", "name", GARDEN, "a\nb")
    refused(ChannelCreate, "text.length", "purpose", GARDEN, "x", "y" * 501)
    refused(ChannelCreate, "boolean", "auto_join", GARDEN, "x", "", 1)
    refused(ChannelCreate, "choice", "history", GARDEN, "x", "", False, "none")


def test_a_public_channel_begins_in_the_directory() -> None:
    """All its fields are cells, and nobody is in it yet."""
    body = ChannelCreate(GARDEN, "garden", "Plants\nonly", auto_join=True, history="from_join")
    assert writes(body, DIRECTORY) == (
        Write("channel", GARDEN + b"name", "garden"),
        Write("channel", GARDEN + b"purpose", "Plants\nonly"),
        Write("channel", GARDEN + b"auto_join", True),
        Write("channel", GARDEN + b"history", "from_join"),
        Write("channel", GARDEN + b"public", True),
        Write("channel", GARDEN + b"creator", ALICE),
    )


def test_a_private_channel_begins_in_its_own_stream_with_its_creator_in_it() -> None:
    """Nobody could invite the creator."""
    assert writes(ChannelCreate(GARDEN, "garden")) == (
        Write("channel", GARDEN + b"name", "garden"),
        Write("channel", GARDEN + b"purpose", ""),
        Write("channel", GARDEN + b"auto_join", False),
        Write("channel", GARDEN + b"history", "all"),
        Write("channel", GARDEN + b"public", False),
        Write("channel", GARDEN + b"creator", ALICE),
        Write("member", ALICE, "joined"),
    )


@pytest.mark.parametrize(
    "body",
    [
        ChannelCreate(ELSEWHERE, "garden"),
        ChannelSet(ELSEWHERE, "name", "garden"),
        ChannelArchive(ELSEWHERE),
        Purpose("weeds", ELSEWHERE),
    ],
)
def test_a_channels_stream_cannot_speak_of_another_channel(body: Body) -> None:
    """Its members have no right there; in the directory the same body means something."""
    assert writes(body, IN_GARDEN) == ()
    assert writes(body, DIRECTORY) != ()


@pytest.mark.parametrize("stream", [DIRECTORY, IN_GARDEN])
def test_a_channels_properties_change_one_by_one(stream: StreamId) -> None:
    """Each is a cell of its own, so that two changes of two properties both hold."""
    travels_as(ChannelSet(GARDEN, "name", "x" * 64), GARDEN, "name", "x" * 64)
    for field, value, held in (
        ("name", "beds", "beds"),
        ("name", "yes", "yes"),
        ("auto_join", "yes", True),
        ("auto_join", "no", False),
        ("history", "all", "all"),
        ("history", "from_join", "from_join"),
    ):
        body = ChannelSet(GARDEN, field, value)
        travels_as(body, GARDEN, field, value)
        assert writes(body, stream) == (Write("channel", GARDEN + field.encode(), held),)
    assert stub_writes("channel_set") == ()


def test_a_property_takes_only_its_own_values() -> None:
    """Only a name is free text."""
    refused(ChannelSet, "blob", "channel", b"", "name", "x")
    refused(ChannelSet, "choice", "field", GARDEN, "purpose", "x")
    refused(ChannelSet, "text.length", "value", GARDEN, "name", "x" * 65)
    refused(ChannelSet, "text.empty", "value", GARDEN, "name", "")
    for field, value in (("auto_join", "true"), ("history", "none")):
        with pytest.raises(ProtocolError, match=r"^body\.channel_set\.value$"):
            decode_body(ChannelSet, encode((GARDEN, field, value)))
        with pytest.raises(UsageError):
            STANDARD.encode(ChannelSet(GARDEN, field, value))


def test_a_channel_is_archived_and_opened_again() -> None:
    """The later word holds."""
    travels_as(ChannelArchive(GARDEN), GARDEN)
    travels_as(ChannelArchive(GARDEN, archived=False), GARDEN, False)
    refused(ChannelArchive, "blob", "channel", b"")
    refused(ChannelArchive, "boolean", "archived", GARDEN, 1)
    key = GARDEN + b"archived"
    assert writes(ChannelArchive(GARDEN)) == (Write("channel", key, True),)
    assert writes(ChannelArchive(GARDEN, archived=False)) == (Write("channel", key, False),)
    assert stub_writes("channel_archive") == ()


def test_a_channel_says_what_it_is_for() -> None:
    """In its own stream the channel need not be named; in the directory it must."""
    travels_as(Purpose("x\n" * 250), "x\n" * 250)
    travels_as(Purpose("", GARDEN), "", GARDEN)
    refused(Purpose, "text.length", "text", "x" * 501)
    refused(Purpose, "blob", "channel", "x", b"")
    written = (Write("channel", GARDEN + b"purpose", "plants"),)
    assert writes(Purpose("plants")) == written
    assert writes(Purpose("plants", GARDEN)) == written
    assert writes(Purpose("plants", GARDEN), DIRECTORY) == written
    assert writes(Purpose("plants"), DIRECTORY) == ()
    assert stub_writes("purpose") == ()
    assert stub_writes("channel_create") == ()
