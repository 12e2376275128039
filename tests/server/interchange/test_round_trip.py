"""What is imported comes out as it was; only what was withdrawn says less."""

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hobnob_protocol.bodies import decode_body, encode_body
from hobnob_protocol.ids import TargetId
from hobnob_protocol.kinds.imports import Imported
from hobnob_server.interchange.extras import corrected, corrections
from hobnob_server.interchange.messages import Place, Thread, imported, restored
from hobnob_server.interchange.people import People, member_record, member_row
from hobnob_server.interchange.records import BadRecord, check_member, check_message
from tests.server.interchange.scene import (
    Hub,
    Record,
    channel,
    member,
    message,
    read,
    spelled,
    written,
)

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=128).filter(str.isprintable)
TEXT = st.text(max_size=60) | st.text(st.characters(max_codepoint=0x9F), max_size=60)
TIMES = st.integers(0, 2_000_000_000) | st.floats(0, 2e9)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
KNOWN: dict[str, Any] = {
    "author": st.sampled_from(["ada", "bob", "eve"]) | st.none(),
    "topic_id": IDS,
    "topic": TEXT,
    "thread": IDS,
    "reply_to": IDS | st.lists(IDS, max_size=20),
    "mentions": st.lists(st.sampled_from(["ada", "bob", "eve"]) | IDS, max_size=15),
    "reactions": st.lists(
        st.fixed_dictionaries({"emoji": TEXT, "by": st.lists(IDS, max_size=3)})
        | st.fixed_dictionaries({"emoji": TEXT, "count": st.integers(0, 99)}),
        max_size=40,
    ),
    "edited_ts": TIMES,
    "pinned": st.booleans(),
}
OURS = (*KNOWN, "deleted_ts", "kind", "accepted", "resolved", "hidden")
FIXED = st.fixed_dictionaries({"id": IDS, "ts": TIMES, "channel": IDS, "text": TEXT})
OTHERS = st.dictionaries(TEXT.filter(lambda name: name not in OURS), JSON, max_size=4)


@st.composite
def messages(draw: st.DrawFn) -> Record:
    """Any record that is a message."""
    return {**draw(OTHERS), **draw(st.fixed_dictionaries({}, optional=KNOWN)), **draw(FIXED)}


def known() -> People:
    """Two members."""
    people = People("old")
    for name in ("ada", "bob"):
        people.add(member_row(member(name)))
    return people


@given(messages(), st.sampled_from([None, Thread("t", "T"), Thread(None, "T")]))
def test_any_message_comes_back(record: Record, topic: Thread | None) -> None:
    """Whatever fields it has, and whatever thread it is put into."""
    check_message(record)
    people = known()
    place = Place(TargetId(bytes(16)), topic, None)
    bodies = imported(record, "old", place, people.account_of, people.member_of, "Ada")
    told = [decode_body(Imported, encode_body(body)) for body in bodies]
    text = "".join(body.text for body in told)
    extra = [pair for body in told for pair in body.extra]
    plain = restored(told[0], text, record["channel"], topic, people.member_of)
    assert spelled([corrected(plain, extra)]) == spelled([record])


@given(st.dictionaries(TEXT, JSON, max_size=6))
def test_any_member_comes_back(more: Record) -> None:
    """Or is bad as a whole."""
    record = {**more, "id": "ada"}
    try:
        check_member(record)
        row = member_row(record)
    except BadRecord:
        return
    assert spelled([member_record(row)]) == spelled([record])


def test_equal_to_python_is_not_equal_in_json() -> None:
    """1, 1.0 and true are three things."""
    for one, other in ((1, 1.0), (1, True), (0, False), ([1], [1, 1])):
        pairs = corrections({"n": one}, {"n": other})
        assert corrected({"n": other}, pairs) == {"n": one}
        assert type(corrected({"n": other}, pairs)["n"]) is type(one)


ARCHIVE = (
    message("1", 10, "root", topic_id="t1", topic="Tea " + "x" * 200, mentions=["bob", "nobody"]),
    message("2", 10.5, "re", topic_id="t1", topic="Tea " + "x" * 200, reply_to="1", author="bob"),
    message("3", 11.000123, "odd\x1b\r\n", topic_id="t1", topic="Renamed", reply_to=["1", "9"]),
    {**message("4", 12, thread="0", edited_ts=13.0), "author ": 1, "=": 2, "x" * 40: None},
    message("5", 12, "😀" * 9_000, thread="4", reactions=[{"emoji": "x" * 40, "by": ["ada"]}]),
    message("6", 13, resolved=True, accepted=True, pinned=True, hidden=True, topic="no id"),
    message("7", 14, author=None, reactions=[{"emoji": "+1", "count": 3}], tags=["a", {"b": 1.5}]),
    message("8", 15, channel="unknown", author="stranger", views=False),
)
PEOPLE = (member("ada", tz="Europe/Paris", score=1.5), {"id": "bob"}, member("x", bot=True, n=None))
ROOMS = (channel("garden", topics=2, purpose="herbs", auto_join=True), channel("#irc", parent="x"))


def test_import_and_export_are_each_others_inverse(tmp_path: Path) -> None:
    """Record by record, and once more from the export."""
    given_path = written(tmp_path / "a", ARCHIVE, PEOPLE, ROOMS)
    paths = [given_path]
    for nth in range(2):
        hub = Hub(tmp_path / f"hub{nth}")
        hub.told("import", str(paths[-1]))
        paths.append(hub.export(tmp_path / f"export{nth}"))
    for name in ("members", "channels", "messages"):
        records = [spelled(read(path, name)) for path in paths]
        assert records[0] == records[1] == records[2]


def test_an_export_is_ordered_by_time(tmp_path: Path) -> None:
    """Over all channels, ids decide between equal times."""
    hub = Hub(tmp_path / "hub")
    rows = [message(name, ts, channel=place) for name, ts, place in (
        ("b", 2, "x"), ("a", 2, "y"), ("c", 1, "x"), ("d", 3, "y"))]  # fmt: skip
    hub.told("import", str(written(tmp_path / "a", rows)))
    exported = read(hub.export(tmp_path / "b"), "messages")
    assert [record["id"] for record in exported] == ["c", "a", "b", "d"]


def test_what_was_withdrawn_comes_out_without_its_text(tmp_path: Path) -> None:
    """The one thing an import leaves behind."""
    hub = Hub(tmp_path / "hub")
    row = message("1", 1, "secret", deleted_ts=2)
    hub.told("import", str(written(tmp_path / "a", [row])))
    assert read(hub.export(tmp_path / "b"), "messages") == [{**row, "text": ""}]


def test_several_sources_are_told_apart(tmp_path: Path) -> None:
    """Every id is written behind its source, wherever a record names one."""
    hub = Hub(tmp_path / "hub")
    for source in ("one", "two"):
        rows = [
            message("1", 1, channel="c", mentions=["bob"]),
            message("2", 2, channel="c", reply_to="1", thread="1"),
            message("3", 3, channel="c", reactions=[{"emoji": "x", "by": ["ada"]}]),
        ]
        room = {"id": "c", "name": source}
        hub.told("import", str(written(tmp_path / source, rows, channels=[room])))
    path = hub.export(tmp_path / "all")
    found = {record["id"]: record for record in read(path, "messages")}
    assert sorted(found) == [f"{source}/{nth}" for source in ("one", "two") for nth in "123"]
    assert found["one/1"]["mentions"] == ["one/bob"]
    assert (found["two/2"]["reply_to"], found["two/2"]["thread"]) == ("two/1", "two/1")
    assert found["two/3"]["reactions"] == [{"emoji": "x", "by": ["two/ada"]}]
    assert found["one/1"]["channel"] == "one/c"
    people = [record["id"] for record in read(path, "members")]
    assert sorted(people) == ["one/ada", "one/bob", "two/ada", "two/bob"]
    again = Hub(tmp_path / "again")
    again.told("import", str(path))
    exported = again.export(tmp_path / "all again")
    assert spelled(read(exported, "messages")) == spelled(read(path, "messages"))
