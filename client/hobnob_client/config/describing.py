"""What is made of the table of settings: a JSON schema for editors, and the manual's table."""

from typing import Any, Final

from hobnob_client.config.settings import KEYS, SETTINGS, TEXT_MAX, Setting
from hobnob_client.config.writing import toml

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
"""Which JSON schema it is."""


def schema() -> dict[str, Any]:
    """The settings as a JSON schema, which editors check a TOML file by."""
    top: dict[str, Any] = {}
    for one in SETTINGS.values():
        table, _, key = one.name.rpartition(".")
        into = top if not table else top.setdefault(table, _table({}))["properties"]
        into[key] = _schema_of(one)
    key_or_keys = {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
    }
    pane = {"type": "object", "additionalProperties": key_or_keys}
    top[KEYS] = {
        "type": "object",
        "description": 'Keys of actions, by pane and action, as timeline.reply = "A".',
        "additionalProperties": {"anyOf": [*key_or_keys["anyOf"], pane]},
    }
    head = {
        "$schema": DRAFT,
        "title": "hobnob client.toml",
    }
    return {**head, **_table(top)}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _schema_of(one: Setting) -> dict[str, Any]:
    found: dict[str, Any] = {"description": one.help, "default": one.default}
    if isinstance(one.default, bool):
        return {**found, "type": "boolean"}
    if one.choices and not one.also:
        return {**found, "enum": list(one.choices)}
    examples = {"examples": list(one.choices)} if one.choices else {}
    return {**found, "type": "string", "maxLength": TEXT_MAX, **examples}


def markdown_table() -> str:
    """The settings as the manual shows them."""
    rows = ["| setting | default | what it is |", "| --- | --- | --- |"]
    for one in SETTINGS.values():
        wanted = one.wanted.replace('"', "`")
        told = wanted[0].upper() + wanted[1:]
        rows.append(f"| `{one.name}` | `{toml(one.default)}` | {one.help} {told}. |")
    return "\n".join(rows) + "\n"
