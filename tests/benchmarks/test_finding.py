"""The measurement of searching counts right: its small form, without a look at any time."""

from contextlib import closing
from pathlib import Path

from hobnob_client.store.database import SqliteDatabase
from tests.benchmarks import finding, million

COUNT = 2_000


def test_a_replica_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Byte for byte what is said, by whom and where; another seed says something else."""
    texts: list[list[tuple[object, ...]]] = []
    for nth, seed in enumerate((1, 1, 2)):
        made = million.fill(tmp_path / f"{nth}.db", COUNT, seed)
        with closing(SqliteDatabase(str(made.path), read_only=True)) as database:
            texts.append(database.query("SELECT * FROM text ORDER BY id"))
    assert len(texts[0]) == COUNT
    assert texts[0] == texts[1] != texts[2]


def test_each_sort_of_query_is_asked(tmp_path: Path) -> None:
    """The rare word is found by whatever beginning is typed; months have hits."""
    of = million.fill(tmp_path / "replica.db", COUNT)
    asked = {one.sort: one for one in finding.ask(of)}
    assert asked["all"].count == finding.EACH * len(finding.SORTS) == 500
    assert asked["two hits in all"].hits == asked["only what must not be"].hits == finding.EACH
    assert asked["one letter"].hits == finding.EACH
    assert 0 < finding.count_months(of).hits <= finding.MONTHS_OF
    assert finding.grep(of, tmp_path) > 0
