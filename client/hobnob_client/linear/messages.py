"""What is done with one message that is named by its number, and how one is said."""

from hobnob_client import acting, typed
from hobnob_client.catalogue import t
from hobnob_client.failures import Exit, Failure
from hobnob_client.linear.session import Session
from hobnob_client.reading import Place
from hobnob_client.verbs.call import places
from hobnob_protocol.ids import MODERATION
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import REASON_TEXT_MAX
from hobnob_sync.views.message import Message


async def post(session: Session, place: Place, text: str) -> None:
    """Say something."""
    body = typed.bounded(typed.cleaned(text))
    acting.readers_are_known(session.reader, place)
    said = Post(body, None, None, typed.mentions(session.reader, body))
    n = await session.compose(place, said)
    await session.sent(n, session.number_of(place, n))


async def reply(session: Session, words: str) -> None:
    """Answer it."""
    place, shown, text = meant_with(session, words)
    acting.readers_are_known(session.reader, place)
    body = acting.answer(session.reader, shown, typed.bounded(typed.cleaned(text)))
    n = await session.compose(place, body)
    await session.sent(n, session.number_of(place, n))


async def react(session: Session, words: str) -> None:
    """Give an emoji, or take it back."""
    place, shown, text = meant_with(session, words)
    emoji = acting.emoji(text)
    body = acting.react(session.reader, place.stream, shown, emoji, None)
    n = await session.compose(place, body)
    await session.sent(n, emoji if body.on else t("{emoji} taken back,", emoji=emoji))


async def thank(session: Session, words: str) -> None:
    """Thank its author, with a reason or without."""
    number, _, reason = words.partition(" ")
    place, shown = meant(session, number)
    body = acting.thank(session.reader, place.stream, shown, reason)
    await session.sent(await session.compose(place, body), t("thanks"))


async def edit(session: Session, words: str) -> None:
    """Another text."""
    place, shown, text = meant_with(session, words)
    acting.readers_are_known(session.reader, place)
    body = acting.change(session.reader, shown, typed.bounded(typed.cleaned(text)))
    await session.sent(await session.compose(place, body), t("edit"))


async def delete(session: Session, words: str) -> None:
    """Take it back."""
    place, shown = meant(session, words)
    body = acting.withdraw(session.reader, shown)
    await session.sent(await session.compose(place, body), t("delete"))


async def thread(session: Session, words: str) -> None:
    """Read it, or call it something."""
    number, _, title = words.partition(" ")
    place, shown = meant(session, number)
    if title.strip():
        n = await session.compose(place, acting.title(shown, title))
        await session.sent(n, t("title"))
        return
    found = session.reader.thread(place.stream, shown.thread or shown.target)
    messages = (*([found.root] if found.root is not None else []), *found.replies)
    called = found.heading.title or t("without a title")
    if found.heading.resolved:
        called = t("{title}, resolved", title=called)
    session.say(t("thread {title}: {count}", title=called, count=len(messages)))
    for each in messages:
        session.message(place, each)


def meant_with(session: Session, words: str) -> tuple[Place, Message, str]:
    """The message of the number that words begin with, and the rest of them."""
    number, _, text = words.partition(" ")
    if not text.strip():
        raise Failure(t("A number, then what to say: /help"), Exit.USAGE)
    return *meant(session, number), text.strip()


def meant(session: Session, word: str) -> tuple[Place, Message]:
    """The message of a number."""
    named = session.numbers.named(number_in(word))
    if named is None:
        raise Failure(t("No message has the number {number}: /tail gives them.", number=word))
    stream, target = named
    place = next((each for each in places(session.reader) if each.stream == stream), None)
    shown = session.reader.message(stream, target) if place is not None else None
    if place is None or shown is None:
        raise Failure(t("Message {number} is not here.", number=word))
    return place, shown


def number_in(word: str) -> int:
    """A number as it is typed; Failure where it is none."""
    digits = word.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Failure(t("{word} is not a number.", word=repr(word)), Exit.USAGE)
    return int(digits)


async def report(session: Session, words: str) -> None:
    """Tell the moderators of it."""
    place, shown, text = meant_with(session, words)
    reason = typed.cleaned(text)
    if len(reason) > REASON_TEXT_MAX:
        most = t("Say why in up to {count} characters.", count=REASON_TEXT_MAX)
        raise Failure(most, Exit.USAGE)
    body = session.reader.report(place.stream, shown.target, reason)
    n = (await session.engine.compose(MODERATION, body)).n
    await session.sent(n, t("report"))
