"""What one sees fewer of, as it was kept on any of one's own devices."""

from hobnob_client.reading.desk import Desk
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_protocol.sealing.fewer import PREFIX, encode_fewer
from hobnob_protocol.value import value


@value
class HeldFewer:
    """Lists as `feed.kept` reads them: of this device, the only one that it changes, and of the
    others."""

    own: bytes = b""
    others: tuple[bytes, ...] = ()


def kept(desk: Desk) -> HeldFewer:
    """As of now."""
    mine = encode_fewer(desk.state.identity.author.device)
    found = {held.name: held.value for held in PrivateTable(desk.store.sql).begun_with(PREFIX)}
    return HeldFewer(found.pop(mine, b""), tuple(found.values()))
