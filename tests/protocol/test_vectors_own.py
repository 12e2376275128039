"""The frozen vectors of what is private say what the library does."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import ProtocolError, SealClosed
from hobnob_protocol.ids import HubId, StreamId, TargetId
from hobnob_protocol.kinds.private import OwnKey, Private
from hobnob_protocol.sealing.draft import Draft, decode_draft, encode_draft
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.own import open_cell, open_key
from tests.protocol.kept_vectors import bytes_of
from tests.protocol.test_vectors_sealed import author_of, names, rows
from tests.protocol.vectors.rows import Row, data_of, plain


@pytest.mark.parametrize("row", rows("own_key"), ids=names)
def test_an_own_key_opens_as_its_vector_says(row: Row) -> None:
    """To the devices it was given to, and to nobody else."""
    given = row["given"]
    hub, giver, me = HubId(bytes.fromhex(given["hub"])), author_of(given["giver"]), author_of(given)
    keys = SealKeys(Stored(bytes.fromhex(given["seal_seed"]), (1,)))
    body = decode_body(OwnKey, data_of(row))
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            open_key(hub, giver, body, me, keys)
        assert broken.value.rule == row["breaks"]
    elif "closed" in row:
        with pytest.raises(SealClosed) as closed:
            open_key(hub, giver, body, me, keys)
        assert closed.value.code == row["closed"]
    else:
        assert open_key(hub, giver, body, me, keys) == bytes_of(row, "secret")


@pytest.mark.parametrize("row", rows("private_cell"), ids=names)
def test_a_private_cell_opens_as_its_vector_says(row: Row) -> None:
    """Or is refused by the rule it breaks."""
    hub, author = HubId(bytes_of(row, "given", "hub")), author_of(row["given"])
    body = decode_body(Private, data_of(row))
    secret = bytes_of(row, "given", "secret")
    if "breaks" in row:
        with pytest.raises(ProtocolError) as broken:
            open_cell(hub, author, body, secret)
        assert broken.value.rule == row["breaks"]
        return
    cell, fields = open_cell(hub, author, body, secret), row["fields"]
    assert (cell.name.hex(), cell.base, plain(cell.value)) == tuple(fields.values())


@pytest.mark.parametrize("row", rows("draft"), ids=names)
def test_a_name_tells_the_draft_its_vector_says(row: Row) -> None:
    """Both ways; or it is the name of something else."""
    fields = row["fields"]
    if fields is None:
        assert decode_draft(data_of(row)) is None
        return
    stream, thread, other = (bytes.fromhex(fields[each]) for each in ("stream", "thread", "other"))
    draft = Draft(StreamId(stream), TargetId(thread) if thread else None, other)
    assert decode_draft(data_of(row)) == draft
    assert encode_draft(draft) == data_of(row)
