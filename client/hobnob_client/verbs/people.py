"""`hobnob people`: whom one may find by what they say of themselves."""

from datetime import UTC, datetime

from hobnob_client.called import called
from hobnob_client.failures import Exit
from hobnob_client.profiles.directory import Listed
from hobnob_client.profiles.filtering import clock_of, find
from hobnob_client.profiles.people_words import few, told
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """One line for each, by handle."""
    query = " ".join(call.words.words)
    with call.reader() as reader:
        directory = call.finder(reader).directory()
    found = find(directory, query, clock_of(datetime.now(UTC).astimezone(call.zone)))
    for each in found.people:
        _show(call, each)
    for problem in found.problems:
        call.terminal.say(problem)
    for line in few(directory, found, query):
        call.terminal.say(line)
    return Exit.OK if found.people else Exit.FAILED


def _show(call: Call, each: Listed) -> None:
    said = each.said
    name = called(each.handle, each.account)
    call.terminal.show(
        {
            "account": each.account.hex(),
            "handle": each.handle,
            "listed": each.open,
            "helps_with": list(said.helps_with),
            "looks_for": list(said.looks_for),
            "goals": said.goals or None,
            "level": said.level,
            "languages": list(said.languages),
            "zone": said.zone.name if said.zone is not None else None,
            "hours": [str(span) for span in said.hours],
            "about": said.about or None,
        },
        "  ".join((f"@{name}", *told(each))),
    )
