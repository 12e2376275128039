"""What comes beside a page: kept below the range for display, and erased with what it shows."""

from dataclasses import replace

import pytest

from hobnob_protocol.event import stub
from hobnob_protocol.frames import Page, Placed
from hobnob_protocol.ids import target_of
from hobnob_protocol.kinds.hub_acts import Revoke
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.kinds.moderation import Erase
from hobnob_sync.client_engine.arrivals import BESIDE_MAX
from hobnob_sync.client_engine.inputs import Consumed
from hobnob_sync.ports import ContextKey, Entry, ReplicaTransaction
from tests.sync.client_engine.scene import Scene, said
from tests.sync.client_engine.scripted_hub import CAUSE, CELLAR, GARDEN


def kept(scene: Scene) -> list[tuple[int, bytes]]:
    """What the replica's store has beside the garden."""
    key = ContextKey(GARDEN)
    return [(entry.seq, entry.event) for entry in scene.store.load((key,)).get(key)]


def page(scene: Scene, first: int, *beside: int) -> Page:
    """The garden from a seq on, with these events beside it."""
    context = tuple(scene.garden.placed(seq) for seq in beside)
    return replace(scene.garden.page(first), context=context)


def at_the_tail(*beside: int) -> tuple[Scene, list[Entry]]:
    """A replica that holds the garden from its fourth event on, with these beside it: and all."""
    scene = Scene(tail_events=2)
    entries = scene.posts(5)
    scene.connect()
    entries += scene.posts(1)
    scene.receive(page(scene, 6, *beside))
    return scene, entries


def test_a_root_from_below_the_range_is_kept_beside_it() -> None:
    """By its place, not in the log, and nothing is folded of it."""
    scene, entries = at_the_tail(3, 1)
    assert kept(scene) == [(1, entries[0].event), (3, entries[2].event)]
    assert (scene.row().lo, scene.row().hi) == (4, 6)
    assert scene.cells() == scene.folded(entries[3:])


def test_what_the_range_holds_is_not_kept_twice() -> None:
    """The first that is held, and any that comes into the range later."""
    scene, entries = at_the_tail(3, 4, 6)
    assert kept(scene) == [(3, entries[2].event)]
    scene.receive(scene.garden.back(3, 3))
    assert kept(scene) == []


def test_what_its_author_did_not_sign_is_not_kept() -> None:
    """It stands in no chain, so its signature alone speaks for it; the page is taken all the
    same."""
    scene, entries = at_the_tail()
    entries += scene.posts(1)
    forged = entries[0].event[:-1] + bytes((entries[0].event[-1] ^ 1,))
    wrong = (Placed(1, 10, forged), Placed(2, 10, b"no event"), scene.garden.placed(3))
    scene.receive(replace(scene.garden.page(7), context=wrong))
    assert kept(scene) == [(3, entries[2].event)]
    assert scene.row().hi == 7


def test_a_root_that_explains_many_pages_is_checked_and_kept_once() -> None:
    """It is no other than it was."""
    scene, entries = at_the_tail(1)
    scene.posts(2)
    scene.receive(page(scene, 7, 1, 2))
    assert [entry.seq for _, entry in scene.transaction.context] == [2]
    assert kept(scene) == [(1, entries[0].event), (2, entries[1].event)]


def test_a_root_is_kept_anew_once_its_stream_was_lost() -> None:
    """What goes with a stream is not taken for kept."""
    scene, _ = at_the_tail(1)
    assert list(scene.state.beside) == [(GARDEN, 1)]
    scene.hears(Revoke(GARDEN, CAUSE), scene.hub.voice, scene.hub.user)
    assert scene.state.beside == {}
    assert kept(scene) == []


def test_of_many_roots_the_last_are_remembered() -> None:
    """A channel may have more threads than memory should hold."""
    scene, _ = at_the_tail()
    scene.posts(1)
    scene.state.beside.update({(CELLAR, seq): b"" for seq in range(BESIDE_MAX)})
    scene.receive(page(scene, 7, 1))
    assert len(scene.state.beside) == BESIDE_MAX
    assert (CELLAR, 0) not in scene.state.beside
    assert (GARDEN, 1) in scene.state.beside


@pytest.mark.parametrize("end", [Delete, Erase])
@pytest.mark.parametrize("by_author", [True, False], ids=["by its author", "by another"])
def test_a_root_that_ends_loses_its_body_here_too(
    end: type[Delete | Erase], by_author: bool
) -> None:
    """Anybody may erase as far as the hub lets them; a withdrawal by another than its author is
    nothing."""
    scene, entries = at_the_tail(1, 2)
    scene.hears(end(target_of(entries[1].event_id)), scene.bob if by_author else scene.carol)
    ended = by_author or end is Erase
    left = stub(entries[1].event) if ended else entries[1].event
    assert kept(scene) == [(1, entries[0].event), (2, left)]


def test_a_root_that_ends_in_the_page_it_explains_is_kept_as_a_stub() -> None:
    """Root and end may come at once."""
    scene, entries = at_the_tail()
    root = target_of(entries[1].event_id)
    scene.hub.say(GARDEN, scene.bob, Erase(root))
    scene.receive(page(scene, 7, 2))
    assert kept(scene) == [(2, stub(entries[1].event))]


def test_a_rotten_root_that_ends_is_emptied() -> None:
    """Nothing of it can be told, so nothing of it stays."""
    scene, entries = at_the_tail(1)
    rotten = replace(entries[0], event=b"\xc1" + entries[0].event)
    scene.put(ReplicaTransaction(context=[(GARDEN, rotten)]))
    scene.connect()
    scene.hears(Delete(target_of(entries[0].event_id)))
    assert kept(scene) == [(1, b"")]


def test_what_comes_beside_a_page_is_given_back_as_credit() -> None:
    """As the hub has charged it."""
    scene, _ = at_the_tail()
    scene.posts(1)
    alone = credit(scene, page(scene, 7))
    scene.posts(1)
    root = scene.garden.placed(1)
    assert credit(scene, page(scene, 8, 1)) - alone == len(root.event) + 16


def credit(scene: Scene, received: Page) -> int:
    """What the engine says to have taken in with a page."""
    (consumed,) = said(scene.receive(received), Consumed)
    return consumed.size_bytes
