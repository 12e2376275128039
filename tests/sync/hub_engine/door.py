"""The hub's door: who asks to be let in, and what they are told."""

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Auth, Bye, Grant, Grants, Join
from hobnob_protocol.login import Request, sign_request
from hobnob_sync.hub_engine.inputs import (
    Close,
    Login,
    Output,
)
from tests.sync.hub_engine.scene import (
    SAID,
    Hub,
    Member,
)


def enters(hub: Hub, member: Member, request: Auth | Join) -> tuple[Output, ...]:
    """Somebody asks to be let in on a new connection."""
    member.conn = hub.connection()
    return hub.step([Login(member.conn, request, SAID)])


def refused(hub: Hub, member: Member, request: Auth | Join) -> bool:
    """Is the request refused as every other, with nothing written?"""
    outputs = enters(hub, member, request)
    assert not hub.decision.transaction
    assert member.conn not in hub.engine.sessions.by_conn
    return outputs == (Close(member.conn, Bye(ByeCode.AUTH, 0)),)


def announced(hub: Hub, member: Member) -> dict[bytes, Grant]:
    """What a member is told at login of each stream, by the streams' ids."""
    entries = [grant for frame in hub.take(member, Grants) for grant in frame.entries]
    return {grant.stream: grant for grant in entries}


def signed(member: Member, request: Request) -> Request:
    """The request as its device signs it."""
    return sign_request(SAID, request, member.signer)
