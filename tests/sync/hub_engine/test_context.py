"""What goes beside a page: the roots and titles its replies need, within all bounds and rights."""

from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import BackPage, Page
from hobnob_protocol.ids import MODERATION, PEOPLE
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.kinds.threads import ThreadMove, ThreadTitle
from hobnob_protocol.limits import CONTEXT_EVENTS_MAX, FRAME_BYTES_MAX
from hobnob_sync.hub_engine import context
from hobnob_sync.hub_engine.context import FRAMING_BYTES_MAX
from hobnob_sync.ports import RootsKey
from tests.sync.hub_engine.scene import Hub
from tests.sync.hub_engine.threads import placed, tail, thread


def test_a_reply_at_the_tail_comes_with_the_root_of_its_thread() -> None:
    """Signed and in full, with its place and its time."""
    hub = Hub()
    alice = hub.member("alice")
    _, seq = thread(hub, alice, hub.general)
    page = tail(hub, alice, hub.general)
    assert page.first_seq == len(hub.log(hub.general)) - 49
    assert page.context == placed(hub, hub.general, seq)


def test_a_root_within_the_tail_does_not_come_twice() -> None:
    """The first of the tail is in it; one before is not."""
    hub = Hub()
    alice = hub.member("alice")
    _, seq = thread(hub, alice, hub.general, 10)
    assert tail(hub, alice, hub.general, 12).context == ()
    hub.login(alice)
    assert tail(hub, alice, hub.general, 11).context == placed(hub, hub.general, seq)


def test_the_last_title_of_a_thread_comes_with_its_root() -> None:
    """The newest first; a title that the tail holds itself is not told again."""
    hub = Hub()
    alice = hub.member("alice")
    root = hub.told(alice, hub.general, Post("root"))
    seq = len(hub.log(hub.general))
    hub.told(alice, hub.general, ThreadTitle(root, "first"))
    hub.told(alice, hub.general, ThreadTitle(root, "second"))
    hub.fill(alice, hub.general, 10)
    hub.told(alice, hub.general, Post("reply", root))
    assert tail(hub, alice, hub.general, 5).context == placed(hub, hub.general, seq + 2, seq)
    hub.login(alice)
    assert tail(hub, alice, hub.general, 12).context == placed(hub, hub.general, seq)


def test_a_message_that_was_moved_comes_with_its_new_root() -> None:
    """Not with the one it was said under."""
    hub = Hub()
    alice = hub.member("alice")
    old, other = (hub.told(alice, hub.general, Post(text)) for text in ("old", "other"))
    seq = len(hub.log(hub.general))
    hub.fill(alice, hub.general, 10)
    moved = hub.told(alice, hub.general, Post("reply", old))
    hub.told(alice, hub.general, ThreadMove(moved, other))
    assert tail(hub, alice, hub.general, 5).context == placed(hub, hub.general, seq)


def test_every_page_of_a_tail_brings_what_lies_below_the_tail_only() -> None:
    """A root in an earlier page of the same tail is held already."""
    hub = Hub()
    alice = hub.member("alice")
    early, seq = thread(hub, alice, hub.general, 0)
    hub.fill(alice, hub.general, 8)
    inner = hub.told(alice, hub.general, Post("inner", early))
    for _ in range(15):
        hub.fill(alice, hub.general, 10, "x" * 1_000)
    hub.told(alice, hub.general, Post("late", inner))
    hub.told(alice, hub.general, Post("late", early))
    hub.open(alice, hub.open_stream(alice, hub.general, tail=153))
    hub.rest()
    pages = hub.take(alice, Page)
    assert pages[0].first_seq == seq + 10
    assert pages[0].context == pages[-1].context == placed(hub, hub.general, seq)
    assert {page.context for page in pages[1:-1]} == {()}
    assert len(pages) > 2


def test_history_comes_with_what_lies_below_it() -> None:
    """The page's own events explain themselves, and so does what the client held before."""
    hub = Hub()
    alice = hub.member("alice")
    _, seq = thread(hub, alice, hub.general, 10)
    reply = seq + 11
    hub.fill(alice, hub.general, 5)
    hub.back(alice, hub.general, reply + 1, 5)
    hub.rest()
    (page,) = hub.take(alice, BackPage)
    assert (page.first_seq, len(page.events)) == (reply - 4, 5)
    assert page.context == placed(hub, hub.general, seq)
    assert page.base_head == hub.head(hub.general, reply - 5)
    for before, limit in ((reply, 5), (reply + 1, 12)):
        hub.back(alice, hub.general, before, limit)
        hub.rest()
        assert [page.context for page in hub.take(alice, BackPage)] == [()]


def test_what_a_request_brings_itself_goes_beside_none_of_its_pages() -> None:
    """A root above its end comes in its turn; one below it with the page that refers to it."""
    hub = Hub()
    alice = hub.member("alice")
    below, seq = thread(hub, alice, hub.general, 3)
    above, above_seq = thread(hub, alice, hub.general, 3)
    hub.fill(alice, hub.general, 60, "x" * 1_000)
    for root in (above, below):
        hub.told(alice, hub.general, Post("late", root))
    head = len(hub.log(hub.general))
    hub.back(alice, hub.general, head + 1, head + 1 - above_seq)
    hub.rest()
    first, *rest = hub.take(alice, BackPage)
    assert first.context == placed(hub, hub.general, seq)
    assert [page.context for page in rest] == [()]


def test_the_entry_that_only_gives_a_head_asks_for_nothing() -> None:
    """A reply that stands right below a page of history is not in the page."""
    hub = Hub()
    alice = hub.member("alice")
    _, seq = thread(hub, alice, hub.general, 10)
    hub.fill(alice, hub.general, 5)
    hub.back(alice, hub.general, seq + 15, 3)
    hub.rest()
    (page,) = hub.take(alice, BackPage)
    assert page.first_seq == seq + 12
    assert page.context == ()


def test_what_comes_live_or_after_a_cursor_comes_alone() -> None:
    """The same bytes for all who follow; whoever has a range can ask for what is below it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    root, seq = thread(hub, alice, hub.general)
    hub.open(bob, hub.open_stream(bob, hub.general, seq + 1))
    hub.rest()
    assert [page.context for page in hub.take(bob, Page)] == [()]
    hub.told(alice, hub.general, Post("live", root))
    assert [page.context for page in hub.take(bob, Page)] == [()]


def test_no_root_leaves_from_below_a_floor() -> None:
    """Who joined later gets the reply and nothing that was said before."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    talk = hub.channel(alice, "talk", "from_join")
    old = hub.told(alice, talk, Post("old"))
    hub.join(bob, talk)
    young = hub.told(alice, talk, Post("young"))
    seq = len(hub.log(talk))
    hub.fill(alice, talk, 10)
    for root in (old, young):
        hub.told(alice, talk, Post("reply", root))
    assert tail(hub, bob, talk, 5).context == placed(hub, talk, seq)
    grant = hub.grant(bob, talk)
    assert grant is not None
    hub.back(bob, talk, seq + 13, 5)
    hub.rest()
    assert [page.context for page in hub.take(bob, BackPage)] == [placed(hub, talk, seq)]
    hub.login(bob)
    assert tail(hub, bob, talk, 500).first_seq == grant.floor + 1


def test_an_edit_does_not_change_which_root_explains() -> None:
    """The root goes as it was said: its edits lie in the log, where history finds them."""
    hub = Hub()
    alice = hub.member("alice")
    root, seq = thread(hub, alice, hub.general)
    hub.told(alice, hub.general, Edit(root, "root, improved"))
    hub.fill(alice, hub.general, 1)
    assert tail(hub, alice, hub.general).context == placed(hub, hub.general, seq)


def test_the_store_is_asked_only_where_something_can_go_along() -> None:
    """In a channel, of a page with events, with room between the floor and what is held."""
    hub = Hub()
    olga, bob = hub.owner(), hub.member("bob")
    talk = hub.channel(olga, "talk", "from_join")
    hub.join(bob, talk)
    hub.fill(olga, talk, 9)
    grant = hub.grant(bob, talk)
    assert grant is not None
    state, entries = hub.engine.state, hub.log(talk)[6:9]
    used = page_cost_bytes(entry.event for entry in entries)
    assert context.ask(state, bob.account, talk, entries, grant.floor + 2) == RootsKey(
        talk,
        7,
        9,
        grant.floor + 2,
        grant.floor,
        CONTEXT_EVENTS_MAX,
        FRAME_BYTES_MAX - FRAMING_BYTES_MAX - used,
    )
    assert context.ask(state, bob.account, talk, entries, grant.floor + 1) is None
    assert context.ask(state, bob.account, talk, (), grant.floor + 2) is None
    assert context.ask(state, olga.account, MODERATION, entries, 5) is None
    assert hub.grant(olga, MODERATION) is not None
    assert context.ask(state, bob.account, PEOPLE, entries, 5) is None
