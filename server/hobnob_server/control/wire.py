"""What travels on the control socket: one line of JSON there, one line back."""

import json
from typing import cast

from hobnob_server.errors import RequestRefused


def encode(value: dict[str, object]) -> bytes:
    """One line."""
    return json.dumps(value, ensure_ascii=True).encode() + b"\n"


def decode(line: bytes) -> dict[str, object]:
    """What a line says; RequestRefused where it is no object."""
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise RequestRefused("this is no request") from wrong
    if not isinstance(value, dict):
        raise RequestRefused("this is no request")
    return cast("dict[str, object]", value)
