"""What was composed goes out at once where it can, and it is said what became of it."""

from enum import StrEnum

from hobnob_client.failures import Exit
from hobnob_client.knocking import silent
from hobnob_client.verbs.call import Call


class Fate(StrEnum):
    """What became of an event."""

    SENT = "sent"
    QUEUED = "queued"
    REFUSED = "refused"

    @property
    def ends(self) -> Exit:
        """How a verb ends whose event it is: what waits goes out by itself."""
        return Exit.FAILED if self is Fate.REFUSED else Exit.OK


def deliver(call: Call, n: int) -> tuple[Fate, str]:
    """Try to send what lies at place `n` of the outbox: what became of it, and why."""
    device = call.device
    why = silent(device.host, device.port)
    if why:
        return Fate.QUEUED, why
    # Only now is what talks to hubs loaded.
    from hobnob_client.verbs.sending import send

    return send(call, n)


def told(call: Call, fate: Fate, why: str) -> Exit:
    """Say what became of it; how the verb ends."""
    if fate is Fate.QUEUED:
        call.terminal.say(f"queued: it goes out when the hub is reached ({why})")
    elif fate is Fate.REFUSED:
        call.terminal.say(f"the hub has refused it ({why}); it is kept: hobnob outbox")
    return fate.ends
