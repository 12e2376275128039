"""An SSH agent: which keys it holds, and what it signs (draft-ietf-sshm-ssh-agent).

The agent is another program of the same person, or, where it is forwarded, of another machine: what
it says is bounded and waited for only so long. It never hands out a key.
"""

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hobnob_client.failures import Exit, Failure
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ssh.keys import RSA
from hobnob_protocol.ssh.strings import Strings, string
from hobnob_protocol.value import value

MESSAGE_BYTES_MAX: Final = 262_144
"""The longest message of OpenSSH's own agent."""
KEYS_MAX: Final = 1_024
LIST_SECONDS: Final = 5.0
"""An agent answers this from memory."""
SIGN_SECONDS: Final = 60.0
"""Somebody may have to say yes, or find the key to touch."""

_LIST: Final = 11
_LISTED: Final = 12
_SIGN: Final = 13
_SIGNED: Final = 14
_RSA_SHA512: Final = 4
"""The flag by which an RSA key signs with SHA-512 instead of SHA-1."""


@value
class AgentKey:
    """One key that an agent holds: its public part as SSH writes it, and what its owner wrote."""

    public_key: bytes
    comment: str


class Agent:
    """The agent at a socket; each question is a connection of its own. Failure where it does not
    answer as it should."""

    def __init__(self, place: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._place = place
        self._clock = clock

    def held(self, seconds: float = LIST_SECONDS) -> tuple[AgentKey, ...]:
        """All that it holds, in its order."""
        rest = self._asked(bytes((_LIST,)), _LISTED, seconds)
        try:
            count = int.from_bytes(rest.raw(4))
            if count > KEYS_MAX:
                raise Failure(f"The SSH agent says that it holds {count} keys.")
            found = tuple(
                AgentKey(rest.string(), rest.string().decode("utf-8", "replace"))
                for _ in range(count)
            )
            rest.end()
        except ProtocolError as broken:
            raise _confused() from broken
        return found

    def sign(self, public_key: bytes, message: bytes, seconds: float = SIGN_SECONDS) -> bytes:
        """The key's signature of these bytes, as SSH writes it."""
        flags = _RSA_SHA512 if public_key.startswith(string(RSA)) else 0
        asked = bytes((_SIGN,)) + string(public_key) + string(message) + flags.to_bytes(4)
        rest = self._asked(asked, _SIGNED, seconds)
        try:
            found = rest.string()
            rest.end()
        except ProtocolError as broken:
            raise _confused() from broken
        return found

    def _asked(self, question: bytes, answers: int, seconds: float) -> Strings:
        """What is behind the type of its answer, which is this one."""
        until = self._clock() + seconds
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(seconds)
                line.connect(str(self._place))
                line.sendall(string(question))
                length = int.from_bytes(self._read(line, 4, until))
                if not 0 < length <= MESSAGE_BYTES_MAX:
                    raise _confused()
                answer = self._read(line, length, until)
        except TimeoutError as late:
            said = f"The SSH agent has not answered in {seconds:.0f} seconds; say it again."
            raise Failure(said, Exit.RETRY) from late
        except OSError as broken:
            said = f"The SSH agent at {self._place} is not reached ({broken.strerror or broken})."
            raise Failure(said, Exit.RETRY) from broken
        if answer[0] != answers:
            # There is one word for a key that is gone, a question answered with no, and a locked
            # agent.
            said = "The SSH agent refuses: is it locked, has it this key, was it told to ask you?"
            raise Failure(said)
        return Strings(answer[1:])

    def _read(self, line: socket.socket, length: int, until: float) -> bytes:
        data = bytearray()
        while len(data) < length:
            left = until - self._clock()
            if left <= 0:
                raise TimeoutError
            line.settimeout(left)
            part = line.recv(length - len(data))
            if not part:
                raise _confused()
            data += part
        return bytes(data)


def _confused() -> Failure:
    return Failure("What answers is no SSH agent that hobnob understands.")
