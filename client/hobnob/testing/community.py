"""The community of a test: a hub, its members, its bots, and time."""

from collections.abc import Callable
from random import Random

from hobnob.bot.bot import Bot
from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import MemoryHub
from hobnob.testing.people import Person, RunningBot, User
from hobnob.testing.seat import Seat
from hobnob_protocol.ids import DIRECTORY, MODERATION, ChannelId, StreamId, channel_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.membership import Join
from hobnob_protocol.kinds.moderation import Ban
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_sync.hub_engine.inputs import HubSettings


class Community:
    """Use it as a context. Everything drawn at random in it comes from `seed`."""

    def __init__(self, *, settings: HubSettings | None = None, seed: int = 0) -> None:
        self._random = Random(seed)
        self._loop = VirtualLoop()
        self._hub = MemoryHub(self._loop, self._random, settings or HubSettings())
        self._people: list[Person] = []

    def __enter__(self) -> "Community":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def seconds(self) -> float:
        """How much time has passed."""
        return self._loop.time()

    def user(self, handle: str) -> User:
        """Somebody joins."""
        user = User(self._loop, self._seat(handle), handle)
        self._people.append(user)
        self.settle()
        return user

    def bot(self, bot: Bot, handle: str = "robot") -> RunningBot:
        """A bot joins, is given the role, and runs."""
        seat = self._seat(handle)
        self._hub.operate(DIRECTORY, RoleGrant(seat.account, "bot"))
        running = RunningBot(self._loop, self._hub, seat, handle, bot)
        self._people.append(running)
        running.start()
        self.settle()
        return running

    def channel(self, name: str) -> None:
        """A public channel begins, and everybody is in it."""
        channel = ChannelId(self._random.randbytes(16))
        self._hub.operate(DIRECTORY, ChannelCreate(channel, name, "", True))
        for person in self._people:
            self._hub.operate(channel_stream(channel), Join(person.account))
        self.settle()

    def ban(self, person: Person, reason: str = "a test") -> None:
        """The hub does not let somebody in any more."""
        self._hub.operate(MODERATION, Ban(person.account, True, reason))
        self.settle()

    def appoint(self, person: Person, role: str) -> None:
        """The operator gives somebody a role on the hub."""
        self._hub.operate(DIRECTORY, RoleGrant(person.account, role))
        self.settle()

    def operate(self, stream: StreamId, body: Body) -> None:
        """The hub itself says something, as its operator's commands have it do. UsageError where
        it refuses that."""
        self._hub.operate(stream, body)
        self.settle()

    def wait(self, seconds: float) -> None:
        """Let time pass; what the bot cannot survive is raised."""
        self._loop.run_for(seconds)
        for person in self._people:
            if isinstance(person, RunningBot):
                person.check()

    def settle(self) -> None:
        """Let everything happen that needs no time."""
        self.wait(0)

    def crash_hub(self) -> None:
        """The hub dies and starts again; whoever was on line comes back at once."""
        self._without_lines(self._hub.crash)

    def back_up(self) -> object:
        """A copy of what the hub holds, for `restore`."""
        return self._hub.back_up()

    def restore(self, backup: object) -> None:
        """The hub is restored from a copy; whoever was on line brings back what it has lost."""
        self._without_lines(lambda: self._hub.restore(backup))

    def _without_lines(self, accident: Callable[[], None]) -> None:
        present = [person for person in self._people if person.seat.connected]
        accident()
        for person in present:
            person.seat.cut()
            person.seat.connect()
        self.settle()

    def close(self) -> None:
        """End all bots and let go of everything."""
        for person in self._people:
            if isinstance(person, RunningBot):
                person.stop()
            person.seat.close()
        self._loop.run_for(0)
        self._loop.close()

    def _seat(self, handle: str) -> Seat:
        seat = Seat(self._hub, handle, self._random)
        seat.connect()
        return seat
