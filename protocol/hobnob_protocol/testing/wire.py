"""Two connections joined by a fake wire: no socket, no clock, every accident on request.

Frames wait in two queues, named by who they are on their way to, until they are delivered; time
stands still until `wait` lets it pass.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from hobnob_protocol.connection.client import ClientConnection
from hobnob_protocol.connection.events import ConnectionEvent, LoginRequested
from hobnob_protocol.connection.hub import HubConnection
from hobnob_protocol.errors import UsageError
from hobnob_protocol.frames import Bye, Welcome
from hobnob_protocol.senders import Side

Judge = Callable[[LoginRequested], Welcome | Bye]
"""What the hub's engine answers to a login."""

DELIVERIES_MAX: Final = 10_000
"""Frames one `deliver_all` may move: two sides that never fall silent are a bug."""


class Wire:
    """Both ends of one connection and what is under way between them.

    `events` holds what each side has reported so far, `delivered` how many frames each has got.
    With a `judge` the hub answers logins by itself; without one the test does. While `cut` nothing
    arrives, and nobody is told.
    """

    def __init__(
        self,
        client: ClientConnection,
        hub: HubConnection,
        judge: Judge | None = None,
        now_ms: int = 0,
    ) -> None:
        self.client = client
        self.hub = hub
        self.now_ms = now_ms
        self.cut = False
        self.events: dict[Side, list[ConnectionEvent]] = {Side.CLIENT: [], Side.HUB: []}
        self.delivered = {Side.CLIENT: 0, Side.HUB: 0}
        self._judge = judge
        self._queues: dict[Side, deque[bytes]] = {Side.CLIENT: deque(), Side.HUB: deque()}

    def queue(self, to: Side) -> deque[bytes]:
        """The frames on their way to one side, the next first; change them as you like."""
        self._queues[Side.HUB].extend(self.client.to_send())
        self._queues[Side.CLIENT].extend(self.hub.to_send())
        if self.cut:
            for queue in self._queues.values():
                queue.clear()
        return self._queues[to]

    def deliver(self, to: Side) -> list[ConnectionEvent]:
        """Hand the next frame to one side; what that side made of it. UsageError if none waits."""
        queue = self.queue(to)
        if not queue:
            raise UsageError(f"nothing is on its way to the {to}")
        self.delivered[to] += 1
        end = self.client if to is Side.CLIENT else self.hub
        return self._report(to, end.receive(queue.popleft(), self.now_ms))

    def deliver_all(self) -> None:
        """Deliver until nothing is on its way."""
        for _ in range(DELIVERIES_MAX):
            if self.queue(Side.HUB):
                self.deliver(Side.HUB)
            elif self.queue(Side.CLIENT):
                self.deliver(Side.CLIENT)
            else:
                return
        raise UsageError("the two sides never fall silent")

    def wait(self, duration_ms: int) -> None:
        """Let time pass: each side wakes at its deadlines, and whatever is said is delivered."""
        until_ms = self.now_ms + duration_ms
        while True:
            self.deliver_all()
            due = [self.client.deadline_ms(), self.hub.deadline_ms()]
            next_ms = min((ms for ms in due if ms is not None), default=until_ms)
            self.now_ms = min(next_ms, until_ms)
            self._report(Side.CLIENT, self.client.tick(self.now_ms))
            self._report(Side.HUB, self.hub.tick(self.now_ms))
            if self.now_ms == until_ms:
                self.deliver_all()
                return

    def drop(self, to: Side) -> None:
        """The next frame to one side is lost."""
        self.queue(to).popleft()

    def duplicate(self, to: Side) -> None:
        """The next frame to one side will come twice."""
        queue = self.queue(to)
        queue.appendleft(queue[0])

    def swap(self, to: Side) -> None:
        """The next two frames to one side change places."""
        queue = self.queue(to)
        queue[0], queue[1] = queue[1], queue[0]

    def _report(self, to: Side, events: list[ConnectionEvent]) -> list[ConnectionEvent]:
        self.events[to] += events
        for event in events:
            if self._judge is not None and isinstance(event, LoginRequested):
                answer = self._judge(event)
                if isinstance(answer, Bye):
                    self.hub.close(answer)
                else:
                    self.hub.send(answer)
        return events
