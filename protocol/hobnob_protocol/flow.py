"""What a page costs of a connection's credit; both sides count alike, so nothing drifts."""

from collections.abc import Iterable

from hobnob_protocol.frames import BackPage, Page
from hobnob_protocol.limits import EVENT_COST_BYTES


def page_cost_bytes(events: Iterable[bytes]) -> int:
    """The bytes of a page's events, those of its context too, and `EVENT_COST_BYTES` for each."""
    return sum(len(event) + EVENT_COST_BYTES for event in events)


def frame_cost_bytes(page: Page | BackPage) -> int:
    """What a page costs as it travels, its context with it."""
    events = [stamped.event for stamped in page.events]
    return page_cost_bytes([*events, *(placed.event for placed in page.context)])
