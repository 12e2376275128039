"""The one frame a hub sends is what the library would send."""

import pytest
from websockets.frames import Frame, Opcode

from hobnob_server.websocket import binary_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_is_as_the_standard_says(size: int) -> None:
    """At every size where its head changes."""
    payload = bytes(size)
    assert binary_frame(payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)
