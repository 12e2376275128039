"""What members ask the hub, and what it answers."""

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, ChannelId, TargetId, channel_stream
from hobnob_protocol.limits import (
    MATCH_FILE_BYTES_MAX,
    OFFERED_MAX,
    OFFLINE_SHOWS_MAX,
    WELCOME_FILE_BYTES_MAX,
)
from hobnob_protocol.questions import (
    QUESTIONS,
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
    Question,
    RankingAnswer,
    RankingQuestion,
    Rules,
    WelcomeAnswer,
    WelcomeQuestion,
    Words,
    Worth,
    decode_answer,
    decode_question,
    encode_answer,
    encode_question,
)
from hobnob_protocol.request_questions import (
    ActQuestion,
    CountedAnswer,
    Displayed,
    Free,
    Load,
    LoadAnswer,
    LoadsAnswer,
    LoadsQuestion,
    Request,
    RequestQuestion,
    RequestsAnswer,
    RequestsQuestion,
    ReservedAnswer,
    SettledAnswer,
    ShowedQuestion,
    ShowQuestion,
)

ADA, BO = AccountId(b"a" * 20), AccountId(b"b" * 20)
GARDEN = ChannelId(b"g" * 16)
EVENT = Evidence(channel_stream(GARDEN), TargetId(b"t" * 16), 1_700_000_000_000)
ROW = BoardRow(ADA, 1, 1_234, (Part("thanked", 3, 1_000), Part("accepted", 2, 234)))
BOARD = BoardAnswer(
    9, 1, 8, 4, 143, 71, True, Rules(100, 20, 3, (Worth("accepted", 8),)), (ROW,), ROW, ROW,
    (Counted("thanked", 1_000, 3, BO, (EVENT,)), Counted("accepted", 234, 2, None, ())),
)  # fmt: skip
NAME = TargetId(b"r" * 16)
LOADS: tuple[LoadAnswer, ...] = (
    LoadsAnswer((Load(ADA, 5, 9, 10, 1_250),)),
    ReservedAnswer((Free(ADA, 5),)),
    CountedAnswer(2, 4),
    SettledAnswer("", "full"),
    RequestsAnswer(5, 1, 6, (Request(NAME, ADA, True, "asked", 7, 0, ""),)),
)
BADGES = BadgesAnswer(
    9,
    True,
    (
        Badge(
            "helper", (Words("en", "Helper", "Answers"),), 1, 5, 10, 7, (EVENT,),
            Missing(2, 40, 13, 0),
        ),
        Badge("bridge", (Words("de", "Brücke", "Dank"),), 0, 0, 0, 0, (), None),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        BoardQuestion("week"),
        BoardQuestion("season", GARDEN),
        BoardQuestion("all", None, ADA),
        BadgesQuestion(ADA),
        LoadsQuestion((ADA,) * OFFERED_MAX),
        ShowQuestion((ADA, BO)),
        ShowedQuestion((Displayed(ADA, 5),) * OFFLINE_SHOWS_MAX),
        RequestQuestion(NAME, ADA),
        RequestQuestion(NAME, ADA, NAME),
        ActQuestion(NAME, "decline"),
        RequestsQuestion(),
        RequestsQuestion(over=True),
        WelcomeQuestion(),
        RankingQuestion(),
    ],
)
def test_a_question_travels(question: Question) -> None:
    """By its number, which comes first."""
    assert decode_question(encode_question(question)) == question
    assert sorted(QUESTIONS) == list(range(1, 11))


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ([], "frame.op"),
        ([11], "frame.op"),
        ([True, "week"], "frame.op"),
        ("week", "frame.op"),
        ([1], "frame.short"),
        ([1, "month"], "frame.text"),
        ([1, "week", b"g"], "frame.bytes"),
        ([2, None], "frame.bytes"),
        ([4, [b"a" * 20] * 13], "frame.list"),
        ([5, [[b"a" * 20]]], "frame.short"),
        ([7, b"t" * 16, "marry"], "frame.text"),
    ],
)
def test_what_is_no_question_is_refused(asked: object, rule: str) -> None:
    """By the one rule that it breaks."""
    with pytest.raises(ProtocolError) as refused:
        decode_question(encode(asked))
    assert refused.value.rule == rule


def test_answers_travel_whole() -> None:
    """With all that they unfold to."""
    for answer in LOADS:
        assert decode_answer(type(answer), encode_answer(answer)) == answer
    assert decode_answer(BoardAnswer, encode_answer(BOARD)) == BOARD
    assert decode_answer(BadgesAnswer, encode_answer(BADGES)) == BADGES
    asked = WelcomeAnswer(b"#" * WELCOME_FILE_BYTES_MAX)
    assert decode_answer(WelcomeAnswer, encode_answer(asked)) == asked
    rules = RankingAnswer(b"#" * MATCH_FILE_BYTES_MAX)
    assert decode_answer(RankingAnswer, encode_answer(rules)) == rules


def test_what_a_later_hub_adds_is_ignored() -> None:
    """Arrays grow at their end."""
    later = encode((9, True, (), "more"))
    assert decode_answer(BadgesAnswer, later) == BadgesAnswer(9, True, ())
