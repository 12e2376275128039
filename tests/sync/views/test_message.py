"""A message as it is shown: its newest text, its end, and no text lost."""

from random import Random

from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.threads import ThreadMove
from hobnob_protocol.nouns import DeadValue
from hobnob_sync.views import message, overlay, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ, Pending
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, NOWHERE, Tale


def shown(tale: Tale, target: TargetId) -> Message:
    """The message as the replica shows it."""
    found = message.view(tale.cells(message.asks(GARDEN, target)), target)
    assert found is not None
    return found


def texts(found: Message) -> list[str]:
    """What lost."""
    return [version.text for version in found.losing]


def test_a_post_is_shown_as_it_was_said() -> None:
    """Author, time, text, whom it addresses, and where it stands."""
    tale = Tale()
    root = tale.tell(BOB, Post("root"))
    target = tale.tell(ALICE, Post("hello", root, root, (CAROL,)))
    found = shown(tale, target)
    assert (found.account, found.author, found.at_ms, found.text) == (ALICE, ALICE, 20, "hello")
    assert (found.thread, found.reply, found.mentions) == (root, root, (CAROL,))
    assert (found.seq, found.order, found.version) == (2, 2, target)
    assert (found.dead, found.hidden) == (None, None)
    assert [found.edited, found.conflict, found.pending] == [False] * 3


def test_what_is_not_held_is_not_shown() -> None:
    """An act upon a message out of range shows nothing."""
    tale = Tale()
    tale.tell(ALICE, Edit(NOWHERE, "dangling"))
    assert message.view(tale.cells(message.asks(GARDEN, NOWHERE)), NOWHERE) is None


def test_the_last_edit_by_the_author_is_shown() -> None:
    """What another account claims to edit is nothing; all texts stay in order."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one", mentions=(BOB,)))
    second = tale.tell(ALICE, Edit(target, "two", target))
    third = tale.tell(ALICE, Edit(target, "three", second, (CAROL,)))
    tale.tell(BOB, Edit(target, "forged", third))
    found = shown(tale, target)
    assert (found.text, found.version, found.edited) == ("three", third, True)
    assert [version.text for version in found.versions] == ["one", "two", "three"]
    assert found.mentions == (BOB,)
    assert not found.conflict


def test_an_edit_that_did_not_know_of_another_leaves_it_reachable() -> None:
    """Two devices edit one version: the later is shown, the other is kept and marked."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Edit(target, "from the laptop", target))
    other = tale.tell(ALICE, Edit(target, "from the phone", target))
    found = shown(tale, target)
    assert (found.text, found.conflict, texts(found)) == (
        "from the phone",
        True,
        ["from the laptop"],
    )
    tale.tell(ALICE, Edit(target, "from the phone, again", other))
    assert texts(shown(tale, target)) == ["from the laptop"]


def test_two_edits_that_say_the_same_are_no_conflict() -> None:
    """Nothing is lost by it."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Edit(target, "same", target))
    tale.tell(ALICE, Edit(target, "same", target))
    assert not shown(tale, target).conflict


def test_an_edit_that_names_no_base_was_made_on_the_one_before() -> None:
    """An author who says nothing of a base accuses nobody."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Edit(target, "two"))
    tale.tell(ALICE, Edit(target, "three"))
    assert not shown(tale, target).conflict


def test_a_base_that_is_not_held_leaves_all_before_it_reachable() -> None:
    """What cannot be followed is not taken as known."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Edit(target, "two", target))
    tale.tell(ALICE, Edit(target, "three", NOWHERE))
    assert texts(shown(tale, target)) == ["two"]


def test_no_edit_is_ever_out_of_reach() -> None:
    """S18 over random edits: each own text is a version; whichever the one shown did not know of
    is marked."""
    for case in range(300):
        rng, tale = Random(case), Tale()
        target = tale.tell(ALICE, Post("0"))
        names = [target]
        bases: dict[TargetId, TargetId] = {}
        for nth in range(1, rng.randint(2, 9)):
            base = rng.choice(names)
            names.append(tale.tell(ALICE, Edit(target, str(nth), base)))
            bases[names[-1]] = base
        found = shown(tale, target)
        assert [version.version for version in found.versions] == names
        known = [found.version]
        while known[-1] in bases:
            known.append(bases[known[-1]])
        lost = {version.version for version in found.losing}
        assert lost == {name for name in names if name not in known}


def test_a_message_its_author_withdrew_has_no_text() -> None:
    """Edits or not, it is dead, and says by whom and how."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Edit(target, "two", target))
    tale.tell(ALICE, Delete(target))
    found = shown(tale, target)
    assert found.dead == (ALICE, "deleted", "")
    assert (found.text, found.versions[1:]) == ("", ())


def test_nobody_else_withdraws_it() -> None:
    """A delete by another account has no effect."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(BOB, Delete(target))
    found = shown(tale, target)
    assert (found.dead, found.text) == (None, "one")


def test_an_erased_message_says_why() -> None:
    """The moderator's reason stands also where the author withdrew it too."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(ALICE, Delete(target))
    tale.tell(BOB, Erase(target, "an address"))
    assert shown(tale, target).dead == (BOB, "erased", "an address")


def test_a_hidden_message_says_who_hid_it_until_it_is_shown_again() -> None:
    """The text stays for those who may see it."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(BOB, Hide(target, True, "rude"))
    found = shown(tale, target)
    assert (found.hidden, found.text) == ((BOB, "rude"), "one")
    tale.tell(BOB, Hide(target, False, "was not"))
    assert shown(tale, target).hidden is None


def test_a_moved_message_is_where_it_was_moved() -> None:
    """Into another thread, and out of any."""
    tale = Tale()
    one, two = tale.tell(BOB, Post("one")), tale.tell(BOB, Post("two"))
    target = tale.tell(ALICE, Post("reply", one))
    tale.tell(ALICE, ThreadMove(target, two))
    assert shown(tale, target).thread == two
    tale.tell(ALICE, ThreadMove(target, None))
    assert shown(tale, target).thread is None


def test_an_imported_message_is_shown_as_it_was_there() -> None:
    """Its author and time are those of its source; the rights are the importer's."""
    tale = Tale()
    target = tale.tell(BOB, Imported("old", "7", CAROL, 77, "hi", ("6",), 78))
    found = shown(tale, target)
    assert (found.account, found.author, found.at_ms, found.text) == (BOB, CAROL, 77, "hi")
    assert found.imported is not None
    assert (found.imported.source_id, found.imported.references) == ("7", ("6",))
    assert found.edited
    untouched = tale.tell(BOB, Imported("old", "8", CAROL, 79, "ho"))
    assert not shown(tale, untouched).edited
    tale.tell(CAROL, Erase(target))
    assert shown(tale, target).imported is None


def test_an_imported_message_that_was_withdrawn_there_is_withdrawn_here() -> None:
    """By its author there; it stands in its thread and does not count."""
    tale = Tale()
    root = tale.tell(BOB, Imported("old", "7", CAROL, 77, "hi", thread=None))
    target = tale.tell(
        BOB, Imported("old", "8", CAROL, 78, "oh", deleted_ms=80, thread=root, mentions=(ALICE,))
    )
    found = shown(tale, target)
    assert (found.text, found.dead) == ("", DeadValue(CAROL, "deleted", ""))
    assert (found.thread, found.mentions) == (root, (ALICE,))
    cells = tale.cells(thread.asks_replies(GARDEN))
    assert thread.replies(cells, root) == thread.Replies((target,), 0)


def test_a_message_says_what_of_it_waits() -> None:
    """Itself, a text of it or its end."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    for nth, body in enumerate(
        (Edit(target, "two", target), Delete(target), Hide(target, True, "x"))
    ):
        read = tale.wait(nth, ALICE, body)
        keys = overlay.asks((read,), message.asks(GARDEN, target))
        found = message.view(Pending(tale.cells(keys), (read,)), target)
        assert found is not None
        assert (found.pending, found.seq) == (True, 1)
    root = tale.wait(7, ALICE, Post("new"))
    keys = overlay.asks((root,), message.asks(GARDEN, root.fact.target))
    found = message.view(Pending(tale.cells(keys), (root,)), root.fact.target)
    assert found is not None
    assert (found.pending, found.seq, found.order) == (True, None, PENDING_SEQ + 7)


def test_a_message_carries_why_acts_upon_it_were_refused() -> None:
    """The codes of the tray, and nothing where there are none."""
    tale = Tale()
    target, other = tale.tell(ALICE, Post("one")), tale.tell(ALICE, Post("two"))
    refused = {target: ("E_RIGHT",)}
    cells = tale.cells((*message.asks(GARDEN, target), *message.asks(GARDEN, other)))
    marks = [message.view(cells, name, refused) for name in (target, other)]
    assert [found and found.refused for found in marks] == [("E_RIGHT",), ()]


def test_messages_asked_for_together_are_shown_as_each_alone() -> None:
    """A page of them takes a few questions."""
    tale = Tale()
    targets = tuple(tale.tell(BOB, Post(f"wheel {nth}")) for nth in range(3))
    tale.tell(BOB, Edit(targets[0], "disc"))
    tale.tell(BOB, Delete(targets[1]))
    together = tale.cells(message.asks_each(GARDEN, targets))
    for target in targets:
        alone = message.view(tale.cells(message.asks(GARDEN, target)), target)
        assert message.view(together, target) == alone
    assert len(message.asks_each(GARDEN, targets)) < len(targets) * 2
