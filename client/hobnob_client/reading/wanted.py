"""What calls for attention in a replica, as the person has set it, and what is muted."""

from hobnob_client.attention import kept
from hobnob_client.attention.keywords import Keyword
from hobnob_client.attention.wishes import Wishes
from hobnob_client.reading import settings
from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.time_of_day import now_ms
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.sealing.attention import KEYWORDS
from hobnob_sync.views import saved


def wishes(desk: Desk) -> Wishes:
    """All of it, as of now."""
    return desk.remembered(("wishes",), lambda: _wishes(desk))


def keywords(desk: Desk) -> tuple[Keyword, ...]:
    """What one wants to hear of wherever it is said; asked for whenever messages are shown."""
    return desk.remembered(("keywords",), lambda: _keywords(desk))


def quiet_threads(desk: Desk, stream: StreamId) -> frozenset[TargetId]:
    """The threads of a stream that are muted now."""
    return wishes(desk).quiet_threads(stream, now_ms())


def lists(desk: Desk) -> saved.Kept:
    """Whom one blocks, what one mutes, and what one has saved."""
    return settings.kept(desk)


def _wishes(desk: Desk) -> Wishes:
    return kept.wishes(PrivateTable(desk.store.sql).all(), lists(desk))


def _keywords(desk: Desk) -> tuple[Keyword, ...]:
    return kept.keywords(PrivateTable(desk.store.sql).begun_with(KEYWORDS))
