"""Why the hub does not let this device in, in words."""

from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_protocol.errors import ByeCode, WorldError

_WHY: Final[dict[str, str]] = {
    ByeCode.AUTH: later("device unknown or revoked"),
    ByeCode.REVOKED: later("device revoked, or banned"),
    ByeCode.CHANNEL: later("certificate is not the hub's"),
    ByeCode.VERSION: later("other version, upgrade"),
    ByeCode.WAITING: later("device waits for a day"),
}


class NotLetIn(WorldError):
    """The hub does not let this device in: `code` is the one it gave, of `ByeCode`, and after
    so many seconds it may."""

    def __init__(self, code: str, retry_seconds: float = 0.0) -> None:
        super().__init__(f"The hub does not let this device in: {why(code)}.")
        self.code = code
        self.retry_seconds = retry_seconds


def why(code: str) -> str:
    """What a code of `ByeCode` says to a person, in few cells; another one as it is."""
    known = _WHY.get(code)
    return code if known is None else t(known)
