"""The rules that come with hobnob."""

from functools import cache
from importlib.resources import files

from hobnob_server.engines.recognition.rules import Rule, rule


@cache
def shipped() -> tuple[Rule, ...]:
    """Every rule in `rules/`, in the order of their names."""
    folder = files("hobnob_server.engines.recognition") / "rules"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return tuple(rule(each.name.removesuffix(".toml"), each.read_text("utf-8")) for each in found)
