"""Nobody is asked beyond their limit, whatever is said at once, twice, or late."""

from dataclasses import replace

import pytest

from hobnob_protocol.ids import AccountId
from hobnob_server.engines.load.commands import Ask, Command, Showed
from hobnob_server.engines.load.deciding import Decision, decide
from hobnob_server.engines.load.person import Person
from hobnob_server.engines.load.rows import Rows
from tests.server.engines.load.campaign import main, run

REQUESTS = 20_000


def test_nobody_is_asked_or_shown_beyond_their_limit() -> None:
    """The short form; the README tells the long one."""
    found = run(1, REQUESTS)
    assert found.breaches == []
    assert found.asks > REQUESTS // 8
    assert found.at_limit > 100
    assert found.shows > 1_000
    assert found.offline_shows > 1_000


def test_the_campaign_is_the_same_for_the_same_seed() -> None:
    """What it finds can be found again."""
    assert run(3, 1_000) == run(3, 1_000)


def test_a_limit_that_is_passed_by_one_is_noticed() -> None:
    """A rule that gives one request too many does not get through."""
    assert run(1, REQUESTS, _generous).breaches


def test_decisions_that_do_not_see_each_other_are_noticed() -> None:
    """A rule that forgets what the batch before it did asks beyond limits."""
    assert run(1, REQUESTS, _Forgetful()).breaches


def test_a_lease_without_end_is_noticed() -> None:
    """A rule that lets devices show by themselves without bound does not get through."""
    assert run(1, REQUESTS, _unleased).breaches


def test_it_prints_what_it_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The long form's table, on a few requests."""
    assert main(["--requests", "200"]) == 0
    assert "requests made                200" in capsys.readouterr().out


def _generous(rows: Rows, command: Command, now_ms: int) -> Decision:
    if not isinstance(command, Ask):
        return decide(rows, command, now_ms)
    person = rows.person(command.asked)
    generous = Rows({**rows.people, command.asked: replace(person, asked=person.asked[1:])})
    generous.askers, generous.requests = rows.askers, rows.requests
    return decide(generous, command, now_ms)


class _Forgetful:
    """Sees the people as they were some decisions ago."""

    def __init__(self) -> None:
        self._people: dict[AccountId, Person] = {}
        self._times = 0

    def __call__(self, rows: Rows, command: Command, now_ms: int) -> Decision:
        self._times += 1
        if self._times % 5 == 0:
            self._people.clear()
        seen = {key: self._people.setdefault(key, one) for key, one in rows.people.items()}
        return decide(Rows(seen, rows.askers, rows.requests), command, now_ms)


def _unleased(rows: Rows, command: Command, now_ms: int) -> Decision:
    if not isinstance(command, Showed):
        return decide(rows, command, now_ms)
    asker = replace(rows.asker(command.asker, now_ms), offline=())
    return decide(Rows(rows.people, {command.asker: asker}, rows.requests), command, now_ms)
