"""The fields of a profile: each optional, all in one table."""

from typing import Final

from hobnob_client.catalogue import later
from hobnob_client.profiles.forms import Form
from hobnob_protocol.request_questions import WEEKLY_BUDDIES, WEEKLY_REQUESTS
from hobnob_protocol.value import value


@value
class Field:
    """One of them: `name` is that on the wire, `label` what people read, and `example` says by one
    how it is written; `operator` is how it is asked for in a filter, "" where it is not."""

    name: str
    label: str
    form: Form
    example: str
    operator: str = ""


FIELDS: Final = (
    Field(
        "helps_with",
        later("Helps with"),
        Form.WORDS,
        later("sqlite, backups, first talks"),
        "helps",
    ),
    Field("looks_for", later("Looks for"), Form.WORDS, later("rust, somebody to test"), "seeks"),
    Field("goals", later("Goals"), Form.TEXT, later("ship my first package this year")),
    Field(
        "level",
        later("Level"),
        Form.LEVEL,
        later("newcomer, learning, practised or expert"),
        "level",
    ),
    Field("languages", later("Languages"), Form.LANGUAGES, later("de, en"), "lang"),
    Field("zone", later("Time zone"), Form.ZONE, later("UTC+1, or Europe"), "zone"),
    Field("hours", later("Usually here"), Form.HOURS, later("18-22, by your own clock"), "here"),
    Field("about", later("About"), Form.TEXT, later("what you do, in your words")),
    Field(
        WEEKLY_REQUESTS,
        later("Requests"),
        Form.REQUESTS,
        later("5, so many you take a week; 0 to 30"),
    ),
    Field(
        WEEKLY_BUDDIES,
        later("Shows around"),
        Form.REQUESTS,
        later("1, so many newcomers a week"),
    ),
)
BY_NAME: Final = {field.name: field for field in FIELDS}


def named(name: str) -> Field | None:
    """The field of that name, in which - and _ are the same; None where there is none."""
    return BY_NAME.get(name.lower().replace("-", "_"))
