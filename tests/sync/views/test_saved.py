"""What one keeps for oneself."""

from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import Block, Mute, Save
from hobnob_sync.views import overlay, saved
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.saved import Kept, Saved
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, OWN, Tale


def test_saved_messages_come_in_the_order_they_were_saved() -> None:
    """Of any stream, while they are kept; and who is out of sight."""
    tale = Tale()
    one, two, three = (tale.tell(BOB, Post(text)) for text in ("one", "two", "three"))
    for target in (two, three, one):
        tale.tell(ALICE, Save(GARDEN, target), OWN)
    tale.tell(ALICE, Save(GARDEN, three, False), OWN)
    tale.tell(ALICE, Block(CAROL), OWN)
    tale.tell(ALICE, Block(BOB), OWN)
    tale.tell(ALICE, Block(BOB, False), OWN)
    kept = (Saved(GARDEN, two, False), Saved(GARDEN, one, False))
    assert saved.view(tale.cells(saved.asks(ALICE), OWN)) == Kept(kept, (CAROL,))


def test_what_is_saved_offline_is_in_the_list_at_once() -> None:
    """And says that it waits; a block holds at once too."""
    tale = Tale()
    target = tale.tell(BOB, Post("one"))
    reads = (
        tale.wait(1, ALICE, Save(GARDEN, target), OWN),
        tale.wait(2, ALICE, Block(BOB), OWN),
    )
    base = tale.cells(overlay.asks(reads, saved.asks(ALICE)), OWN)
    assert saved.view(Pending(base, reads)) == Kept((Saved(GARDEN, target, True),), (BOB,))


def test_muted_streams_and_threads_are_told_apart() -> None:
    """Each by itself, as long as it is muted."""
    tale = Tale()
    root, other = tale.tell(BOB, Post("root")), tale.tell(BOB, Post("other"))
    tale.tell(ALICE, Mute(GARDEN), OWN)
    tale.tell(ALICE, Mute(GARDEN, root), OWN)
    tale.tell(ALICE, Mute(GARDEN, other), OWN)
    tale.tell(ALICE, Mute(GARDEN, other, on=False), OWN)
    tale.tell(ALICE, Mute(OWN), OWN)
    tale.tell(ALICE, Mute(OWN, on=False), OWN)
    kept = saved.view(tale.cells(saved.asks(ALICE), OWN))
    assert kept == Kept((), (), (GARDEN,), ((GARDEN, root),))
