"""Programs of the person's own, which have the terminal for a while: an editor, a pager."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence

from hobnob_client.catalogue import t
from hobnob_protocol.value import value


@value
class Ran:
    """How a program has ended: `why` it did not do its work, "" where it did; `started` that it
    was there at all."""

    why: str = ""
    started: bool = True


def program(wanted: str, otherwise: str) -> tuple[str, ...]:
    """The words of a command as a shell would read them, `otherwise` where there are none. One that
    no shell could read, as with an open quote, is one word: it will not start, and that is told."""
    try:
        words = shlex.split(wanted)
    except ValueError:
        words = [wanted]
    return tuple(words) or (otherwise,)


def ran(
    words: Sequence[str], given: bytes | None = None, environ: Mapping[str, str] | None = None
) -> Ran:
    """Run it with `given` to read, and wait. It raises nothing: whoever calls has lent it the
    terminal, and must take that back."""
    try:
        ended = subprocess.run(words, input=given, env=environ, check=False)
    except OSError as failed:
        return Ran(failed.strerror or t("it failed"), started=False)
    if ended.returncode < 0:
        return Ran(t("signal {number}", number=-ended.returncode))
    return Ran(t("exit code {code}", code=ended.returncode) if ended.returncode else "")
