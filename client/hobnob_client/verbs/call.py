"""One call of a verb: who calls, with which words, on which streams."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hobnob_client import keyring
from hobnob_client.config import Settings
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.terminal import Terminal
from hobnob_client.verbs.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Generator

    from hobnob_client.reading import ChannelLine, Reader


@dataclass(frozen=True, slots=True)
class Call:
    """What a verb's `run` is given. `words` holds its arguments by name."""

    verb: Verb
    words: Namespace
    profile: Profile
    settings: Settings
    terminal: Terminal

    @property
    def device(self) -> DeviceFile:
        """Who calls; Failure where nobody has joined yet."""
        return keyring.load(self.profile)

    @contextmanager
    def reader(self) -> "Generator[Reader]":
        """The replica, for reading; made empty where the hub was never reached."""
        from hobnob_client.reading import Reader

        device = self.device
        if not self.profile.replica.exists():
            from hobnob_client.store import SqliteReplicaStore

            SqliteReplicaStore.open(str(self.profile.replica)).close()
        reader = Reader(self.profile, device)
        try:
            yield reader
        finally:
            reader.close()


Run = Callable[[Call], Exit]
"""What each verb's module calls `run`."""


def channel_named(reader: "Reader", name: str) -> "ChannelLine":
    """The channel of this name; Failure naming the nearest where there is none."""
    found = reader.channel(name)
    if found is not None:
        return found
    from difflib import get_close_matches

    names = [line.channel.name for line in reader.channels()]
    near = get_close_matches(name.removeprefix("#"), names, n=1)
    hint = f" Did you mean #{near[0]}?" if near else " hobnob channels lists them."
    raise Failure(f"There is no channel {name!r} here.{hint}", Exit.USAGE)
