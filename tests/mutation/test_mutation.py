"""The campaign of mutations, in short: what it draws, what it passes by, and that tests kill."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.mutation.drawing import draw, fixed
from tests.mutation.equivalents import Equivalent, equivalents
from tests.mutation.operators import mutations
from tests.mutation.parts import PARTS, Source

EVERY = [source for sources in PARTS.values() for source in sources]


def test_unit_tests_kill_a_few_mutations_of_each_part() -> None:
    """None survives the tests of its own file; `make mutations` draws hundreds."""
    command = [sys.executable, "-m", "tests.mutation", "--short", "--processes", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 mutations: 8 killed" in done.stdout


def test_each_part_is_tried_in_short() -> None:
    """Twice."""
    tried = Counter(source.path for source, _ in fixed())
    for sources in PARTS.values():
        assert sum(tried[source.path] for source in sources) == 2


def test_a_seed_draws_the_same_mutations_and_each_part_its_share() -> None:
    """A quarter of 300 each, none twice; another seed draws others."""
    drawn = draw(300, 5)
    assert drawn == draw(300, 5)
    assert {*drawn} != {*draw(300, 6)}
    assert len({*drawn}) == 300
    paths = Counter(source.path for source, _ in drawn)
    assert [sum(paths[each.path] for each in sources) for sources in PARTS.values()] == [75] * 4


@pytest.mark.parametrize("source", EVERY, ids=lambda source: source.path)
def test_a_mutation_changes_a_source_that_still_compiles(source: Source) -> None:
    """And each source has tests that answer for it."""
    assert source.test_files()
    for each in mutations(source.text):
        changed = each.applied(source.text)
        assert changed != source.text
        compile(changed, source.path, "exec")


@pytest.mark.parametrize("listed", equivalents(), ids=lambda listed: listed.line)
def test_an_equivalent_is_one_mutation_and_is_argued_for(listed: Equivalent) -> None:
    """What the list excuses can be drawn, so the list dies with the code it speaks of."""
    (source,) = [source for source in EVERY if source.path == listed.path]
    assert sum(listed.fits(source, each) for each in mutations(source.text)) == 1
    assert len(listed.reason) > 40
