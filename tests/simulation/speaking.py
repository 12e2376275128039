"""Who speaks next, about what, and where they go."""

from typing import Final

from hobnob_protocol import nouns
from hobnob_protocol.errors import SealAwaits
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    ChannelId,
    ConversationId,
    StreamId,
    channel_stream,
)
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.sealing.group import Group
from hobnob_sync.client_engine.inputs import Discard, Retry
from hobnob_sync.groups import rebuild
from hobnob_sync.ports import CellsKey, RangeKey
from tests.simulation import people
from tests.simulation.clienthost import ClientHost
from tests.simulation.network import count
from tests.simulation.people import Scene
from tests.simulation.versions import Wave
from tests.simulation.world import World

AT_ONCE: Final = 0.3
"""How often who begins a conversation says something there at once."""


def say(world: World) -> None:
    """Somebody says something."""
    rng = world.rng
    host = rng.choice(world.clients)
    state = host.engine.state
    streams = [stream for stream in state.streams if stream[:2] in (b"c:", b"d:")]
    if not streams:
        if world.channels and rng.random() < 0.5:
            world.compose(host, "join", rng.choice(world.channels), Join())
        return
    if rng.random() < world.swarm.wander:
        _wander(world, host)
        return
    talks = [stream for stream in streams if stream[:2] == b"d:"]
    talkative = world.mix[people.TALK]
    talking = bool(talkative) and rng.random() < talkative
    stream = rng.choice(talks if talking and talks else streams)
    world.nth += 1
    scene = Scene(
        rng,
        world.hub_name,
        host.author.account,
        stream,
        state.streams[stream].hi,
        world.messages.get(stream, []),
        [other.author.account for other in world.clients],
        world.channels,
        world.edits,
        world.nth,
        world.secrets,
        world.invites,
        _group(world, host, stream),
        _sealed(world, host, stream),
    )
    if world.swarm.old_versions and scene.messages and rng.random() < 0.05:
        world.compose(host, "wave", stream, Wave(scene.messages[-1].target))
        return
    done = people.begin(scene) if talking and not talks else people.act(scene, world.mix)
    if done is not None:
        name, where, body = done
        if isinstance(body, ChannelCreate) and where == b"dir":
            world.channels.append(channel_stream(body.channel))
        world.compose(host, name, where, body)
        if name == "conversation" and rng.random() < AT_ONCE:
            # Nobody knows yet whether the hub lets it begin.
            world.compose(host, "post", where, Post(f"first {world.nth:05}"))
        if isinstance(body, Imported) and world.mix.get(people.CLAIMS):
            claim = Claim(body.account, host.author.account, rng.random() < 0.8, "asked")
            world.operate(PEOPLE, claim)


def _group(world: World, host: ClientHost, stream: StreamId) -> Group | None:
    """The group as one's own replica has it."""
    if stream[:2] != b"d:" or host.tampered or host.name in world.rotten:
        return None
    key = CellsKey(stream, nouns.GROUP, b"")
    accounts = host.engine.state.accounts
    chains = {account: accounts.chain(account) for account in accounts.all}
    known = {account: chain for account, chain in chains.items() if chain is not None}
    try:
        cells = host.store.load((key,)).get(key)
        return rebuild(world.hub_name, ConversationId(stream[2:]), cells, known).group
    except SealAwaits:
        return None


def _sealed(world: World, host: ClientHost, stream: StreamId) -> bytes | None:
    """Some event of a conversation, as one's own replica has it."""
    row = host.engine.state.streams[stream]
    if stream[:2] != b"d:" or host.tampered or host.name in world.rotten or row.hi < row.lo:
        return None
    key = RangeKey(stream, world.rng.randint(row.lo, row.hi), 1, 1)
    found = host.store.load((key,)).get(key)
    return found[0].event if found else None


def _wander(world: World, host: ClientHost) -> None:
    """Somebody walks into a channel, or out of one and perhaps straight back in."""
    rng = world.rng
    inside = [stream for stream in world.channels if stream in host.engine.state.streams]
    outside = [stream for stream in world.channels if stream not in inside]
    if outside and (not inside or rng.random() < 0.6):
        world.compose(host, "join", rng.choice(outside), Join())
    elif inside:
        stream = rng.choice(inside)
        world.compose(host, "leave", stream, Leave())
        if rng.random() < 0.5:
            world.compose(host, "join", stream, Join())


def archive(world: World) -> None:
    """The owner archives a channel that is talked in."""
    owner = world.clients[0]
    inside = [stream for stream in world.channels if stream in owner.engine.state.streams]
    if inside:
        channel = ChannelId(world.rng.choice(inside)[2:])
        world.compose(owner, "channel_archive", DIRECTORY, ChannelArchive(channel, True))


def _refused_talk(host: ClientHost) -> list[int]:
    """What was said here in conversations and refused: rare among all that is."""
    return [n for n, row in host.engine.state.tray.items() if row.said]


def tidy(world: World) -> None:
    """Somebody sends again what was refused, or throws it away."""
    talked = [host for host in world.clients if _refused_talk(host)]
    host = world.rng.choice(talked or world.clients)
    tray = host.engine.state.tray
    if not tray:
        return
    n = world.rng.choice(_refused_talk(host) or list(tray))
    if world.rng.random() < 0.5:
        world.guard_client(host, lambda: host.step(Discard(n), world.now_ms))
        return
    row = tray[n]
    world.repeat(row.said or row.event)
    salt, seconds = world.rng.randbytes(16), world.wall_ms(host) // 1_000
    talk = world.hub.oracle.talk
    name = talk.names.get(row.event_id, row.event_id)
    if row.said:
        count(world.seen, "sealed, refused and said again")
    before = world.spoken.get(name)
    target = before.target if before is not None else b""
    world.speak(host, Retry(n, salt, seconds), "again", target)
