"""What follows for messages: what others may name, what counts as unread, what is destroyed."""

from dataclasses import replace

import pytest

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.conversations import GroupChange, Sealed
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.polls import Poll, PollClose
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.group import founding
from hobnob_sync.ports import CellsKey, Target
from tests.sync.hub_engine.scene import Hub


def stubs(hub: Hub, stream: StreamId) -> list[int]:
    """The places whose bodies are gone."""
    return [entry.seq for entry in hub.log(stream) if decode_event(entry.event).is_stub]


def test_a_message_can_be_named_by_others() -> None:
    """Who wrote it, where it stands, its thread and whom it mentions are remembered."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    root = hub.told(alice, hub.general, Post("x"))
    seq = len(hub.log(hub.general))
    number = STANDARD.of(Post).number
    assert hub.target(hub.general, root) == Target(seq, alice.account, number, True, None)
    said = hub.told(bob, hub.general, Post("y", thread=root, mentions=(alice.account,)))
    assert hub.target(hub.general, said) == Target(
        seq + 1, bob.account, number, True, root, (alice.account,)
    )
    poll = hub.told(bob, hub.general, Poll("?", ("a", "b")))
    assert hub.target(hub.general, poll) == Target(
        seq + 2, bob.account, STANDARD.of(Poll).number, True, None
    )


def test_an_imported_message_is_one_like_a_post() -> None:
    """In its thread, with whom it mentions; one that was withdrawn there is no news."""
    hub = Hub()
    alice, bob = hub.owner(), hub.member("bob")
    number = STANDARD.of(Imported).number
    root = hub.told(alice, hub.general, Imported("mail", "1", bob.account, 5, "x"))
    seq = len(hub.log(hub.general))
    assert hub.target(hub.general, root) == Target(seq, alice.account, number, True, None)
    for nth, deleted_ms in ((seq + 1, None), (seq + 2, 7)):
        body = Imported("mail", str(nth), bob.account, 5, "y", deleted_ms=deleted_ms)
        body = replace(body, thread=root, mentions=(bob.account,))
        said = hub.told(alice, hub.general, body)
        assert hub.target(hub.general, said) == Target(
            nth, alice.account, number, deleted_ms is None, root, (bob.account,)
        )


def test_a_sealed_message_is_one_too() -> None:
    """Though the hub reads nothing of it."""
    hub = Hub()
    alice = hub.member("alice")
    talk = StreamId(b"d:\xf4" + b"t" * 15)
    hub.told(alice, talk, GroupChange(founding(alice.account), *[(alice.account,)] * 2))
    said = hub.told(alice, talk, Sealed(b"secret"))
    assert hub.target(talk, said) == Target(
        2, alice.account, STANDARD.of(Sealed).number, True, None
    )


def test_what_marks_a_message_is_none() -> None:
    """Nobody can name it."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    hub.told(alice, hub.general, React(said, "+"))
    assert list(hub.store.targets) == [(hub.general, said)]


@pytest.mark.parametrize("how", [Delete, Erase])
def test_the_end_of_a_message_takes_its_body_and_its_edits(how: type[Delete | Erase]) -> None:
    """Of it and of nothing else; headers, ids and heads stay as they were."""
    hub = Hub()
    alice = hub.member("alice")
    other = hub.told(alice, hub.general, Post("another"))
    hub.told(alice, hub.general, Edit(other, "changed"))
    said = hub.told(alice, hub.general, Post("x"))
    hub.told(alice, hub.general, Edit(said, "y"))
    hub.told(alice, hub.general, React(said, "+"))
    hub.told(alice, hub.general, Edit(said, "z"))
    before = hub.log(hub.general)
    first = len(before) - 3
    hub.told(alice, hub.general, how(said))
    assert stubs(hub, hub.general) == [first, first + 1, first + 3]
    after = hub.log(hub.general)[:-1]
    for old, new in zip(before, after, strict=True):
        expected = stub(old.event) if old.seq in stubs(hub, hub.general) else old.event
        assert (new.event, new.event_id, new.head) == (expected, old.event_id, old.head)
    assert [hub.target(hub.general, name).live for name in (said, other)] == [False, True]
    assert [hub.target(hub.general, name).dead for name in (said, other)] == [True, False]
    gone = [before[seq - 1].event_id for seq in (first, first + 1, first + 3)]
    assert list(hub.store.erased) == (gone if how is Erase else [])


@pytest.mark.parametrize("how", [Delete, Erase])
def test_a_message_can_end_in_the_batch_that_says_it(how: type[Delete | Erase]) -> None:
    """With the edits of that batch and those from before it."""
    hub = Hub()
    alice = hub.member("alice")
    old = hub.told(alice, hub.general, Post("old"))
    other = hub.told(alice, hub.general, Post("other"))
    hub.told(alice, hub.general, Edit(old, "older"))
    first = len(hub.log(hub.general)) - 2
    said = hub.pushed(alice, hub.general, Post("x"))
    name = hub.name_of(alice, said)
    answers = hub.push(
        alice,
        said,
        hub.pushed(alice, hub.general, Edit(name, "y")),
        hub.pushed(alice, hub.general, Edit(old, "oldest")),
        hub.pushed(alice, hub.general, Edit(other, "kept")),
        hub.pushed(alice, hub.general, how(name)),
        hub.pushed(alice, hub.general, how(old)),
    )
    assert [answer.status for answer in answers] == [0] * 6
    assert stubs(hub, hub.general) == [first + at for at in (0, 2, 3, 4, 5)]
    gone = [hub.log(hub.general)[first + at - 1].event_id for at in (3, 4, 0, 2, 5)]
    assert list(hub.store.erased) == (gone if how is Erase else [])


def test_where_the_edits_lie_is_remembered() -> None:
    """Under the message and the edit; what they say is not."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    edit = hub.told(alice, hub.general, Edit(said, "y"))
    key = CellsKey(hub.general, nouns.EDIT, said)
    ((place, cell),) = hub.store.load([key]).get(key)
    assert (place, cell.seq, cell.value) == (said + edit, len(hub.log(hub.general)), None)


def test_an_erasure_after_a_withdrawal_makes_it_final() -> None:
    """Nothing is left to strip, but the events may never return."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    seq = len(hub.log(hub.general))
    hub.told(alice, hub.general, Delete(said))
    assert not hub.store.erased
    before = hub.log(hub.general)[seq - 1]
    hub.told(alice, hub.general, Erase(said))
    assert hub.log(hub.general)[seq - 1] == before
    assert list(hub.store.erased) == [before.event_id]


def test_an_edit_of_an_erased_message_may_not_return_either() -> None:
    """A stale replica brings it after its target: refused."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.told(alice, hub.general, Post("x"))
    edit = hub.pushed(alice, hub.general, Edit(said, "y"))
    hub.push(alice, edit)
    hub.told(alice, hub.general, Erase(said))
    assert hub.id_of(alice, edit) in hub.store.erased
    assert len(hub.store.erased) == 2


def test_a_hidden_message_counts_for_nobody_until_it_is_shown() -> None:
    """It is not dead; a dead one is not revived by being shown."""
    hub = Hub()
    olga = hub.owner()
    said = hub.told(olga, hub.general, Post("x"))

    def standing(name: TargetId) -> tuple[bool, bool]:
        found = hub.target(hub.general, name)
        return found.live, found.dead

    hub.told(olga, hub.general, Hide(said, True, "so"))
    assert standing(said) == (False, False)
    hub.told(olga, hub.general, Hide(said, False, "so"))
    assert standing(said) == (True, False)
    hub.told(olga, hub.general, Hide(said, True, "so"))
    hub.told(olga, hub.general, Delete(said))
    hub.told(olga, hub.general, Hide(said, False, "so"))
    assert standing(said) == (False, True)
    assert stubs(hub, hub.general) == [hub.target(hub.general, said).seq]


def test_hiding_strips_nothing() -> None:
    """Its author and the moderators still read it."""
    hub = Hub()
    olga = hub.owner()
    said = hub.told(olga, hub.general, Post("x"))
    hub.told(olga, hub.general, Hide(said, True, "so"))
    assert stubs(hub, hub.general) == []


def test_a_closed_poll_is_closed_and_no_more() -> None:
    """It stays alive, open to reactions."""
    hub = Hub()
    alice = hub.member("alice")
    poll = hub.told(alice, hub.general, Poll("?", ("a", "b")))
    assert not hub.target(hub.general, poll).closed
    hub.told(alice, hub.general, PollClose(poll))
    found = hub.target(hub.general, poll)
    assert (found.closed, found.live, found.dead) == (True, True, False)
    assert hub.why(alice, hub.general, React(poll, "+")) == ""
