"""What a hub counts of a member: pushes, posts, tokens."""

from hobnob_sync.hub_engine.inputs import HubSettings
from tests.sync.hub_engine.scene import Hub, Member


def counted(hub: Hub, member: Member) -> int:
    """How far the hub has counted a device's pushes."""
    return hub.store.devices[member.device].last_push_no


def posts(hub: Hub) -> int:
    """How many events the first channel holds."""
    return len(hub.log(hub.general))


def poor(settings: HubSettings | None = None) -> tuple[Hub, Member]:
    """A hub with ordinary budgets, and somebody who has drawn nothing."""
    hub = Hub(settings or HubSettings())
    return hub, hub.member("alice")
