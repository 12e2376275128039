"""What is known of one thread at a moment, as the member at this device would see it."""

from collections.abc import Hashable
from typing import TypeAlias

from hobnob_protocol.value import value

Name: TypeAlias = Hashable
"""A thread, a channel or a person, by whatever names them where the values come from."""


@value
class Talk:
    """One thread. Counts are of messages and at least 0; times are UTC milliseconds."""

    key: Name
    channel: Name
    begun_ms: int
    """When it was begun, or before which moment where nobody knows who did."""
    begun_by: Name | None
    """None where its beginning is not here: then nothing is claimed that depends on it."""
    last_ms: int
    last_by: Name
    said: int
    """All messages, the first too: at least 1."""
    people: int
    """Who wrote them: at least 1."""
    last_two_hours: int
    last_day: int
    """Both bounded by `ledger.RECENT_MAX`."""
    length: int
    """Of the last message, in characters."""
    question: bool | None = None
    """Does the last message ask something? None where its text is not held."""
    own: int = 0
    """One's own messages in it."""
    since_own: int = 0
    """Messages after one's own last."""
    mine: bool = False
    """One began it."""
    seen: int = 0
    """Of `people`, those who had all they wrote before one last wrote anywhere: one passed by."""
    latest: tuple[Name, ...] = ()
    """Who wrote, the last first, up to `ledger.LATEST_MAX`; oneself too."""
    called: bool = False
    """Somebody mentioned or answered one in it since one last wrote anywhere."""
    newcomer: bool = False
    """It was begun by somebody who had written little before."""
    announcement: bool = False
    """Its channel is for announcements."""

    @property
    def unanswered(self) -> bool:
        """Nobody but whoever began it has written, as far as its beginning is known."""
        return self.begun_by is not None and self.people == 1
