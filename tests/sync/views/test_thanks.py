"""Thanks for a message."""

from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_sync.views import overlay, thanks
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.thanks import Thanked
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, Tale


def test_each_member_thanks_once_and_says_what_for() -> None:
    """The later reason stays; who came first stands first."""
    tale = Tale()
    target, other = tale.tell(ALICE, Post("one")), tale.tell(ALICE, Post("two"))
    tale.tell(CAROL, Thanks(target, "it saved my weekend"))
    tale.tell(BOB, Thanks(target))
    tale.tell(BOB, Thanks(other, "this too"))
    found = thanks.view(tale.cells(thanks.asks(GARDEN, target)), target)
    assert found == (Thanked(CAROL, "it saved my weekend", False), Thanked(BOB, "", False))


def test_thanks_taken_back_are_gone() -> None:
    """With their reason."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(BOB, Thanks(target, "so much"))
    tale.tell(BOB, Thanks(target, on=False))
    assert thanks.view(tale.cells(thanks.asks(GARDEN, target)), target) == ()


def test_waiting_thanks_show_at_once_and_say_that_they_wait() -> None:
    """The hub need not be there."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    read = tale.wait(1, BOB, Thanks(target, "so much"))
    base = tale.cells(overlay.asks((read,), thanks.asks(GARDEN, target)))
    assert thanks.view(Pending(base, (read,)), target) == (Thanked(BOB, "so much", True),)
