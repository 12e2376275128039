"""The first commit of a new hub: its key and name, and one channel for everybody."""

from collections.abc import Callable

from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, Epoch, HubId, channel_stream
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.registry import Registry
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.hub_engine.reading import EMPTY
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.hub_engine.step import Hub, Step
from hobnob_sync.ports import HubImage, HubTransaction, LineageRow


def bootstrap(
    hub: HubId,
    signer: Signer,
    verifier: Verifier,
    registry: Registry,
    entropy: Callable[[int], bytes],
    settings: HubSettings,
    now_ms: int,
    channel_name: str = "general",
) -> HubTransaction:
    """The first commit of a new hub: its key and name, and one channel for everybody, unless
    the replicas will bring theirs (`channel_name` "")."""
    image = HubImage((), (), (LineageRow(Epoch(entropy(8))),), (), {})
    state = HubState(image, hub, signer.public_key, verifier)
    fixed = Hub(signer, verifier, registry, entropy, settings)
    step = Step(fixed, state, Sessions(), EMPTY, now_ms)
    step.transaction.lineage = state.lineage
    step.act(DIRECTORY, Bootstrap(signer.public_key, settings.name))
    step.create(PEOPLE)
    if channel_name:
        channel = ChannelId(entropy(16))
        step.act(DIRECTORY, ChannelCreate(channel, channel_name, "", True))
        step.create(channel_stream(channel))
    return step.transaction
