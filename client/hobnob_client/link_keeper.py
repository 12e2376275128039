"""Who keeps the link to the hub: it is taken when no other process of the profile has it, and then
kept up as well as can be."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from random import SystemRandom
from typing import TYPE_CHECKING, Final

from hobnob_client import keyring
from hobnob_client.idle import IdleWork
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost, dial
from hobnob_client.lock import LinkLock
from hobnob_client.paths import Profile
from hobnob_client.patience import Backoff
from hobnob_client.progress import LinkState
from hobnob_client.steps import Steps
from hobnob_protocol.errors import ByeCode, StoreBroken, WorldError
from hobnob_protocol.ids import ReplicaId
from hobnob_sync.client_engine import inputs

if TYPE_CHECKING:
    from hobnob_client.conversation import Ended
    from hobnob_protocol.connection import JoinRequest

LOCK_SECONDS: Final = 1.0
"""How often the lock is asked for that another process has."""
STORE_SECONDS: Final = 5.0
"""A disk that could not be written is given so long before the hub is asked again."""


class LinkKeeper:
    """The one loop of a process that converses with the hub; `device` is as whom, `greeting` what
    is to be told each time it has let one in."""

    def __init__(
        self,
        profile: Profile,
        device: DeviceFile,
        steps: Steps,
        idle: IdleWork,
        greeting: Callable[[], inputs.Input],
        *,
        brief: bool,
    ) -> None:
        self.device = device
        self.state = LinkState.OFFLINE
        self.detail = ""
        """What is to be said about the state; a code of `ByeCode` where the hub has refused."""
        self.retry_seconds = 0.0
        """After so many seconds a hub that has refused may let this device in; 0 for never."""
        self._profile = profile
        self._steps = steps
        self._idle = idle
        self._greeting = greeting
        self._brief = brief
        self._lock = LinkLock(profile.lock)
        self._enrolment: JoinRequest | None = None
        self._retry_now = asyncio.Event()

    @property
    def has_lock(self) -> bool:
        """Is the link this process's?"""
        return self._lock.held

    def release(self) -> None:
        """Leave the link to others."""
        self._lock.release()

    def reconnect(self) -> None:
        """Try at once, whatever is waited for; end what there is."""
        self._retry_now.set()
        if self._steps.conversation is not None:
            self._steps.conversation.cut()

    async def run(self, replica: ReplicaId, adopted: Callable[[DeviceFile], None]) -> None:
        """Take the lock when it is free, then stay connected for ever; `adopted` is told of the
        device once the hub has let it in and shown its key."""
        while not self._lock.take():
            self._set(LinkState.SHARED)
            await self._pause(LOCK_SECONDS)
        await self._steps.in_turn(self._own)
        # Whoever only reads is spared it, and no key waits for it.
        await asyncio.to_thread(import_module, "hobnob_client.conversation")
        # An earlier process may have left texts to index and signatures to check.
        self._idle.wake(changed=False)
        backoff = Backoff(SystemRandom())
        asked = True
        while True:
            ended = await self._converse(replica, adopted, backoff, told=asked)
            if ended.code == ByeCode.AUTH and await self._can_join_again():
                continue
            if ended.final:
                self.retry_seconds = ended.retry_seconds
                self._set(LinkState.REFUSED, ended.code)
                await self._retry_now.wait()
                self._retry_now.clear()
                asked = True
            else:
                self._set(LinkState.WAITING, ended.code)
                asked = await self._pause(backoff.failed(ended.retry_seconds))

    async def _converse(
        self,
        replica: ReplicaId,
        adopted: Callable[[DeviceFile], None],
        backoff: Backoff,
        *,
        told: bool,
    ) -> "Ended":
        """One connection from dialling to its end. It is told that one dials where somebody has
        asked for that; what is tried again and again by itself is told of a hub that answers."""
        from hobnob_client.conversation import Conversation, Ended

        if told:
            self._set(LinkState.CONNECTING, self.detail)
        try:
            wire = await dial(self.device.host, self.device.port)
        except LinkLost as lost:
            return Ended(str(lost), 0.0, False)
        self._set(LinkState.CONNECTING, self.detail)
        steps = self._steps
        engine = steps.replica.engine
        assert engine is not None
        steps.conversation = Conversation(wire, self.device, replica, engine, self._enrolment)

        async def welcomed(device: DeviceFile) -> None:
            backoff.succeeded()
            self._enrolment = None
            if device != self.device:
                await self._adopt(device, adopted)
            self._set(LinkState.ONLINE)

        try:
            return await steps.conversation.run(self._take, welcomed)
        except WorldError as failed:
            # A full or busy disk: what came is not applied, so it is pulled again later.
            return Ended(str(failed), STORE_SECONDS, isinstance(failed, StoreBroken))
        finally:
            steps.conversation = None
            with suppress(LinkLost, asyncio.CancelledError):
                await wire.close()
            # After a failed step the replica has made its engine anew, without a link.
            if steps.replica.engine is not None and steps.replica.engine.link is not None:
                await asyncio.shield(steps.step(inputs.Unlinked()))

    async def _can_join_again(self) -> bool:
        """A hub restored from an old copy has lost us: show it, once, the enrolment it signed."""
        if self._enrolment is not None or self.device.invite:
            self._enrolment = None
            return False
        self._enrolment = await self._steps.on_disk(self._steps.replica.enrolment)
        return self._enrolment is not None

    async def _adopt(self, device: DeviceFile, adopted: Callable[[DeviceFile], None]) -> None:
        """The hub has let us in and shown its key: keep both before anything is taken from it."""
        async with self._steps.turn:
            await self._steps.on_disk(lambda: keyring.save(self._profile, device))
            self.device = device
            adopted(device)
            self._steps.replica.adopt(device)
            await self._steps.on_disk(self._own)

    def _own(self) -> None:
        self._steps.replica.own(brief=self._brief)

    async def _take(self, several: Sequence[inputs.Input]) -> None:
        """What came, and then the wish for more: the whole of what may be seen comes by itself."""
        self._idle.disturbed()
        linked = any(isinstance(each, inputs.Linked) for each in several)
        greeting = (self._greeting(),) if linked else ()
        await self._steps.step(*several, *greeting, inputs.FetchHistory())

    async def _pause(self, seconds: float) -> bool:
        """Wait, unless somebody asks to try at once: has somebody?"""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._retry_now.wait()
        asked = self._retry_now.is_set()
        self._retry_now.clear()
        return asked

    def _set(self, state: LinkState, detail: str = "") -> None:
        if (state, detail) != (self.state, self.detail):
            self.state, self.detail = state, detail
            self._steps.linked(state, detail)
