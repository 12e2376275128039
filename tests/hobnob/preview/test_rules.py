"""The file that whoever looks after a community edits."""

from dataclasses import replace
from pathlib import Path

import pytest

from hobnob.preview.rules import changes, now, read, text
from hobnob_client.match.rules import Rules, shipped
from hobnob_client.match.wizard import Aspect
from hobnob_server.datadir import DataDir
from hobnob_server.errors import ConfigError

NEWCOMERS = '[[question]]\nname = "goal"\nen = "Why?"\nde = "Warum?"\ntopics = true\n'


def told(file: Path, rules: Rules) -> Rules:
    """The rules of what is printed of rules."""
    file.write_text(text(rules))
    return read(file, now()).rules


def test_what_is_printed_to_begin_with_changes_nothing(tmp_path: Path) -> None:
    """Line by line; what this version has is no line of it, so that a later one's holds then."""
    file = tmp_path / "match.toml"
    assert told(file, shipped()) == shipped()
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["[caps]", "[questions]", "[weights]"]
    other = replace(
        shipped(),
        default_requests=2,
        step=0.0,
        asked=(Aspect.TIME, Aspect.AREA),
        wording=((Aspect.AREA, 'Which "layer" \\ part — für wen?'), (Aspect.TIME, "When?")),
    )
    assert told(file, other) == other
    assert "\ndefault_requests = 2\n# Nobody" in file.read_text()
    file.write_text("")
    assert read(file, now()) == now()


def test_a_line_changes_what_it_says_and_no_more(tmp_path: Path) -> None:
    """Caps, a weight, what is asked, and the questions of a newcomer, from a file beside it; each
    is told."""
    file = tmp_path / "match.toml"
    file.write_text(
        "[caps]\ndefault_requests = 2\nprice = 0\n[weights]\nhour = 9\n"
        '[questions]\nasked = ["level"]\nlevel = " Who? "\nfile = "q.toml"\n'
    )
    (tmp_path / "q.toml").write_text(NEWCOMERS)
    held = read(file, now())
    rules = held.rules
    assert (rules.default_requests, rules.most_requests, rules.step) == (2, 30, 0.0)
    assert (rules.asked, rules.wording) == ((Aspect.LEVEL,), ((Aspect.LEVEL, "Who?"),))
    assert [each.name for each in held.questions] == ["goal"]
    names = [line.split()[0] for line in changes(shipped(), rules)]
    caps, asks = ["caps.default_requests", "caps.price"], ["questions.asked", "questions.level"]
    assert names == [*caps, *asks, "weights.hour"]
    assert "caps.default_requests 5 -> 2" in changes(shipped(), rules)
    assert 'questions.level "" -> "Who?"' in changes(shipped(), rules)


def test_those_in_force_are_those_of_the_hub_s_directory(tmp_path: Path) -> None:
    """What a file leaves out of newcomers stays as it is there."""
    hub, file = DataDir(tmp_path), tmp_path / "mine.toml"
    assert now(hub) == now()
    hub.match.write_text("[caps]\nmost_requests = 4\n")
    hub.welcome.write_text(NEWCOMERS)
    held = now(hub)
    assert (held.rules.most_requests, held.questions[0].name) == (4, "goal")
    file.write_text("[caps]\nprice = 1\n")
    after = read(file, held)
    assert (after.rules.most_requests, after.rules.step) == (30, 1.0)
    assert after.questions == held.questions


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("[caps", "match.toml: no TOML"),
        ("[hats]\n", "match.toml:1: there is no hats"),
        ("\ncaps = 1\n", r"match.toml:2: caps is a table: \[caps\]"),
        (
            "[caps]\n\ndefault_request = 1\n",
            "match.toml:3: there is no caps.default_request; did you mean caps.default_requests?",
        ),
        ("[caps]\nhour = 1\n", "match.toml:2: there is no caps.hour; did you mean weights.hour?"),
        ("[caps]\ndefault_requests = 31\n", "match.toml:2: caps.default_requests .* from 0 to 30"),
        ("[caps]\ndefault_requests = true\n", "from 0 to 30"),
        ("[caps]\nprice = -1\n", "from 0 to 2"),
        ("[caps]\nprice = nan\n", "from 0 to 2"),
        ("[weights]\nluck = 1\n", "there is no weights.luck"),
        ('[weights]\nhour = "late"\n', "weights.hour is a number from -100 to 100"),
        ('[questions]\nasked = ["luck"]\n', "some of area, subject, level, time, style"),
        ('[questions]\nasked = ["area", "area"]\n', "each once"),
        ("[questions]\nasked = [1]\n", "some of area"),
        ("[questions]\narea = 1\n", "match.toml:2: questions.area is a question in one line"),
        ('[questions]\narea = "a\\nb"\n', "in one line of at most 120 characters"),
        (f'[questions]\ntime = "{"?" * 121}"\n', "in one line of at most 120 characters"),
        ('[questions]\nlevle = "?"\n', "there is no questions.levle; did you mean questions.level"),
        ('[questions]\nfile = "gone.toml"\n', "gone.toml: No such file"),
        ("[questions]\nfile = 1\n", "match.toml:2: questions.file is the name of a file"),
        ("#" * 16_385, "more than 16384 bytes"),
    ],
)
def test_a_slip_is_told(tmp_path: Path, said: str, why: str) -> None:
    """With its line and what may have been meant; and nothing is replayed or applied."""
    file = tmp_path / "match.toml"
    file.write_text(said)
    with pytest.raises(ConfigError, match=why):
        read(file, now())
