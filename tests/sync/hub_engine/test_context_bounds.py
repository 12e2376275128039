"""How much goes along with a page: events, bytes, credit."""

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import CONTEXT_EVENTS_MAX, CREDIT_BYTES, FRAME_BYTES_MAX
from hobnob_protocol.wire import encode_frame
from hobnob_sync.hub_engine.context import FRAMING_BYTES_MAX
from tests.sync.hub_engine.scene import Hub, Member
from tests.sync.hub_engine.threads import tail, thread


def many_threads(hub: Hub, member: Member, count: int, size: int) -> list[int]:
    """So many roots of so many characters, each with a reply in the tail: where the roots are."""
    first = len(hub.log(hub.general)) + 1
    roots = [hub.told(member, hub.general, Post("x" * size)) for _ in range(count)]
    hub.fill(member, hub.general, 1)
    for root in roots:
        hub.told(member, hub.general, Post("reply", root))
    return list(range(first, first + count))


def test_a_page_has_its_bound_of_context() -> None:
    """The newest roots go first."""
    hub = Hub()
    alice = hub.member("alice")
    seqs = many_threads(hub, alice, CONTEXT_EVENTS_MAX + 1, 1)
    page = tail(hub, alice, hub.general, CONTEXT_EVENTS_MAX + 2)
    assert [one.seq for one in page.context] == seqs[:0:-1]


def test_a_frame_has_its_bound_of_bytes_with_its_context() -> None:
    """What does not fit stays away, the newest before the others; nearly all the room is used."""
    hub = Hub()
    alice = hub.member("alice")
    seqs = many_threads(hub, alice, 40, 3_000)
    page = tail(hub, alice, hub.general, 41)
    sent = [one.seq for one in page.context]
    assert sent == seqs[: -len(sent) - 1 : -1]
    size_bytes = len(encode_frame(page))
    cost = len(hub.log(hub.general)[seqs[0] - 1].event)
    assert FRAME_BYTES_MAX - FRAMING_BYTES_MAX - cost < size_bytes <= FRAME_BYTES_MAX


def test_the_fullest_page_with_its_context_is_a_frame() -> None:
    """Events to the bound of their bytes, and as many small roots as go along at all."""
    hub = Hub()
    alice = hub.member("alice")
    many_threads(hub, alice, CONTEXT_EVENTS_MAX, 1)
    hub.fill(alice, hub.general, 60, "x" * 500)
    roots = CONTEXT_EVENTS_MAX + 1
    page = tail(hub, alice, hub.general, roots + 60)
    assert len(page.context) > 3
    assert len(encode_frame(page)) <= FRAME_BYTES_MAX


def test_context_costs_credit_as_its_page_does() -> None:
    """Both sides count alike."""
    hub = Hub()
    alice = hub.member("alice")
    thread(hub, alice, hub.general)
    page = tail(hub, alice, hub.general)
    events = [one.event for one in page.events]
    used = page_cost_bytes([*events, *(one.event for one in page.context)])
    assert hub.session(alice).credit_bytes == CREDIT_BYTES - used
    assert len(page.context) == 1
