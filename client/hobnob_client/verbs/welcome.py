"""`hobnob welcome`: a newcomer's questions at the shell. Nothing is done without `--yes`."""

import asyncio
from pathlib import Path

from hobnob_client.catalogue import Language
from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.onboarding import doing, kept, learning
from hobnob_client.onboarding.buddy import Buddy
from hobnob_client.onboarding.plan import Answers, Plan, World, asked, plan
from hobnob_client.onboarding.questions import (
    FILE_BYTES_MAX,
    TOPICS_MAX,
    Question,
    Wrong,
    parse,
    those_of,
)
from hobnob_client.onboarding.walk import choices
from hobnob_client.onboarding.words import parts, why_buddy
from hobnob_client.requests.answers import reached
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.delivery import told
from hobnob_client.verbs.sending import settled


def run(call: Call) -> Exit:
    """Show what is asked, answer it, and do what follows; or look through a file of questions."""
    if call.words.check:
        return _check(call, Path(call.words.check))
    return asyncio.run(_run(call))


def _check(call: Call, path: Path) -> Exit:
    try:
        with path.open("rb") as file:
            questions = parse(file.read(FILE_BYTES_MAX + 1))
    except OSError as failed:
        raise Failure(f"{path}: {failed.strerror}") from failed
    except Wrong as wrong:
        raise Failure(f"{path}: {wrong}") from wrong
    for each in questions:
        options = ", ".join(option.name for option in each.options) or "the public channels"
        record = {"question": each.name, "options": [option.name for option in each.options]}
        call.terminal.show(record, f"{each.name}: {options}")
    return Exit.OK


async def _run(call: Call) -> Exit:
    # Not in brief: a buddy is asked by the first thing under seal.
    async with Engine(call.profile, call.signing()) as engine:
        before = kept.from_bytes((await engine.notes()).get(kept.NOTE, b""))
        world = call.finder(engine.reader).world()
        if learning.NOTE not in await engine.notes():
            await reached(engine)
        questions = asked(those_of(await learning.learn(engine)), world)
        answers = {**before.answers, **_said(call.words.answers, questions, world, call.language)}
        follows = plan(questions, answers, world)
        if call.words.answers:
            await doing.remember(engine, answers)
        _show(call, questions, world, answers)
        _follow(call, follows)
        if call.words.yes:
            watch = engine.watch()
            n = await doing.do(engine, answers, follows)
            if follows.buddy:
                await _guide(call, engine, follows)
                n = max((row.n for row in engine.reader.outbox()), default=n)
            if n:
                return told(call, *await settled(engine, watch, n))
    return Exit.OK


async def _guide(call: Call, engine: Engine, follows: Plan) -> None:
    """Ask somebody to show one around; the screen asks again where nobody could be asked."""
    from hobnob_client.onboarding import guiding

    await reached(engine)
    buddies = call.finder(engine.reader).buddies(now_ms())
    guide = await guiding.go_on(engine, buddies, follows.topics)
    if guide.person is None:
        why = guide.why or "nobody takes one more this week"
        call.terminal.say(f"Nobody was asked to show you around: {why}. The screen asks again.")
        return
    handle = lines.name(engine.reader, guide.person)
    buddy = next((each for each in buddies if each.account == guide.person), Buddy(guide.person))
    record = {"buddy": handle, "state": guide.state}
    call.terminal.show(record, f"@{handle} shows you around: {why_buddy(buddy, guide.state)}")


def _said(
    words: list[str], questions: tuple[Question, ...], world: World, language: Language
) -> dict[str, tuple[str, ...]]:
    """What was answered: QUESTION=CHOICE, several with commas between, none skips it. Failure where
    there is no such question or choice."""
    found = dict[str, tuple[str, ...]]()
    for word in words:
        name, sign, said = word.partition("=")
        question = next((each for each in questions if each.name == name), None)
        if question is None or not sign:
            names = ", ".join(f"{each.name}=…" for each in questions) or "none"
            raise Failure(f"{word!r} answers no question; there are: {names}", Exit.USAGE)
        several = tuple(each.strip().removeprefix("#") for each in said.split(",") if each.strip())
        known = [each.name for each in choices(question, world, language)]
        if question.topics:
            known = [each.name for each in world.channels]
        wrong = [each for each in several if each not in known]
        most = TOPICS_MAX if question.several else 1
        if wrong or len(several) > most:
            raise Failure(f"{name}: at most {most} of {', '.join(known)}", Exit.USAGE)
        found[name] = several
    return found


def _show(call: Call, questions: tuple[Question, ...], world: World, answers: Answers) -> None:
    for question in questions:
        text = question.texts[call.language]
        said = answers.get(question.name)
        state = "not answered" if said is None else ", ".join(said) or "skipped"
        shown = [f"{question.name}: {text} ({state})"]
        known = choices(question, world, call.language)
        for each in known:
            more = f"  {each.more}" if each.more else ""
            text = "" if question.topics else f"  {each.text}"
            shown.append(f"    {each.name}{text}{more}")
        record = {
            "question": question.name,
            "choices": [each.name for each in known],
            "answer": list(said) if said is not None else None,
        }
        call.terminal.show(record, "\n".join(shown))


def _follow(call: Call, follows: Plan) -> None:
    for key, what, why in parts(follows):
        sort, _, name = key.partition(" ")
        record = {"follows": sort, "name": name, "text": what, "why": why}
        done = "" if call.words.yes else "would follow: "
        call.terminal.show(record, f"{done}{what} ({why})")
    if call.words.yes:
        return
    if follows.does_something:
        call.terminal.say("Nothing was done: hobnob welcome --yes does it.")
    else:
        call.terminal.say("Answer as in hobnob welcome goal=learn; nothing is done before --yes.")
