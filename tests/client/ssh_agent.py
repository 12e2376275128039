"""An SSH agent for tests: it holds keys, says no, confuses, or hangs."""

import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.ssh.strings import Strings, string

LIST, LISTED, SIGN, SIGNED, FAILURE = 11, 12, 13, 14, 5


class FakeAgent:
    """Listens at `place` while it is a context. `answer` makes another answer out of a question;
    None of it hangs."""

    def __init__(
        self,
        place: Path,
        keys: Sequence[SshSigner],
        answer: Callable[[bytes], bytes | None] | None = None,
        comment: str = "ada@desk",
    ) -> None:
        self._comment = comment.encode()
        self.place = place
        self.keys = list(keys)
        self.signed: list[bytes] = []
        self.refuses = False
        """It tells what it holds, and signs nothing."""
        self._answer = answer or self.honest
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "FakeAgent":
        self._socket.bind(str(self.place))
        self._socket.listen()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._socket.close()
        for line in self._open:
            line.close()

    def honest(self, question: bytes) -> bytes:
        """What an agent answers that holds these keys."""
        if question[0] == LIST:
            told = b"".join(string(key.public_key) + string(self._comment) for key in self.keys)
            return bytes((LISTED,)) + len(self.keys).to_bytes(4) + told
        rest = Strings(question[1:])
        blob, message = rest.string(), rest.string()
        for key in self.keys:
            if key.public_key == blob and not self.refuses:
                self.signed.append(message)
                return bytes((SIGNED,)) + string(key.sign(message))
        return bytes((FAILURE,))

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(line)
            size = int.from_bytes(line.recv(4, socket.MSG_WAITALL))
            answer = self._answer(line.recv(size, socket.MSG_WAITALL))
            if answer is not None:
                line.sendall(answer if answer.startswith(b"\xff") else string(answer))
                line.close()
