"""A newcomer's first steps as entries of Home, told in words."""

from typing import Final

from hobnob_client import care_words, term_safe
from hobnob_client.care.beginning import Beginning, Somebody, Step, Thread
from hobnob_client.catalogue import n, t
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rooms.contents import TEXT_MAX, Contents
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_protocol.ids import StreamId

SIGN: Final = "◇"


def entries(contents: Contents, found: Beginning, now_ms: int) -> tuple[Line, ...]:
    """One for each step that is left."""
    lines: list[Line] = []
    if found.person is not None:
        lines.append(_person(contents, found.person, now_ms))
    if found.thread is not None:
        lines.append(_thread(contents, found.thread, now_ms))
    if found.hello is not None:
        lines.append(_hello(contents, found.hello))
    return tuple(lines)


def key_of(step: Step) -> bytes:
    """What an entry is known by."""
    return b"step " + step.encode()


def _person(contents: Contents, found: Somebody, now_ms: int) -> Line:
    post = found.post
    reasons = [t("agrees to be asked") if found.agreed else t("cares for this place")]
    if found.answered:
        reasons.insert(
            0,
            n(
                "gave {count} newcomer a first answer lately",
                "gave {count} newcomers a first answer lately",
                found.answered,
            ),
        )
    else:
        reasons.append(t("wrote {time} ago", time=care_words.waited(now_ms - post.at_ms)))
    return Line(
        key_of(Step.PERSON),
        Sort.STEP,
        SIGN,
        t("Get to know {who}: r writes to them", who=contents.who(found.account)),
        contents.where(post.stream, post.thread),
        ", ".join(reasons),
        brief(post.text, TEXT_MAX),
        post.at_ms,
        post.stream,
        post.target,
        post.thread,
    )


def _thread(contents: Contents, found: Thread, now_ms: int) -> Line:
    newest = found.newest
    people = n("{count} person takes part", "{count} people take part", found.people)
    said = t("the last {time} ago", time=care_words.waited(now_ms - newest.at_ms))
    return Line(
        key_of(Step.THREAD),
        Sort.STEP,
        SIGN,
        t("Join a talk"),
        term_safe.line(contents.where(newest.stream, found.root)),
        f"{people}, {said}",
        brief(newest.text, TEXT_MAX),
        newest.at_ms,
        newest.stream,
        newest.target,
        found.root,
    )


def _hello(contents: Contents, stream: StreamId) -> Line:
    return Line(
        key_of(Step.HELLO),
        Sort.STEP,
        SIGN,
        t("Say hello"),
        contents.place(stream),
        t("Enter opens a draft, and nothing is sent by itself"),
        stream=stream,
    )
