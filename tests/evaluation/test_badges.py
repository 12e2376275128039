"""The evaluation of badges counts right, on a community that never was."""

from pathlib import Path

from hobnob_server.engines.recognition.deeds import Accepted
from tests.evaluation import badges, synthetic
from tests.evaluation.archive import load
from tests.evaluation.deeds import deeds
from tests.evaluation.test_archive import lines, said
from tests.evaluation.thanking import thank_yous


def test_batches_of_a_day_differ_in_nothing(tmp_path: Path) -> None:
    """And everybody who wrote has their first words."""
    synthetic.write(tmp_path, 1, synthetic.Shape(days=60))
    rows = {row.metric: row.ours for row in badges.run(load(tmp_path), 1)}
    assert rows["awards that differ, by day and at once"] == 0
    assert next(share for name, share in rows.items() if name.startswith("first-words")) == 100
    assert next(share for name, share in rows.items() if name.startswith("first-reply"))


def test_acceptances_are_those_of_the_archive(tmp_path: Path) -> None:
    """By whoever began the topic; thanks stand for them only where there are none."""
    messages: tuple[dict[str, object], ...] = (
        said("1", 1, "ada", topic_id="t"),
        said("2", 2, "bo", topic_id="t"),
        said("3", 3, "cy", topic_id="t", accepted=True),
        said("4", 4, "ada", topic_id="t", reply_to="2", text="thanks"),
    )
    without = messages[:2] + messages[3:]
    for name, taken, helper in (("with", messages, "cy"), ("without", without, "bo")):
        (tmp_path / name).mkdir()
        lines(tmp_path / name / "messages.jsonl", *taken)
        archive = load(tmp_path / name)
        told = list(deeds(archive, list(thank_yous(archive))))
        accepted = [one for one in told if isinstance(one, Accepted)]
        names = archive.member_ids
        assert [(names[one.asker], names[one.helper]) for one in accepted] == [("ada", helper)]
        assert [one.ref for one in told] == sorted({one.ref for one in told})
