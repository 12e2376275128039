"""One call of a verb: who calls, with which words, on which streams."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hobnob_client import keyring
from hobnob_client.catalogue import Language, t
from hobnob_client.config import Loaded, Settings
from hobnob_client.failures import Exit, Failure
from hobnob_client.hidden import Hidden
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.terminal import Terminal
from hobnob_client.unlocking import Unlocking
from hobnob_client.verbs.verb import Verb
from hobnob_protocol.ids import AccountId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    from collections.abc import Generator

    from hobnob_client.reading import ChannelLine, ConversationLine, Place, Reader
    from hobnob_client.reading.finder import Finder


@value
class Call:
    """What a verb's `run` is given. `words` holds its arguments by name, `loaded` what is set."""

    verb: Verb
    words: Namespace
    profile: Profile
    loaded: Loaded
    terminal: Terminal
    private: Hidden
    unlocking: Unlocking
    agent: Path | None = None
    """The socket of an SSH agent."""
    language: Language = Language.ENGLISH
    """What linear mode speaks; all else of a verb is the same for everybody."""

    @property
    def settings(self) -> Settings:
        """What holds."""
        return self.loaded.settings

    @property
    def device(self) -> DeviceFile:
        """Who calls; it reads, and may be locked. Failure where nobody has joined yet."""
        return keyring.load(self.profile)

    @property
    def zone(self) -> tzinfo:
        """The zone whose days and hours the caller means."""
        from hobnob_client.config.zone import zone_of

        return zone_of(self.settings.times)

    def finder(self, reader: "Reader") -> "Finder":
        """Finds in a replica, in days of the caller's zone."""
        zone = self.zone
        return reader.finder(zone, lambda: datetime.now(zone).date())

    def signing(self) -> DeviceFile:
        """The same, able to sign: the person is asked for a passphrase where one guards it."""
        return self.unlocking.unlocked(self.device)

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

    def warn(self) -> None:
        """Say who waits to speak for the account, or to have its handle, after every verb: a day
        is short."""
        if self.verb.name in HEED or not self.profile.replica.exists():
            return
        from hobnob_client import waiting

        with self.reader() as reader:
            for each in waiting.waiting(reader):
                notice = waiting.notice(each)
                self.terminal.say(t("STOP: {notice} Not you? {no}", notice=notice, no=waiting.NO))
            leaving = waiting.leaving(reader)
            if leaving:
                self.terminal.say(f"STOP: {leaving}")


HEED: Final = ("device list", "device veto", "completion", "config path", "config schema")
"""Verbs that tell of it themselves, or whose talk nobody reads."""
Run = Callable[[Call], Exit]
"""What each verb's module calls `run`."""


def places(reader: "Reader") -> tuple["Place", ...]:
    """Every channel and conversation there is; what is unread in them is not counted."""
    return (*reader.channels(counted=False), *reader.conversations(counted=False))


def meant(call: Call, reader: "Reader") -> tuple["Place", ...]:
    """The place that was named, or all of one's own."""
    if call.words.channel is not None:
        return (place_named(reader, call.words.channel),)
    return tuple(line for line in places(reader) if line.joined)


def channel_named(reader: "Reader", name: str) -> "ChannelLine":
    """The channel of this name; Failure naming the nearest where there is none."""
    found = reader.channel(name)
    if found is not None:
        return found
    from difflib import get_close_matches

    names = [line.channel.name for line in reader.channels(counted=False)]
    near = get_close_matches(name.removeprefix("#"), names, n=1)
    lacks = t("There is no channel {name} here.", name=repr(name))
    hint = _nearest(f"#{near[0]}") if near else t("hobnob channels lists them.")
    raise Failure(f"{lacks} {hint}", Exit.USAGE)


def place_named(reader: "Reader", name: str) -> "ChannelLine | ConversationLine":
    """The channel of this name, with an @ before it the conversation with somebody, with an & or
    several handles a group; Failure naming the nearest where there is none."""
    if name.startswith("&") or "," in name:
        return group_named(reader, name)
    if not name.startswith("@"):
        return channel_named(reader, name)
    return reader.between(member_named(reader, name))


def group_named(reader: "Reader", name: str) -> "ConversationLine":
    """The one private group that is called so, or has just these members beside oneself; Failure
    where there is none, or several."""
    handles = name.removeprefix("&").split(",")
    wanted = frozenset(each.strip().removeprefix("@") for each in handles)
    found = [
        line
        for line in reader.conversations(counted=False)
        if line.group is not None
        and (
            line.label == name
            or wanted == frozenset(reader.handle(account) for account in line.others)
        )
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        said = t("There is no group {name} here. hobnob conversations lists them.", name=repr(name))
        raise Failure(said, Exit.USAGE)
    said = t("Several groups are {name}: give them titles, hobnob group title.", name=repr(name))
    raise Failure(said, Exit.USAGE)


def member_named(reader: "Reader", name: str) -> "AccountId":
    """The other member of this handle, with or without its @; Failure naming the nearest where
    there is none, and where it is not the one who was verified under it."""
    found = other_named(reader, name)
    from hobnob_client import verifying

    stop = verifying.stop_for(reader, (found,))
    if stop:
        raise Failure(f"{stop} {t(verifying.WHAT_TO_DO)}")
    return found


def other_named(reader: "Reader", name: str) -> "AccountId":
    """The same, whoever it is that stands under the handle now."""
    found = account_named(reader, name)
    if found == reader.me:
        raise Failure(t("That is you: a conversation takes two."), Exit.USAGE)
    return found


def account_named(reader: "Reader", name: str) -> "AccountId":
    """Whoever stands under the handle now, oneself too, with or without its @; Failure naming the
    nearest where there is nobody."""
    wanted = name.removeprefix("@").lower()
    found = reader.account(wanted)
    if found is not None:
        return found
    from difflib import get_close_matches

    handles = [reader.handle(account) for account, _ in reader.everybody()]
    near = get_close_matches(wanted, handles, n=1)
    lacks = t("Nobody here is called {name}", name=repr(wanted))
    hint = _nearest(f"@{near[0]}") if near else t("hobnob members lists everybody.")
    raise Failure(f"{lacks}. {hint}", Exit.USAGE)


def _nearest(name: str) -> str:
    return t("Did you mean {name}?", name=name)
