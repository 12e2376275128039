"""A poll's votes, counted from who chose what."""

import json

from hobnob_protocol import writing
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.kinds.polls import Poll as PollBody
from hobnob_protocol.kinds.polls import PollClose, Vote
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell
from hobnob_sync.views import overlay, poll
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.poll import Poll
from tests.sync.fold.scene import fact
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, NOWHERE, Tale

QUESTION = PollBody("Which?", ("tea", "coffee", "water"))
SEVERAL = PollBody("Which?", ("tea", "coffee", "water"), multiple=True)


def shown(tale: Tale, target: TargetId) -> Poll:
    """The poll as Alice's replica shows it."""
    found = poll.view(tale.cells(poll.asks(GARDEN, target)), target, ALICE)
    assert found is not None
    return found


def test_a_vote_counts_for_what_it_chose_last() -> None:
    """One account, one vote; the later replaces the earlier."""
    tale = Tale()
    target = tale.tell(BOB, QUESTION)
    tale.tell(ALICE, Vote(target, (0,)))
    tale.tell(CAROL, Vote(target, (1,)))
    tale.tell(ALICE, Vote(target, (1,)))
    found = shown(tale, target)
    assert [(option.text, option.count) for option in found.options] == [
        ("tea", 0),
        ("coffee", 2),
        ("water", 0),
    ]
    assert found.options[1].accounts == (ALICE, CAROL)
    assert (found.mine, found.voters, found.closed, found.pending) == ((1,), 2, False, False)


def test_where_several_may_be_chosen_each_counts() -> None:
    """Voters are accounts, not choices."""
    tale = Tale()
    target = tale.tell(BOB, SEVERAL)
    tale.tell(ALICE, Vote(target, (0, 2)))
    found = shown(tale, target)
    assert [option.count for option in found.options] == [1, 0, 1]
    assert (found.mine, found.voters, found.multiple) == ((0, 2), 1, True)


def test_a_vote_that_cannot_be_meant_is_void() -> None:
    """For an option there is none of; for several where one is asked; and one taken back."""
    tale = Tale()
    target = tale.tell(BOB, QUESTION)
    tale.tell(ALICE, Vote(target, (7,)))
    tale.tell(BOB, Vote(target, (0, 1)))
    tale.tell(CAROL, Vote(target, (0,)))
    tale.tell(CAROL, Vote(target, ()))
    found = shown(tale, target)
    assert ([option.count for option in found.options], found.voters) == ([0, 0, 0], 0)


def test_a_closed_poll_says_who_closed_it() -> None:
    """Its votes stay."""
    tale = Tale()
    target = tale.tell(BOB, QUESTION)
    tale.tell(ALICE, Vote(target, (0,)))
    tale.tell(BOB, PollClose(target))
    found = shown(tale, target)
    assert (found.closed, found.closed_by, found.voters) == (True, BOB, 1)


def test_what_is_no_poll_is_shown_as_none() -> None:
    """A post, a message out of range, and a poll whose options are gone."""
    tale = Tale()
    post, gone = tale.tell(BOB, Post("one")), tale.tell(BOB, QUESTION)
    tale.tell(BOB, Delete(gone))
    for target in (post, gone, NOWHERE):
        assert poll.view(tale.cells(poll.asks(GARDEN, target)), target, ALICE) is None


def test_what_could_not_be_opened_is_shown_as_none() -> None:
    """It has a reason where a poll has its options."""
    cells = Overlay.fresh(GARDEN)
    closed = writing.message(fact(1, None, kind=SEALED), None, None, "", more=("no_key",))
    cells.put(closed.noun, closed.key, Cell(1, closed.value))
    assert poll.view(cells, TargetId(closed.key), ALICE) is None


def test_a_waiting_vote_counts_and_says_that_it_waits() -> None:
    """So does a waiting close."""
    tale = Tale()
    target = tale.tell(BOB, QUESTION)
    for body, mine, closed in ((Vote(target, (2,)), (2,), False), (PollClose(target), (), True)):
        read = tale.wait(1, ALICE, body)
        base = tale.cells(overlay.asks((read,), poll.asks(GARDEN, target)))
        found = poll.view(Pending(base, (read,)), target, ALICE)
        assert found is not None
        assert (found.mine, found.closed, found.pending) == (mine, closed, True)


def test_a_poll_of_elsewhere_shows_the_votes_it_came_with() -> None:
    """None of them mine, nor any cast here upon it; closed where it was closed there."""
    options = [{"text": "tea", "by": ["1", "2"]}, {"text": "coffee", "by": ["2"]}]

    def asked(**more: object) -> Poll:
        fields = {"kind": "poll", "options": options, **more}
        extra = tuple((name, json.dumps(given)) for name, given in fields.items())
        tale = Tale()
        target = tale.tell(BOB, Imported("guild", "7", CAROL, 1_000, "Which?", extra=extra))
        tale.tell(ALICE, Vote(target, (0,)))
        return shown(tale, target)

    found = asked()
    assert [(option.text, option.count) for option in found.options] == [("tea", 2), ("coffee", 1)]
    assert (found.voters, found.mine, found.multiple, found.closed) == (2, (), False, False)
    assert found.imported
    found = asked(multiple=True, closed=True)
    assert (found.multiple, found.closed_by) == (True, CAROL)


def test_an_imported_message_without_options_is_no_poll() -> None:
    """Whatever it calls itself."""
    tale = Tale()
    said = Imported("guild", "7", CAROL, 1_000, "Which?", extra=(("kind", '"poll"'),))
    target = tale.tell(BOB, said)
    assert poll.view(tale.cells(poll.asks(GARDEN, target)), target, ALICE) is None
