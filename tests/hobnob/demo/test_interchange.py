"""The demo world as an archive that a hub can import."""

import json
from itertools import pairwise

import pytest

from hobnob.demo.interchange import archive
from tests.hobnob.demo import HANDLES, MESSAGES, NOWS, TALKS, WORLD

NOW_MS = NOWS[4]
ARCHIVE = archive(WORLD, NOW_MS)
BY_ID = {record["id"]: record for record in ARCHIVE.messages}


@pytest.mark.parametrize("now_ms", NOWS)
def test_messages_stand_in_the_order_of_time(now_ms: int) -> None:
    """Whole seconds, none in the future, ids breaking ties."""
    keys = [(record["ts"], record["id"]) for record in archive(WORLD, now_ms).messages]
    assert all(earlier < later for earlier, later in pairwise(keys))
    assert all(ts * 1_000 <= now_ms for ts, _ in keys)


def test_every_message_is_there_once() -> None:
    """With its author, its channel and its text."""
    assert sorted(BY_ID) == sorted(MESSAGES)
    assert len(ARCHIVE.messages) == len(MESSAGES)
    for record in ARCHIVE.messages:
        message = MESSAGES[record["id"]]
        assert (record["author"], record["text"]) == (message.by, message.text)


def test_what_is_referred_to_came_before() -> None:
    """Roots, answered messages and people exist, earlier in the file."""
    seen: set[str] = set()
    for record in ARCHIVE.messages:
        for field in ("thread", "reply_to"):
            assert record.get(field) is None or record[field] in seen, record["id"]
        assert {record["author"], *record.get("mentions", ())} <= HANDLES
        seen.add(record["id"])


def test_a_titled_talk_is_a_thread_under_its_root() -> None:
    """The root bears the mark that it is resolved, the answer that it was accepted."""
    root, asked, taken = (BY_ID[f"wal-on-nfs.{n}"] for n in (1, 2, 4))
    assert root["topic"] == asked["topic"] == TALKS["wal-on-nfs"].title
    assert root["topic_id"] == taken["topic_id"] == "wal-on-nfs"
    assert "thread" not in root
    assert asked["thread"] == taken["thread"] == root["id"]
    assert (root["kind"], root["resolved"]) == ("question", True)
    assert taken["accepted"] is True
    assert "accepted" not in asked
    assert {"emoji": "💡", "by": ["otieno"]} in taken["reactions"]


def test_an_untitled_talk_stands_in_its_channel() -> None:
    """Its messages answer each other without a thread."""
    loose = BY_ID["office-sounds.2"]
    assert loose["reply_to"] == "office-sounds.1"
    assert not {"thread", "topic", "topic_id"} & set(loose)


def test_an_edited_message_keeps_both_texts() -> None:
    """The last one as its text, the first beside it."""
    record = BY_ID["errexit-surprise.3"]
    assert record["edited_ts"] > record["ts"]
    assert record["text_before"] != record["text"]
    assert sum("edited_ts" in each for each in ARCHIVE.messages) >= 5


def test_a_poll_lists_who_chose_what() -> None:
    """Its text is the question."""
    record = BY_ID["monthly-call.1"]
    assert (record["kind"], record["multiple"], record["pinned"]) == ("poll", True, True)
    assert [len(option["by"]) for option in record["options"]] == [9, 7, 7, 3]


def test_members_and_channels_carry_true_counts() -> None:
    """They agree with the messages they are counted from."""
    for record in ARCHIVE.members:
        own = [each for each in ARCHIVE.messages if each["author"] == record["id"]]
        assert record["messages"] == len(own)
        assert (record["first_ts"], record["last_ts"]) == (own[0]["ts"], own[-1]["ts"])
        assert record["channels"] == len({each["channel"] for each in own})
    for record in ARCHIVE.channels:
        own = [each for each in ARCHIVE.messages if each["channel"] == record["id"]]
        assert record["messages"] == len(own)
        assert record["members"] == len({each["author"] for each in own})
        assert record["topics"] == len({each["topic_id"] for each in own if "topic_id" in each})


def test_a_record_is_one_json_object() -> None:
    """Each goes through JSON and comes back the same."""
    for record in (*ARCHIVE.members, *ARCHIVE.channels, *ARCHIVE.messages):
        assert json.loads(json.dumps(record)) == record
