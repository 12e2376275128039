"""`hobnob board` and `hobnob badges`: what the hub has counted, each number with its events."""

from dataclasses import replace

from hobnob_protocol.ids import AccountId, ChannelId, TargetId, channel_stream
from hobnob_protocol.questions import (
    Badge,
    BadgesAnswer,
    BadgesQuestion,
    BoardAnswer,
    BoardQuestion,
    BoardRow,
    Counted,
    Evidence,
    Missing,
    Part,
    Rules,
    Words,
    Worth,
    encode_answer,
    encode_question,
)
from tests.client.verbs.shell import HubThread, Shell, block

AT_MS = 1_795_000_000_000
DAY_MS = 86_400_000
EVENT = Evidence(
    channel_stream(ChannelId(b"x" * 16)), TargetId(bytes.fromhex("4f1c99d2" * 4)), AT_MS
)
RULES = Rules(100, 20, 3, (Worth("accepted", 8), Worth("guided", 10)))


def account(shell: Shell, handle: str) -> AccountId:
    """Who is called so."""
    (found,) = [
        each for each in shell.done("members", "--json").records if each["handle"] == handle
    ]
    return AccountId(bytes.fromhex(found["account"]))


def row(who: AccountId, place: int, tenths: int) -> BoardRow:
    """A row of thanks and answers."""
    return BoardRow(who, place, tenths, (Part("thanked", 3, tenths - 80), Part("accepted", 1, 80)))


def board(*rows: BoardRow, own: BoardRow | None = None, part: bool = False) -> BoardAnswer:
    """A board of the fourth season on its seventeenth day."""
    first_ms = AT_MS - 16 * DAY_MS
    return BoardAnswer(
        AT_MS, first_ms, first_ms + 28 * DAY_MS, 4, 143, 71, part, RULES, rows, own, None, ()
    )


def test_a_board_shows_who_where_and_from_what_and_its_formula(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """Who does not take part sees their own row beneath, and how one joins; offline the last one
    is shown with its time."""
    bob.done("sync")
    alice.done("sync")
    me, other = account(alice, "alice"), account(alice, "bob")
    question = encode_question(BoardQuestion("season"))
    answer = board(row(other, 1, 2_140), own=row(me, 27, 380))
    hub.hub.answers[question] = encode_answer(answer)
    bob.done("me", "allow", "recognition")
    alice.done("sync")
    said = alice.done("board")
    first, own = said.lines
    assert first.split() == ["1", "bob", "214.0", "3", "thanks", "·", "1", "accepted", "answer"]
    assert own.split()[:3] == ["27", "you", "38.0"]
    assert "season 4, day 17 of 28 · taking part: 143 of 214" in said.talk
    assert "messages count 0" in said.talk
    assert "8 for an accepted answer" in said.talk
    assert "Only you see your own row; hobnob me allow recognition" in said.talk
    records = alice.done("board", "--json").records
    assert [(each["handle"], each["points"], each["own"]) for each in records] == [
        ("bob", 214.0, False),
        ("alice", 38.0, True),
    ]
    hub.stop()
    kept = alice.done("board")
    assert "as of 2026-11-18" in kept.talk
    assert "the hub is not reached" in kept.talk
    assert kept.lines == said.lines
    lost = alice.hobnob("board", "--period", "year")
    assert (lost.code, "No board is kept on this device" in lost.talk) == (3, True)


def test_who_has_left_is_on_no_board_that_was_kept(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """As soon as this device knows of it."""
    bob.done("me", "allow", "recognition")
    alice.done("sync")
    other = account(alice, "bob")
    question = encode_question(BoardQuestion("season"))
    hub.hub.answers[question] = encode_answer(board(row(other, 1, 2_140)))
    assert len(alice.done("board").lines) == 1
    bob.done("me", "withdraw", "recognition")
    alice.done("sync")
    hub.stop()
    assert alice.done("board").lines == []


def test_a_kept_board_unfolds_nobody_who_has_left_and_names_nobody_one_has_blocked(
    hub: HubThread, alice: Shell, bob: Shell
) -> None:
    """Neither their place nor what they were counted from; the blocked on none, kept or new."""
    bob.done("me", "allow", "recognition")
    alice.done("sync")
    me, other = account(alice, "alice"), account(alice, "bob")
    theirs = row(other, 1, 2_140)
    lines = (Counted("accepted", 80, 1, None, (EVENT,)),)
    for whose, asked in ((None, ()), (other, ("--why", "bob"))):
        answer = replace(
            board(theirs, own=row(me, 2, 380)),
            unfolded=theirs if whose else None,
            lines=lines if whose else (),
        )
        question = encode_question(BoardQuestion("season", None, whose))
        hub.hub.answers[question] = encode_answer(answer)
        assert "bob" in alice.done("board", *asked).out
    assert "4f1c99d2" in alice.done("board", "--why", "bob").out
    block(alice, other)
    assert "bob" not in alice.done("board").out
    block(alice, other, on=False)
    bob.done("me", "withdraw", "recognition")
    alice.done("sync")
    hub.stop()
    assert "4f1c99d2" not in alice.hobnob("board", "--why", "bob").out


def test_a_row_unfolds_into_its_events(hub: HubThread, alice: Shell, bob: Shell) -> None:
    """By whom, when and where, and how many more there are."""
    bob.done("sync")
    alice.done("sync")
    me, other = account(alice, "alice"), account(alice, "bob")
    question = encode_question(BoardQuestion("week", None, me))
    mine = row(me, 27, 380)
    answer = BoardAnswer(
        AT_MS, AT_MS, AT_MS + 7 * DAY_MS, 9, 1, 1, True, RULES, (), mine, mine,
        (Counted("thanked", 300, 3, other, (EVENT,)), Counted("accepted", 80, 1, None, ())),
    )  # fmt: skip
    hub.hub.answers[question] = encode_answer(answer)
    said = alice.done("board", "--period", "week", "--why", "me")
    assert "30.0  3 thanks · bob" in said.out
    assert "a channel you are not in 4f1c99d2" in said.out
    assert "… and 2 more" in said.out
    _, thanks, accepted = alice.done("board", "--period", "week", "--why", "me", "--json").records
    assert thanks["events"][0]["channel"] is None
    assert (thanks["by"], thanks["count"], thanks["events"][0]["event"][:8]) == (
        "bob",
        3,
        "4f1c99d2",
    )
    assert (accepted["by"], accepted["points"]) == (None, 8.0)
    nobody = alice.hobnob("board", "--why", "nobody")
    assert (nobody.code, "Nobody here is called" in nobody.talk) == (2, True)


def test_badges_say_what_earned_them_and_what_is_next(hub: HubThread, alice: Shell) -> None:
    """Of oneself; whoever does not take part is told that nobody else sees them."""
    alice.done("sync")
    me = account(alice, "alice")
    words = (Words("de", "Helfer", "Antworten"), Words("en", "Helper", "Answers of yours"))
    answer = BadgesAnswer(
        AT_MS, False,
        (
            Badge("helper", words, 1, AT_MS, 10, 7, (EVENT,), Missing(2, 40, 13, 0)),
            Badge("bridge", words, 0, 0, 0, 0, (), Missing(1, 1, 0, 1)),
        ),
    )  # fmt: skip
    hub.hub.answers[encode_question(BadgesQuestion(me))] = encode_answer(answer)
    said = alice.done("badges")
    assert "◆ Helper (10, 7 people): Answers of yours, 2026-" in said.out
    assert "4f1c99d2" in said.out
    assert "tier 2 lacks 40 more, 13 more people" in said.out
    assert "tier 1 lacks 1 more, 1 more channel" in said.out
    assert "Only you see them" in said.talk
    helper, *_ = alice.done("badges", "--json").records
    assert (helper["badge"], helper["tier"], helper["missing"]["people"]) == ("helper", 1, 13)
    refused = alice.hobnob("badges", "alice")
    assert refused.code == 0
    assert "Helper: only you see it" in alice.done("badges", "--hide", "helper").out
    assert "hobnob badges --unhide helper" in alice.done("badges").out
    assert alice.hobnob("badges", "--hide", "bridge").code == 2
    assert "Helper: shown to all" in alice.done("badges", "--unhide", "HELFER").out
    (helper, *_) = alice.done("badges", "--json").records
    assert helper["hidden"] is False


def test_a_hub_that_answers_no_questions_is_asked_none(hub: HubThread, alice: Shell) -> None:
    """It would not understand them; what it does not answer is told."""
    refused = alice.hobnob("board", "--period", "all")
    assert (refused.code, "does not answer that" in refused.talk) == (3, True)
