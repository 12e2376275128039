"""Two processes on one replica: one owns the link, others compose into the same outbox."""

from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Changed,
    Compose,
    Discard,
    Input,
    Refreshed,
    Retry,
)
from hobnob_sync.client_engine.step import EMPTY
from tests.sync.client_engine.scene import Outputs, Scene, accepted, ack, pushed, refused, said
from tests.sync.client_engine.scripted_hub import GARDEN, SALT, TS_SECONDS


def elsewhere(scene: Scene, incoming: Input) -> Outputs:
    """Another process does this: an engine of its own, without a link and without the people."""
    engine = ClientEngine(scene.store.boot(frozenset()), scene.identity)
    decision = engine.decide(incoming, EMPTY, scene.now_ms)
    scene.store.commit(decision.transaction)
    return engine.committed()


def written(body: Body, salt: bytes = SALT) -> Compose:
    """What a verb of the shell composes."""
    kind, data = STANDARD.encode(body)
    return Compose(GARDEN, kind, data, salt, TS_SECONDS)


def refreshed(scene: Scene) -> Refreshed:
    """What the owner of the link reads before its next step."""
    image = scene.store.boot(frozenset())
    return Refreshed(image.outbox, image.tray, image.meta)


def test_what_another_process_wrote_goes_out_by_the_owner_of_the_link() -> None:
    """Under the owner's next number; nothing is written for having read it."""
    scene = Scene()
    scene.connect(last_push_no=4)
    elsewhere(scene, written(Post("from a pipe")))
    outputs = scene.step(refreshed(scene))
    assert said(outputs, Changed) == [Changed(GARDEN)]
    (row,) = scene.outbox
    assert [(one.push_no, one.event) for one in pushed(outputs)] == [(5, row.event)]


def test_no_place_is_given_twice() -> None:
    """Both write in turn: four places, four events, in the order they were written."""
    scene = Scene()
    for nth in range(2):
        scene.write(f"mine {nth}")
        elsewhere(scene, written(Post(f"other {nth}"), bytes((nth,)) * 16))
        scene.step(refreshed(scene))
    assert [row.n for row in scene.outbox] == [1, 2, 3, 4]
    assert len({row.event_id for row in scene.outbox}) == 4
    assert scene.state.author_seq == 4


def test_a_push_under_way_keeps_its_number() -> None:
    """The answer to it settles the same row; then the other process's event follows."""
    scene = Scene()
    scene.connect()
    (mine,) = scene.write("mine")
    elsewhere(scene, written(Post("other"), bytes(16)))
    assert pushed(scene.step(refreshed(scene))) == ()
    out = pushed(scene.receive(ack(accepted(mine, 1))))
    assert [one.push_no for one in out] == [2]


def test_what_another_process_retried_or_discarded_leaves_the_tray() -> None:
    """One refused event is sent again, another forgotten, as the store says."""
    scene = Scene()
    scene.connect()
    rows = scene.write("one", "two")
    scene.receive(ack(refused(rows[0], "not_member")))
    scene.receive(ack(refused(scene.outbox[0], "not_member")))
    first, second = scene.state.tray
    elsewhere(scene, Retry(first, bytes(16), TS_SECONDS))
    elsewhere(scene, Discard(second))
    outputs = scene.step(refreshed(scene))
    assert scene.state.tray == {}
    assert len(pushed(outputs)) == 1
    assert said(outputs, Changed) == [Changed(GARDEN)]


def test_nothing_new_changes_nothing() -> None:
    """A refresh after a commit of no consequence says nothing."""
    scene = Scene()
    scene.write("mine")
    assert scene.step(refreshed(scene)) == ()
