"""What an import makes of an archive."""

from pathlib import Path

from hobnob_protocol.ids import TargetId, imported_account
from hobnob_protocol.kinds.imports import Imported, ImportedChannel
from hobnob_protocol.kinds.moderation import Hide
from hobnob_protocol.kinds.reactions import Pin
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle
from hobnob_server.interchange.importing import STAND_IN
from tests.server.interchange.scene import Hub, channel, counts, member, message, written

ADA, BOB = imported_account("old", "ada"), imported_account("old", "bob")


def brought(hub: Hub, path: Path) -> dict[str, tuple[TargetId, Imported]]:
    """The imported messages of #garden after an import of `old`."""
    hub.told("import", str(path), "--source", "old")
    return hub.imported("garden")


def test_a_message_is_what_it_was_there(hub: Hub, tmp_path: Path) -> None:
    """Author, time, text, mentions, reactions, edit; its author's name is there for eyes."""
    more = {"mentions": ["bob"], "edited_ts": 12.5, "files": 1, "kind": "question"}
    given = [{"emoji": "👍", "by": ["bob", "ada"]}, {"emoji": "+1", "count": 3}]
    path = written(tmp_path / "a", [message("1", 10.25, "hi\nthere", reactions=given, **more)])
    _, body = brought(hub, path)["1"]
    assert (body.source, body.account, body.at_ms, body.text) == ("old", ADA, 10_250, "hi\nthere")
    assert (body.mentions, body.edited_ms, body.deleted_ms) == ((BOB,), 12_500, None)
    assert body.reactions == (("👍", 2), ("+1", 3))
    extra = dict(body.extra)
    assert (extra["author"], extra["files"], extra["kind"]) == ("Ada", "1", '"question"')


def test_messages_come_by_time_and_id(hub: Hub, tmp_path: Path) -> None:
    """Whatever order the file has."""
    rows = [message("b", 2), message("z", 1), message("a", 2), message("y", 0.5)]
    assert list(brought(hub, written(tmp_path / "a", rows))) == ["y", "z", "a", "b"]


def test_a_topic_becomes_a_titled_thread_under_its_first_message(hub: Hub, tmp_path: Path) -> None:
    """Each channel has its own; a long title is cut, and kept whole beside."""
    topic = {"topic_id": "t1", "topic": "Tea " + "x" * 200}
    rows = [message("1", 1, **topic), message("2", 2, **topic), message("3", 3)]
    found = brought(hub, written(tmp_path / "a", rows))
    assert [found[name][1].thread for name in "123"] == [None, found["1"][0], None]
    (title,) = [body for _, body in hub.bodies("garden") if isinstance(body, ThreadTitle)]
    assert title.target == found["1"][0]
    assert len(title.title) == 120
    assert title.title.endswith("x…")


def test_a_thread_is_kept_under_its_root(hub: Hub, tmp_path: Path) -> None:
    """Also where a reply names another message of it."""
    rows = [message("1", 1), message("2", 2, thread="1"), message("3", 3, thread="2")]
    found = brought(hub, written(tmp_path / "a", rows))
    assert [found[name][1].thread for name in "123"] == [None, found["1"][0], found["1"][0]]


def test_an_answer_names_what_it_answers(hub: Hub, tmp_path: Path) -> None:
    """By the first that is there; ids of others stay as references."""
    rows = [message("1", 1), message("2", 2, reply_to="1"), message("3", 3, reply_to=["2", "1"])]
    rows += [message("4", 4, reply_to="5"), message("5", 5, reply_to=[])]
    found = brought(hub, written(tmp_path / "a", rows))
    assert [found[name][1].reply for name in "12345"] == [
        *(None, found["1"][0], found["2"][0], None, None),
    ]
    assert [found[name][1].references for name in "2345"] == [("1",), ("2", "1"), ("5",), ()]


def test_a_missing_root_has_a_stand_in(hub: Hub, tmp_path: Path) -> None:
    """One for all its replies; should the root come later, it joins them."""
    rows = [message("2", 2, thread="1"), message("3", 3, thread="1")]
    found = brought(hub, written(tmp_path / "a", rows))
    stand_in, body = found["1"]
    assert body.text == STAND_IN
    assert [found[name][1].thread for name in "23"] == [stand_in, stand_in]
    late = [*rows, message("1", 9, "late")]
    told = hub.told("import", str(written(tmp_path / "b", late)), "--source", "old")
    assert counts(told, "messages") == (1, 2, 0)
    last = hub.imported("garden")["1"][1]
    assert (last.text, last.thread) == ("late", stand_in)


def test_what_was_withdrawn_leaves_its_text_behind(hub: Hub, tmp_path: Path) -> None:
    """Its author and its place are known, no more."""
    path = written(tmp_path / "a", [message("1", 1, "secret", deleted_ts=2)])
    _, body = brought(hub, path)["1"]
    assert (body.text, body.deleted_ms) == ("", 2_000)
    assert "secret" not in str(body)


def test_marks_are_set_by_the_importer(hub: Hub, tmp_path: Path) -> None:
    """What is settled, accepted, pinned or hidden there is so here."""
    topic = {"topic_id": "t", "topic": "T"}
    rows = [
        message("1", 1, resolved=True, pinned=True, **topic),
        message("2", 2, accepted=True, **topic),
        message("3", 3, hidden=True),
    ]
    found = brought(hub, written(tmp_path / "a", rows))
    said = [body for _, body in hub.bodies("garden")]
    one, two, three = (found[name][0] for name in "123")
    assert [body for body in said if isinstance(body, ThreadResolve)] == [ThreadResolve(one)]
    assert [body for body in said if isinstance(body, AcceptAnswer)] == [AcceptAnswer(one, two)]
    assert [body for body in said if isinstance(body, Pin)] == [Pin(one)]
    (hide,) = [body for body in said if isinstance(body, Hide)]
    assert (hide.target, hide.hidden) == (three, True)


def test_who_is_not_named_is_nobody_in_particular(hub: Hub, tmp_path: Path) -> None:
    """A message without an author, and one by somebody the archive does not tell of."""
    rows = [message("1", 1, author=None), message("2", 2, author="eve")]
    found = brought(hub, written(tmp_path / "a", rows))
    assert found["1"][1].account == imported_account("old", "")
    assert found["2"][1].account == imported_account("old", "eve")
    assert "author" not in dict(found["2"][1].extra)


def test_text_that_a_terminal_could_obey_is_converted(hub: Hub, tmp_path: Path) -> None:
    """Controls become pictures, line ends one LF; what was there is kept as JSON beside."""
    topic = {"topic": "T\x1b[2J\nx"}
    rows = [message("1", 1, "a\r\nb\x1b[31m\x07\x7f\x9b\ud800", author="m", **topic)]
    people = [{**member("m"), "name": "Eve\x1b]0;x\x07"}]
    path = written(tmp_path / "a", rows, people, [channel("garden", purpose="\x1b[2J")])
    _, body = brought(hub, path)["1"]
    assert body.text == "a\nb␛[31m␇␡��"
    assert dict(body.extra)["author"] == "Eve␛]0;x␇"
    assert "\\u001b" in dict(body.extra)["text"]
    (title,) = [body for _, body in hub.bodies("garden") if isinstance(body, ThreadTitle)]
    assert title.title == "T␛[2J x"
    with hub.opened() as (state, _):
        assert state.channel(state.names["garden"], "purpose") == "␛[2J"


def test_a_very_long_message_comes_in_parts(hub: Hub, tmp_path: Path) -> None:
    """Each an event that fits; together they are all of it."""
    text = "".join(f"{nth} 😀\n" for nth in range(4_000))
    hub.told("import", str(written(tmp_path / "a", [message("1", 1, text)])), "--source", "old")
    said = [body for _, body in hub.bodies("garden") if isinstance(body, Imported)]
    assert "".join(body.text for body in said) == text
    assert len(said) > 2
    first = next(target for target, body in hub.bodies("garden") if body == said[0])
    assert {(body.thread, body.reply) for body in said[1:]} == {(first, first)}


def test_a_channel_knows_where_it_came_from(hub: Hub, tmp_path: Path) -> None:
    """Its id and name there, and what else its record says; a # is no part of its name here."""
    rows = [message("1", 1, channel="c-#irc")]
    brought_channels = [channel("#irc", topics=7)]
    hub.told("import", str(written(tmp_path / "a", rows, (), brought_channels)), "--source", "old")
    (told,) = [body for _, body in hub.bodies("irc") if isinstance(body, ImportedChannel)]
    assert told == ImportedChannel("old", "c-#irc", "#irc", (("topics", "7"),))


def test_two_channels_of_one_name_are_two(hub: Hub, tmp_path: Path) -> None:
    """The second gets a number."""
    rooms = [{"id": "1", "name": "tea"}, {"id": "2", "name": "#tea"}]
    rows = [message("a", 1, channel="1"), message("b", 2, channel="2")]
    hub.told("import", str(written(tmp_path / "a", rows, (), rooms)), "--source", "old")
    assert [list(hub.imported(name)) for name in ("tea", "tea-2")] == [["a"], ["b"]]


def test_a_channel_without_a_record_is_made_all_the_same(hub: Hub, tmp_path: Path) -> None:
    """Under the name of its id."""
    hub.told("import", str(written(tmp_path / "a", [message("1", 1, channel="x")], (), ())))
    assert list(hub.imported("x")) == ["1"]
