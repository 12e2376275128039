"""Who may send which frame."""

from collections.abc import Callable

import pytest

from hobnob_protocol.frames import Frame
from hobnob_protocol.senders import SENDERS, Phase, Side

CLIENTS = (
    "Hello Auth Join Recover SshRecover Await Meet Open CloseStream Back Credit Push Offer Record"
    " Want Ask Here Who"
)
HUBS = "Challenge Welcome ChainHead Grants Opened Page BackPage Ack OfferAck Records Told WhoIs"
BOTHS = "Carry Checkpoint Ping Pong Bye Typing"
LOGIN = "Hello Challenge Auth Join Recover SshRecover ChainHead Await Meet Carry Welcome"


@pytest.mark.parametrize(
    ("names", "sides"),
    [(CLIENTS, {Side.CLIENT}), (HUBS, {Side.HUB}), (BOTHS, {Side.CLIENT, Side.HUB})],
)
def test_each_side_has_its_frames(names: str, sides: set[Side]) -> None:
    """What a client asks a hub answers; a few come from both."""
    assert named(lambda frame: set(SENDERS[frame].sides) == sides) == set(names.split())


def test_each_frame_has_its_phase() -> None:
    """The login's eleven, BYE at any time, all else once open."""
    assert named(lambda frame: SENDERS[frame].phase is Phase.LOGIN) == set(LOGIN.split())
    assert named(lambda frame: SENDERS[frame].phase is Phase.ANY) == {"Bye"}


def test_each_side_faces_the_other() -> None:
    """Two ends, no third."""
    assert Side.CLIENT.peer is Side.HUB
    assert Side.HUB.peer is Side.CLIENT


def named(chosen: Callable[[type[Frame]], bool]) -> set[str]:
    """The names of the frames that were chosen."""
    return {frame.__name__ for frame in SENDERS if chosen(frame)}
