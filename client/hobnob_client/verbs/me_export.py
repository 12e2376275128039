"""`hobnob me export`: what this device holds of oneself, in a file that nobody else can read."""

import json
from itertools import chain

from hobnob_client import paths, secret_file
from hobnob_client.catalogue import number
from hobnob_client.config import SETTINGS
from hobnob_client.failures import Exit, Failure
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.own_export import records


def run(call: Call) -> Exit:
    """Write it; a file that is there already stays as it is."""
    path = paths.said(call.words.file)
    written = 0
    try:
        with call.reader() as reader, secret_file.new(path) as file:
            for each in chain(records(reader), _settings(call)):
                file.write(json.dumps(each, separators=(",", ":")).encode("ascii") + b"\n")
                written += 1
    except FileExistsError as there:
        raise Failure(f"{path} is there already: choose a new name.", Exit.USAGE) from there
    except OSError as broken:
        raise Failure(f"{path} cannot be written: {broken.strerror}") from broken
    call.terminal.show(
        {"file": str(path), "records": written},
        f"{number(written)} records are in {path}",
    )
    call.terminal.say(
        "Nobody else on this machine can read it; what was sealed is in the clear there. It has "
        "what this device holds: hobnob sync first fetches the rest."
    )
    return Exit.OK


def _settings(call: Call) -> list[dict[str, object]]:
    """Those that were set, wherever; defaults are nobody's own."""
    loaded = call.loaded
    return [
        {"type": "setting", "name": one.name, "value": one.of(loaded.settings)}
        for one in SETTINGS.values()
        if one.name in loaded.origins
    ]
