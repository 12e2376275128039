"""The one rule: does a message ping, how, and why, in words.

It is asked by what notifies, by the count in the window's title, by the dry run over last week, and
by nobody else otherwise; what is muted in the list of channels follows from the same wishes.
"""

from datetime import tzinfo
from enum import StrEnum

from hobnob_client.attention.keywords import first_in
from hobnob_client.attention.wishes import Level, Wishes
from hobnob_client.catalogue import later, t
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value


class How(StrEnum):
    """What is done about a message."""

    PING = "ping"
    """One is told at once."""
    HOLD = "hold"
    """It counts, and one is told when the quiet hours are over."""
    SUM = "sum"
    """It counts, and one is told in one line with the others: it came long ago."""
    COUNT = "count"
    """It counts, without a word: one looks at it, or has read it."""
    NOTHING = "nothing"
    """It asks for no attention."""


class Why(StrEnum):
    """The reasons, as they are told; each may say more behind a colon."""

    OWN = later("you said it yourself")
    GONE = later("it was taken back")
    BLOCKED = later("you have blocked its author")
    CLOSED = later("this device cannot open it")
    IMPORTED = later("it was brought along from elsewhere")
    REQUEST = later("a stranger writes: that never pings")
    MUTED = later("muted")
    THREAD_MUTED = later("its thread is muted")
    NEVER = later("a keyword that never pings")
    MENTION = later("it mentions you")
    ANSWER = later("it answers you")
    KEYWORD = later("a keyword")
    FOLLOWED = later("you follow the thread")
    DIRECT = later("it was written to you in private")
    TAKES_PART = later("you have written in its thread")
    ALL = later("you hear all of this channel")
    NOT_TO_ME = later("nothing in it is for you")


@value
class Said:
    """What is known of one message. `thread` is the root it stands under, its own if it is one that
    has a wish; `text` is as written; `answers_me` that it replies to me, or to a root of mine;
    `takes_part` that I have written in its thread."""

    stream: StreamId
    target: TargetId
    at_ms: int
    text: str
    thread: TargetId | None = None
    private: bool = False
    mine: bool = False
    gone: bool = False
    closed: bool = False
    imported: bool = False
    blocked: bool = False
    request: bool = False
    mentions_me: bool = False
    answers_me: bool = False
    takes_part: bool = False


@value
class Moment:
    """When the question is asked, and how things stand: `seen` that one has the message before
    one's eyes, `read` that it was read already, on another device too, `late` that it was said long
    before it came here. In a dry run none holds, and now is when it was said."""

    now_ms: int
    here: tzinfo
    seen: bool = False
    read: bool = False
    late: bool = False


@value
class Verdict:
    """What is done, and why. `words` is the reason as a person reads it; keywords in it are as they
    were typed."""

    how: How
    why: Why
    words: str

    @property
    def counts(self) -> bool:
        """Does it ask for attention, sooner or later?"""
        return self.how is not How.NOTHING


def weigh(said: Said, wishes: Wishes, moment: Moment) -> Verdict:
    """The rule: what never pings first, then what does, then whether now is the time."""
    against = _against(said, wishes, moment.now_ms)
    if against is not None:
        return against
    level = wishes.level(said.stream, said.thread, moment.now_ms)
    found = _for(said, wishes, level)
    if not found.counts:
        return found
    if moment.read:
        return _but(How.COUNT, found, t("{reason}, and you have read it", reason=found.words))
    if moment.seen:
        return _but(How.COUNT, found, t("{reason}, and you are looking at it", reason=found.words))
    until = wishes.quiet.until(moment.now_ms, moment.here)
    if until:
        held = t("{reason}, after your quiet hours, at {time}", reason=found.words, time=until)
        return _but(How.HOLD, found, held)
    if moment.late:
        return _but(How.SUM, found, t("{reason}, while you were away", reason=found.words))
    return found


def _but(how: How, found: Verdict, words: str) -> Verdict:
    return Verdict(how, found.why, words)


def _against(said: Said, wishes: Wishes, now_ms: int) -> Verdict | None:
    """What speaks against it, whatever is in it."""
    never: tuple[tuple[bool, Why], ...] = (
        (said.mine, Why.OWN),
        (said.gone, Why.GONE),
        (said.blocked, Why.BLOCKED),
        (said.closed, Why.CLOSED),
        (said.imported, Why.IMPORTED),
        (said.request, Why.REQUEST),
    )
    for holds, why in never:
        if holds:
            return Verdict(How.NOTHING, why, t(why.value))
    if wishes.level(said.stream, said.thread, now_ms) is not Level.NOTHING:
        return None
    own = said.thread is not None and wishes.of(said.stream, said.thread).is_muted(now_ms)
    why = Why.THREAD_MUTED if own else Why.MUTED
    return Verdict(How.NOTHING, why, t(why.value))


def _for(said: Said, wishes: Wishes, level: Level) -> Verdict:
    """What speaks for it: who is meant by name before who only hears all."""
    keyword = first_in(said.text, wishes.keywords)
    to_me: tuple[tuple[bool, Why], ...] = (
        (said.mentions_me, Why.MENTION),
        (said.answers_me, Why.ANSWER),
    )
    for holds, why in to_me:
        if holds:
            return Verdict(How.PING, why, t(why.value))
    if keyword is not None:
        why = Why.KEYWORD if keyword.pings else Why.NEVER
        how = How.PING if keyword.pings else How.NOTHING
        return Verdict(how, why, f"{t(why.value)}: {keyword.text}")
    if said.thread is not None and wishes.follows(said.stream, said.thread):
        return Verdict(How.PING, Why.FOLLOWED, t(Why.FOLLOWED.value))
    # In a conversation all is said to its members; who wants less of it has said so.
    if level is Level.ALL:
        why = Why.DIRECT if said.private else Why.ALL
        return Verdict(How.PING, why, t(why.value))
    # Who has set a level for the thread has said whether that counts.
    set_here = said.thread is not None and wishes.of(said.stream, said.thread).level is not None
    if said.takes_part and not set_here:
        return Verdict(How.PING, Why.TAKES_PART, t(Why.TAKES_PART.value))
    return Verdict(How.NOTHING, Why.NOT_TO_ME, t(Why.NOT_TO_ME.value))
