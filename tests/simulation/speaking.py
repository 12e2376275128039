"""Who speaks next, about what, and where they go."""

from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, channel_stream
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate
from hobnob_protocol.kinds.claims import Claim
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_sync.client_engine.inputs import Discard, Retry
from tests.simulation import people
from tests.simulation.clienthost import ClientHost
from tests.simulation.people import Scene
from tests.simulation.versions import Wave
from tests.simulation.world import World


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
    stream = rng.choice(streams)
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
    )
    if world.swarm.old_versions and scene.messages and rng.random() < 0.05:
        world.compose(host, "wave", stream, Wave(scene.messages[-1].target))
        return
    done = people.act(scene, world.mix)
    if done is not None:
        name, where, body = done
        if isinstance(body, ChannelCreate) and where == b"dir":
            world.channels.append(channel_stream(body.channel))
        world.compose(host, name, where, body)
        if isinstance(body, Imported) and world.mix.get(people.CLAIMS):
            claim = Claim(body.account, host.author.account, rng.random() < 0.8, "asked")
            world.operate(PEOPLE, claim)


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


def tidy(world: World) -> None:
    """Somebody sends again what was refused, or throws it away."""
    host = world.rng.choice(world.clients)
    tray = host.engine.state.tray
    if not tray:
        return
    n = world.rng.choice(list(tray))
    if world.rng.random() < 0.5:
        world.guard_client(host, lambda: host.step(Discard(n), world.now_ms))
        return
    world.repeat(tray[n].event)
    salt, seconds = world.rng.randbytes(16), world.wall_ms(host) // 1_000
    before = world.spoken.get(tray[n].event_id)
    target = before.target if before is not None else b""
    world.speak(host, Retry(n, salt, seconds), "again", target)
