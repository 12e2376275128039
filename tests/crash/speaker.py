"""A member's process for the kill campaign: it posts numbered messages while it may.

`python -m tests.crash.speaker PROFILE`. What it is about to say, and what was durable when
`compose` returned, stands line by line in `PROFILE/ledger`: a kill takes nothing of that, for the
kernel has it. It talks while there is a file `PROFILE/talk`, else it only sends and receives.
"""

import asyncio
import sys
from pathlib import Path
from random import Random
from typing import Final

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post

LEDGER: Final = "ledger"
TALK: Final = "talk"
SAYING: Final = "saying"
SAID: Final = "said"
COMMAND_EVERY: Final = 5
"""One in so many messages asks the bot."""
SAY_SECONDS_MAX: Final = 0.08
WAITING_MAX: Final = 100
"""With more in the outbox nothing is said: the link has to catch up some time."""


def lines(directory: Path) -> list[tuple[str, str]]:
    """What the ledger of a profile says: (saying or said, the text)."""
    place = directory / LEDGER
    if not place.exists():
        return []
    read = (line.partition(" ") for line in place.read_text().splitlines())
    return [(what, text) for what, _, text in read]


async def speak(directory: Path) -> None:
    """Until killed."""
    profile = Profile(directory)
    rng = Random()
    nth = sum(what == SAYING for what, _ in lines(directory))
    with (directory / LEDGER).open("a", buffering=1) as ledger:
        async with Engine(profile, keyring.load(profile)) as engine:
            stream = await _general(engine)
            while True:
                may_talk = (directory / TALK).exists()
                if may_talk and len(engine.reader.outbox()) < WAITING_MAX:
                    nth += 1
                    text = f"{engine.device.handle} {nth}"
                    if nth % COMMAND_EVERY == 0:
                        text = f"!echo {text}"
                    ledger.write(f"{SAYING} {text}\n")
                    await engine.compose(stream, Post(text))
                    ledger.write(f"{SAID} {text}\n")
                await asyncio.sleep(rng.random() * SAY_SECONDS_MAX)


async def _general(engine: Engine) -> StreamId:
    watch = engine.watch()
    while (line := engine.reader.channel("#general")) is None or not line.joined:
        await watch.next()
    return line.stream


if __name__ == "__main__":
    asyncio.run(speak(Path(sys.argv[1])))
