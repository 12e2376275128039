"""The hub's log went another way: what is common stays, all else, own or foreign, is kept aside."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.event import stub
from hobnob_protocol.frames import Offer, Push
from hobnob_protocol.ids import EMPTY_HEAD, PEOPLE, GrantId, TargetId
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_sync.client_engine.forking import AFTER_ALL
from hobnob_sync.client_engine.inputs import Alarm, Changed, Disconnect
from hobnob_sync.lineage import decode_ancestry
from hobnob_sync.ports import OrphanRow, ReplicaTransaction
from tests.sync.client_engine.scene import Scene, alarms, asked, said, sent
from tests.sync.client_engine.scripted_hub import CELLAR, FIRST, GARDEN, SECOND, THIRD, Member


def at_head(count: int = 5, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def test_what_is_common_stays_and_the_rest_becomes_orphans() -> None:
    """Log, head and cells are those of the common part; the orphans keep bytes and place (20)."""
    scene = at_head(5)
    lost = scene.garden.entries[3:]
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    assert scene.held() == tuple(scene.garden.entries)
    assert (scene.row().hi, scene.row().head) == (3, scene.garden.head(3))
    assert scene.cells() == scene.folded(scene.garden.entries)
    assert scene.state.orphans == {
        entry.event_id: OrphanRow(GARDEN, entry.seq, entry.at_ms, entry.event_id, entry.event)
        for entry in lost
    }
    assert Changed(GARDEN) in outputs
    assert alarms(outputs) == []
    assert scene.state.epoch == SECOND


def test_a_stream_that_lost_nothing_is_left_alone() -> None:
    """Not even read again: its cursor is good in the new epoch."""
    scene = at_head(5)
    scene.hub.restore(SECOND)
    scene.announce()
    assert scene.state.orphans == {}
    assert scene.transaction.orphaned == []
    assert scene.row().hi == 5


def test_the_offer_goes_out_before_any_push() -> None:
    """What we hold beyond the fork first, ours and others', in the old order (§7.3)."""
    scene = at_head(5)
    scene.write("mine")
    lost = scene.garden.entries[3:]
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    (offer,) = sent(outputs, Offer)
    assert [one.event for one in offer.events] == [entry.event for entry in lost]
    assert sent(outputs, Push) == []
    assert scene.state.offer_due
    assert scene.store.meta["offer_due"] == b"\1"


def test_nothing_to_offer_is_said_too() -> None:
    """The hub waits for those who may bring something: an empty offer that is done."""
    scene = at_head(2)
    scene.hub.restore(SECOND)
    assert sent(scene.announce(), Offer) == [Offer((), True)]


def test_where_only_the_base_is_common_the_range_is_empty() -> None:
    """The stream goes on from there: it keeps its place."""
    scene = at_head(5, tail_events=2)
    assert scene.row().lo == 4
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    scene.announce()
    row = scene.row()
    assert (row.lo, row.hi, row.base, row.head) == (
        4, 3, scene.garden.head(3), scene.garden.head(3),
    )  # fmt: skip
    assert len(scene.state.orphans) == 2


def test_where_nothing_common_is_held_the_stream_starts_at_its_tail() -> None:
    """The fork lies below what we hold: all of it becomes orphans."""
    scene = at_head(5, tail_events=2)
    scene.hub.lose(GARDEN, 2)
    scene.hub.restore(SECOND)
    scene.announce()
    row = scene.row()
    assert (row.lo, row.hi, row.base, row.head) == (1, 0, EMPTY_HEAD, EMPTY_HEAD)
    assert scene.cells() == {}
    assert len(scene.state.orphans) == 2
    scene.reboot()
    scene.connect()
    assert scene.held() == tuple(scene.garden.entries)


def test_an_epoch_the_hub_never_knew_shares_nothing() -> None:
    """A hub of another life: every stream starts anew, nothing is lost on our side."""
    scene = at_head(3)
    scene.hub.lineage = (SECOND,)
    scene.announce()
    assert scene.row().hi == 0
    posts = [row for row in scene.state.orphans.values() if row.stream == GARDEN]
    assert len(posts) == 3


def test_twice_restored_from_one_backup_leads_through_our_own_past() -> None:
    """The epoch in between is unknown to the hub: our ancestry says what is common still (20)."""
    scene = at_head(5)
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    scene.connect()
    scene.posts(3)
    scene.receive(scene.garden.page(4))
    assert [left for left, _ in decode_ancestry(scene.state.ancestry)] == [FIRST]
    kept = dict(decode_ancestry(scene.state.ancestry)[0][1])
    assert (kept[GARDEN], kept[PEOPLE]) == (3, 3)
    scene.hub.lose(GARDEN, 3)
    scene.hub.lineage = (FIRST, THIRD)
    scene.reboot()
    scene.connect()
    assert scene.row().hi == 3
    assert scene.held() == tuple(scene.garden.entries)
    # Two of the first life and three of the second: none is forgotten.
    assert len(scene.state.orphans) == 5
    assert [left for left, _ in decode_ancestry(scene.state.ancestry)] == [FIRST, SECOND]


def test_the_ancestry_says_no_more_than_was_held() -> None:
    """A stream that lagged behind the fork is common as far as it went."""
    scene = at_head(5)
    scene.posts(4)
    scene.hub.restore(SECOND)
    scene.announce()
    assert dict(decode_ancestry(scene.state.ancestry)[0][1])[GARDEN] == 5


def test_an_orphan_is_kept_until_our_own_log_holds_it() -> None:
    """Accepted is not enough: a second restore would lose it (§7.3, matrix 20)."""
    scene = at_head(5)
    lost = scene.garden.entries[3:]
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    scene.serve(scene.announce())
    scene.offer_taken()
    assert len(scene.state.orphans) == 2
    scene.garden.append(lost[1].event, lost[1].event_id)
    scene.receive(scene.garden.page(4))
    assert list(scene.state.orphans) == [lost[0].event_id]
    scene.garden.append(lost[0].event, lost[0].event_id)
    scene.receive(scene.garden.page(5))
    assert scene.state.orphans == {}
    assert scene.store.orphans == {}


def test_what_was_accepted_and_never_shown_is_offered_after_all_else() -> None:
    """The old hub took it; no page came: it is an orphan of an unknown place."""
    scene = at_head(5)
    scene.write("one", "two")
    one, two = scene.outbox
    scene.accept_at(one, 6)
    scene.now_ms += 7
    scene.hub.lose(GARDEN, 4)
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    assert [row.n for row in scene.outbox] == [two.n]
    assert scene.state.orphans[one.event_id] == OrphanRow(
        GARDEN, AFTER_ALL + one.n, scene.now_ms, one.event_id, one.event
    )
    (offer,) = sent(outputs, Offer)
    assert [event.seq for event in offer.events] == [5, AFTER_ALL + one.n]


def test_what_is_erased_or_a_consequence_is_not_offered() -> None:
    """A stub has no body to bring; what the hub did it does again by itself; who joined returns."""
    scene = at_head(1)
    post = scene.hub.say(GARDEN, scene.bob, Post("oops"))
    scene.hub.say(GARDEN, scene.bob, Delete(TargetId(post.event_id[:16])))
    scene.receive(scene.garden.page(2))
    dave = Member("dave")
    scene.hub.say(PEOPLE, scene.hub.voice, dave.enrol)
    scene.receive(scene.hub.logs[PEOPLE].page(4))
    scene.hub.grant(CELLAR)
    user = scene.hub.logs[scene.hub.user]
    scene.receive(user.page(user.seq))
    assert scene.held()[1].event == stub(post.event)
    withdrawal, enrol = scene.garden.entries[2], scene.hub.logs[PEOPLE].entries[3]
    scene.hub.lose(GARDEN, 1)
    scene.hub.lose(PEOPLE, 3)
    scene.hub.lose(scene.hub.user, user.seq - 1)
    del scene.hub.logs[CELLAR]
    scene.hub.restore(SECOND)
    scene.announce()
    assert list(scene.state.orphans) == [enrol.event_id, withdrawal.event_id]
    assert sorted(scene.store.orphans) == sorted(scene.state.orphans)


def test_an_unknown_kind_is_offered_as_it_is() -> None:
    """A newer version will know it (matrix 26)."""
    scene = at_head(1)
    scene.garden.append(*scene.bob.raw(GARDEN, 60_000, b"\xc0"))
    scene.receive(scene.garden.page(2))
    scene.hub.lose(GARDEN, 1)
    scene.hub.restore(SECOND)
    scene.announce()
    assert len(scene.state.orphans) == 1


def test_an_unknown_kind_below_the_fork_stays_raw() -> None:
    """It is kept and not folded, as before."""
    scene = at_head(1)
    scene.garden.append(*scene.bob.raw(GARDEN, 60_000, b"\xc0"))
    scene.posts(2)
    scene.receive(scene.garden.page(2))
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    assert alarms(scene.announce()) == []
    assert scene.held() == tuple(scene.garden.entries)
    assert scene.cells() == scene.folded(scene.garden.entries)


def test_what_has_rotted_is_not_kept_as_an_orphan() -> None:
    """Nobody could take it."""
    scene = at_head(3)
    scene.rot(3, b"\xc1")
    scene.hub.lose(GARDEN, 1)
    scene.hub.restore(SECOND)
    scene.announce()
    assert [row.seq for row in scene.state.orphans.values()] == [2]
    assert len(scene.store.orphans) == 1


def test_what_the_disk_has_lost_is_not_common() -> None:
    """The record ends where the log does, and the rest is pulled again."""
    scene = at_head(5)
    del scene.store.logs[GARDEN].entries[2:]
    scene.hub.lose(GARDEN, 4)
    scene.hub.restore(SECOND)
    outputs = scene.announce()
    assert (scene.row().hi, scene.row().head) == (2, scene.garden.head(2))
    scene.offer_taken()
    scene.serve(outputs)
    assert scene.held() == tuple(scene.garden.entries)


def test_who_people_are_is_known_anew() -> None:
    """An account beyond the fork is nobody; those before it are who they were."""
    scene = at_head(1)
    dave = Member("dave")
    scene.hears(dave.enrol, scene.hub.voice, PEOPLE)
    assert scene.state.accounts.author(dave.author.device) == dave.author
    scene.hub.lose(PEOPLE, 3)
    scene.hub.restore(SECOND)
    scene.announce()
    assert scene.state.accounts.author(dave.author.device) is None
    assert scene.state.accounts.author(scene.bob.author.device) == scene.bob.author


def test_what_was_promised_and_seen_in_the_old_epoch_is_dropped() -> None:
    """Checkpoints and witnesses belong to one life of the log."""
    scene = at_head(3)
    scene.receive(scene.hub.checkpoint(GARDEN, 3))
    witness = encode(((scene.bob.author.device, 1),))
    scene.put(ReplicaTransaction(meta={f"witness:{GARDEN.hex()}": witness}))
    scene.hub.restore(SECOND)
    scene.announce()
    assert (scene.state.checkpoints, scene.state.witnesses) == ({}, {})
    assert [name for name in scene.store.meta if name[:5] in ("check", "witne")] == []


@pytest.mark.parametrize(
    ("checked", "left"),
    [((1, 5), (1, 3)), ((1, 4), (1, 3)), ((2, 3), (2, 3)), ((4, 5), (4, 3))],
)
def test_only_what_is_kept_counts_as_checked(
    checked: tuple[int, int], left: tuple[int, int]
) -> None:
    """Signatures beyond the fork are to be checked again when events come back."""
    scene = at_head(5)
    scene.put(ReplicaTransaction(meta={f"verified:{GARDEN.hex()}": encode(checked)}))
    scene.hub.lose(GARDEN, 3)
    scene.hub.restore(SECOND)
    scene.announce()
    assert scene.state.verified == {GARDEN: left}


# A cursor the hub does not know, in an epoch where it must.


def test_a_resume_that_can_never_succeed_becomes_a_fresh_start() -> None:
    """One refusal, then the tail: no loop (matrix 31); what we held is kept and told."""
    scene = at_head(3)
    held = scene.garden.entries[:]
    scene.hub.lose(GARDEN, 0)
    scene.hub.say(GARDEN, scene.carol, Post("another past"))
    scene.reboot()
    outputs = scene.connect()
    tries = [wish.seq for wish in asked(outputs) if wish.stream == GARDEN]
    assert tries == [3, 0]
    assert Alarm("history", GARDEN, (held[-1].head, EMPTY_HEAD)) in outputs
    assert said(outputs, Disconnect) == []
    assert scene.held() == tuple(scene.garden.entries)
    assert list(scene.state.orphans) == [entry.event_id for entry in held]
    assert scene.cells() == scene.folded(scene.garden.entries)


@pytest.mark.parametrize("why", ["nothing held", "another grant", "not ours"])
def test_such_an_answer_to_what_we_never_asked_changes_nothing(why: str) -> None:
    """No row, no range, or of a grant we had before."""
    scene = at_head(0 if why == "nothing held" else 3)
    answer = scene.garden.opened(0, 1)
    if why == "another grant":
        answer = replace(answer, grant=GrantId(b"formerly"))
    elif why == "not ours":
        answer = replace(answer, stream=CELLAR)
    scene.link.opening[answer.stream] = scene.now_ms
    assert scene.receive(answer) == ()
    assert not scene.transaction
    assert answer.stream not in scene.link.opening
