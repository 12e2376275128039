"""How a sitting runs: the engine on a thread of its own, while this one waits for lines.

Whoever waits for a line waits in the system, where no loop could be run; and an interrupt comes to
the first thread alone.
"""

import asyncio
from concurrent.futures import Future
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit
from hobnob_client.keyring import DeviceFile
from hobnob_client.linear import commands, completing
from hobnob_client.linear.keys import Keys, keys_of
from hobnob_client.linear.session import Session, unread_in
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import Call, meant, place_named, places
from hobnob_protocol.errors import HobnobError

WAITING_MAX: Final = 100
"""Lines that are typed and not done."""
PATIENCE_SECONDS: Final = 1.0
_WELCOME: Final = later(
    "What you type is said where you are. /help tells the commands, /quit ends."
)


def run(call: Call) -> Exit:
    """Follow; and where somebody types, do as they say."""
    sitting = _Sitting(call)
    keys = keys_of(call.terminal.given, sitting.offers)
    if keys is None:
        asyncio.run(_unattended(call))
        return Exit.OK
    return sitting.run(keys)


async def _unattended(call: Call) -> None:
    """What is unread, then what comes, for as long as it runs."""
    async with Engine(call.profile, call.signing()) as engine:
        session = Session(call, engine, numbered=False, busy=lambda: False)
        await begin(session, call, read_out=True)
        try:
            await asyncio.gather(session.follow(), session.marking())
        finally:
            await session.mark()


async def begin(session: Session, call: Call, *, read_out: bool) -> None:
    """Where one begins: what is unread is told, or that there is something."""
    named = call.words.channel
    with_news = meant(call, session.reader)
    if named is not None:
        session.go(place_named(session.reader, named))
    if named is not None or read_out:
        for place in with_news:
            session.unread(place)
        await session.mark()


class _Sitting:
    """Somebody at a terminal."""

    def __init__(self, call: Call) -> None:
        self._call: Final = call
        self._begun: Future[None] = Future()
        self._runner: Final = asyncio.Runner()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._room: Final = BoundedSemaphore(WAITING_MAX)
        self._failed: BaseException | None = None
        self._names: tuple[str, ...] = ()
        """Places and people, for completion: asked for on the engine's thread."""

    def offers(self, before: str, word: str) -> tuple[str, ...]:
        """What Tab offers."""
        return completing.offers(before, word, self._names)

    def run(self, keys: Keys) -> Exit:
        """Until nothing more is typed, or somebody says so."""
        device = self._call.signing()
        thread = Thread(target=self._live, args=(device, keys), name="hobnob-linear", daemon=True)
        thread.start()
        try:
            self._begun.result()
            while self._failed is None and (line := keys.line()) is not None:
                if commands.ends(line):
                    break
                self._hand(line, thread)
        finally:
            self._hand(None, thread)
            thread.join()
        if self._failed is not None:
            raise self._failed
        return Exit.OK

    def _hand(self, line: str | None, thread: Thread) -> None:
        """Let it be done, and go on typing; None for the end."""
        while not self._room.acquire(timeout=PATIENCE_SECONDS):
            if not thread.is_alive():
                return
        # It may have ended this very moment.
        with suppress(RuntimeError):
            self._runner.get_loop().call_soon_threadsafe(self._lines.put_nowait, line)

    # On the engine's thread.

    def _live(self, device: DeviceFile, keys: Keys) -> None:
        try:
            with self._runner:
                self._runner.run(self._sit(device, keys))
        except BaseException as failed:
            self._failed = failed
            if not self._begun.done():
                self._begun.set_exception(failed)

    async def _sit(self, device: DeviceFile, keys: Keys) -> None:
        async with Engine(self._call.profile, device) as engine:
            session = Session(self._call, engine, numbered=True, busy=keys.typing)
            session.say(t(_WELCOME))
            await begin(session, self._call, read_out=False)
            _say_where(session)
            self._names = names(engine.reader)
            session.following.start(place for place in places(engine.reader) if place.joined)
            self._begun.set_result(None)
            obeying = asyncio.ensure_future(self._obey(session))
            beside = [asyncio.ensure_future(session.follow())]
            beside.append(asyncio.ensure_future(session.voice.speak()))
            beside.append(asyncio.ensure_future(session.marking()))
            done, _ = await asyncio.wait((obeying, *beside), return_when=asyncio.FIRST_COMPLETED)
            for task in (obeying, *beside):
                task.cancel()
            for task in done:
                # What stops one in the middle is a fault, or a pipe nobody reads from.
                task.result()
            session.voice.flush()
            await session.mark()

    async def _obey(self, session: Session) -> None:
        """Line by line; what could not be done is said, and the next one comes."""
        while (line := await self._lines.get()) is not None:
            self._room.release()
            session.voice.entered()
            try:
                await session.obey(line)
            except HobnobError as failed:
                session.say(t("not done: {why}", why=failed))


def _say_where(session: Session) -> None:
    place = session.place
    if place is not None:
        session.say(t("{place}: what you type is said here", place=place.label))
        return
    news = [(place.label, count) for place in session.counted() if (count := unread_in(place))]
    found = [f"{label} {count}" for label, count in news]
    told = t("Nothing is unread.")
    if found:
        told = t("Unread: {places}. /next reads it.", places=", ".join(found))
    session.say(f"{told} {t('/to #channel or /to @handle goes there.')}")


def names(reader: Reader) -> tuple[str, ...]:
    """Places and people."""
    labels = (place.label for place in places(reader))
    people = (f"@{reader.handle(account)}" for account, _ in reader.everybody())
    return tuple(dict.fromkeys((*sorted(labels), *sorted(people))))
