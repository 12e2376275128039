"""Settings are bodies among what is private, each under the name of the cell that it writes."""

import pytest

from hobnob_protocol.bodies import encode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DeviceId, StreamId, TargetId
from hobnob_protocol.kind import Body, Write
from hobnob_protocol.kinds.personal import Block, DeviceName, Mute
from hobnob_protocol.limits import DEVICE_NAME_TEXT_MAX, PRIVATE_NAME_BYTES_MAX
from hobnob_protocol.sealing.draft import Draft, decode_draft, encode_draft
from hobnob_protocol.sealing.kept_search import encode_search, is_search
from hobnob_protocol.sealing.setting import PREFIX, cell_of, decode_setting, encode_setting
from tests.protocol.kinds.scene import ALICE

GARDEN = StreamId(b"c:" + b"g" * 16)
ROOT = TargetId(b"r" * 16)
LAPTOP = DeviceId(b"laptop!!")


@pytest.mark.parametrize(
    "body",
    [
        Mute(GARDEN),
        Mute(GARDEN, ROOT, on=False),
        DeviceName(LAPTOP, "x" * DEVICE_NAME_TEXT_MAX),
        DeviceName(LAPTOP),
    ],
)
def test_a_setting_is_read_as_it_was_set(body: Body) -> None:
    """Its name has room, and is no draft's and no search's."""
    name, value = encode_setting(body)
    assert decode_setting(name, value) == body
    assert name.startswith(PREFIX)
    assert len(name) <= PRIVATE_NAME_BYTES_MAX // 2
    assert decode_draft(name) is None
    assert not is_search(name)


def test_what_is_set_again_has_the_same_name() -> None:
    """On or off; a thread has another one than its stream."""
    name, _ = encode_setting(Mute(GARDEN))
    assert name == encode(("setting", 45, bytes(16) + GARDEN))
    assert encode_setting(Mute(GARDEN, None, on=False))[0] == name
    assert encode_setting(Mute(GARDEN, ROOT))[0] != name
    assert encode_setting(DeviceName(LAPTOP))[0] == encode(("setting", 50, LAPTOP))


def test_a_setting_writes_what_its_event_would() -> None:
    """Both are the same cell."""
    assert cell_of(Mute(GARDEN)) == Write("muted", bytes(16) + GARDEN, True)
    assert cell_of(DeviceName(LAPTOP, "desk")) == Write("device_name", LAPTOP, "desk")


def test_what_must_be_there_at_once_is_no_setting() -> None:
    """A new device waits for what is private, and sees nobody meanwhile who is blocked."""
    with pytest.raises(UsageError):
        encode_setting(Block(ALICE))


def test_what_is_no_setting_is_none() -> None:
    """Drafts, searches, kinds of later versions, values that do not fit, and what is nothing."""
    name, value = encode_setting(Mute(GARDEN))
    others = (
        encode_draft(Draft(GARDEN)),
        encode_search(b"from:ana"),
        encode(("setting", 45)),
        encode(("later", 45, bytes(16) + GARDEN)),
        encode(("setting", 28, ALICE)),
        encode(("setting", "mute", bytes(16) + GARDEN)),
        encode(("setting", (45,), bytes(16) + GARDEN)),
        encode(("setting", 45, ROOT + GARDEN)),
        encode(("setting", 50, bytes(16) + GARDEN)),
        encode(b"setting"),
        b"setting",
        b"",
    )
    for other in others:
        assert decode_setting(other, value) is None
    for wrong in (b"", encode_body(DeviceName(LAPTOP)), value + b"\x00"):
        assert decode_setting(name, wrong) is None
