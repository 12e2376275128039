"""The list shows whom one talks with under seal, below the channels."""

from dataclasses import replace
from typing import Any, cast

from hobnob_client.reading import ChannelLine, Reader
from hobnob_client.reading.channels import UNREAD_MAX
from hobnob_client.tui.listing import CONVERSATIONS, REQUESTS, Listing, place_name
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_protocol.ids import PEOPLE, StreamId, user_stream
from hobnob_protocol.kinds.personal import Block, ReadCursor
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import ReplicaStream
from tests.client.sealing.conftest import pair
from tests.client.sealing.pair import Pair

__all__ = ["pair"]


def counted(listing: Listing) -> tuple[Item, ...]:
    """The list once all is counted."""
    while listing.count_one():
        pass
    return listing.items({})


def labels(listing: Listing) -> list[str]:
    """What stands in it, from top to bottom."""
    return [item.label for item in counted(listing)]


def test_a_conversation_comes_into_the_list_by_itself(pair: Pair) -> None:
    """Under its heading, and all that is said there is said to me."""
    listing, own = Listing(pair.bob.seat.reader), user_stream(pair.bob.account)
    assert labels(listing) == ["#general"]
    pair.bob.say("hello alice", "@alice")
    pair.alice.say("hello bob", "@bob")
    pair.alice.say("are you there?", "@bob")
    listing.changed([pair.stream, own])
    channel, heading, talk = counted(listing)
    assert (channel.label, heading.label, heading.is_heading) == ("#general", CONVERSATIONS, True)
    assert (talk.label, talk.unread, talk.mentions, talk.opens) == ("@alice", 2, 2, True)
    held = pair.bob.seat.reader.held(pair.stream)
    assert held is not None
    assert listing.items({pair.stream: held.hi})[-1].unread == 0


def test_what_a_stranger_writes_calls_for_no_attention(pair: Pair) -> None:
    """It stands apart, counted, until it is answered."""
    listing, own = Listing(pair.bob.seat.reader), user_stream(pair.bob.account)
    pair.alice.say("buy my coin", "@bob")
    listing.changed([pair.stream])
    _, heading, talk = counted(listing)
    assert (heading.label, talk.unread, talk.mentions) == (REQUESTS, 1, 0)
    pair.bob.say("tell me more", "@alice")
    listing.changed([own, pair.stream])
    assert labels(listing) == ["#general", CONVERSATIONS, "@alice"]


def test_what_is_opened_later_is_counted_then(pair: Pair) -> None:
    """As what was sealed for a device whose chain comes after it."""
    pair.alice.say("hello bob", "@bob")
    sql, opened = pair.bob.store.sql, (opened_stream(pair.stream),)
    rows = sql.query("SELECT * FROM log WHERE stream = ?", opened)
    sql.run("DELETE FROM log WHERE stream = ?", [opened])
    listing = Listing(pair.bob.seat.reader)
    assert counted(listing)[-1].unread == 0
    marks = ", ".join("?" * len(rows[0]))
    sql.run(f"INSERT INTO log VALUES ({marks})", rows)
    listing.changed([pair.stream])
    assert counted(listing)[-1].unread == 1


def test_what_was_there_before_is_shown_before_it_is_counted(pair: Pair) -> None:
    """As the hub has told it."""
    pair.alice.say("hello bob", "@bob")
    listing = Listing(pair.bob.seat.reader)
    assert listing.items({})[-1].label == "@alice"
    assert counted(listing)[-1].unread == 1


def test_whom_i_have_blocked_i_am_not_shown(pair: Pair) -> None:
    """Nor is their heading, until they are heard again."""
    pair.alice.say("noise", "@bob")
    listing, own = Listing(pair.bob.seat.reader), user_stream(pair.bob.account)
    pair.bob.seat.say(own, Block(pair.alice.account))
    listing.changed([own])
    assert labels(listing) == ["#general"]
    pair.bob.seat.say(own, Block(pair.alice.account, False))
    listing.changed([own])
    assert labels(listing) == ["#general", REQUESTS, "@alice"]


def test_one_that_has_not_begun_is_shown_while_one_is_there(pair: Pair) -> None:
    """And stays once something is said in it."""
    reader = pair.alice.seat.reader
    listing = Listing(reader)
    stream = listing.visit(pair.bob.account)
    assert labels(listing) == ["#general", CONVERSATIONS, "@bob"]
    listing.changed([user_stream(pair.alice.account), PEOPLE])
    assert labels(listing)[-1] == "@bob"
    line = listing.conversation(stream)
    assert line is not None
    assert not line.begun
    listing.leave(stream)
    assert labels(listing) == ["#general"]
    listing.visit(pair.bob.account)
    pair.alice.cut()
    pair.alice.say("are you there?", "@bob")
    listing.changed([stream])
    listing.leave(stream)
    assert labels(listing)[-1] == "@bob"


def test_where_something_was_begun_is_found_again(pair: Pair) -> None:
    """A draft to somebody one has never talked with keeps its place."""
    reader = pair.alice.seat.reader
    listing = Listing(reader)
    listing.revisit([pair.stream, pair.alice.stream("general")])
    assert labels(listing) == ["#general", CONVERSATIONS, "@bob"]


def test_a_conversation_is_called_after_the_other(pair: Pair) -> None:
    """Wherever it is named."""
    pair.alice.say("hello bob", "@bob")
    assert place_name(pair.bob.seat.reader, pair.stream) == "@alice"
    assert place_name(pair.alice.seat.reader, pair.stream) == "@bob"


class Busy:
    """The reader of somebody who has read nothing where so many `more` was said, of which the
    oldest `fewer` did not come yet."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.more = self.fewer = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def held(self, stream: StreamId) -> ReplicaStream | None:
        """As if all of it were there."""
        row = self._reader.held(stream)
        if row is None:
            return None
        hi = row.hi + self.more
        return replace(row, lo=row.lo + self.fewer, hi=hi, head_seq=max(row.head_seq, hi))


def test_where_more_wait_than_are_counted_nothing_is_counted_anew(pair: Pair) -> None:
    """What comes lies beyond what is counted one by one: the count would be the same."""
    reader, general = Busy(pair.bob.seat.reader), pair.bob.stream("general")
    reader.fewer = 1
    listing = Listing(cast(Reader, reader))

    def counts_anew(more: int) -> bool:
        reader.more += more
        listing.changed([general])
        counts = bool(listing.uncounted)
        counted(listing)
        return counts

    counted(listing)
    assert counts_anew(1)
    # The one that leads beyond it is counted.
    assert counts_anew(UNREAD_MAX + 1)
    assert not counts_anew(1)
    assert not counts_anew(UNREAD_MAX)
    # What comes before it, as history does, is counted first.
    reader.fewer = 0
    assert counts_anew(1)


class Announcing(Busy):
    """... and where the hub has counted."""

    def line(self, stream: StreamId, seen: int = 0) -> ChannelLine | None:
        """What was counted one by one is not all."""
        found = self._reader.line(stream, seen)
        if found is None or found.reading is None:
            return found
        return replace(found, reading=replace(found.reading, exact=False))


def test_where_more_waits_than_is_counted_reading_a_little_of_it_counts_nothing(pair: Pair) -> None:
    """What is read is fewer than what waits: the count would say as much as before."""
    for nth in range(4):
        pair.alice.say(f"word {nth}", "#general")
    general, own = pair.bob.stream("general"), user_stream(pair.bob.account)
    reader = Announcing(pair.bob.seat.reader)
    listing, held = Listing(cast(Reader, reader)), pair.bob.seat.reader.held(general)
    assert held is not None
    reader.more = UNREAD_MAX - 1
    shown = counted(listing)[0]
    assert not shown.exact

    def counts_anew(cursor: ReadCursor) -> bool:
        pair.bob.seat.say(own, cursor)
        listing.changed([own])
        return bool(listing.uncounted)

    assert not counts_anew(ReadCursor(general, 0, held.hi - 3))
    assert not counts_anew(ReadCursor(general, 0, held.hi - 2))
    assert listing.items({})[0] == shown
    # Behind this only as much is left as is counted one by one.
    assert counts_anew(ReadCursor(general, 0, held.hi - 1))


def test_what_is_counted_anew_shows_what_it_showed_until_it_is(pair: Pair) -> None:
    """What the hub has said of it is older, and would be seen for a moment."""
    general, own = pair.bob.stream("general"), user_stream(pair.bob.account)
    for nth in range(4):
        pair.alice.say(f"word {nth}", "#general")
    listing, reader = Listing(pair.bob.seat.reader), pair.bob.seat.reader
    assert counted(listing)[0].unread == 4
    held = reader.held(general)
    assert held is not None
    pair.bob.seat.say(own, ReadCursor(general, 0, held.hi - 1))
    listing.changed([own])
    assert listing.uncounted
    assert listing.items({})[0].unread == 4
    assert counted(listing)[0].unread == 1
    # What was read is taken back: that is counted from the beginning.
    pair.bob.seat.say(own, ReadCursor(general, 1, held.hi - 2))
    listing.changed([own])
    assert counted(listing)[0].unread == 2


def test_what_is_seen_counts_no_more_at_once(pair: Pair) -> None:
    """Before anything is counted anew; where more has come meanwhile all waits for that."""
    general = pair.bob.stream("general")
    for nth in range(3):
        pair.alice.say(f"word {nth}", "#general")
    listing, reader = Listing(pair.bob.seat.reader), pair.bob.seat.reader
    assert counted(listing)[0].unread == 3
    held = reader.held(general)
    assert held is not None
    listing.read_on(general, held.hi - 1)
    assert listing.items({})[0].unread == 1
    pair.alice.say("one more", "#general")
    listing.read_on(general, held.hi)
    assert listing.items({})[0].unread == 1
    listing.changed([general])
    listing.read_on(general, held.hi)
    assert listing.items({})[0].unread == 1
    assert counted(listing)[0].unread == 4
    assert not listing.uncounted


def test_where_little_is_left_it_is_counted_also_where_the_hub_has_counted(pair: Pair) -> None:
    """As at the end of a long channel that was never read: at once, and one by one."""
    general = pair.bob.stream("general")
    for nth in range(4):
        pair.alice.say(f"word {nth}", "#general")
    reader = Announcing(pair.bob.seat.reader)
    listing, held = Listing(cast(Reader, reader)), pair.bob.seat.reader.held(general)
    assert held is not None
    assert not counted(listing)[0].exact
    listing.read_on(general, held.hi - 1)
    [shown] = listing.items({})
    assert (shown.unread, shown.exact) == (1, True)
