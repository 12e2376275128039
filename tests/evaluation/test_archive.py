"""An archive is read whole, in order, without bots, and once."""

import json
from pathlib import Path

from tests.evaluation import synthetic
from tests.evaluation.archive import NONE, load


def lines(path: Path, *records: dict[str, object]) -> None:
    """A file of records."""
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records))


def said(name: str, ts: float, author: str, **more: object) -> dict[str, object]:
    """One message of #garden."""
    return {"id": name, "ts": ts, "channel": "c1", "author": author, "text": "hello", **more}


def test_messages_are_in_order_and_bots_are_out(tmp_path: Path) -> None:
    """Whatever the order of the files; what the room says is nobody's."""
    lines(tmp_path / "members.jsonl", {"id": "b", "bot": True}, {"id": "a"})
    lines(tmp_path / "channels.jsonl", {"id": "c1", "name": "garden"})
    lines(
        tmp_path / "messages-2.jsonl",
        said("4", 40.5, "a"),
        said("3", 30, "b"),
        said("2", 20, "a", kind="join"),
    )
    lines(tmp_path / "messages-1.jsonl", said("1", 10, "d"))
    archive = load(tmp_path)
    assert list(archive.times_ms) == [10_000, 40_500]
    assert [archive.member_ids[one] for one in archive.authors] == ["d", "a"]
    assert archive.channel_names == ("garden",)


def test_what_answers_points_back(tmp_path: Path) -> None:
    """To the position of what it answers, never forwards; mentions name people."""
    lines(tmp_path / "members.jsonl", {"id": "b", "bot": True})
    lines(
        tmp_path / "messages.jsonl",
        said("1", 1, "a", reply_to="2"),
        said("2", 2, "d", reply_to=["1", "9"], mentions=["a", "b", "a"]),
    )
    archive = load(tmp_path)
    assert list(archive.answered) == [NONE, 0]
    assert {
        at: [archive.member_ids[one] for one in who] for at, who in archive.mentions.items()
    } == {1: ["a"]}


def test_a_thread_is_a_topic_with_its_root(tmp_path: Path) -> None:
    """Under whatever name the source keeps it; a message alone is a topic of its own."""
    lines(
        tmp_path / "messages.jsonl",
        said("root", 1, "a"),
        said("alone", 2, "a"),
        said("under", 3, "a", thread="root"),
        said("answer", 4, "a", reply_to="alone"),
        said("named", 5, "a", topic_id="t1"),
    )
    root, alone, under, answer, named = load(tmp_path).topics
    assert (root, alone) == (under, answer)
    assert len({root, alone, named}) == 3


def test_the_skeleton_adds_what_has_no_text(tmp_path: Path) -> None:
    """What is there with its text is not taken twice, what was left out not at all."""
    lines(
        tmp_path / "messages.jsonl",
        said("1", 1, "a", topic_id="t1"),
        said("2", 2, "a", topic_id="t1", kind="system"),
    )
    bones: dict[str, object] = {"c": "c1", "t": "t1", "a": "a", "n": 7}
    lines(
        tmp_path / "skeleton.jsonl",
        {"id": "1", "ts": 1, **bones},
        {"id": "2", "ts": 2, **bones},
        {"id": "3", "ts": 3, **bones, "r": "1", "m": ["d"]},
    )
    archive = load(tmp_path)
    assert archive.texts == ["hello", None]
    assert list(archive.lengths) == [5, 7]
    assert list(archive.answered) == [NONE, 0]
    assert len(set(archive.topics)) == 1


def test_a_line_that_is_no_record_is_counted(tmp_path: Path) -> None:
    """And the others are read."""
    (tmp_path / "messages.jsonl").write_text(f"nonsense\n{json.dumps(said('1', 1, 'a'))}\n{{}}\n")
    archive = load(tmp_path)
    assert (len(archive), archive.skipped) == (1, 2)


def test_data_of_another_sort_is_an_empty_archive(tmp_path: Path) -> None:
    """The engine that knows it finds the directory."""
    archive = load(tmp_path)
    assert (len(archive), archive.directory) == (0, tmp_path)


def test_the_synthetic_community_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Byte for byte; another seed says something else."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        synthetic.write(tmp_path / name, seed)
    one, again, other = (
        (tmp_path / name / "messages.jsonl").read_bytes() for name in ("one", "again", "other")
    )
    assert one == again != other


def test_the_synthetic_community_loses_text_at_its_end(tmp_path: Path) -> None:
    """As an archive with a skeleton does; nothing else is lost, and the bot is out."""
    synthetic.write(tmp_path / "whole", 1)
    synthetic.write(tmp_path / "half", 1, synthetic.Shape(skeleton_days=45))
    whole, half = load(tmp_path / "whole"), load(tmp_path / "half")
    assert half.times_ms == whole.times_ms
    assert half.answered == whole.answered
    assert half.lengths == whole.lengths
    assert 0 < half.with_text() < whole.with_text() == len(whole)
    assert "bot" not in {whole.member_ids[one] for one in whole.authors}
