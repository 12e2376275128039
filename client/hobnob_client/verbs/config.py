"""`hobnob config`: what is set, where, and whether it is right."""

from hobnob_client.config import SETTINGS, Loaded, describing, writing
from hobnob_client.config.reading import meant, understood
from hobnob_client.config.settings import KEYS
from hobnob_client.config.writing import Value, toml
from hobnob_client.failures import Exit, Failure
from hobnob_client.tui import rebinding
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """See the table of verbs."""
    does = {
        "show": _show,
        "set": _set,
        "unset": _unset,
        "validate": _validate,
        "path": _path,
        "schema": _schema,
    }
    return does[call.verb.action](call)


def mistakes(loaded: Loaded) -> tuple[str, ...]:
    """All that is wrong with the settings, the keys among them, each as a sentence with its
    place."""
    _, wrongs = rebinding.checked(loaded.settings.keys)
    of_keys = (f"{loaded.at(f'{KEYS}.{wrong.name}')}: {wrong.said}" for wrong in wrongs)
    return (*(mistake.said for mistake in loaded.mistakes), *of_keys)


def insist(loaded: Loaded) -> None:
    """Failure where anything is wrong: before a screen is shown, which cannot tell of it."""
    for wrong in mistakes(loaded):
        raise Failure(wrong, Exit.USAGE)


def _show(call: Call) -> Exit:
    loaded = call.loaded
    for one in SETTINGS.values():
        value = one.of(loaded.settings)
        origin = loaded.origins.get(one.name, "default")
        record = {"name": one.name, "value": value, "from": origin, "help": one.help}
        call.terminal.row(record, (one.name, toml(value), origin))
    for name, keys in loaded.settings.keys.items():
        bound = {"name": f"{KEYS}.{name}", "value": list(keys), "from": "file", "help": ""}
        call.terminal.row(bound, (f"{KEYS}.{name}", toml(keys), "file"))
    return _told(call, "")


def _validate(call: Call) -> Exit:
    there = call.loaded.path.exists()
    holds = "nothing is wrong." if there else "there is no such file, so the defaults hold."
    return _told(call, f"{call.loaded.path}: {holds}")


def _told(call: Call, right: str) -> Exit:
    """Say all that is wrong, or that nothing is."""
    wrong = mistakes(call.loaded)
    for said in wrong or filter(None, (right,)):
        call.terminal.say(said)
    return Exit.USAGE if wrong else Exit.OK


def _path(call: Call) -> Exit:
    call.terminal.show({"path": str(call.loaded.path)}, str(call.loaded.path))
    return Exit.OK


def _schema(call: Call) -> Exit:
    schema = describing.schema()
    # The screen asks of this module whether all is right, and waits for it.
    import json

    call.terminal.show(schema, json.dumps(schema, indent=2))
    return Exit.OK


def _set(call: Call) -> Exit:
    name, words = call.words.name, call.words.value
    value: Value
    if name.startswith(f"{KEYS}."):
        value = tuple(map(rebinding.kept, words))
    elif name in SETTINGS and isinstance(SETTINGS[name].default, bool):
        flags = {"true": True, "false": False}
        if len(words) != 1 or words[0] not in flags:
            raise Failure(f"{name} is {SETTINGS[name].wanted}.", Exit.USAGE)
        value = flags[words[0]]
    else:
        value = " ".join(words)
    return _keep(call, name, value)


def _unset(call: Call) -> Exit:
    return _keep(call, call.words.name, None)


def _keep(call: Call, name: str, value: Value | None) -> Exit:
    """Change the file, unless what comes of it would be wrong there."""
    loaded = call.loaded
    if name not in SETTINGS and not name.startswith(f"{KEYS}."):
        raise Failure(f"There is no setting {name!r}{meant(name)}", Exit.USAGE)
    after = understood(writing.changed(loaded.text, name, value), loaded.path, {})
    before = mistakes(understood(loaded.text, loaded.path, {}))
    for said in mistakes(after):
        if value is not None and said.split(": ", 1)[-1] not in {
            each.split(": ", 1)[-1] for each in before
        }:
            raise Failure(f"{said} Nothing was changed.", Exit.USAGE)
    writing.save(loaded.path, name, value)
    if name in loaded.origins and loaded.origins[name].startswith("HOBNOB_"):
        call.terminal.say(f"{loaded.origins[name]} is set in the environment and counts more.")
    return Exit.OK
