"""Events as they come: decoded, placed in the chain, and judged for what their signer may say."""

import pytest

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import stub
from hobnob_protocol.ids import EMPTY_HEAD, conversation_stream, user_stream
from hobnob_protocol.kinds.conversations import Sealed
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.trust import Verify
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.reading import read_context, read_event, reread
from hobnob_sync.log import next_head
from hobnob_sync.ports import Entry
from tests.sync.client_engine.scene import Scene, unsigned
from tests.sync.client_engine.scripted_hub import GARDEN, TS_SECONDS, Member


@pytest.fixture
def scene() -> Scene:
    """A replica that knows Alice, Bob and Carol."""
    scene = Scene()
    scene.connect()
    return scene


def test_an_event_is_read_with_its_place_its_author_and_its_fact(scene: Scene) -> None:
    """Id and head bind hub, stream and author; the body is read."""
    data, name = scene.bob.event(GARDEN, Post("hello"))
    read = read_event(scene.state, GARDEN, 7, 70, data, EMPTY_HEAD)
    assert read is not None
    assert read.entry == Entry(7, 70, name, next_head(EMPTY_HEAD, name, 7, 70), data)
    assert read.author == scene.bob.author
    assert (read.kind, read.flaw) == (STANDARD.of(Post), "")
    fact = read.fact
    assert (fact.stream, fact.seq, fact.at_ms, fact.event) == (GARDEN, 7, 70, name)
    assert (fact.account, fact.device) == (scene.bob.account, scene.bob.author.device)
    assert (fact.kind, fact.ts_seconds, fact.body) == (1, TS_SECONDS, Post("hello"))


def test_bytes_that_are_no_event_are_an_error(scene: Scene) -> None:
    """Of whoever sent them."""
    with pytest.raises(ProtocolError):
        read_event(scene.state, GARDEN, 1, 1, b"\xc0", EMPTY_HEAD)


def test_an_event_by_somebody_unknown_cannot_be_read_yet(scene: Scene) -> None:
    """Its id, and so its head, binds an account that we do not know."""
    data, _ = Member("dave").event(GARDEN, Post("hello"))
    assert read_event(scene.state, GARDEN, 1, 1, data, EMPTY_HEAD) is None


def test_a_stub_is_read_without_its_body(scene: Scene) -> None:
    """Name, place and kind are as they were (the compaction law)."""
    data, name = scene.bob.event(GARDEN, Post("secret"))
    read = read_event(scene.state, GARDEN, 7, 70, stub(data), EMPTY_HEAD)
    assert read is not None
    assert (read.entry.event_id, read.fact.body, read.kind) == (name, None, STANDARD.of(Post))
    assert read.flaw == ""


def test_a_sealed_body_is_never_looked_into(scene: Scene) -> None:
    """Any bytes are a body there."""
    stream = conversation_stream(b"d" * 16)  # type: ignore[arg-type]
    data, _ = scene.bob.raw(stream, STANDARD.of(Sealed).number, b"\xc1anything")
    read = read_event(scene.state, stream, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert (read.kind, read.fact.body, read.flaw) == (STANDARD.of(Sealed), None, "")


def test_an_unknown_kind_is_no_flaw(scene: Scene) -> None:
    """A newer version knows it."""
    data, _ = scene.bob.raw(GARDEN, 60_000, b"\xc0")
    read = read_event(scene.state, GARDEN, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert (read.kind, read.fact.body, read.flaw, read.fact.kind) == (None, None, "", 60_000)


@pytest.mark.parametrize(
    ("by_hub", "body", "flaw"),
    [
        (False, Post("hello"), ""),
        (True, Post("hello"), "signer"),
        (True, Member("dave").enrol, ""),
        (False, Member("dave").enrol, "signer"),
        (True, RoleGrant(bytes(20), "owner"), ""),  # type: ignore[arg-type]
        (False, RoleGrant(bytes(20), "owner"), ""),  # type: ignore[arg-type]
    ],
)
def test_every_kind_has_its_signer(scene: Scene, by_hub: bool, body: Post, flaw: str) -> None:
    """A member's kind, the hub's kind, and one that both may sign."""
    data, _ = (scene.hub.voice if by_hub else scene.bob).event(GARDEN, body)
    read = read_event(scene.state, GARDEN, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert read.flaw == flaw
    assert read.kind == (None if flaw else STANDARD.of(type(body)))
    assert read.fact.body == (None if flaw else body)


def test_nobody_speaks_in_the_stream_of_another(scene: Scene) -> None:
    """Though they have signed it, and the hub has let it in: who is verified says oneself."""
    own = user_stream(scene.bob.account)
    data, _ = scene.bob.event(own, Verify(scene.carol.account, "carol"))
    read = read_event(scene.state, own, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert (read.kind, read.flaw) == (STANDARD.of(Verify), "")
    data, _ = scene.carol.event(own, Verify(scene.carol.account, "carol"))
    read = read_event(scene.state, own, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert (read.kind, read.flaw, read.writes) == (None, "self", ())


def test_a_body_that_is_none_is_a_flaw(scene: Scene) -> None:
    """The hub should have refused it."""
    data, _ = scene.bob.raw(GARDEN, 1, b"\xc0")
    read = read_event(scene.state, GARDEN, 1, 1, data, EMPTY_HEAD)
    assert read is not None
    assert (read.kind, read.fact.body, read.flaw) == (None, None, "body")


def test_an_entry_of_our_own_log_is_read_again(scene: Scene) -> None:
    """With the place it has."""
    entry = scene.hub.say(GARDEN, scene.bob, Post("hello"))
    read = reread(scene.state, GARDEN, entry)
    assert read is not None
    assert (read.entry, read.fact.body) == (entry, Post("hello"))
    assert scene.state.suspects == {}


def test_a_rotten_entry_makes_its_stream_suspect(scene: Scene) -> None:
    """It reads as nothing, and an inspection follows; somebody unknown is no rot."""
    entry = scene.hub.say(GARDEN, scene.bob, Post("hello"))
    stranger, name = Member("dave").event(GARDEN, Post("hello"))
    assert reread(scene.state, GARDEN, Entry(1, 1, name, EMPTY_HEAD, stranger)) is None
    assert scene.state.suspects == {}
    rotten = Entry(1, 1, entry.event_id, entry.head, b"\xc1")
    assert reread(scene.state, GARDEN, rotten) is None
    assert scene.state.suspects == {GARDEN: None}


def test_what_comes_beside_a_page_must_be_signed(scene: Scene) -> None:
    """It has no place in the chain: its signature is all that speaks for it."""
    data, name = scene.bob.event(GARDEN, Post("root"))
    assert read_context(scene.state, GARDEN, 3, 30, data) == Entry(3, 30, name, EMPTY_HEAD, data)
    assert read_context(scene.state, GARDEN, 3, 30, unsigned(data)) is None
    stranger, _ = Member("dave").event(GARDEN, Post("root"))
    assert read_context(scene.state, GARDEN, 3, 30, stranger) is None
