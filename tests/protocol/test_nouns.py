"""Nouns: which cells there are, and how they are read."""

from hobnob_protocol import nouns, writing
from hobnob_protocol.ids import (
    AccountId,
    ChannelId,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
)
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.kinds.moderation import Ban, Erase, Hide, Report, ReportSealed
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.registry import STANDARD
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    EVENT,
    IN_GARDEN,
    LAPTOP,
    OTHER,
    ROOT,
    THIS,
    fact,
    stub_writes,
    writes,
)


def test_every_noun_is_listed_once() -> None:
    """In order, so that whoever walks them all walks the same way."""
    assert list(nouns.NOUNS) == sorted(set(nouns.NOUNS))
    assert len(nouns.NOUNS) == 40


def test_a_message_is_read_by_name() -> None:
    """The named tuple is the order of what is written."""
    (write,) = writes(Post("hello", ROOT, OTHER, (BOB,)))
    assert type(write.value) is tuple
    read = nouns.MessageValue(*write.value)  # type: ignore[arg-type]  # As a view reads a cell.
    assert (read.account, read.device, read.kind) == (ALICE, LAPTOP, 1)
    assert (read.thread, read.reply, read.text, read.mentions) == (ROOT, OTHER, "hello", (BOB,))
    assert (read.more, read.at_ms) == ((), 1_700_000_000_123)


def test_what_only_one_kind_knows_is_read_by_name() -> None:
    """A poll's options, an import's origin."""
    (poll,) = writes(Poll("Tea?", ("yes", "no"), multiple=True))
    assert isinstance(poll.value, tuple)
    read = nouns.PollValue(*poll.value[7])  # type: ignore[misc]  # As a view reads a cell.
    assert (read.options, read.multiple) == (("yes", "no"), True)
    (imported,) = writes(Imported("mail", "1", BOB, 5, "hi", ("0",), 6, 7, (("k", "v"),)))
    assert isinstance(imported.value, tuple)
    origin = nouns.ImportedValue(*imported.value[7])  # type: ignore[misc]  # As above.
    assert (origin.source, origin.source_id, origin.author, origin.at_ms) == ("mail", "1", BOB, 5)
    assert (origin.references, origin.edited_ms, origin.deleted_ms) == (("0",), 6, 7)
    assert origin.extra == (("k", "v"),)


def test_other_values_are_read_by_name() -> None:
    """Their order is the tuples', too."""
    (edit,) = writes(Edit(ROOT, "better", OTHER, (BOB,)))
    assert edit.value == nouns.EditValue(ALICE, "better", OTHER, (BOB,))
    (dead,) = writes(Erase(ROOT, "law"))
    assert dead.value == nouns.DeadValue(ALICE, "erased", "law")
    (hidden,) = writes(Hide(ROOT, hidden=True, reason="spam"))
    assert hidden.value == nouns.ActValue(ALICE, "spam")
    (report,) = writes(Report(IN_GARDEN, ROOT, "spam"))
    assert report.value == nouns.ReportValue(ALICE, IN_GARDEN, ROOT, "spam")
    talk = StreamId(b"d:" + b"t" * 16)
    (shown,) = writes(ReportSealed(talk, b"event", b"o" * 32, b"p" * 64, "spam"))
    read = nouns.ReportSealedValue(ALICE, talk, b"event", b"o" * 32, b"p" * 64, "spam")
    assert shown.value == read
    (member,) = writes(Ban(BOB, on=True, reason="spam"))
    assert member.value == nouns.BANNED_HERE


def test_erasing_a_seen_message_ends_as_its_stub_begins() -> None:
    """A replica that saw the body and one that never did hold the same cell."""
    for body in (Post("hello", ROOT, OTHER, (BOB,)), Poll("Tea?", ("yes", "no"))):
        kind = STANDARD.of(type(body))
        (seen,) = kind.writes(fact(body))
        (stub,) = stub_writes(kind.name)
        assert writing.bare(seen.value) == stub.value != seen.value
        assert writing.bare(stub.value) == stub.value


def test_keys_join_ids_in_the_order_they_are_asked_by() -> None:
    """All cells of one target, account or channel share a prefix."""
    one, two = TargetId(b"1" * 16), TargetId(b"2" * 16)
    ann, garden = AccountId(b"a" * 20), ChannelId(b"g" * 16)
    assert nouns.edit_key(one, EVENT) == one + THIS
    assert nouns.reaction_key(one, ann, "é") == one + ann + b"\xc3\xa9"
    assert nouns.thread_key(two, "title") == two + b"title"
    assert nouns.vote_key(one, ann) == one + ann
    assert nouns.saved_key(one, channel_stream(garden)) == one + b"c:" + garden
    assert nouns.profile_key(ann, "bio") == ann + b"bio"
    assert nouns.channel_key(garden, "name") == garden + b"name"
    assert nouns.group_key(258) == bytes(6) + b"\x01\x02"
    assert nouns.link_key(ann, EventId(b"e" * 32)) == ann + b"e" * 16
