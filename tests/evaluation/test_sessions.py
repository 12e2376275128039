"""Sessions are found as the protocol says, and know nothing of what comes after them."""

import json
from pathlib import Path

import pytest

from tests.evaluation import synthetic
from tests.evaluation.archive import Archive, load
from tests.evaluation.sessions import TEST, TRAIN, Window, moments, sessions, windows_in

HOUR = 3_600
ALL = Window("all", 0, 1 << 60)


def archive_of(directory: Path, *said: tuple[float, str, str]) -> Archive:
    """Messages of (hour, author, topic)."""
    lines = [
        {"id": f"{at:03}", "ts": round(hour * HOUR), "channel": "c", "author": author,
         "topic_id": topic, "text": "hello"}
        for at, (hour, author, topic) in enumerate(said)
    ]  # fmt: skip
    (directory / "messages.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return load(directory)


def test_a_session_begins_after_six_hours_of_silence(tmp_path: Path) -> None:
    """Of the member: what others say does not count."""
    archive = archive_of(
        tmp_path, (0, "a", "t"), (5, "a", "t"), (6, "b", "t"), (11, "a", "t"), (12, "b", "t")
    )
    found = sessions(archive, ALL, 99, 1)
    assert [(archive.member_ids[one.member], one.at) for one in found] == [
        ("a", 0), ("b", 2), ("a", 3), ("b", 4),
    ]  # fmt: skip


def test_relevant_is_where_one_writes_within_a_day(tmp_path: Path) -> None:
    """Of the topics there were; a session without one does not count."""
    archive = archive_of(
        tmp_path,
        (0, "b", "old"), (100, "b", "one"), (101, "b", "two"), (102, "b", "three"),
        (200, "a", "one"), (201, "a", "new"), (223, "a", "two"), (225, "a", "three"),
    )  # fmt: skip
    chosen = [one for one in sessions(archive, ALL, 99, 1) if one.at == 4]
    (moment,) = moments(archive, chosen)
    named = {archive.topic_ids[topic] for topic in moment.relevant}
    assert named == {"c/one", "c/two"}
    assert [archive.topic_ids[int(str(talk.key))] for talk in moment.talks] == [
        "c/three", "c/two", "c/one",
    ]  # fmt: skip
    assert list(moments(archive, sessions(archive, ALL, 99, 1)[:1])) == []


def test_nothing_is_known_of_what_comes_after(tmp_path: Path) -> None:
    """A moment is the same whether the archive ends with it or goes on for weeks."""
    for name, days in (("short", 40), ("long", 60)):
        synthetic.write(tmp_path / name, 3, synthetic.Shape(days=60))
        path = tmp_path / name / "messages.jsonl"
        until = synthetic.BEGINS + days * synthetic.DAY_SECONDS
        kept = [line for line in path.read_text().splitlines() if json.loads(line)["ts"] < until]
        path.write_text("".join(f"{line}\n" for line in kept))
    short, long = load(tmp_path / "short"), load(tmp_path / "long")
    begin_ms = (synthetic.BEGINS + 30 * synthetic.DAY_SECONDS) * 1_000
    span = Window("before the end", begin_ms, begin_ms + 8 * 86_400_000)
    known = [
        [(one.now_ms, one.talks, one.habits) for one in moments(of, sessions(of, span, 99, 1))]
        for of in (short, long)
    ]
    assert known[0] == known[1] != []


def test_the_windows_do_not_meet() -> None:
    """What is tested on was not learnt from, and begins after it; the last month is nobody's."""
    for train, test in zip(TRAIN, TEST, strict=True):
        assert train.begin_ms < train.end_ms <= test.begin_ms < test.end_ms
    assert TEST[-1].end_ms == 1_769_904_000_000


def test_an_archive_of_other_years_has_its_own_windows(tmp_path: Path) -> None:
    """A share of its time; an empty one has none."""
    archive = archive_of(tmp_path, (0, "a", "t"), (100, "a", "t"))
    (window,) = windows_in(archive, TEST, (0.6, 1.0))
    assert window.begin_ms == pytest.approx(60 * HOUR * 1_000, abs=10)
    assert archive.at(window.end_ms) == 2
    (tmp_path / "messages.jsonl").write_text("")
    assert windows_in(load(tmp_path), TEST, (0.6, 1.0)) == ()
