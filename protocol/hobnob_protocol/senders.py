"""Who may send which frame, and when: one table for the connection and the specification."""

from enum import StrEnum
from typing import Final

from hobnob_protocol import (
    frames,
    meeting_frames,
    presence_frames,
    question_frames,
    recovery_frames,
    seal_record_frames,
)
from hobnob_protocol.frames import Frame
from hobnob_protocol.value import value


class Side(StrEnum):
    """One end of a connection."""

    CLIENT = "client"
    HUB = "hub"

    @property
    def peer(self) -> "Side":
        """The other end."""
        return Side.HUB if self is Side.CLIENT else Side.CLIENT


class Phase(StrEnum):
    """When a frame has its place."""

    LOGIN = "login"
    """Before the connection is open, in the order `connection.states` tells."""
    OPEN = "open"
    """After WELCOME, in any order: there only engines care."""
    ANY = "always"
    """Whenever the connection is not over."""


@value
class Turn:
    """Which sides may send a frame, and in which phase."""

    sides: tuple[Side, ...]
    phase: Phase


_CLIENT: Final = (Side.CLIENT,)
_HUB: Final = (Side.HUB,)
_BOTH: Final = (Side.CLIENT, Side.HUB)

SENDERS: Final[dict[type[Frame], Turn]] = {
    frames.Hello: Turn(_CLIENT, Phase.LOGIN),
    frames.Challenge: Turn(_HUB, Phase.LOGIN),
    frames.Auth: Turn(_CLIENT, Phase.LOGIN),
    frames.Join: Turn(_CLIENT, Phase.LOGIN),
    frames.Welcome: Turn(_HUB, Phase.LOGIN),
    frames.Grants: Turn(_HUB, Phase.OPEN),
    frames.Open: Turn(_CLIENT, Phase.OPEN),
    frames.Opened: Turn(_HUB, Phase.OPEN),
    frames.CloseStream: Turn(_CLIENT, Phase.OPEN),
    recovery_frames.Recover: Turn(_CLIENT, Phase.LOGIN),
    recovery_frames.ChainHead: Turn(_HUB, Phase.LOGIN),
    meeting_frames.Await: Turn(_CLIENT, Phase.LOGIN),
    meeting_frames.Meet: Turn(_CLIENT, Phase.LOGIN),
    meeting_frames.Carry: Turn(_BOTH, Phase.LOGIN),
    frames.Page: Turn(_HUB, Phase.OPEN),
    frames.Back: Turn(_CLIENT, Phase.OPEN),
    frames.BackPage: Turn(_HUB, Phase.OPEN),
    frames.Credit: Turn(_CLIENT, Phase.OPEN),
    recovery_frames.SshRecover: Turn(_CLIENT, Phase.LOGIN),
    frames.Push: Turn(_CLIENT, Phase.OPEN),
    frames.Ack: Turn(_HUB, Phase.OPEN),
    frames.Offer: Turn(_CLIENT, Phase.OPEN),
    frames.OfferAck: Turn(_HUB, Phase.OPEN),
    frames.Checkpoint: Turn(_BOTH, Phase.OPEN),
    seal_record_frames.Record: Turn(_CLIENT, Phase.OPEN),
    seal_record_frames.Want: Turn(_CLIENT, Phase.OPEN),
    seal_record_frames.Records: Turn(_HUB, Phase.OPEN),
    question_frames.Ask: Turn(_CLIENT, Phase.OPEN),
    question_frames.Told: Turn(_HUB, Phase.OPEN),
    frames.Ping: Turn(_BOTH, Phase.OPEN),
    frames.Pong: Turn(_BOTH, Phase.OPEN),
    frames.Bye: Turn(_BOTH, Phase.ANY),
    presence_frames.Here: Turn(_CLIENT, Phase.OPEN),
    presence_frames.Typing: Turn(_BOTH, Phase.OPEN),
    presence_frames.Who: Turn(_CLIENT, Phase.OPEN),
    presence_frames.WhoIs: Turn(_HUB, Phase.OPEN),
}
"""Every frame, in the order of its op."""
