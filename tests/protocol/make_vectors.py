"""Frozen examples for any implementation to be tried on: `python -m tests.protocol.make_vectors`
writes `protocol/vectors/` anew.

They come from `tests/protocol/vectors/`, which writes every byte by hand and names the rule that
each invalid one breaks; nothing in there asks the codec or a decoder of hobnob.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.protocol.vectors import (
    chains,
    chains_recovery,
    chains_ssh,
    codec,
    events,
    frames,
    frames_login,
    frames_presence,
    frames_pushes,
    frames_streams,
    invites,
    kinds,
    kinds_channels,
    kinds_imports,
    kinds_people,
    kinds_private,
    logins_refused,
    names,
    sealing_own,
    sealing_parts,
    sealing_said,
    sealing_talks,
    ssh,
)
from tests.protocol.vectors.rows import Row

FOLDER: Final = Path(__file__).parents[2] / "protocol" / "vectors"


def frame_vectors() -> list[Row]:
    """`frames.json`: in the order of ops, then what is no frame."""
    samples = (
        *frames_login.SAMPLES,
        *frames_login.RECOVERY,
        *frames_login.MEETING,
        *frames_streams.SAMPLES,
        *frames_login.BY_SSH,
        *frames_pushes.SAMPLES,
        *frames_presence.SAMPLES,
    )
    return [*(row for sample in samples for row in sample.rows()), *frames.no_frames()]


def kind_vectors() -> list[Row]:
    """`kinds.json`."""
    samples = (
        *kinds_channels.SAMPLES,
        *kinds_people.SAMPLES,
        *kinds_private.SAMPLES,
        *kinds_imports.SAMPLES,
    )
    return [*(row for sample in samples for row in sample.rows()), *kinds.SEALED]


def chain_vectors() -> list[Row]:
    """`chain.json`."""
    return [*chains.vectors(), *chains_recovery.vectors(), *chains_ssh.vectors()]


FILES: Final[dict[str, Callable[[], list[Row]]]] = {
    "codec.json": codec.vectors,
    "names.json": names.vectors,
    "event.json": events.vectors,
    "kinds.json": kind_vectors,
    "ssh.json": ssh.vectors,
    "chain.json": chain_vectors,
    "frames.json": frame_vectors,
    "login.json": logins_refused.vectors,
    "invites.json": invites.vectors,
    "seals.json": lambda: [
        *sealing_parts.vectors(),
        *sealing_said.sayings(),
        *sealing_said.numbers(),
        *sealing_own.vectors(),
    ],
    "sealed.json": sealing_talks.vectors,
}
"""What makes each file, from the smallest part to the whole."""


def written(file: str) -> str:
    """The text of a file: one row a line."""
    return "[\n" + ",\n".join(json.dumps(row) for row in FILES[file]()) + "\n]\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        (FOLDER / name).write_text(written(name))
