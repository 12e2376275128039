"""Who is here and who writes: nothing is said or heard of it unless the person wants it."""

import pytest

from hobnob_protocol.frames import Frame
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import TYPING_PACE_MS, TYPING_SHOWN_MS, WHO_PACE_MS
from hobnob_protocol.presence_frames import Here, Typing, Who, WhoIs
from hobnob_sync.client_engine.inputs import (
    AskWho,
    BeHere,
    Input,
    Present,
    Send,
    Tick,
    Type,
    Unlinked,
    Writing,
)
from hobnob_sync.client_engine.presence import WRITERS_MAX, may_type
from hobnob_sync.ports import ReplicaTransaction
from tests.sync.client_engine.scene import Outputs, Scene, said
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN

BOTH = BeHere(shown=True, typing=True)


def scene(wish: BeHere | None = BOTH, *, presence: bool = True) -> Scene:
    """Alice, connected to a hub that takes presence, who has wished for so much."""
    made = Scene()
    made.hub.presence = presence
    made.connect()
    if wish is not None:
        made.step(wish)
    return made


def out(outputs: Outputs) -> list[Frame]:
    """All that goes out."""
    return [output.frame for output in said(outputs, Send)]


def writes(made: Scene, outputs: Outputs) -> list[str]:
    """Who writes in the garden by the last word on it."""
    names = {made.bob.account: "bob", made.carol.account: "carol"}
    last = said(outputs, Writing)[-1]
    assert last.stream == GARDEN
    return [names[account] for account in last.accounts]


ALL: tuple[Input, ...] = (Type(GARDEN), AskWho(GARDEN), BeHere(shown=False, typing=False))


def test_nothing_is_said_unless_it_is_wished_for() -> None:
    """Off is off: not even that it is."""
    made = scene(None)
    for wish in ALL:
        assert made.step(wish) == ()
    assert made.receive(Typing(GARDEN, made.bob.account)) == ()
    assert made.receive(WhoIs(GARDEN, (made.bob.account,), False)) == ()


def test_a_hub_that_does_not_take_it_hears_nothing() -> None:
    """It would end the connection."""
    made = scene(presence=False)
    for wish in (BOTH, *ALL):
        assert made.step(wish) == ()


def test_without_a_link_nothing_happens() -> None:
    """Nobody is there to hear it."""
    made = Scene()
    for wish in (BOTH, *ALL):
        assert made.step(wish) == ()


def test_the_wish_is_said_once() -> None:
    """And again when it differs, also that it is over."""
    made = scene(None)
    assert out(made.step(BOTH)) == [Here(shown=True, typing=True)]
    assert out(made.step(BOTH)) == []
    off = BeHere(shown=False, typing=False)
    assert out(made.step(off)) == [Here(shown=False, typing=False)]
    assert out(made.step(off)) == []
    assert out(made.step(Type(GARDEN))) == out(made.step(AskWho(GARDEN))) == []


def test_each_wish_stands_for_itself() -> None:
    """Who is shown need not tell what they write, and the other way round."""
    shown, typing = scene(BeHere(shown=True, typing=False)), scene(BeHere(False, True))
    assert out(shown.step(Type(GARDEN))) == out(typing.step(AskWho(GARDEN))) == []
    assert out(shown.step(AskWho(GARDEN))) == [Who(GARDEN)]
    assert out(typing.step(Type(GARDEN))) == [Typing(GARDEN)]
    assert shown.receive(Typing(GARDEN, shown.bob.account)) == ()


def test_typing_is_said_at_its_pace() -> None:
    """In each stream by itself; nothing of it is kept."""
    made = scene()
    assert out(made.step(Type(GARDEN))) == [Typing(GARDEN)]
    assert made.transaction == ReplicaTransaction()
    start_ms = made.now_ms
    assert not may_type(made.link, GARDEN, start_ms)
    assert out(made.step(Type(GARDEN), start_ms + TYPING_PACE_MS - 1)) == []
    assert may_type(made.link, GARDEN, start_ms + TYPING_PACE_MS)
    assert out(made.step(Type(GARDEN), start_ms + TYPING_PACE_MS)) == [Typing(GARDEN)]


def test_it_is_asked_who_is_here_at_its_pace() -> None:
    """However often somebody looks."""
    made = scene()
    start_ms = made.now_ms
    assert out(made.step(AskWho(GARDEN))) == [Who(GARDEN)]
    assert out(made.step(AskWho(GARDEN), start_ms + WHO_PACE_MS - 1)) == []
    assert out(made.step(AskWho(GARDEN), start_ms + WHO_PACE_MS)) == [Who(GARDEN)]


@pytest.mark.parametrize("wish", [Type(CELLAR), AskWho(CELLAR)])
def test_nothing_is_said_of_a_stream_that_is_not_followed(wish: Input) -> None:
    """The hub would not take it."""
    assert out(scene().step(wish)) == []


def test_an_answer_is_told() -> None:
    """One that was asked for."""
    made = scene()
    answer = WhoIs(GARDEN, (made.bob.account,), True)
    assert made.receive(answer) == ()
    made.step(AskWho(GARDEN))
    assert made.receive(answer) == (Present(GARDEN, (made.bob.account,), True),)
    assert made.transaction == ReplicaTransaction()


def test_who_writes_is_told_and_forgotten() -> None:
    """So long after they said it last; the engine asks to be called then."""
    made = scene()
    start_ms = made.now_ms
    heard = made.receive(Typing(GARDEN, made.bob.account))
    assert writes(made, heard) == ["bob"]
    assert made.deadline_ms == start_ms + TYPING_SHOWN_MS
    made.now_ms = start_ms + 1_000
    assert writes(made, made.receive(Typing(GARDEN, made.carol.account))) == ["bob", "carol"]
    assert said(made.step(Tick(), start_ms + TYPING_SHOWN_MS - 1), Writing) == []
    assert writes(made, made.step(Tick(), start_ms + TYPING_SHOWN_MS)) == ["carol"]
    assert writes(made, made.tick(1_000)) == []
    assert made.deadline_ms is None


def test_who_says_it_again_goes_on_writing() -> None:
    """From then on anew."""
    made = scene()
    made.receive(Typing(GARDEN, made.bob.account))
    made.now_ms += TYPING_PACE_MS
    made.receive(Typing(GARDEN, made.bob.account))
    assert said(made.tick(TYPING_SHOWN_MS - 1), Writing) == []
    assert writes(made, made.tick(1)) == []


def test_who_has_said_it_writes_no_more() -> None:
    """The message says that they have."""
    made = scene()
    made.receive(Typing(GARDEN, made.bob.account))
    made.receive(Typing(GARDEN, made.carol.account))
    assert writes(made, made.hears(Post("here it is"))) == ["carol"]


def test_ones_own_account_and_nobody_do_not_write() -> None:
    """Whatever the hub sends."""
    made = scene()
    assert made.receive(Typing(GARDEN, made.alice.account), Typing(GARDEN)) == ()
    assert made.receive(Typing(CELLAR, made.bob.account)) == ()


def test_only_so_many_are_remembered() -> None:
    """A hub that names ever more costs no memory."""
    made = scene()
    for n in range(WRITERS_MAX + 5):
        made.receive(Typing(GARDEN, AccountId(n.to_bytes(20, "big"))))
    assert len(made.link.writing) == WRITERS_MAX


def test_nobody_writes_once_the_connection_is_over() -> None:
    """Nor once one does not want to know."""
    made = scene()
    for end in (BeHere(shown=True, typing=False), Unlinked()):
        made.step(BOTH)
        made.receive(Typing(GARDEN, made.bob.account))
        assert said(made.step(end), Writing) == [Writing(GARDEN, ())]
