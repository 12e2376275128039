"""The file that whoever looks after a community edits."""

from pathlib import Path

import pytest

from hobnob.preview.rules import now, read, text
from hobnob_server.errors import ConfigError


def test_what_is_printed_to_begin_with_changes_nothing(tmp_path: Path) -> None:
    """Line by line."""
    file = tmp_path / "match.toml"
    file.write_text(text(now()))
    assert read(file) == now()
    file.write_text("")
    assert read(file) == now()


def test_a_line_changes_what_it_says_and_no_more(tmp_path: Path) -> None:
    """Caps, a weight, and the questions of a newcomer, from a file beside it."""
    file = tmp_path / "match.toml"
    file.write_text(
        '[caps]\ndefault_requests = 2\nprice = 0\n[weights]\nhour = 9\n[questions]\nfile = "q.toml"'
    )
    (tmp_path / "q.toml").write_text(
        '[[question]]\nname = "goal"\nen = "Why?"\nde = "Warum?"\ntopics = true\n'
    )
    rules = read(file)
    assert (rules.default_requests, rules.most_requests, rules.step) == (2, 30, 0.0)
    differ = [
        one != other
        for one, other in zip(rules.weights.weights, now().weights.weights, strict=True)
    ]
    assert sum(differ) == 1
    assert [each.name for each in rules.questions] == ["goal"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("[caps", "no TOML"),
        ("[hats]\n", "there is no hats"),
        ("caps = 1\n", r"\[caps\] is a table"),
        ("[caps]\nhats = 1\n", "there is no hats"),
        ("[caps]\ndefault_requests = 31\n", "from 0 to 30"),
        ("[caps]\ndefault_requests = true\n", "from 0 to 30"),
        ("[caps]\nprice = -1\n", "from 0 to 2"),
        ("[caps]\nprice = nan\n", "from 0 to 2"),
        ("[weights]\nluck = 1\n", "there is no luck"),
        ('[weights]\nhour = "late"\n', "hour is a number"),
        ('[questions]\nfile = "gone.toml"\n', "gone.toml: No such file"),
        ("[questions]\nfile = 1\n", "is the name of a file"),
    ],
)
def test_a_slip_is_told(tmp_path: Path, said: str, why: str) -> None:
    """And nothing is replayed."""
    file = tmp_path / "match.toml"
    file.write_text(said)
    with pytest.raises(ConfigError, match=why):
        read(file)
