"""A message of a conversation is withdrawn by the name the hub knows it by, and its edits with it.

Whoever reads it opened knows it by another name, which the hub must not learn.
"""

from dataclasses import replace
from typing import Any, Final, cast

from hobnob_client.sealing.keys import Entropy
from hobnob_protocol import nouns
from hobnob_protocol.bodies import decode_body, encode_body
from hobnob_protocol.event import SALT_BYTES
from hobnob_protocol.ids import AccountId, StreamId, TargetId, target_of
from hobnob_protocol.kinds.messages import Delete
from hobnob_protocol.nouns import EditValue
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Compose
from hobnob_sync.opened import is_conversation, opened_stream
from hobnob_sync.ports import CellKey, CellsKey, RangeKey
from hobnob_sync.shelf_sql import SqlShelf

DELETE: Final = STANDARD.of(Delete).number


def as_the_hub_knows_it(
    shelf: SqlShelf, me: AccountId, said: Compose, entropy: Entropy
) -> tuple[Compose, ...]:
    """What to compose for what was said: itself, but for a withdrawal in a conversation; the
    message's comes last."""
    if said.kind != DELETE or not is_conversation(said.stream):
        return (said,)
    opened = opened_stream(said.stream)
    target = decode_body(Delete, said.body).target
    root, edits = CellKey(opened, nouns.MESSAGE, target), CellsKey(opened, nouns.EDIT, target)
    loaded = shelf.load((root, edits))
    cell = loaded.get(root)
    if cell is None:
        # It waits here itself, or nobody knows it.
        return (said,)
    own = [
        each.seq
        for _, each in loaded.get(edits)
        if EditValue(*cast("tuple[Any, ...]", each.value)).account == me
    ]
    named = [found for seq in (*own, cell.seq) for found in _named(shelf, said.stream, seq)]
    return tuple(
        replace(
            said,
            body=encode_body(Delete(name)),
            salt=said.salt if name == named[-1] else entropy(SALT_BYTES),
        )
        for name in named
    )


def _named(shelf: SqlShelf, stream: StreamId, seq: int) -> tuple[TargetId, ...]:
    """The event that stands at `seq`, as the hub knows it."""
    key = RangeKey(stream, seq, 1, 1)
    return tuple(
        target_of(entry.event_id) for entry in shelf.load((key,)).get(key) if entry.seq == seq
    )
