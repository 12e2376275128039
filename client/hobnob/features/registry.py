"""The registry of features, read from its file."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any


class Status(StrEnum):
    """How far a feature is."""

    DONE = "done"
    PART = "part"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: `how` is the key or command, `docs` the page that tells of it, `tests` the ids
    of the tests that show it, a file alone standing for all of its tests."""

    number: int
    name: str
    status: Status
    how: str = ""
    docs: str = ""
    tests: tuple[str, ...] = ()


def load() -> tuple[Feature, ...]:
    """All features by number; a key that is not known raises TypeError."""
    text = files("hobnob.features").joinpath("features.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["feature"]
    return tuple(_feature(row) for row in rows)


def _feature(row: dict[str, Any]) -> Feature:
    values = dict(row)
    values["status"] = Status(row["status"])
    values["tests"] = tuple(row.get("tests", ()))
    return Feature(**values)
