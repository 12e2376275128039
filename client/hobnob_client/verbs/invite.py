"""`hobnob invite ...`: links by which a member lets others in.

The secret is drawn here and shown once, in the link; the hub and the log learn its hash only.
"""

import os
from hashlib import sha256
from typing import Final

from hobnob_client import time_of_day
from hobnob_client.failures import Exit, Failure
from hobnob_client.knocking import is_loopback
from hobnob_client.reading import Reader
from hobnob_client.verbs import composing
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.lines import NAME_LETTERS, moment, name, stamp
from hobnob_protocol.ids import user_stream
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.limits import (
    HUB_INVITE_HOURS_MAX,
    HUB_INVITE_USES_MAX,
    HUB_INVITES_OPEN_MAX,
    INVITE_SECRET_BYTES_MIN,
)
from hobnob_sync.client_engine.inputs import Composed
from hobnob_sync.views.invites import Invite

HOURS_PER_DAY: Final = 24
DAYS_MAX: Final = HUB_INVITE_HOURS_MAX // HOURS_PER_DAY


def run(call: Call) -> Exit:
    """Make, list or revoke."""
    action = {"make": _make, "list": _list, "revoke": _revoke}
    return action[call.verb.action](call)


def _make(call: Call) -> Exit:
    uses, days = call.words.uses, call.words.days
    _bounded("--uses", uses, HUB_INVITE_USES_MAX)
    _bounded("--days", days, DAYS_MAX)
    device = call.device
    with call.reader() as reader:
        now_ms = time_of_day.now_ms()
        if sum(invite.is_open(now_ms) for invite in reader.invites()) >= HUB_INVITES_OPEN_MAX:
            raise Failure(
                f"You have {HUB_INVITES_OPEN_MAX} open invites, and more is not allowed."
                " hobnob invite list shows them; hobnob invite revoke NAME ends one."
            )
    secret = os.urandom(INVITE_SECRET_BYTES_MIN)
    composed, fate, ended = _said(
        call, HubInvite(sha256(secret).digest(), uses, days * HOURS_PER_DAY)
    )
    if ended is not Exit.OK:
        return ended
    if fate == "queued":
        call.terminal.say("until then the link lets nobody in")
    if is_loopback(device.host):
        call.terminal.say(f"{device.address} is on this machine: the link works only here")
    link = str(InviteLink(device.host, device.port, device.hub, secret))
    target = composed.event_id[:16].hex()
    call.terminal.show({"link": link, "invite": target, "uses": uses, "state": fate}, link)
    return Exit.OK


def _bounded(option: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise Failure(f"{option} is a number from 1 to {most}.", Exit.USAGE)


def _list(call: Call) -> Exit:
    now_ms = time_of_day.now_ms()
    with call.reader() as reader:
        for invite in reader.invites():
            _show(call, reader, invite, now_ms)
    return Exit.OK


def _show(call: Call, reader: Reader, invite: Invite, now_ms: int) -> None:
    joined = sorted(name(reader, account) for account in invite.joined)
    opens = invite.is_open(now_ms)
    ends = moment(invite.ends_ms, call.settings)
    state = f"open until {ends}" if opens else ("used up" if now_ms < invite.ends_ms else "ended")
    told = (
        invite.invite.hex()[:NAME_LETTERS],
        f"{len(joined)} of {invite.uses} used",
        "waits for the hub" if invite.pending else state,
        ", ".join(joined),
    )
    call.terminal.show(
        {
            "invite": invite.invite.hex(),
            "uses": invite.uses,
            "joined": joined,
            "ends": stamp(invite.ends_ms),
            "open": opens,
            "pending": invite.pending,
        },
        "  ".join(part for part in told if part),
    )


def _revoke(call: Call) -> Exit:
    wanted = call.words.invite.lower()
    with call.reader() as reader:
        found = [each for each in reader.invites() if each.invite.hex().startswith(wanted)]
    if len(found) != 1:
        raise Failure(f"No one invite of yours is named {wanted!r}: hobnob invite list", Exit.USAGE)
    return _said(call, HubInviteRevoke(found[0].invite))[2]


def _said(call: Call, body: Body) -> tuple[Composed, str, Exit]:
    """Say it in one's own stream: what was composed, what became of it, and how the verb ends."""
    composed = composing.compose(call, user_stream(call.device.account), body)
    from hobnob_client.verbs.delivery import deliver, told

    fate, why = deliver(call, composed.n)
    return composed, fate.value, told(call, fate, why)
