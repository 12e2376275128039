"""What neither side is to blame for, as a full disk or a full outbox: in words, and without an end
of anything else."""

from collections.abc import Awaitable, Iterable

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_protocol.errors import HobnobError, OutboxFull, StoreFull, WorldError


def words(failed: HobnobError) -> str:
    """What has failed and what to do about it, safe to draw on one line."""
    if isinstance(failed, OutboxFull):
        return t("Your outbox is full: the hub must be reached first.")
    why = term_safe.line(str(failed))
    if isinstance(failed, StoreFull):
        return t("Nothing could be written here ({why}): make room on the disk first.", why=why)
    return why


async def each_of(works: Iterable[Awaitable[object]]) -> None:
    """One after the other, whatever becomes of those before; then the first WorldError is raised,
    any other at once."""
    first: WorldError | None = None
    for work in works:
        try:
            await work
        except WorldError as failed:
            first = first or failed
    if first is not None:
        raise first
