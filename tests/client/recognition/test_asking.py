"""Answers of the hub are kept for when it is away: a bounded number, and none where no room is."""

import asyncio
from pathlib import Path

from hobnob_client.recognition import asking
from hobnob_client.recognition.limits import ANSWERS_KEPT_MAX
from hobnob_protocol.ids import AccountId
from hobnob_protocol.questions import BadgesAnswer, BadgesQuestion, encode_answer, encode_question
from tests.client.full_disk import full_disk
from tests.client.member import newcomer, settled
from tests.client.small_hub import SmallHub

AT_MS = 1_795_000_000_000


def account(nth: int) -> AccountId:
    """Somebody."""
    return AccountId(nth.to_bytes(20, "big"))


def test_so_many_answers_are_kept_and_a_full_disk_loses_none(tmp_path: Path) -> None:
    """What was counted longest ago goes first."""

    async def story() -> None:
        more = ANSWERS_KEPT_MAX + 2
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await settled(alice)
            for nth in range(more):
                answer = BadgesAnswer(AT_MS - nth, True, ())
                hub.answers[encode_question(BadgesQuestion(account(nth)))] = encode_answer(answer)
            for nth in range(more):
                assert (await asking.badges(alice, account(nth))).why == ""
            with full_disk():
                first = await asking.badges(alice, account(0))
            assert (first.answer, first.why) == (BadgesAnswer(AT_MS, True, ()), "")
            kept = await alice.notes()
            assert len(kept) == ANSWERS_KEPT_MAX
            await hub.stop()
            own = await asking.badges(alice, account(more - 1))
            assert own.answer is not None
            assert own.answer.as_of_ms == AT_MS - more + 1
            gone = await asking.badges(alice, account(more - 2))
            assert gone.answer is None

    asyncio.run(story())
