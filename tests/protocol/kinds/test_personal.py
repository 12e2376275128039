"""What only one's own devices see."""

from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.personal import Block, DeviceName, Mute, ReadCursor, Save
from hobnob_protocol.limits import SEQ_MAX
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    IN_GARDEN,
    LAPTOP,
    ROOT,
    refused,
    stub_writes,
    travels_as,
    writes,
)

MINE = user_stream(ALICE)


def test_a_saved_message_is_of_any_stream() -> None:
    """Kept or let go: the later word holds."""
    travels_as(Save(IN_GARDEN, ROOT), IN_GARDEN, ROOT)
    travels_as(Save(IN_GARDEN, ROOT, on=False), IN_GARDEN, ROOT, False)
    refused(Save, "stream", "stream", b"nowhere", ROOT)
    refused(Save, "blob", "target", IN_GARDEN, b"")
    refused(Save, "boolean", "on", IN_GARDEN, ROOT, 1)
    assert writes(Save(IN_GARDEN, ROOT), MINE) == (Write("saved", ROOT + IN_GARDEN, True),)
    assert writes(Save(IN_GARDEN, ROOT, on=False), MINE) == (
        Write("saved", ROOT + IN_GARDEN, False),
    )
    assert stub_writes("save") == ()


def test_a_read_cursor_only_grows() -> None:
    """Two devices meet at the greater (gen, seq)."""
    travels_as(ReadCursor(IN_GARDEN, SEQ_MAX, SEQ_MAX), IN_GARDEN, SEQ_MAX, SEQ_MAX)
    travels_as(ReadCursor(IN_GARDEN, 0, 0), IN_GARDEN, 0, 0)
    refused(ReadCursor, "stream", "stream", b"", 0, 0)
    refused(ReadCursor, "integer", "gen", IN_GARDEN, -1, 0)
    refused(ReadCursor, "integer", "gen", IN_GARDEN, SEQ_MAX + 1, 0)
    refused(ReadCursor, "integer", "seq", IN_GARDEN, 0, -1)
    refused(ReadCursor, "integer", "seq", IN_GARDEN, 0, SEQ_MAX + 1)
    assert writes(ReadCursor(IN_GARDEN, 1, 9), MINE) == (
        Write("read", IN_GARDEN, (1, 9), Rule.MAX),
    )
    assert stub_writes("read_cursor") == ()


def test_a_block_is_one_switch_per_account() -> None:
    """Blocked or no longer."""
    travels_as(Block(BOB), BOB)
    travels_as(Block(BOB, on=False), BOB, False)
    refused(Block, "blob", "account", b"")
    refused(Block, "boolean", "on", BOB, 0)
    assert writes(Block(BOB), MINE) == (Write("blocked", BOB, True),)
    assert writes(Block(BOB, on=False), MINE) == (Write("blocked", BOB, False),)
    assert stub_writes("block") == ()


def test_a_mute_is_one_switch_per_stream_and_one_per_thread() -> None:
    """Muting a stream says nothing of its threads, nor the reverse."""
    travels_as(Mute(IN_GARDEN), IN_GARDEN)
    travels_as(Mute(IN_GARDEN, ROOT), IN_GARDEN, ROOT)
    travels_as(Mute(IN_GARDEN, None, on=False), IN_GARDEN, None, False)
    refused(Mute, "stream", "stream", b"")
    refused(Mute, "blob", "thread", IN_GARDEN, b"short")
    refused(Mute, "boolean", "on", IN_GARDEN, None, 0)
    assert writes(Mute(IN_GARDEN), MINE) == (Write("muted", bytes(16) + IN_GARDEN, True),)
    assert writes(Mute(IN_GARDEN, ROOT, on=False), MINE) == (
        Write("muted", ROOT + IN_GARDEN, False),
    )
    assert stub_writes("mute") == ()


def test_a_device_is_called_by_its_latest_name() -> None:
    """Or by none."""
    travels_as(DeviceName(LAPTOP, "x" * 40), LAPTOP, "x" * 40)
    travels_as(DeviceName(LAPTOP), LAPTOP)
    refused(DeviceName, "blob", "device", b"short", "x")
    refused(DeviceName, "text.length", "name", LAPTOP, "x" * 41)
    refused(DeviceName, "text.empty", "name", LAPTOP, "")
    assert writes(DeviceName(LAPTOP, "desk"), MINE) == (Write("device_name", LAPTOP, "desk"),)
    assert writes(DeviceName(LAPTOP), MINE) == (Write("device_name", LAPTOP, None),)
    assert stub_writes("device_name") == ()
