"""What is pinned to a channel."""

from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import Pin as PinBody
from hobnob_sync.views import overlay, pins
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.pins import Pin
from tests.sync.views.scene import ALICE, BOB, GARDEN, Tale


def test_pins_come_in_the_order_they_were_set() -> None:
    """Those taken off are gone; one that waits comes last and says so."""
    tale = Tale()
    one, two, three = (tale.tell(ALICE, Post(text)) for text in ("one", "two", "three"))
    for target in (two, three, one):
        tale.tell(BOB, PinBody(target))
    tale.tell(ALICE, PinBody(three, False))
    read = tale.wait(1, ALICE, PinBody(three))
    base = tale.cells(overlay.asks((read,), pins.asks(GARDEN)))
    assert pins.view(base) == (Pin(two, False), Pin(one, False))
    assert pins.view(Pending(base, (read,))) == (Pin(two, False), Pin(one, False), Pin(three, True))
