"""The face: one script, `hobnob`, whose first word says what it is about.

Each part is imported only when it is meant: a member's verb costs no hub, a hub no screen.
"""

import os
import sys
from collections.abc import Sequence

from hobnob_protocol import __version__
from hobnob_protocol.errors import NO_ROOM, told


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; how the process ends."""
    words = sys.argv[1:] if argv is None else list(argv)
    _open_streams()
    try:
        return _dispatch(words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as failed:
        # A part of it that has no words of its own for this: most likely stdout is full.
        print(f"hobnob: {told(failed)}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 3 if failed.errno in NO_ROOM else 1


def _open_streams() -> None:
    """A standard stream that whoever started us has closed is one that nobody reads or writes."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # As long as the process.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # The same.
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # The same.


def _dispatch(words: Sequence[str]) -> int:
    if words[:1] == ["--version"]:
        print(f"hobnob {__version__}")
        return 0
    if words[:2] == ["hub", "match"]:
        from hobnob.preview import command as preview

        return preview.main(words[2:])
    if words[:1] == ["hub"]:
        from hobnob_server import cli as hub

        return hub.main(words[1:])
    if words[:1] == ["demo"]:
        from hobnob.demo import command as demo

        return demo.main(words[1:])
    if words[:1] == ["features"]:
        from hobnob.features import command as features

        return features.main(words[1:])
    from hobnob_client.collecting import collect_seldom

    # Before all that a verb imports, which makes nothing but what stays.
    collect_seldom()
    from hobnob_client import cli as member

    return member.main(words)
