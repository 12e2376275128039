"""A thread: its heading, and what was said in it."""

from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadMove, ThreadResolve, ThreadTitle
from hobnob_sync.views import overlay, thread
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.thread import Heading
from tests.sync.views.scene import ALICE, BOB, GARDEN, Tale


def test_a_thread_without_a_title_is_open_and_unanswered() -> None:
    """Any post may be the root of one."""
    tale = Tale()
    root = tale.tell(ALICE, Post("root"))
    assert thread.view(tale.cells(thread.asks(GARDEN, root)), root) == Heading(
        "", False, None, False
    )


def test_a_thread_has_the_last_heading_it_was_given() -> None:
    """Title, whether it is settled, and the accepted answer."""
    tale = Tale()
    root = tale.tell(ALICE, Post("root"))
    answer = tale.tell(BOB, Post("so", root))
    for title in ("Why?", "How?"):
        tale.tell(ALICE, ThreadTitle(root, title))
    tale.tell(ALICE, ThreadResolve(root))
    tale.tell(ALICE, AcceptAnswer(root, answer))
    found = thread.view(tale.cells(thread.asks(GARDEN, root)), root)
    assert found == Heading("How?", True, answer, False)
    tale.tell(ALICE, AcceptAnswer(root))
    tale.tell(ALICE, ThreadResolve(root, False))
    found = thread.view(tale.cells(thread.asks(GARDEN, root)), root)
    assert (found.resolved, found.answer) == (False, None)


def test_replies_come_in_order_wherever_they_were_said_first() -> None:
    """Those moved in count, those moved away do not."""
    tale = Tale()
    root, other = tale.tell(ALICE, Post("root")), tale.tell(ALICE, Post("other"))
    loose = tale.tell(BOB, Post("loose"))
    first, away = tale.tell(BOB, Post("first", root)), tale.tell(BOB, Post("away", root))
    tale.tell(BOB, ThreadMove(away, other))
    tale.tell(BOB, ThreadMove(loose, root))
    cells = tale.cells(thread.asks_replies(GARDEN))
    assert thread.replies(cells, root) == thread.Replies((loose, first), 2)
    assert thread.replies(cells, other) == thread.Replies((away,), 1)


def test_only_live_replies_count() -> None:
    """Hidden ones keep their place; what is withdrawn or erased forgets which thread it was in."""
    tale = Tale()
    root = tale.tell(ALICE, Post("root"))
    said = [tale.tell(BOB, Post(str(nth), root)) for nth in range(5)]
    tale.tell(BOB, Delete(said[0]))
    tale.tell(ALICE, Erase(said[1]))
    tale.tell(ALICE, Hide(said[2], True, "rude"))
    tale.tell(ALICE, Delete(said[3]))
    tale.tell(ALICE, Hide(said[4], True, "rude"))
    tale.tell(ALICE, Hide(said[4], False, "was not"))
    found = thread.replies(tale.cells(thread.asks_replies(GARDEN)), root)
    assert found == thread.Replies(tuple(said[2:]), 2)


def test_what_waits_is_in_the_thread_at_once() -> None:
    """A reply comes last, a new title says that it waits."""
    tale = Tale()
    root = tale.tell(ALICE, Post("root"))
    reply = tale.wait(1, ALICE, Post("reply", root))
    title = tale.wait(2, ALICE, ThreadTitle(root, "Why?"))
    said = tale.tell(BOB, Post("said", root))
    keys = overlay.asks((reply, title), thread.asks_replies(GARDEN))
    cells = Pending(tale.cells((*keys, *thread.asks(GARDEN, root))), (reply, title))
    assert thread.replies(cells, root) == thread.Replies((said, reply.fact.target), 2)
    assert thread.view(cells, root) == Heading("Why?", False, None, True)
