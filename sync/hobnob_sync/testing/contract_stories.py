"""What a store must answer to random stories: as the store in memory does, also when it is opened
again, and when there was no room. A part of both contracts, of the hub's side and of the replica's.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol, TypeVar

from hobnob_protocol.errors import StoreFull
from hobnob_sync.ports import Key, Loaded
from hobnob_sync.testing.hub_story import NOUNS
from hobnob_sync.testing.scene import refuses

STORIES: Final = 6
CHAPTERS: Final = 40
"""How many random stories are told to each store, and of how many transactions."""

T = TypeVar("T")
"""What the store commits."""
T_contra = TypeVar("T_contra", contravariant=True)


class Store(Protocol[T_contra]):
    """A store of either side."""

    def boot(self, nouns: frozenset[str]) -> object:
        """Everything small."""
        ...

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key."""
        ...

    def commit(self, transaction: T_contra) -> None:
        """Make all of it durable."""
        ...


class Story(Protocol[T]):
    """Random transactions, each committed to a store in memory as well."""

    @property
    def model(self) -> Store[T]:
        """The store in memory."""
        ...

    def next(self) -> T:
        """The next transaction."""
        ...

    def questions(self) -> list[Key[object]]:
        """Some questions about what is there."""
        ...

    def every_question(self) -> list[Key[object]]:
        """All of them."""
        ...


def tell(story: Story[T], store: Store[T], chapters: int = CHAPTERS) -> None:
    """Tell so much more of a story to `store`, comparing on the way."""
    for _ in range(chapters):
        store.commit(story.next())
        assert_same(store, story.model, story.questions())


def stories_end_alike(make: Callable[[], Store[T]], begin: Callable[[int], Story[T]]) -> None:
    """After random transactions a store answers every question as the one in memory does."""
    for seed in range(STORIES):
        store, story = make(), begin(seed)
        tell(story, store)
        assert_same(store, story.model, story.every_question())


def reopened_it_is_as_it_was(open_again: Callable[[], Store[T]], story: Story[T]) -> None:
    """Opened again after each part of a story, one place answers as the store in memory does."""
    for _ in range(4):
        store = open_again()
        assert_same(store, story.model, story.every_question())
        for _ in range(CHAPTERS // 4):
            store.commit(story.next())
    assert_same(open_again(), story.model, story.every_question())


def without_room_nothing_changes(
    store: Store[T],
    story: Story[T],
    large: T,
    fill: Callable[[], None],
    free: Callable[[], None],
) -> None:
    """`large` is refused once `fill` has left no room, all stays readable as the story has left it,
    and after `free` work goes on."""
    fill()
    refuses(StoreFull, partial(store.commit, large))
    assert_same(store, story.model, story.every_question())
    free()
    store.commit(story.next())
    assert_same(store, story.model, story.every_question())


def assert_same(store: Store[T], model: Store[T], keys: list[Key[object]]) -> None:
    """Both answer alike."""
    assert store.boot(NOUNS) == model.boot(NOUNS)
    found, expected = store.load(keys), model.load(keys)
    for key in keys:
        assert found.get(key) == expected.get(key), key
