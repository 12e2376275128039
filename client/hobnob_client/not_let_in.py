"""Why the hub does not let this device in, or has sent it away, in words."""

from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_protocol.errors import ByeCode, WorldError

_WHY: Final[dict[str, str]] = {
    ByeCode.AUTH: later("device unknown or revoked"),
    ByeCode.REVOKED: later("device revoked, or banned"),
    ByeCode.CHANNEL: later("certificate is not the hub's"),
    ByeCode.VERSION: later("other version, upgrade"),
    ByeCode.WAITING: later("device waits for a day"),
    ByeCode.ELSEWHERE: later("device is connected elsewhere"),
    ByeCode.CROWDED: later("too many connections"),
    ByeCode.SLOW: later("this end was too slow"),
    ByeCode.RECOVERING: later("its log waits for a moderator"),
    ByeCode.SHUTDOWN: later("the hub stops"),
    ByeCode.RETRY: later("the hub cannot write just now"),
}


class NotLetIn(WorldError):
    """The hub does not let this device in: `code` is the one it gave, of `ByeCode`, and after
    so many seconds it may."""

    def __init__(self, code: str, retry_seconds: float = 0.0) -> None:
        super().__init__(f"The hub does not let this device in: {why(code)}.")
        self.code = code
        self.retry_seconds = retry_seconds


def why(detail: str) -> str:
    """What the detail of a link says to a person, in few cells: a code of `ByeCode` in words, what
    is words already as it is."""
    known = _WHY.get(detail)
    return detail if known is None else t(known)
