"""A batch of commands: each is decided upon what those before it have changed."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from hobnob_server.engines.load.commands import Answer, Command
from hobnob_server.engines.load.deciding import Decision, decide, needs
from hobnob_server.engines.load.rows import Rows

Rule: TypeAlias = Callable[[Rows, Command, int], Decision]


def decide_all(
    rows: Rows, commands: Sequence[Command], now_ms: int, rule: Rule = decide
) -> tuple[Rows, list[Answer]]:
    """All changes, to be stored in one transaction, and an answer to each command.

    `rows` hold at least what the commands need, and stay as they are: after a failed commit
    nothing has happened.
    """
    seen, changes, answers = loaded(rows, commands), Rows(), list[Answer]()
    for command in commands:
        changed, answer = rule(seen, command, now_ms)
        seen.take(changed)
        changes.take(changed)
        answers.append(answer)
    return changes, answers


def loaded(rows: Rows, commands: Sequence[Command]) -> Rows:
    """The rows that these commands need, and no others."""
    found = Rows()
    for command in commands:
        keys = needs(command)
        found.people.update((key, rows.people[key]) for key in keys.people if key in rows.people)
        found.askers.update((key, rows.askers[key]) for key in keys.askers if key in rows.askers)
        found.requests.update(
            (key, rows.requests[key]) for key in keys.requests if key in rows.requests
        )
    return found
