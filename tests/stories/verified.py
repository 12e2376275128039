"""From an invite to a verified conversation, as a newcomer goes the way at a shell.

`python -m tests.stories.verified` prints what each step takes, and how long a person is busy who
types it all: the program's own time, and theirs at a steady pace.
"""

import asyncio
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hobnob_client.paths import Profile
from tests.stories.member import Member, Ran, joined
from tests.stories.process import HubProcess, hub_process

BOUND_SECONDS: Final = 60.0
TYPED_PER_SECOND: Final = 4.0
"""Some 48 words a minute; the invite is pasted."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the newcomer's, and how long it ran."""

    command: str
    seconds: float

    @property
    def typing_seconds(self) -> float:
        """How long a person types it, with Enter."""
        return (len(self.command) + 1) / TYPED_PER_SECOND


@dataclass(slots=True)
class Newcomer:
    """A member whose steps are timed."""

    member: Member
    steps: list[Step] = field(default_factory=list[Step])

    async def done(self, *words: str, given: str = "") -> Ran:
        """One step that must work."""
        began = time.perf_counter()
        ran = await self.member.done(*words, given=given)
        typed = " ".join(word for word in words if word != "--json")
        self.steps.append(Step(f"hobnob {typed}", time.perf_counter() - began))
        return ran

    async def record(self, *words: str) -> dict[str, Any]:
        """The only record that a step shows."""
        (found,) = (await self.done(*words, "--json")).records
        return found


async def met(hub: HubProcess, directory: Path) -> tuple[Member, Newcomer]:
    """Alice, who was there, and Bob, who joined, wrote, was answered, and has compared a number
    with her; each step of his as he takes it."""
    alice = await joined(hub, directory, "alice")
    bob = Newcomer(Member(Profile(directory / "bob")))
    link = str(await hub.invite())
    await bob.done("join", "-", "--handle", "bob", given=link)
    await bob.done("dm", "alice", "hello alice")
    await alice.done("sync")
    await alice.done("post", "@bob", "hello bob")
    await alice.done("sync")
    await bob.done("sync")
    await bob.done("tail", "@alice")
    shown = await bob.record("verify", "alice")
    (theirs,) = (await alice.done("verify", "bob", "--json")).records
    assert (shown["number"], shown["verified"]) == (theirs["number"], False)
    await bob.done("verify", "alice", theirs["number"].replace(" ", ""))
    return alice, bob


async def _timed() -> list[Step]:
    with TemporaryDirectory(prefix="hobnob-verified-") as made:
        async with hub_process(Path(made) / "hub") as hub:
            _, bob = await met(hub, Path(made))
            return bob.steps


def main() -> int:
    """Print the table; 1 where it takes longer than it may."""
    steps = asyncio.run(_timed())
    print(f"{'runs':>7} {'typed':>7}")
    for step in steps:
        print(f"{step.seconds:>6.1f}s {step.typing_seconds:>6.1f}s  {step.command}")
    runs = sum(step.seconds for step in steps)
    whole = runs + sum(step.typing_seconds for step in steps)
    said = f"from an invite to a verified conversation: {runs:.1f} s of programs"
    print(f"{said}, {whole:.1f} s with typing; at most {BOUND_SECONDS:.0f} s")
    return 1 if whole > BOUND_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
