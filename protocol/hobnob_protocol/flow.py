"""What a page costs of a connection's credit; both sides count alike, so nothing drifts."""

from collections.abc import Iterable

from hobnob_protocol.limits import EVENT_COST_BYTES


def page_cost_bytes(events: Iterable[bytes]) -> int:
    """The bytes of a page's events, those of its context too, and `EVENT_COST_BYTES` for each."""
    return sum(len(event) + EVENT_COST_BYTES for event in events)
