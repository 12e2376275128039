"""What newcomers are asked here: the hub is asked for it, and what it said is kept."""

from typing import TYPE_CHECKING, Final

from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.questions import WelcomeAnswer, WelcomeQuestion, decode_answer

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

NOTE: Final = "welcome:questions"
"""Under which name a profile keeps the file."""


async def learn(engine: "Engine") -> bytes:
    """The file as of now; as it was kept where the hub does not tell, empty where it never did."""
    try:
        file = decode_answer(WelcomeAnswer, await engine.ask(WelcomeQuestion())).file
    except (LinkLost, NotAnswered, ProtocolError):
        return (await engine.notes()).get(NOTE, b"")
    await engine.note(NOTE, file)
    return file
