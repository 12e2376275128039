"""What stands above a talk: how its place is called, and what a member should know of it."""

from typing import Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.attention.wishes import Level
from hobnob_client.catalogue import later, quoted, t
from hobnob_client.reading import ConversationLine, Reader
from hobnob_client.tui import rows
from hobnob_client.tui.listing import place_name
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value

ONLINE: Final = later("● online")
"""The hub says that they are here; the word stands beside the sign."""
SEALED: Final = later("sealed")
STOP: Final = later("✗ STOP: not who they were")
"""Somebody else stands under the handle."""
VERIFIED: Final = later("✓ verified")
"""Their fingerprints were compared, outside of the hub."""


@value
class Title:
    """All of it safe to draw: `sign` stands before the name, `marks` are words behind it, `about`
    is what may be cut; `alarm` colours the marks, which say it in words."""

    name: str
    about: str = ""
    sign: str = ""
    marks: tuple[str, ...] = ()
    alarm: bool = False


def of_channel(reader: Reader, stream: StreamId) -> Title:
    """Its name and purpose."""
    found = reader.described(stream)
    about = term_safe.line(found.purpose) if found is not None else ""
    return Title(place_name(reader, stream), about, marks=_heard(reader, stream, None))


def of_conversation(line: ConversationLine, stop: str = "", asks: str = "") -> Title:
    """With whom, and who can read it: the hub cannot; first of all what is wrong with one of
    them, then what they ask."""
    about = t("only its members can read this") if line.group else t("only you two can read this")
    if not line.verified:
        about += t(" · w: who, and is it really them?")
    if line.request:
        about = t("new to you: answer, or B blocks them")
    about = asks or about
    marks = (t(SEALED), t(VERIFIED)) if line.verified else (t(SEALED),)
    if stop:
        about, marks = stop, (t(STOP),)
    return Title(term_safe.line(line.label), about, marks=marks, alarm=bool(stop))


def of_thread(reader: Reader, stream: StreamId, root: TargetId) -> Title:
    """Its title, or how its first message begins, and whether it is settled."""
    heading = reader.heading(stream, root)
    called = rows.called(reader, stream, root, reader.kept().blocked, heading)
    is_quoted = not heading.title and called != t("a thread")
    name, sign = quoted(called) if is_quoted else called, "✓" if heading.resolved else "▸"
    return Title(name, sign=sign, marks=_heard(reader, stream, root))


def _heard(reader: Reader, stream: StreamId, thread: TargetId | None) -> tuple[str, ...]:
    """How loud it is, where that was set."""
    wish = reader.wishes().of(stream, thread)
    if wish.is_muted(time_of_day.now_ms()):
        return (t("muted"),)
    if wish.level is not Level.ALL:
        return ()
    return (t("all pings") if thread is None else t("followed"),)
