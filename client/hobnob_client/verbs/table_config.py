"""The verbs about settings."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Verb

_NAME: Final = Argument("name", "a setting, as hobnob config show lists them", "NAME")
CONFIG: Final = (
    Verb(
        "config show",
        "config",
        "list all settings: what holds, and where it was set",
        ("hobnob config show", "hobnob config show --json"),
        action="show",
    ),
    Verb(
        "config set",
        "config",
        "set one setting in the file; comments and all else stay",
        ("hobnob config set look.theme contrast-dark", "hobnob config set keys.timeline.reply A"),
        (_NAME, Argument("value", "what shall hold", "VALUE", many=True)),
        action="set",
    ),
    Verb(
        "config unset",
        "config",
        "let the default of one setting hold again",
        ("hobnob config unset look.theme",),
        (_NAME,),
        action="unset",
    ),
    Verb(
        "config validate",
        "config",
        "tell all that is wrong with the settings, by file and line",
        ("hobnob config validate",),
        action="validate",
    ),
    Verb(
        "config path",
        "config",
        "print where the settings are looked for",
        ("hobnob config path",),
        action="path",
    ),
    Verb(
        "config schema",
        "config",
        "print the JSON schema that editors check the file by",
        ("hobnob config schema > client.schema.json",),
        action="schema",
    ),
)
