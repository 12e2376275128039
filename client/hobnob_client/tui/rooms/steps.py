"""A newcomer's first steps as entries of Home, told in words."""

from typing import Final

from hobnob_client import care_words, term_safe
from hobnob_client.care.beginning import Beginning, Somebody, Step, Thread
from hobnob_client.care.waiting import Post
from hobnob_client.catalogue import n, t
from hobnob_client.onboarding.buddy import Buddy
from hobnob_client.onboarding.words import why_buddy
from hobnob_client.tui.prose.brief import brief
from hobnob_client.tui.rooms.contents import TEXT_MAX, Contents
from hobnob_client.tui.rooms.line import Line, Sort
from hobnob_protocol.ids import StreamId

SIGN: Final = "◇"


def entries(contents: Contents, found: Beginning, now_ms: int) -> tuple[Line, ...]:
    """One for each step that is left; what one's answers put before the others comes first, behind
    the questions themselves."""
    lines: list[Line] = []
    if found.questions:
        lines.append(_questions(found))
    if found.person is not None:
        lines.append(_person(contents, found.person, now_ms))
    if found.buddy is not None:
        lines.append(_buddy(contents, found.buddy, found.buddy_state))
    if found.thread is not None:
        lines.append(_thread(contents, found.thread, now_ms))
    if found.ask is not None:
        lines.append(_draft(contents, Step.ASK, t("Ask what you need to know"), found.ask))
    if found.answer is not None:
        lines.append(_answer(contents, found.answer, now_ms))
    if found.hello is not None:
        lines.append(_draft(contents, Step.HELLO, t("Say hello"), found.hello))
    order = (key_of(Step.QUESTIONS), key_of(found.first) if found.first is not None else b"")
    return tuple(sorted(lines, key=lambda line: order.index(line.key) if line.key in order else 2))


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


def _buddy(contents: Contents, buddy: Buddy, state: str) -> Line:
    head = t("{who} shows you around: r writes to them", who=contents.who(buddy.account))
    return Line(
        key_of(Step.PERSON),
        Sort.STEP,
        SIGN,
        head,
        "",
        term_safe.line(why_buddy(buddy, state)),
    )


def _thread(contents: Contents, found: Thread, now_ms: int) -> Line:
    newest = found.newest
    people = n("{count} person takes part", "{count} people take part", found.people)
    if found.chosen:
        people = f"{t('you chose this channel')}, {people}"
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


def _questions(found: Beginning) -> Line:
    if found.begun:
        head = n(
            "Go on with the questions: {count} is left",
            "Go on with the questions: {count} are left",
            found.questions,
        )
    else:
        head = n(
            "{count} short question, so that this place suits you",
            "{count} short questions, so that this place suits you",
            found.questions,
        )
    why = t("Enter opens them; each may be skipped, and you see all before it happens")
    return Line(key_of(Step.QUESTIONS), Sort.STEP, SIGN, head, "", why)


def _answer(contents: Contents, post: Post, now_ms: int) -> Line:
    waited = care_words.waited(max(0, now_ms - post.at_ms))
    return Line(
        key_of(Step.ANSWER),
        Sort.STEP,
        SIGN,
        t("Answer {who}", who=contents.who(post.author)),
        contents.where(post.stream, post.thread),
        t("a question without an answer for {time}", time=waited),
        brief(post.text, TEXT_MAX),
        post.at_ms,
        post.stream,
        post.target,
        post.thread,
    )


def _draft(contents: Contents, step: Step, head: str, stream: StreamId) -> Line:
    return Line(
        key_of(step),
        Sort.STEP,
        SIGN,
        head,
        contents.place(stream),
        t("Enter opens a draft, and nothing is sent by itself"),
        stream=stream,
    )
