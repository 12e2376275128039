"""What is said and not yet in our log, on top of what is: visible in every own read (S14)."""

from dataclasses import replace

from hobnob_protocol.ids import TargetId, target_of
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase
from hobnob_protocol.kinds.polls import Vote
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.nouns import EDIT, MESSAGE, PIN
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell, ReplicaTransaction, TrayRow
from hobnob_sync.views import message, overlay, timeline
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ, Pending, log_seq
from hobnob_sync.views.timeline import Window
from tests.sync.client_engine.scene import Scene, ack, refused
from tests.sync.client_engine.scripted_hub import CELLAR, TS_SECONDS
from tests.sync.views.scene import ALICE, BOB, GARDEN, NOWHERE, Tale

KEY = b"k" * 16


def seen(scene: Scene) -> list[Message]:
    """The garden as its screen shows it now."""
    stream = scene.garden.stream
    reads = overlay.waiting(scene.state, stream)
    window = Window(stream, 1, 50)
    loaded = scene.store.load(timeline.asks(window))
    wanted = overlay.asks(reads, timeline.asks_messages(window, loaded, reads))
    cells = Pending(Overlay(stream, scene.store.load(wanted)), reads)
    return list(timeline.view(window, loaded, cells, reads, overlay.refusals(scene.state, stream)))


def texts(scene: Scene) -> list[tuple[str, bool]]:
    """What it says, and whether that waits."""
    return [(found.text, found.pending) for found in seen(scene)]


def over(tale: Tale, target: TargetId, *reads: Read) -> Message:
    """One message with these events waiting above it."""
    base = tale.cells(overlay.asks(reads, message.asks(GARDEN, target)))
    found = message.view(Pending(base, reads), target)
    assert found is not None
    return found


# From the keyboard to the log.


def test_what_is_said_is_seen_at_once_and_until_it_is_resolved() -> None:
    """Composed, after a crash, sent, acknowledged, in our own log: always there, always once."""
    scene = Scene()
    scene.posts(1)
    scene.connect()
    base = [("post 1", False)]
    (row,) = scene.write("mine")
    assert texts(scene) == [*base, ("mine", True)]
    scene.reboot()
    assert texts(scene) == [*base, ("mine", True)]
    scene.connect()
    scene.accept_at(row, 2)
    assert texts(scene) == [*base, ("mine", True)]
    scene.reboot()
    assert texts(scene) == [*base, ("mine", True)]
    scene.connect()
    scene.garden.append(row.event, row.event_id)
    scene.receive(scene.garden.page(2))
    assert texts(scene) == [*base, ("mine", False)]


def test_news_from_others_go_below_what_waits() -> None:
    """Rebase is building the view anew: ours stays last (2.4)."""
    scene = Scene()
    scene.connect()
    scene.write("mine", "and mine")
    scene.hears(Post("theirs"))
    assert texts(scene) == [("theirs", False), ("mine", True), ("and mine", True)]


def test_what_was_refused_is_no_longer_seen_and_its_reason_is() -> None:
    """One row less; the message it acted upon says why."""
    scene = Scene()
    scene.posts(1)
    scene.connect()
    target = target_of(scene.garden.entries[0].event_id)
    scene.compose(React(target, "👍"))
    scene.compose(Post("mine"))
    react, post = scene.outbox
    scene.receive(ack(refused(react, "not_allowed"), refused(post, "archived")))
    (found,) = seen(scene)
    assert (found.text, found.refused, found.pending) == ("post 1", ("not_allowed",), False)
    assert overlay.refusals(scene.state, scene.garden.stream) == {
        target: ("not_allowed",),
        target_of(post.event_id): ("archived",),
    }


def test_only_what_waits_for_a_stream_is_seen_there() -> None:
    """The outbox is one, the views are many; refusals too."""
    scene = Scene()
    scene.compose(Post("here"))
    scene.compose(Post("there"), CELLAR)
    here, there = scene.outbox
    (read,) = overlay.waiting(scene.state, CELLAR)
    assert read.entry.event_id == there.event_id
    assert (read.fact.stream, read.fact.body) == (CELLAR, Post("there"))
    tray = TrayRow(here.n, here.stream, here.event_id, here.event, "gone")
    scene.put(ReplicaTransaction(tray={here.n: tray}))
    assert overlay.refusals(scene.state, CELLAR) == {}
    assert list(overlay.refusals(scene.state, here.stream)) == [target_of(here.event_id)]


def test_what_waits_stands_above_every_log_in_the_order_it_was_said() -> None:
    """At (∞, n), by its author's clock."""
    scene = Scene()
    scene.write("one", "two")
    reads = overlay.waiting(scene.state, scene.garden.stream)
    assert [read.fact.seq for read in reads] == [PENDING_SEQ + 1, PENDING_SEQ + 2]
    assert [read.fact.at_ms for read in reads] == [TS_SECONDS * 1_000] * 2
    assert [read.fact.account for read in reads] == [scene.alice.account] * 2
    assert [read.fact.event for read in reads] == [row.event_id for row in scene.outbox]


def test_a_row_that_has_rotted_shows_nothing() -> None:
    """Neither what waits nor what was refused; the others still do."""
    scene = Scene()
    one, two = scene.write("one", "two")
    scene.put(
        ReplicaTransaction(
            outbox={one.n: replace(one, event=b"\xc1")},
            tray={9: TrayRow(9, one.stream, one.event_id, b"\xc1", "gone")},
        )
    )
    (read,) = overlay.waiting(scene.state, one.stream)
    assert read.entry.event_id == two.event_id
    assert overlay.refusals(scene.state, one.stream) == {}


def test_refusals_of_one_message_are_kept_oldest_first() -> None:
    """Each with its code; a kind that is not known here names nothing."""
    scene = Scene()
    scene.posts(1)
    scene.connect()
    target = target_of(scene.garden.entries[0].event_id)
    scene.compose(React(target, "👍"))
    scene.compose(Vote(target, (0,)))
    react, vote = scene.outbox
    scene.receive(ack(refused(react, "gone"), refused(vote, "late")))
    raw, name = scene.alice.raw(scene.garden.stream, 60_000, b"\xc0")
    scene.put(ReplicaTransaction(tray={99: TrayRow(99, scene.garden.stream, name, raw, "odd")}))
    assert overlay.refusals(scene.state, scene.garden.stream) == {target: ("gone", "late")}


def test_a_place_in_the_log_is_a_place_and_what_waits_has_none() -> None:
    """To the boundary."""
    assert log_seq(PENDING_SEQ - 1) == PENDING_SEQ - 1
    assert log_seq(PENDING_SEQ) is None
    assert log_seq(1) == 1


# What it does to a message.


def test_of_two_edits_on_one_version_the_loser_is_kept_and_marked() -> None:
    """Another device of ours was faster: our own text is shown, theirs is one key away (S18)."""
    tale = Tale()
    target = tale.tell(ALICE, Post("first"))
    tale.tell(ALICE, Edit(target, "from the phone", target))
    found = over(tale, target, tale.wait(1, ALICE, Edit(target, "from here", target)))
    assert (found.text, found.pending, found.conflict) == ("from here", True, True)
    assert [lost.text for lost in found.losing] == ["from the phone"]
    assert [version.seq for version in found.versions] == [1, 2, None]


def test_an_edit_on_what_is_shown_conflicts_with_nothing() -> None:
    """It knew of the one before, waiting as that is."""
    tale = Tale()
    target = tale.tell(ALICE, Post("first"))
    second = tale.wait(1, ALICE, Edit(target, "second", target))
    third = tale.wait(2, ALICE, Edit(target, "third", second.fact.target))
    found = over(tale, target, second, third)
    assert (found.text, found.conflict, found.version) == ("third", False, third.fact.target)


def test_what_is_dead_stays_dead() -> None:
    """An edit that waits revives nothing (S17), nor does it when it comes first."""
    tale = Tale()
    target = tale.tell(ALICE, Post("secret"))
    tale.tell(ALICE, Delete(target))
    edit = tale.wait(1, ALICE, Edit(target, "still here", target))
    found = over(tale, target, edit)
    assert (found.text, found.dead is not None) == ("", True)
    assert [version.text for version in found.versions] == [""]


def test_a_withdrawal_that_waits_takes_the_text_away_at_once() -> None:
    """Edits too; the log below is as it was."""
    tale = Tale()
    target = tale.tell(ALICE, Post("secret"))
    tale.tell(ALICE, Edit(target, "secrets", target))
    gone = tale.wait(1, ALICE, Delete(target))
    found = over(tale, target, gone)
    assert (found.text, found.dead is not None, found.pending) == ("", True, True)
    assert len(found.versions) == 1
    assert over(tale, target).text == "secrets"


def test_a_withdrawal_of_anothers_message_takes_nothing_away() -> None:
    """The hub will refuse it; until then it shows nothing. An erasure does show."""
    tale = Tale()
    target = tale.tell(BOB, Post("theirs"))
    assert over(tale, target, tale.wait(1, ALICE, Delete(target))).text == "theirs"
    assert over(tale, target, tale.wait(2, ALICE, Erase(target))).text == ""


def test_an_act_upon_what_waits_itself_is_seen() -> None:
    """A post nobody has yet, edited."""
    tale = Tale()
    post = tale.wait(1, ALICE, Post("frist"))
    target = post.fact.target
    found = over(tale, target, post, tale.wait(2, ALICE, Edit(target, "first", target)))
    assert (found.text, found.seq, found.order, found.pending) == (
        "first", None, PENDING_SEQ + 1, True,
    )  # fmt: skip


# The cells.


def test_cells_are_read_through_what_waits() -> None:
    """Written above, hidden, or as they are below; the base stays as it is."""
    base = Overlay.fresh(GARDEN)
    base.put(PIN, KEY, Cell(1, True))
    base.put(PIN, KEY + b"2", Cell(1, True))
    base.put(PIN, b"other", Cell(1, True))
    pending = Pending(base, ())
    assert pending.get(PIN, KEY) == Cell(1, True)
    pending.put(PIN, KEY, Cell(9, False))
    pending.put(PIN, KEY + b"1", Cell(9, False))
    pending.put(PIN, b"z", Cell(9, False))
    pending.drop(PIN, KEY + b"2")
    assert pending.get(PIN, KEY) == Cell(9, False)
    assert pending.get(PIN, KEY + b"2") is None
    assert pending.get(PIN, b"nothing") is None
    assert pending.get(MESSAGE, KEY) is None
    assert pending.scan(PIN, KEY) == ((KEY, Cell(9, False)), (KEY + b"1", Cell(9, False)))
    assert pending.scan(MESSAGE, b"") == ()
    assert base.get(PIN, KEY) == Cell(1, True)
    assert len(base.scan(PIN, b"")) == 3


def test_each_cell_is_asked_for_once() -> None:
    """What a view wants and what folding wants; what cannot be folded wants nothing."""
    tale = Tale()
    read = tale.wait(1, ALICE, Edit(NOWHERE, "better"))
    raw = Read(read.entry, read.event, read.author, read.fact, None, "", ())
    wanted = message.asks(GARDEN, NOWHERE)
    assert overlay.asks((raw,), wanted) == wanted
    found = overlay.asks((read, read), (*wanted, *wanted))
    assert len(found) == len(set(found))
    assert set(wanted) < set(found)
    assert found[: len(wanted)] == wanted


def test_what_cannot_be_folded_changes_no_cell() -> None:
    """A kind of a later version waits in the outbox."""
    tale = Tale()
    read = tale.wait(1, ALICE, Post("waiting"))
    raw = Read(read.entry, read.event, read.author, read.fact, None, "", ())
    assert Pending(Overlay.fresh(GARDEN), (raw,)).scan(MESSAGE, b"") == ()
    assert len(Pending(Overlay.fresh(GARDEN), (read,)).scan(MESSAGE, b"")) == 1
    assert STANDARD.of(Edit).number
    assert Pending(Overlay.fresh(GARDEN), (read,)).scan(EDIT, b"") == ()
