"""The sans-I/O connection: bytes in, events and bytes out, time an argument."""

from hobnob_protocol.connection.client import ClientConnection, JoinRequest
from hobnob_protocol.connection.events import (
    Closed,
    ConnectionEvent,
    FrameReceived,
    Located,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
    Welcomed,
)
from hobnob_protocol.connection.hub import HubConnection
from hobnob_protocol.connection.states import State

__all__ = [
    "ClientConnection",
    "Closed",
    "ConnectionEvent",
    "FrameReceived",
    "HubConnection",
    "JoinRequest",
    "Located",
    "LoginRequested",
    "MeetingRequested",
    "RecoveryRequested",
    "State",
    "Welcomed",
]
