"""What was said in a hub comes out in the same words as what was imported."""

from pathlib import Path

import pytest

from hobnob_protocol.ids import ChannelId, StreamId, TargetId
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from hobnob_protocol.kinds.reactions import Pin, React
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle
from tests.server.interchange.scene import (
    NOW_MS,
    Hub,
    Record,
    channel,
    message,
    read,
    spelled,
    written,
)

NOW = NOW_MS // 1_000


@pytest.fixture
def general(hub: Hub) -> StreamId:
    """#general of a new hub."""
    hub.told("init", "--name", "Guild")
    return hub.stream("general")


def exported(hub: Hub, tmp_path: Path) -> dict[str, Record]:
    """The messages of an export, by id."""
    return {record["id"]: record for record in read(hub.export(tmp_path / "out"), "messages")}


def test_posts_come_out_with_thread_answer_and_mentions(
    hub: Hub, general: StreamId, tmp_path: Path
) -> None:
    """Titled threads as topics, others by their root."""
    with hub.people("olga", "ben") as (olga, ben):
        one = olga.say(general, Post("one", mentions=(ben.author.account,)))
        two = ben.say(general, Post("two", thread=one, reply=one))
        olga.say(general, ThreadTitle(one, "Tea"))
        three = olga.say(general, Post("three"))
        four = ben.say(general, Post("four", thread=three))
    found = exported(hub, tmp_path)
    topic = {"topic_id": one.hex(), "topic": "Tea"}
    same = {"ts": NOW, "channel": general[2:].hex()}
    by_olga, by_ben = ({"author": who.author.account.hex()} for who in (olga, ben))
    assert found[one.hex()] == {
        "id": one.hex(),
        "text": "one",
        "mentions": [ben.author.account.hex()],
        **(same | by_olga | topic),
    }
    assert found[two.hex()] == {
        "id": two.hex(),
        "text": "two",
        "reply_to": one.hex(),
        **(same | by_ben | topic),
    }
    assert "thread" not in found[three.hex()]
    assert found[four.hex()]["thread"] == three.hex()


def test_what_became_of_a_message_comes_out_with_it(
    hub: Hub, general: StreamId, tmp_path: Path
) -> None:
    """Its last text, who reacted, and every mark."""
    with hub.people("olga", "ben") as (olga, ben):
        one = olga.say(general, Post("one"))
        two = ben.say(general, Post("two", thread=one))
        ben.say(general, Edit(two, "two!", two))
        olga.say(general, React(two, "👍"))
        ben.say(general, React(one, "+"))
        ben.say(general, React(one, "+", on=False))
        for act in (ThreadResolve(one), AcceptAnswer(one, two), Pin(one)):
            olga.say(general, act)
        olga.say(general, Hide(two, True, "rude"))
    found = exported(hub, tmp_path)
    first, second = found[one.hex()], found[two.hex()]
    assert (first["resolved"], first["pinned"], "reactions" in first) == (True, True, False)
    assert (second["text"], second["edited_ts"]) == ("two!", NOW)
    assert second["reactions"] == [{"emoji": "👍", "by": [olga.author.account.hex()]}]
    assert (second["accepted"], second["hidden"]) == (True, True)


def test_what_was_withdrawn_or_erased_has_no_text(
    hub: Hub, general: StreamId, tmp_path: Path
) -> None:
    """And says since when."""
    with hub.people("olga", "ben") as (olga, ben):
        one = ben.say(general, Post("one"))
        ben.say(general, Edit(one, "one, better"))
        ben.say(general, Delete(one))
        two = ben.say(general, Post("two"))
        olga.say(general, Erase(two, "law"))
    found = exported(hub, tmp_path)
    for name in (one, two):
        record = found[name.hex()]
        assert (record["text"], record["deleted_ts"], "edited_ts" in record) == ("", NOW, False)


def test_a_poll_comes_out_with_its_votes(hub: Hub, general: StreamId, tmp_path: Path) -> None:
    """Each option with who chose it."""
    with hub.people("olga", "ben") as (olga, ben):
        poll = olga.say(general, Poll("Tea?", ("yes", "no")))
        ben.say(general, Vote(poll, (0,)))
        olga.say(general, PollClose(poll))
    record = exported(hub, tmp_path)[poll.hex()]
    assert (record["kind"], record["text"], record["closed"]) == ("poll", "Tea?", True)
    by = [ben.author.account.hex()]
    assert record["options"] == [{"text": "yes", "by": by}, {"text": "no", "by": []}]
    assert "multiple" not in record


def test_members_and_channels_say_how_much_they_said(
    hub: Hub, general: StreamId, tmp_path: Path
) -> None:
    """With their profiles; an empty or private channel stays out, and so does the importer."""
    with hub.people("olga", "ben") as (olga, ben):
        olga.say(StreamId(b"dir"), ChannelCreate(ChannelId(b"e" * 16), "empty"))
        private = ChannelId(b"p" * 16)
        olga.say(StreamId(b"c:" + private), ChannelCreate(private, "board"))
        olga.say(StreamId(b"c:" + private), Post("secret"))
        ben.say(StreamId(b"ppl"), ProfileField("name", "Ben B."))
        ben.say(StreamId(b"ppl"), ProfileField("tz", "UTC"))
        ben.say(general, Post("hello"))
    hub.told("import", str(written(tmp_path / "a", [message("1", 1)], ())))
    told = hub.told("export", str(tmp_path / "out"))
    assert (told["empty_channels_left_out"], told["private_channels_left_out"]) == (1, 1)
    said = {"messages": 1, "first_ts": NOW, "last_ts": NOW}
    assert spelled(read(tmp_path / "out", "members")) == spelled([
        {"id": olga.author.account.hex(), "name": "olga", "handle": "olga", "bot": False}
        | {"messages": 0},
        {"id": ben.author.account.hex(), "name": "Ben B.", "handle": "ben", "bot": False}
        | {"tz": "UTC", **said},
    ])  # fmt: skip
    assert spelled(read(tmp_path / "out", "channels")) == spelled([
        {"id": general[2:].hex(), "name": "general", "auto_join": True, **said},
        channel("garden"),
    ])  # fmt: skip
    assert "secret" not in (tmp_path / "out" / "messages.jsonl").read_text()


def test_members_may_talk_on_in_an_imported_channel(hub: Hub, tmp_path: Path) -> None:
    """Their answers name what was imported by its own id, their marks come out with it."""
    topic = {"topic_id": "t", "topic": "Tea"}
    rows = [message("1", 1, **topic), message("2", 2, pinned=True)]
    hub.told("import", str(written(tmp_path / "a", rows)), "--auto-join")
    garden = hub.stream("garden")
    one, two = (hub.imported("garden")[name][0] for name in "12")
    with hub.people("olga") as (olga,):
        said = olga.say(garden, Post("still?", thread=one, reply=one))
        other = olga.say(garden, Post("yes", thread=two))
        olga.say(garden, React(two, "👍"))
        olga.say(garden, ThreadTitle(one, "Coffee"))
        olga.say(garden, ThreadResolve(one))
        olga.say(garden, Pin(two, on=False))
    found = exported(hub, tmp_path)
    assert (found[said.hex()]["reply_to"], found[other.hex()]["thread"]) == ("1", "2")
    assert found[said.hex()]["topic"] == "Coffee"
    assert (found["1"]["topic"], found["1"]["resolved"]) == ("Coffee", True)
    assert found["2"]["pinned"] is False
    assert found["2"]["reactions"] == [{"emoji": "👍", "by": [olga.author.account.hex()]}]


def test_a_hub_moves_by_export_and_import(hub: Hub, general: StreamId, tmp_path: Path) -> None:
    """What its members said is an archive like any other."""
    with hub.people("olga", "ben") as (olga, ben):
        one = olga.say(general, Post("one"))
        olga.say(general, ThreadTitle(one, "Tea"))
        ben.say(general, React(ben.say(general, Post("two", thread=one)), "+"))
        gone: TargetId = ben.say(general, Post("gone"))
        ben.say(general, Delete(gone))
        olga.say(general, Pin(one))
    path = hub.export(tmp_path / "out")
    other = Hub(tmp_path / "other")
    other.told("import", str(path))
    again = other.export(tmp_path / "again")
    for name in ("members", "channels", "messages"):
        assert spelled(read(again, name)) == spelled(read(path, name))
