"""An SSH agent signs; one that hangs, lies or says no ends in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hobnob_client.failures import Exit, Failure
from hobnob_client.ssh.agent import Agent, AgentKey
from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.strings import string
from tests.client.ssh_agent import FAILURE, LISTED, SIGNED, FakeAgent
from tests.protocol.vectors.ssh_holders import CURVE, DESK, OLD, security

MESSAGE = signed.to_sign(signed.CHAIN, b"a link")


def test_an_agent_tells_what_it_holds_and_signs(tmp_path: Path) -> None:
    """Each sort; what it signs counts."""
    with FakeAgent(tmp_path / "agent", (DESK, CURVE, OLD, security())) as there:
        agent = Agent(there.place)
        held = agent.held()
        assert held[0] == AgentKey(DESK.public_key, "ada@desk")
        assert len(held) == 4
        for key in held:
            signature = agent.sign(key.public_key, MESSAGE)
            assert signed.is_signed(key.public_key, signature, signed.CHAIN, b"a link")
        assert there.signed == [MESSAGE] * 4


def test_an_agent_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    """Neither one that says nothing, nor one that says a byte now and then."""
    with FakeAgent(tmp_path / "agent", (DESK,), lambda _: None) as there:
        for ask in (
            lambda: Agent(there.place).held(0.05),
            lambda: Agent(there.place).sign(DESK.public_key, MESSAGE, 0.05),
        ):
            with pytest.raises(Failure, match="has not answered") as late:
                ask()
            assert late.value.code is Exit.RETRY
    times = iter((0.0, 1.0, 9.0))
    with (
        FakeAgent(tmp_path / "slow", (DESK,)) as there,
        pytest.raises(Failure, match="has not answered"),
    ):
        Agent(there.place, lambda: next(times)).held(5.0)


ANSWERS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "it ends early": (lambda _: b"\xff\xff", "no SSH agent that"),
    "too long": (lambda _: b"\xff" * 8, "no SSH agent that"),
    "nothing": (lambda _: b"", "no SSH agent that"),
    "more keys than it tells": (lambda _: bytes((LISTED, 0, 0, 0, 2)), "no SSH agent that"),
    "a million keys": (lambda _: bytes((LISTED, 0, 15, 66, 64)), "1000000 keys"),
    "something follows": (lambda _: bytes((LISTED, 0, 0, 0, 0, 1)), "no SSH agent that"),
    "another answer": (lambda _: bytes((SIGNED,)) + string(b""), "refuses"),
    "no": (lambda _: bytes((FAILURE,)), "refuses"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_no_answer_is_said_to_be_none(name: str, tmp_path: Path) -> None:
    """Bounded, whatever it says."""
    answer, said = ANSWERS[name]
    with (
        FakeAgent(tmp_path / "agent", (), answer) as there,
        pytest.raises(Failure, match=said),
    ):
        Agent(there.place).held()


def test_what_is_no_signature_is_said_to_be_none(tmp_path: Path) -> None:
    """An answer that is cut."""
    with (
        FakeAgent(tmp_path / "agent", (), lambda _: bytes((SIGNED, 0, 0, 0, 9, 1))) as there,
        pytest.raises(Failure, match="no SSH agent that"),
    ):
        Agent(there.place).sign(DESK.public_key, MESSAGE)


def test_nobody_there(tmp_path: Path) -> None:
    """A socket that is gone."""
    with pytest.raises(Failure, match="is not reached") as gone:
        Agent(tmp_path / "gone").held()
    assert gone.value.code is Exit.RETRY
