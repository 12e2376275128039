"""A message as it is shown: its newest text, what became of it, and no text lost (S18).

Of the edits only those by the message's author count; the one with the highest seq is shown. An
edit names its base, the version its author saw. Following bases down from the edit shown gives the
versions it knew of; any other own edit lost against it unseen, and is kept in `losing`. An edit
without a base is taken as made on the one before it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.nouns import ActValue, DeadValue, EditValue, ImportedValue, MessageValue
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.fold.merge import is_dead
from hobnob_sync.ports import Cell, CellKey, CellsKey, EachCellKey, EachCellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ, log_seq

NOUNS: Final = (nouns.MESSAGE, nouns.EDIT, nouns.DEAD, nouns.HIDDEN, nouns.MOVED)
"""The cells `view` looks at; the key of each begins with the message's own."""
_IMPORTED: Final = STANDARD.of(Imported).number


@value
class Version:
    """One text of a message: the message itself (`version` is its target) or one of its edits.

    `seq` is None while it waits to be sent.
    """

    version: TargetId
    seq: int | None
    text: str
    base: TargetId | None = None


@value
class Message:
    """One message as shown.

    `account` signed it and has the rights of its author; `author` is who is displayed: another for
    an imported one, as `at_ms` is when it was said there. `version` is what an edit made now names
    as its base. `versions` are all texts in order, `losing` those edits the one shown did not know
    of, unless they say the same. A dead one has no text left. `hidden` leaves the text: moderators
    and the author still see it.

    `seq` is None while the message itself waits; `pending` is true while anything shown of it
    does. `refused` are the codes of own acts upon it that lie in the tray. `order` sorts. `closed`
    is why a sealed message cannot be read here, "" for any other.
    """

    target: TargetId
    seq: int | None
    order: int
    kind: int
    account: AccountId
    author: AccountId
    at_ms: int
    text: str
    version: TargetId
    versions: tuple[Version, ...]
    losing: tuple[Version, ...]
    edited: bool
    dead: DeadValue | None
    hidden: ActValue | None
    mentions: tuple[AccountId, ...]
    thread: TargetId | None
    reply: TargetId | None
    imported: ImportedValue | None
    pending: bool
    refused: tuple[str, ...]
    closed: str = ""

    @property
    def conflict(self) -> bool:
        """Did an edit lose against one that did not know of it?"""
        return bool(self.losing)


def asks(stream: StreamId, target: TargetId) -> tuple[Key[object], ...]:
    """What `view` wants to know of one message."""
    return (
        CellKey(stream, nouns.MESSAGE, target),
        CellsKey(stream, nouns.EDIT, target),
        CellsKey(stream, nouns.DEAD, target),
        CellKey(stream, nouns.HIDDEN, target),
        CellKey(stream, nouns.MOVED, target),
    )


def asks_each(stream: StreamId, targets: Iterable[TargetId]) -> tuple[Key[object], ...]:
    """What `view` wants to know of all these messages: a few questions for a page of them."""
    names = tuple(targets)
    return (
        *(EachCellKey(stream, noun, names) for noun in (nouns.MESSAGE, nouns.MOVED)),
        EachCellsKey(stream, nouns.EDIT, names),
        *asks_live(stream, names),
    )


def asks_live(stream: StreamId, targets: Iterable[TargetId]) -> tuple[Key[object], ...]:
    """What `is_live` wants to know of all these messages."""
    names = tuple(targets)
    return (
        EachCellsKey(stream, nouns.DEAD, names),
        EachCellKey(stream, nouns.HIDDEN, names),
    )


def view(
    cells: CellsView,
    target: TargetId,
    refused: Mapping[TargetId, tuple[str, ...]] | None = None,
) -> Message | None:
    """The message, None where it is not held; `refused` is what `overlay.refusals` found."""
    root = cells.get(nouns.MESSAGE, target)
    if root is None:
        return None
    value = message_value(root)
    versions, seqs = _versions(cells, target, root, value)
    shown = versions[-1]
    imported = imported_value(value)
    dead, dead_seq = _death(cells, target, value, imported)
    hidden = cells.get(nouns.HIDDEN, target)
    moved = cells.get(nouns.MOVED, target)
    marks = (*seqs, dead_seq, *(cell.seq for cell in (hidden, moved) if cell is not None))
    return Message(
        target=target,
        seq=log_seq(root.seq),
        order=root.seq,
        kind=value.kind,
        account=value.account,
        author=value.account if imported is None else imported.author,
        at_ms=value.at_ms if imported is None else imported.at_ms,
        text=shown.text,
        version=shown.version,
        versions=versions,
        losing=_losing(versions),
        edited=len(versions) > 1 or (imported is not None and imported.edited_ms is not None),
        dead=dead,
        hidden=act_value(hidden),
        mentions=value.mentions,
        thread=value.thread if moved is None else cast("TargetId | None", moved.value),
        reply=value.reply,
        imported=imported,
        pending=any(seq >= PENDING_SEQ for seq in marks),
        refused=(refused or {}).get(target, ()),
        closed=_closed(value),
    )


def is_live(cells: CellsView, target: TargetId, value: MessageValue) -> bool:
    """Does the message count: neither withdrawn, here or where it came from, erased nor hidden?"""
    if was_withdrawn(value) or is_dead(cells, target, value.account):
        return False
    return not act_value(cells.get(nouns.HIDDEN, target))


def was_withdrawn(value: MessageValue) -> bool:
    """Was an imported message withdrawn where it came from?"""
    imported = imported_value(value)
    return imported is not None and imported.deleted_ms is not None


def message_value(cell: Cell) -> MessageValue:
    """What a cell of noun `message` says."""
    return MessageValue(*cast("tuple[Any, ...]", cell.value))


def imported_value(value: MessageValue) -> ImportedValue | None:
    """What an imported message was where it came from; None for any other, and once erased."""
    if value.kind != _IMPORTED or not value.more:
        return None
    return ImportedValue(*cast("tuple[Any, ...]", value.more))


def _closed(value: MessageValue) -> str:
    """Why a sealed message cannot be read here."""
    return str(value.more[0]) if value.kind == SEALED and value.more else ""


def act_value(cell: Cell | None) -> ActValue | None:
    """Who did it and why, None where nobody did or it was undone."""
    if cell is None or cell.value is None:
        return None
    return ActValue(*cast("tuple[Any, ...]", cell.value))


def _versions(
    cells: CellsView, target: TargetId, root: Cell, value: MessageValue
) -> tuple[tuple[Version, ...], tuple[int, ...]]:
    """The message's texts in the order of their seqs, and those seqs: first its own."""
    edits: list[tuple[int, TargetId, EditValue]] = []
    for key, cell in cells.scan(nouns.EDIT, target):
        edit = EditValue(*cast("tuple[Any, ...]", cell.value))
        if edit.account == value.account:
            edits.append((cell.seq, TargetId(key[16:]), edit))
    edits.sort(key=lambda found: found[:2])
    first = Version(target, log_seq(root.seq), value.text)
    later = (Version(name, log_seq(seq), edit.text, edit.base) for seq, name, edit in edits)
    return (first, *later), (root.seq, *(seq for seq, _, _ in edits))


def _losing(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The edits that the last version, following bases down, did not know of."""
    if len(versions) == 1:
        return ()
    places = {version.version: place for place, version in enumerate(versions)}
    known: dict[int, None] = {}
    place: int | None = len(versions) - 1
    # A base may be out of our range, and a liar's may run in a circle.
    while place is not None and place not in known:
        known[place] = None
        base = versions[place].base
        place = max(place - 1, 0) if base is None else places.get(base)
    shown = versions[-1].text
    return tuple(
        version
        for place, version in enumerate(versions)
        if place and place not in known and version.text != shown
    )


def _death(
    cells: CellsView, target: TargetId, value: MessageValue, imported: ImportedValue | None
) -> tuple[DeadValue | None, int]:
    """How the message ended, if it did, and the seq of that: an erasure before a withdrawal."""
    own = nouns.withdrawn_key(target, value.account)
    # In the order of their keys an erasure comes before every withdrawal.
    for key, cell in cells.scan(nouns.DEAD, target):
        if key in (target, own):
            return DeadValue(*cast("tuple[Any, ...]", cell.value)), cell.seq
    if imported is not None and imported.deleted_ms is not None:
        return DeadValue(imported.author, "deleted", ""), 0
    return None, 0
