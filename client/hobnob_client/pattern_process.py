"""Runs a regular expression that somebody has typed, without letting it run for ever.

Python's `re` tries all ways to match, of which some patterns have more than there is time for, as
`(a+)+$`, and nothing can stop it from within. So it runs in a process of its own, which the kernel
ends after a second of work.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Final

from hobnob_protocol.value import value

CPU_SECONDS: Final = 1
"""So much work a pattern may make; one that means something takes a thousandth."""
WAIT_SECONDS: Final = 10.0
"""So long it is waited for, on a machine that has other things to do."""
OUTPUT_BYTES_MAX: Final = 256 * 1024
"""A longer text is no message anyway."""
_RUNS: Final = f"""
import json, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
asked = json.load(sys.stdin)
try:
    pattern = re.compile(asked["old"], (re.I if asked["any_case"] else 0) | re.M)
    made = pattern.sub(asked["new"], asked["text"], 0 if asked["everywhere"] else 1)
    answer = {{"text": made[:{OUTPUT_BYTES_MAX // 8}]}}
except (re.error, RecursionError, OverflowError, IndexError) as failed:
    answer = {{"wrong": str(failed)[:200]}}
json.dump(answer, sys.stdout)
"""


@value
class Asked:
    """What is to be replaced in `text`: `old` and `new` as Python's `re` writes them."""

    text: str
    old: str
    new: str
    everywhere: bool
    any_case: bool


class NoPatternError(ValueError):
    """It is no regular expression, or names a group that it does not have; says why."""


class TooLongError(TimeoutError):
    """It takes more work than one may make."""


async def replaced(asked: Asked) -> str:
    """The text with what is asked for. NoPatternError, TooLongError."""
    # Isolated and without site: it starts at once, and nothing of the folder it runs in is loaded.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-S", "-c", _RUNS),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        given = json.dumps(asdict(asked)).encode()
        answer, _ = await asyncio.wait_for(process.communicate(given), WAIT_SECONDS)
    except TimeoutError:
        answer = b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or len(answer) > OUTPUT_BYTES_MAX:
        raise TooLongError
    found = json.loads(answer)
    if "wrong" in found:
        raise NoPatternError(found["wrong"])
    return str(found["text"])
