"""The measurement of drawing counts what it says, in its smallest form."""

import asyncio

import pytest

from tests.benchmarks import drawing


def test_each_act_is_measured_as_often_as_asked_for() -> None:
    """On texts that people wrote, of which some have code."""
    texts = drawing.texts_of(None)
    assert len(texts) == drawing.TEXTS
    assert any("```" in text for text in texts)
    found = asyncio.run(drawing.measured(texts, 3))
    assert {name: len(spent) for name, spent in found.items()} == dict.fromkeys(
        ("append", "page", "reflow"), 3
    )


def test_it_is_printed_beside_the_goals(capsys: pytest.CaptureFixture[str]) -> None:
    """As a table; no figure fails it."""
    assert drawing.main([], 2) == 0
    assert [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()[2:5]] == [
        "append",
        "page",
        "reflow",
    ]
