"""What somebody does with a message, as an event: one rule for the verbs and for linear mode.

Each returns what is to be composed in the message's stream, or a Failure that says why it cannot
be: what the hub would refuse is said before it is tried.
"""

from typing import Final

from hobnob_client import emoji_names, typed
from hobnob_client.catalogue import later, t
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import ConversationLine, Place, Reader
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import ThreadResolve, ThreadTitle
from hobnob_protocol.limits import EMOJI_TEXT_MAX, THANKS_TEXT_MAX, TITLE_TEXT_MAX
from hobnob_sync.opened import is_conversation
from hobnob_sync.views.message import Message

_NAME_SIGN: Final = ":"
_HOW: Final = later("Give it as it is, or by its name as :tada:.")

_NOT_EDITED: Final = later("Only one's own messages can be edited, and this is not yours.")
_NOT_DELETED: Final = later("Only one's own messages can be deleted, and this is not yours.")


def answer(reader: Reader, shown: Message, text: str, *, thread: bool = False) -> Post:
    """An answer: in the thread of what is answered, or with `thread` in the one under it."""
    _living(shown)
    root = shown.thread or (shown.target if thread else None)
    return Post(text, root, shown.target, typed.mentions(reader, text))


def change(reader: Reader, shown: Message, text: str) -> Edit:
    """Another text for one's own message, made on the version that is shown."""
    _own(reader, shown, _NOT_EDITED)
    if shown.text == text:
        raise Failure(t("That is what it says already."), Exit.USAGE)
    base = None if shown.version == shown.target else shown.version
    return Edit(shown.target, text, base, typed.mentions(reader, text))


def withdraw(reader: Reader, shown: Message) -> Delete:
    """One's own message is taken back, for ever."""
    _own(reader, shown, _NOT_DELETED)
    return Delete(shown.target)


def react(reader: Reader, stream: StreamId, shown: Message, emoji: str, on: bool | None) -> React:
    """An emoji is given or taken back; with None the other of the two."""
    _living(shown)
    given = reader.reactions(stream, shown.target)
    stands = any(each.mine and each.emoji == emoji for each in given)
    if on is not None and on == stands:
        raise Failure(t("You have given that already." if on else "You have not given that."))
    return React(shown.target, emoji, not stands)


def thank(reader: Reader, stream: StreamId, shown: Message, reason: str) -> Thanks:
    """Its author is thanked for it, with a reason or "", once by each member: a second time gives
    another reason."""
    _living(shown)
    if is_conversation(stream):
        said = t("Thanks stand in channels, for all to see: here say it, or react with 🙏.")
        raise Failure(said)
    if shown.account == reader.me:
        raise Failure(t("Thanks are for others, and this message is yours."))
    line = " ".join(typed.cleaned(reason).split())
    if len(line) > THANKS_TEXT_MAX:
        said = t("Say what for in up to {most} characters.", most=THANKS_TEXT_MAX)
        raise Failure(said, Exit.USAGE)
    return Thanks(shown.target, line)


def thank_no_more(reader: Reader, stream: StreamId, shown: Message) -> Thanks:
    """One's own thanks are taken back."""
    if not any(each.account == reader.me for each in reader.thanks(stream, shown.target)):
        raise Failure(t("You have not thanked for that."))
    return Thanks(shown.target, on=False)


def title(shown: Message, text: str) -> ThreadTitle:
    """The thread that a message is in, or begins, is called so."""
    _living(shown)
    cleaned = typed.cleaned(text).strip()
    if not 0 < len(cleaned) <= TITLE_TEXT_MAX or "\n" in cleaned:
        said = t("A title has one line of up to {most} characters.", most=TITLE_TEXT_MAX)
        raise Failure(said, Exit.USAGE)
    return ThreadTitle(shown.thread or shown.target, cleaned)


def settle(shown: Message, resolved: bool) -> ThreadResolve:
    """The thread that a message is in, or begins, is settled, or open again."""
    _living(shown)
    return ThreadResolve(shown.thread or shown.target, resolved)


def emoji(text: str) -> str:
    """The emoji itself, or the one that stands between two colons by its name."""
    word = text.strip()
    name = word.removeprefix(_NAME_SIGN).removesuffix(_NAME_SIGN)
    if word.startswith(_NAME_SIGN) or (name.isascii() and name.replace("_", "").isalnum()):
        found = emoji_names.by_name().get(name.lower())
        if found is None:
            lacks = t("No emoji is called {name}", name=repr(name))
            raise Failure(f"{lacks}: {t(_HOW)}", Exit.USAGE)
        return found
    if not 0 < len(word) <= EMOJI_TEXT_MAX:
        raise Failure(f"{t('Which emoji?')} {t(_HOW)}", Exit.USAGE)
    return typed.cleaned(word)


def readers_are_known(reader: Reader, place: Place) -> None:
    """Failure where somebody who would read it stands where somebody else was verified."""
    if isinstance(place, ConversationLine):
        from hobnob_client import verifying

        stop = verifying.stop_for(reader, place.others)
        if stop:
            raise Failure(f"{stop} {t(verifying.WHAT_TO_DO)}")


def _own(reader: Reader, shown: Message, why_not: str) -> None:
    _living(shown)
    if shown.account != reader.me:
        raise Failure(t(why_not))


def _living(shown: Message) -> None:
    if shown.dead is not None:
        erased = shown.dead.how != "deleted"
        raise Failure(
            t("That message is gone: erased." if erased else "That message is gone: deleted.")
        )
