"""What a member may ask the hub, and what it answers: boards and badges, what newcomers
are asked, how people are ranked, and of requests for help (`request_questions`).

Question and answer are arrays, written and read as frames are (`layout`); the first element of a
question is its number in `QUESTIONS`. Who asks is the account that is logged in. Points travel in
tenths, for there are no fractions on the wire.
"""

from typing import Final, TypeAlias, TypeVar

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, ChannelId, StreamId, TargetId
from hobnob_protocol.layout import layout_of
from hobnob_protocol.limits import ANSWER_BYTES_MAX, QUESTION_BYTES_MAX
from hobnob_protocol.periods import PERIODS
from hobnob_protocol.request_questions import (
    ACTS,
    ActQuestion,
    LoadAnswer,
    LoadQuestion,
    LoadsQuestion,
    RequestQuestion,
    RequestsQuestion,
    ShowedQuestion,
    ShowQuestion,
)
from hobnob_protocol.value import value

T = TypeVar("T")

HIDDEN_BADGES: Final = "hidden_badges"
"""The field of a profile that names the badges one shows to nobody, by their rules, with blanks
between them."""


@value
class BoardQuestion:
    """The board of a period, of everybody or of one public channel; with `whose` that member's row
    alone, unfolded into its lines."""

    period: str
    channel: ChannelId | None = None
    whose: AccountId | None = None


@value
class BadgesQuestion:
    """The badges of a member; of oneself also what is missing for the next ones."""

    account: AccountId


@value
class WelcomeQuestion:
    """What are newcomers asked here?"""


@value
class RankingQuestion:
    """By which rules are people matched here?"""


RecognitionQuestion: TypeAlias = BoardQuestion | BadgesQuestion
Question: TypeAlias = RecognitionQuestion | LoadQuestion | WelcomeQuestion | RankingQuestion
QUESTIONS: Final[dict[int, type[Question]]] = {
    1: BoardQuestion,
    2: BadgesQuestion,
    3: LoadsQuestion,
    4: ShowQuestion,
    5: ShowedQuestion,
    6: RequestQuestion,
    7: ActQuestion,
    8: RequestsQuestion,
    9: WelcomeQuestion,
    10: RankingQuestion,
}
"""By their numbers. WELCOME tells the greatest one that a hub answers."""


@value
class Part:
    """What one sort of deed brings to a row: how many events, and how many tenths of points."""

    measure: str
    count: int
    tenths: int


@value
class BoardRow:
    """A row of a board, or the one that somebody would have."""

    account: AccountId
    place: int
    tenths: int
    parts: tuple[Part, ...]


@value
class Evidence:
    """A message that something was counted from: where it stands, and when it counted."""

    stream: StreamId
    target: TargetId
    at_ms: int


@value
class Counted:
    """A line of a row: what it was counted from, the first events of `count`, and who gave it,
    where somebody did who takes part."""

    measure: str
    tenths: int
    count: int
    other: AccountId | None
    events: tuple[Evidence, ...]


@value
class Worth:
    """Points of one sort of deed, before they are damped."""

    measure: str
    points: int


@value
class Rules:
    """The formula of a board, as numbers: `thanks` points for the median of thanks, at most
    `day_max` a day for what is in `worths`, `weekly_max` of one sort and pair a week."""

    thanks: int
    day_max: int
    weekly_max: int
    worths: tuple[Worth, ...]


@value
class BoardAnswer:
    """A board as of a time. `left_out` are members who do not take part; `own` is the row of
    whoever asks, on the board or not, nil without a score; `lines` unfold the row of `whose`."""

    as_of_ms: int
    first_ms: int
    end_ms: int
    season: int
    taking_part: int
    left_out: int
    takes_part: bool
    rules: Rules
    rows: tuple[BoardRow, ...]
    own: BoardRow | None
    unfolded: BoardRow | None
    lines: tuple[Counted, ...]


@value
class Words:
    """A badge in one language: its name, and what counts for it."""

    language: str
    name: str
    counts: str


@value
class Missing:
    """The next tier, and how many marks, different people and different channels it lacks."""

    tier: int
    marks: int
    people: int
    places: int


@value
class Badge:
    """One badge: the tier that is held, 0 for none yet; when it was earned, by how many events, the
    last of which are told, for or from how many people."""

    rule: str
    words: tuple[Words, ...]
    tier: int
    at_ms: int
    count: int
    people: int
    events: tuple[Evidence, ...]
    missing: Missing | None


@value
class BadgesAnswer:
    """The badges of somebody who takes part, or one's own."""

    as_of_ms: int
    takes_part: bool
    badges: tuple[Badge, ...]


@value
class WelcomeAnswer:
    """The file that an operator has written, as it is; empty where there is none, and what a device
    asks is that of its own version."""

    file: bytes


@value
class RankingAnswer:
    """The rules of matching that are in force, as a file; empty where nobody has written one, and a
    device ranks by those of its own version."""

    ranking: bytes


def number_of(question: Question) -> int:
    """The number of a question."""
    return next(number for number, cls in QUESTIONS.items() if cls is type(question))


def encode_question(question: Question) -> bytes:
    """The bytes of a question."""
    return encode((number_of(question), *layout_of(type(question)).write(question)))


def decode_question(data: bytes) -> Question:
    """The question of these bytes; ProtocolError where there is none of `QUESTIONS` in them."""
    parts = decode(data, QUESTION_BYTES_MAX)
    number = parts[0] if isinstance(parts, tuple) and parts else None
    cls = QUESTIONS.get(number) if type(number) is int else None
    if cls is None or not isinstance(parts, tuple):
        raise ProtocolError("frame.op", f"{number!r:.20}")
    found: Question = layout_of(cls).build(parts[1:])
    if isinstance(found, BoardQuestion) and found.period not in PERIODS:
        raise ProtocolError("frame.text", "BoardQuestion.period")
    if isinstance(found, ActQuestion) and found.act not in ACTS:
        raise ProtocolError("frame.text", "ActQuestion.act")
    return found


def encode_answer(
    answer: BoardAnswer | BadgesAnswer | LoadAnswer | WelcomeAnswer | RankingAnswer,
) -> bytes:
    """The bytes of an answer."""
    return encode(tuple(layout_of(type(answer)).write(answer)))


def decode_answer(cls: type[T], data: bytes) -> T:
    """The answer of these bytes, to a question that has answers of this class; ProtocolError."""
    parts = decode(data, ANSWER_BYTES_MAX)
    if not isinstance(parts, tuple):
        raise ProtocolError("frame.record", cls.__name__)
    return layout_of(cls).build(parts)
