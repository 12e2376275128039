"""What every store of a hub must answer to random stories. A part of `contract_event_store`."""

from collections.abc import Callable

from hobnob_sync.ports import Cell, EventStore, HubTransaction
from hobnob_sync.testing import contract_stories
from hobnob_sync.testing.contract_stories import STORIES
from hobnob_sync.testing.hub_story import HubStory
from hobnob_sync.testing.scene import GARDEN, entry


def check_random_stories_end_alike(make: Callable[[], EventStore]) -> None:
    """After random transactions it answers every question as the store in memory does."""
    contract_stories.stories_end_alike(make, HubStory)


def check_reopened_it_is_as_it_was(open_again: Callable[[], EventStore]) -> None:
    """Opened again after each part of a story, one place answers as the store in memory does.

    For stores that outlive their process: each call of `open_again` opens the same place.
    """
    contract_stories.reopened_it_is_as_it_was(open_again, HubStory(STORIES))


def check_without_room_nothing_changes(
    store: EventStore, fill: Callable[[], None], free: Callable[[], None]
) -> None:
    """StoreFull leaves all as it was and readable, and when there is room again, work goes on.

    `fill` makes the empty `store` refuse the next commits for lack of room, `free` ends that.
    """
    story = HubStory(STORIES)
    contract_stories.tell(story, store)
    large = HubTransaction(
        entries=[(GARDEN, entry(1, "large"))],
        cells={(GARDEN, "noun", b"large"): Cell(1, "x" * 60_000)},
        meta={"large": bytes(1 << 20)},
    )
    contract_stories.without_room_nothing_changes(store, story, large, fill, free)
