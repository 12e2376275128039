"""Verbs about people: invite, member, role, ban."""

from hobnob_protocol.ids import DIRECTORY, MODERATION
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.roles import ROLES, RoleGrant
from hobnob_server.control.operator import Operator, account_named, channel_named, handles, valid
from hobnob_server.control.verb import Argument, Arguments, Sort, Verb
from hobnob_server.errors import RequestRefused
from hobnob_server.limits import (
    INVITE_HOURS,
    INVITE_HOURS_MAX,
    INVITE_USES_MAX,
    OWNER_INVITE_HOURS,
)
from hobnob_server.printing import Answer
from hobnob_sync.hub_engine.engine import HubEngine

HANDLE = Argument("handle", "who: a handle, with or without @")
REASON = Argument("reason", "why; everybody concerned can read it")


async def invite(operator: Operator, given: Arguments) -> Answer:
    """Make a link that lets somebody in."""
    owner = given.flag("owner")
    hours = given.number("hours", 0.01, INVITE_HOURS_MAX)
    uses = given.integer("uses", 1, INVITE_USES_MAX)
    if owner:
        if await operator.ask(lambda engine, store: engine.state.owners()):
            raise RequestRefused(
                "there is an owner: make somebody else one with `hobnob hub role HANDLE owner`"
            )
        uses, hours = 1, min(hours, OWNER_INVITE_HOURS)
    link = await operator.invite(uses, hours, owner)
    return {"link": str(link), "uses": uses, "hours": hours}


async def member(operator: Operator, given: Arguments) -> Answer:
    """Who is here, or one of them."""
    name = given.text("handle")
    if not name:
        return await operator.ask(lambda engine, store: _members(engine))
    return await operator.ask(lambda engine, store: _member(engine, name))


def _members(engine: HubEngine) -> Answer:
    state = engine.state
    names = handles(state)
    return [
        {
            "handle": names.get(account, ""),
            "role": state.role(account),
            "banned": state.banned(account),
            "connections": len(engine.sessions.of_account(account)),
            "channels": sum(stream[:2] == b"c:" for stream in state.held(account)),
        }
        for account in state.accounts.all
    ]


def _member(engine: HubEngine, name: str) -> Answer:
    state = engine.state
    account = account_named(state, name)
    chain = state.accounts.chain(account)
    devices = chain.devices if chain is not None else ()
    channels = sorted(
        str(state.channel(stream, "name") or "")
        for stream in state.held(account)
        if stream[:2] == b"c:"
    )
    return {
        "handle": handles(state).get(account, ""),
        "account": account.hex(),
        "role": state.role(account),
        "banned": state.banned(account),
        "devices": [f"{one.device.hex()}{'' if one.active else ' (revoked)'}" for one in devices],
        "connections": len(engine.sessions.of_account(account)),
        "channels": channels,
    }


async def role(operator: Operator, given: Arguments) -> Answer:
    """Give somebody a role, instead of the one before."""
    name, wanted = given.required("handle"), given.required("role")
    if wanted not in ROLES:
        raise RequestRefused(f"a role is one of {', '.join(ROLES)}")
    account = await operator.ask(lambda engine, store: account_named(engine.state, name))
    await operator.act(DIRECTORY, RoleGrant(account, wanted))
    return {"handle": name.removeprefix("@"), "role": wanted}


async def ban(operator: Operator, given: Arguments) -> Answer:
    """Keep somebody out, of the hub or of one channel; or let them come back."""
    name, reason = given.required("handle"), given.required("reason")
    channel, lift = given.text("channel"), given.flag("lift")
    account = await operator.ask(lambda engine, store: account_named(engine.state, name))
    stream = MODERATION
    if channel:
        stream = await operator.ask(lambda engine, store: channel_named(engine.state, channel))
    await operator.act(stream, valid(Ban(account, not lift, reason)))
    return {"handle": name.removeprefix("@"), "banned": not lift, "channel": channel or None}


VERBS = (
    Verb(
        "invite",
        "Make a link that lets somebody in.",
        (
            "hobnob hub invite",
            "hobnob hub invite --uses 30 --hours 48",
            "hobnob hub invite --owner",
        ),
        invite,
        (
            Argument("uses", "how often it works", Sort.INTEGER, option=True, default=1),
            Argument("hours", "how long it works", Sort.NUMBER, option=True, default=INVITE_HOURS),
            Argument("owner", "for the first owner, while there is none", Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "member",
        "List who is here, or show one of them.",
        ("hobnob hub member", "hobnob hub member @ada --json"),
        member,
        (Argument("handle", HANDLE.help, required=False),),
    ),
    Verb(
        "role",
        "Give somebody a role.",
        ("hobnob hub role @ada moderator",),
        role,
        (HANDLE, Argument("role", "the new role", choices=ROLES)),
    ),
    Verb(
        "ban",
        "Keep somebody out, or let them come back.",
        (
            "hobnob hub ban @mallory 'spam in every channel'",
            "hobnob hub ban @mallory 'off topic, again' --channel garden",
            "hobnob hub ban @mallory 'apologised' --lift",
        ),
        ban,
        (
            HANDLE,
            REASON,
            Argument("channel", "only from this channel", option=True),
            Argument("lift", "end the ban", Sort.FLAG, option=True),
        ),
    ),
)
