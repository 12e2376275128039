"""What each command does."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

from hobnob_client.attention.kept import of_level
from hobnob_client.attention.wishes import Level
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.linear import messages
from hobnob_client.linear.commands import COMMANDS
from hobnob_client.linear.session import Session, unread_in
from hobnob_client.progress import LinkState
from hobnob_client.reading import ConversationLine, Place
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import channel_named, other_named, place_named, places
from hobnob_client.verbs.delivery import Fate
from hobnob_client.verbs.sending import DELIVERY_SECONDS
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.personal import Block

TAIL: Final = 10
TAIL_MAX: Final = 500
HITS: Final = 20
INDEX_SECONDS: Final = 2.0
Doing = Callable[[Session, str], Awaitable[None]]


# Going somewhere.


async def to(session: Session, words: str) -> None:
    """Go there."""
    place = place_named(session.reader, words)
    if not place.joined:
        raise Failure(t("You are not in {place}: /join {place}", place=place.label), Exit.USAGE)
    _go(session, place)


def _go(session: Session, place: Place) -> None:
    session.go(place)
    reading = session.reader.reading(place.stream)
    _say_here(session, place, reading.unread if reading is not None else 0)


def _say_here(session: Session, place: Place, count: int) -> None:
    said = t("{place}, {count} unread: what you type is said here", place=place.label, count=count)
    session.say(said)


async def join(session: Session, words: str) -> None:
    """Join a channel."""
    line = channel_named(session.reader, words)
    if not line.joined:
        n = (await session.engine.compose(line.stream, Join())).n
        if await session.sent(n, t("joining {place}:", place=line.label)) is not Fate.SENT:
            return
        # The right to read it comes in one's own stream, after that.
        with suppress(TimeoutError):
            async with asyncio.timeout(DELIVERY_SECONDS):
                while not (line := channel_named(session.reader, words)).joined:
                    await session.answers.next()
    if line.joined:
        _go(session, line)


async def dm(session: Session, words: str) -> None:
    """Say something to one member, or go where that is said."""
    handle, _, text = words.partition(" ")
    place = place_named(session.reader, f"@{handle.removeprefix('@')}")
    if text.strip():
        await messages.post(session, place, text)
    else:
        _go(session, place)


# Reading.


async def tail(session: Session, words: str) -> None:
    """The last messages here."""
    count = messages.number_in(words) if words else TAIL
    place = session.here()
    for shown in session.reader.before(place.stream, None, min(count, TAIL_MAX)).messages:
        session.message(place, shown)


async def unread(session: Session, words: str) -> None:
    """Where something is unread."""
    found = [(place, count) for place in session.counted() if (count := unread_in(place))]
    for place, count in found:
        session.say(t("{place}: {count} unread", place=place.label, count=count))
    if not found:
        session.say(t("Nothing is unread."))


async def next_place(session: Session, words: str) -> None:
    """The next place with something unread, read out."""
    hearing = session.hearing()
    for place in session.counted():
        if not hearing.passes_over(place) and unread_in(place):
            session.go(place)
            _say_here(session, place, unread_in(place))
            session.unread(place)
            await session.mark()
            return
    session.say(t("Nothing is unread."))


async def show(session: Session, words: str) -> None:
    """One message in full."""
    place, shown = messages.meant(session, words)
    session.tell(session.telling.whole(place, shown))


async def search(session: Session, words: str) -> None:
    """Find messages, newest first."""
    await _indexed(session)
    finder = session.call.finder(session.reader)
    meaning = finder.understand(words, typing=False)
    for problem in meaning.problems:
        if problem.left_out:
            raise Failure(problem.text)
        session.say(problem.text)
    by_stream = {place.stream: place for place in places(session.reader)}
    hits = finder.hits(meaning.wanted, HITS, moment=finder.moment(meaning.wanted))
    for hit in hits:
        place = by_stream.get(hit.stream)
        shown = session.reader.message(hit.stream, hit.target)
        if place is not None and shown is not None:
            session.message(place, shown)
    session.say(t("{count} found", count=len(hits)) if hits else t("No message has all of this."))


async def _indexed(session: Session) -> None:
    """What came last can be found as well, where that takes no time; another process that has the
    link sees to it itself."""
    if session.engine.link is not LinkState.SHARED:
        with suppress(TimeoutError):
            async with asyncio.timeout(INDEX_SECONDS):
                await session.engine.indexed()


async def who(session: Session, words: str) -> None:
    """Who is here."""
    place = session.here()
    if isinstance(place, ConversationLine):
        accounts = (session.reader.me, *place.others)
    else:
        accounts = tuple(each.account for each in session.reader.members(place.stream).joined)
    names = sorted(lines.name(session.reader, account) for account in accounts)
    said = t(
        "{count} in {place}: {names}", count=len(names), place=place.label, names=", ".join(names)
    )
    session.say(said)


async def outbox(session: Session, words: str) -> None:
    """What waits, and what was refused."""
    waiting, refused = session.reader.outbox(), session.reader.tray()
    session.say(
        t("{waiting} waiting, {refused} refused", waiting=len(waiting), refused=len(refused))
    )
    for row in refused:
        said = t(
            "{n} refused ({code}): hobnob outbox retry {n}, or discard", n=row.n, code=row.code
        )
        session.say(said)


# Whom and what one wants.


async def block(session: Session, words: str) -> None:
    """Hear no more of somebody, or hear them again."""
    reader = session.reader
    if reader.account(words.strip().removeprefix("@").lower()) == reader.me:
        raise Failure(t("That is you, and nobody blocks themselves."), Exit.USAGE)
    account = other_named(reader, words)
    on = account not in session.reader.kept().blocked
    own = user_stream(session.reader.me)
    await session.engine.compose(own, Block(account, on))
    name = lines.name(session.reader, account)
    blocked, heard = t("{name} is blocked: nothing of them is told", name=name), _heard(name)
    session.say(blocked if on else heard)


async def leave(session: Session, words: str) -> None:
    """Leave the channel where one is."""
    place = session.here()
    if isinstance(place, ConversationLine):
        raise Failure(t("A conversation is not left so: hobnob group leave leaves a group."))
    n = (await session.engine.compose(place.stream, Leave())).n
    await session.sent(n, t("leaving {place}:", place=place.label))
    session.go(None)


# The sitting itself.


async def mute(session: Session, words: str) -> None:
    """Hear no more of a place, or hear it again."""
    place = session.here()
    before = session.reader.wishes().of(place.stream)
    muted = before.is_muted(now_ms())
    mute_now, beside = of_level(
        before, place.stream, None, before.level if muted else Level.NOTHING
    )
    if mute_now is not None:
        await session.engine.private.set_up(mute_now)
    await session.engine.private.keep_wish(beside)
    silent = t("{name} is muted, but while you are there", name=place.label)
    session.say(_heard(place.label) if muted else silent)


def _heard(name: str) -> str:
    return t("{name} is heard again", name=name)


async def help_all(session: Session, words: str) -> None:
    """All commands."""
    for command in COMMANDS:
        session.say(f"{command.usage}. {t(command.help)}")


DOING: Final[Mapping[str, Doing]] = {
    "to": to,
    "join": join,
    "dm": dm,
    "tail": tail,
    "unread": unread,
    "next": next_place,
    "show": show,
    "reply": messages.reply,
    "react": messages.react,
    "thank": messages.thank,
    "edit": messages.edit,
    "delete": messages.delete,
    "thread": messages.thread,
    "report": messages.report,
    "block": block,
    "leave": leave,
    "search": search,
    "who": who,
    "mute": mute,
    "outbox": outbox,
    "help": help_all,
}
