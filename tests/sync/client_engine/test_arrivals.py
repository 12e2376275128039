"""Pages at the head: what of them counts, where they fit, and what taking them changes."""

from dataclasses import replace

import pytest

from hobnob_protocol.event import stub
from hobnob_protocol.frames import BackPage, Placed
from hobnob_protocol.ids import DIRECTORY, PEOPLE, StreamId, TargetId
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.nouns import PROFILE
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Alarm, Changed, Consumed, Received
from tests.sync.client_engine.scene import Scene, alarms, refused_for, said, unsigned, with_event
from tests.sync.client_engine.scripted_hub import GARDEN, Member, Voice, hub_voice

UNKNOWN_KIND = 60_000


def following(count: int = 3, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def test_a_page_that_follows_the_log_is_taken() -> None:
    """Entries, cells, record: all in one step, and the screen is told once."""
    scene = following(2)
    scene.posts(2)
    outputs = scene.receive(scene.garden.page(3))
    assert scene.held() == tuple(scene.garden.entries)
    assert scene.cells() == scene.folded(scene.garden.entries)
    row = scene.row()
    assert (row.lo, row.hi, row.head, row.head_seq) == (1, 4, scene.garden.head(4), 4)
    assert said(outputs, Changed) == [Changed(GARDEN)]
    assert alarms(outputs) == []


def test_the_announced_head_is_never_lowered_by_a_page() -> None:
    """A slice of what was announced leaves it where it was."""
    scene = Scene()
    scene.posts(5)
    scene.connect()
    scene.posts(4)
    scene.reboot()
    scene.announce()
    scene.receive(scene.garden.opened(5), scene.garden.page(6, 7))
    assert (scene.row().hi, scene.row().head_seq) == (7, 9)


def test_what_overlaps_is_cut_off() -> None:
    """Of a page that begins within the log only what lies beyond it counts."""
    scene = following(3)
    scene.posts(2)
    scene.receive(scene.garden.page(2))
    assert [entry.seq for _, entry in scene.transaction.entries] == [4, 5]
    assert scene.held() == tuple(scene.garden.entries)


@pytest.mark.parametrize(("first", "last"), [(1, 3), (2, 3), (3, 3), (1, 1)])
def test_a_page_that_came_before_changes_nothing(first: int, last: int) -> None:
    """Doubled or late (matrix 6); only its credit goes back."""
    scene = following(3)
    outputs = scene.receive(scene.garden.page(first, last))
    assert [type(output) for output in outputs] == [Consumed]
    assert not scene.transaction


def test_a_page_after_a_gap_is_not_taken() -> None:
    """One seq is missing (matrix 7): nothing of the page is kept."""
    scene = following(3)
    scene.posts(2)
    scene.receive(scene.garden.page(5))
    assert not scene.transaction
    assert scene.row().hi == 3


def test_a_page_of_what_we_do_not_follow_is_passed_by() -> None:
    """An unknown number, or one whose stream is gone: its credit goes back all the same."""
    scene = following(2)
    page = replace(scene.garden.page(), number=99)
    back = BackPage(99, 1, scene.garden.head(0), page.events)
    assert [type(output) for output in scene.receive(page, back)] == [Consumed, Consumed]
    del scene.engine.state.streams[GARDEN]
    for frame in (scene.garden.page(), scene.garden.back(1, 2)):
        assert scene.engine.needs(Received(frame, 1)) == ()


def test_a_changed_byte_is_no_event_and_its_page_is_refused() -> None:
    """Nothing of the page is kept, not what stood before it either."""
    scene = following(1)
    scene.posts(3)
    page = scene.garden.page(2)
    outputs = scene.receive(with_event(page, 1, page.events[1].event + b"\0"))
    assert refused_for(outputs, "page")
    assert not scene.transaction


def test_an_event_of_somebody_unknown_starves_the_page() -> None:
    """Nothing of it is taken before the people's log says who they are."""
    scene = following(1)
    dave = Member("dave")
    scene.posts(1)
    scene.hub.say(GARDEN, dave, Post("it is me"))
    outputs = scene.receive(scene.garden.page(2))
    assert alarms(outputs) == []
    assert not scene.transaction
    assert list(scene.link.starved) == [GARDEN]


def test_a_newcomer_may_speak_in_the_page_that_enrols_them() -> None:
    """Each event of the people's log is read with all that stand before it."""
    scene = following(0)
    dave = Member("dave")
    first = scene.hub.logs[PEOPLE].seq + 1
    scene.hub.say(PEOPLE, scene.hub.voice, dave.enrol)
    scene.hub.say(PEOPLE, dave, ProfileField("name", "Dave"))
    scene.receive(scene.hub.logs[PEOPLE].page(first))
    assert scene.row(PEOPLE).hi == first + 1
    assert scene.state.accounts.author(dave.author.device) == dave.author
    assert (PROFILE, dave.account + b"name") in scene.cells(PEOPLE)


def test_nobody_is_enrolled_in_a_channel() -> None:
    """Only the people's log, whose signatures are checked at once, says who somebody is."""
    scene = following(0)
    dave = Member("dave")
    scene.hears(dave.enrol, scene.hub.voice)
    assert scene.row().hi == 1
    assert scene.state.accounts.author(dave.author.device) is None


@pytest.mark.parametrize("stream", [DIRECTORY, PEOPLE])
def test_a_forged_act_that_decides_about_rights_is_refused(stream: StreamId) -> None:
    """The signature is checked before the page counts: no name, no right comes of it."""
    scene = following(0)
    log = scene.hub.logs[stream]
    dave = Member("dave")
    at = log.seq + 1
    entry = scene.hub.say(stream, scene.hub.voice, dave.enrol)
    forged = unsigned(entry.event)
    outputs = scene.receive(with_event(log.page(at), 0, forged))
    assert refused_for(outputs, "signature")
    assert alarms(outputs) == [Alarm("signature", log.stream, (forged,))]
    assert not scene.transaction
    assert scene.state.accounts.author(dave.author.device) is None


def test_in_a_channel_signatures_are_checked_later() -> None:
    """The chain is checked at once; the page is taken on the hub's word."""
    scene = following(0)
    entry = scene.hub.say(GARDEN, scene.bob, Post("hello"))
    page = with_event(scene.garden.page(), 0, unsigned(entry.event))
    assert alarms(scene.receive(page)) == []
    assert scene.row().hi == 1


@pytest.mark.parametrize(
    ("voice", "kind", "body", "flaw"),
    [
        (hub_voice(), *STANDARD.encode(Post("as the hub")), "signer"),
        (None, *STANDARD.encode(Member("eve").enrol), "signer"),
        (None, 1, b"\x91\x01", "body"),
    ],
)
def test_what_its_signer_may_not_say_is_kept_raw_and_told(
    voice: Voice | None, kind: int, body: bytes, flaw: str
) -> None:
    """One in another's place, or a body that is none: the chain goes on."""
    scene = following(0)
    entry = scene.garden.append(*(voice or scene.bob).raw(GARDEN, kind, body))
    outputs = scene.receive(scene.garden.page())
    assert alarms(outputs) == [Alarm(flaw, GARDEN, (entry.event,))]
    assert scene.held() == (entry,)
    assert scene.cells() == {}


def test_an_unknown_kind_is_kept_raw_without_a_word() -> None:
    """A newer version said it (matrix 26): bytes stay as they are, nothing is folded."""
    scene = following(0)
    entry = scene.garden.append(*scene.bob.raw(GARDEN, UNKNOWN_KIND, b"\xc0"))
    outputs = scene.receive(scene.garden.page())
    assert alarms(outputs) == []
    assert scene.held() == (entry,)
    assert scene.cells() == {}


def test_our_own_event_in_the_log_settles_outbox_and_orphan() -> None:
    """Only then are they forgotten; those of others stay."""
    scene = following(0)
    one, two = scene.write("one", "two")
    scene.garden.append(one.event, one.event_id)
    scene.receive(scene.garden.page())
    assert [row.n for row in scene.outbox] == [two.n]


def test_what_an_erasure_voids_goes_from_the_log_in_the_same_step() -> None:
    """The message and its edits become stubs; what was said besides stays."""
    scene = following(1)
    post = scene.hub.say(GARDEN, scene.bob, Post("secret"))
    target = TargetId(post.event_id[:16])
    edit = scene.hub.say(GARDEN, scene.bob, Edit(target, "secrets"))
    scene.receive(scene.garden.page(2))
    scene.hears(Erase(target, "spam"), scene.carol)
    assert scene.transaction.strips == [
        (GARDEN, 2, stub(post.event)),
        (GARDEN, 3, stub(edit.event)),
    ]
    assert [entry.event for entry in scene.held()][:3] == [
        scene.garden.entries[0].event,
        stub(post.event),
        stub(edit.event),
    ]
    assert [entry.head for entry in scene.held()] == [each.head for each in scene.garden.entries]


def test_what_was_said_and_withdrawn_in_one_page_is_kept_as_a_stub() -> None:
    """The body never reaches the disk."""
    scene = following(0)
    post = scene.hub.say(GARDEN, scene.bob, Post("oops"))
    scene.hub.say(GARDEN, scene.bob, Delete(TargetId(post.event_id[:16])))
    scene.receive(scene.garden.page())
    assert scene.held()[0].event == stub(post.event)


def test_an_erasure_of_what_is_not_held_strips_nothing() -> None:
    """The message lies before our tail; it is marked all the same."""
    scene = Scene(tail_events=1)
    (first, _) = scene.posts(2)
    scene.connect()
    outputs = scene.hears(Erase(TargetId(first.event_id[:16]), "spam"), scene.carol)
    assert scene.transaction.strips == []
    assert alarms(outputs) == []
    assert ("dead", first.event_id[:16]) in scene.cells()


def test_context_nobody_signed_is_dropped_and_the_page_is_taken() -> None:
    """It has no place in the chain: only a signature that holds makes it worth showing."""
    scene = Scene(tail_events=1)
    scene.posts(3)
    scene.connect()
    entry = scene.garden.entries[0]
    stranger, _ = Member("dave").event(GARDEN, Post("who?"))
    context = (
        Placed(1, 10, unsigned(entry.event)),
        Placed(1, 10, entry.event[:-1]),
        Placed(1, 10, stranger),
    )
    scene.posts(1)
    outputs = scene.receive(replace(scene.garden.page(4), context=context))
    assert GARDEN not in scene.store.context
    assert scene.row().hi == 4
    assert alarms(outputs) == []
