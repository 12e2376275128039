"""A community whose every text is somebody else's, put into the replica of a member who reads it.

The events are honest, and each text in them is a placeholder. What a hub without rules could send
is written over the placeholders afterwards, below every check that the protocol makes: what a
sink shows must be harmless whatever lies in the replica.
"""

import asyncio
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from hobnob_client import keyring
from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.index import TextIndex
from hobnob_client.paths import Profile
from hobnob_client.profiles.fields import FIELDS
from hobnob_client.recognition import kept
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol import nouns
from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    ChannelId,
    StreamId,
    TargetId,
    channel_stream,
    imported_account,
    target_of,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.consents import PURPOSES, Consent
from hobnob_protocol.kinds.imports import Imported, ImportedMembers
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.kinds.moderation import Hide, Report
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.questions import (
    Badge,
    BadgesAnswer,
    BadgesQuestion,
    BoardAnswer,
    BoardQuestion,
    BoardRow,
    Part,
    Rules,
    Words,
    Worth,
    encode_answer,
)
from hobnob_protocol.sealing.draft import Draft, encode_draft
from hobnob_sync.shelf_sql import VALUE_BYTES_MAX
from tests.client.small_hub import GENEROUS, SmallHub
from tests.stories.client import Client, now_ms
from tests.stories.waiting import until

FIRST: Final = "the very first words"
"""What the oldest message of the channel says: whoever sees it has walked through all."""
CONFIDANT: Final = "nora"
"""Who writes to mara alone."""
WORD: Final = "brought"
"""Stands in every imported message, and in no other."""
ADVICE: Final = "advice"
"""What the member says who agrees to be found, and nobody else."""
_PLACE: Final = re.compile("\u00ab([0-9]+)\u00bb")
_PLACE_AT_END: Final = re.compile("\u00ab([0-9]+)\u00bb$".encode())
_PATIENCE_SECONDS: Final = 300.0


def place(nth: int) -> str:
    """Where the text of this number will stand."""
    return f"\u00ab{nth}\u00bb"


def settle(
    directory: Path, count: int, channels: int, plain: int = 0, *, moderates: bool = False
) -> Profile:
    """The replica of mara, in a community with `count` places for texts in every sort of message,
    in `channels`, and in so many `plain` messages after those; the hub is gone afterwards. Where
    she `moderates`, she holds a report of each, too."""
    return asyncio.run(_settle(directory, count, channels, plain, moderates))


async def _settle(
    directory: Path, count: int, channels: int, plain: int, moderates: bool
) -> Profile:
    async with SmallHub(replace(GENEROUS, name=place(0))) as hub:
        owner = Client("olga", hub.link(owner=True), hub.signer.public_key)
        await owner.connect()
        await until(lambda: "general" in owner.channels())
        general = owner.channel("general")
        owner.say(general, Post(FIRST))
        owner.say(PEOPLE, ProfileField("name", place(0)))
        _be_found(owner, general, channels)
        for nth in range(channels):
            owner.say(DIRECTORY, _channel(nth))
        for nth in range(count, count + plain):
            owner.say(general, Post(f"n{nth} {place(nth)}"))
        for nth in range(count):
            _case(owner, general, nth)
            if nth % 16 == 0:
                await until(lambda: owner.settled, _PATIENCE_SECONDS)
        await until(lambda: owner.settled, _PATIENCE_SECONDS)
        assert owner.refused == []
        mara = Profile(directory / "mara")
        keyring.save(mara, found(hub.link(), "mara", 1_700_000_000))
        async with Engine(mara, keyring.load(mara)) as engine, asyncio.timeout(_PATIENCE_SECONDS):
            if moderates:
                await engine.until(lambda progress: progress.settled)
                hub.operate(DIRECTORY, RoleGrant(engine.reader.me, "moderator"))
                await until(lambda: engine.reader.reports(count)[count - 1 :], _PATIENCE_SECONDS)
            await engine.until(lambda progress: progress.settled and not progress.missing)
            for field in FIELDS:
                await engine.compose(PEOPLE, ProfileField(field.name, f"{place(0)}, {place(1)}"))
            nora = Profile(directory / "nora")
            keyring.save(nora, found(hub.link(), CONFIDANT, 1_700_000_000))
            async with Engine(nora, keyring.load(nora)) as other:
                await _confide(other, engine, channels)
        await owner.leave()
        return mara


async def _confide(nora: Engine, mara: Engine, count: int) -> None:
    """So many sealed messages, each about one payload; the placeholders are opened and laid out."""
    await until(lambda: nora.reader.account("mara"))
    line = nora.reader.between(mara.reader.me)
    first = first_event(nora.reader, line)
    assert first is not None
    await nora.compose(line.stream, first)
    for nth in range(count):
        said = await nora.compose(line.stream, Post(f"s{nth} {place(nth)}"))
        await nora.compose(line.stream, React(target_of(said.event_id), place(nth)))

    def read() -> int:
        return len(mara.reader.before(line.stream, None, count + 1).messages)

    await until(lambda: read() == count, _PATIENCE_SECONDS)
    await until(lambda: not nora.reader.outbox(), _PATIENCE_SECONDS)
    await mara.until(lambda progress: progress.settled and not progress.missing)


def _be_found(owner: Client, general: StreamId, count: int) -> None:
    """She agrees to all, and says what she helps with: so many texts, in each line of a profile
    and in messages."""
    for purpose in PURPOSES:
        owner.say(PEOPLE, Consent(purpose))
    for field in FIELDS:
        owner.say(PEOPLE, ProfileField(field.name, ", ".join(map(place, range(count)))))
    for nth in range(count):
        owner.say(general, Post(f"{ADVICE} {place(nth)}"))


def _channel(nth: int) -> Body:
    # After #general, whatever the text is.
    return ChannelCreate(_channel_id(nth), f"~{place(nth)}", place(nth), auto_join=True)


def _case(owner: Client, general: StreamId, nth: int) -> None:
    """Every sort of text in a message, about one payload."""
    text = place(nth)

    def say(body: Body) -> TargetId:
        return target_of(owner.say(general, body))

    owner.say(PEOPLE, ImportedMembers("elsewhere", ((f"{nth}", text, False, ()),)))
    owner.say(PEOPLE, ProfileField(f"f{text}", f"f{nth} {text}"))
    account = imported_account("elsewhere", f"{nth}")
    brought = Imported(
        text, text, account, now_ms(), f"m{nth} {WORD} {text}", reactions=((text, 2),)
    )
    root = say(brought)
    say(ThreadTitle(root, text))
    say(React(root, text))
    said = say(Post("before", root))
    say(Edit(said, f"e{nth} {text}"))
    owner.say(MODERATION, Report(general, said, text))
    say(Hide(say(Post("out of sight")), True, text))
    say(Poll(f"p{nth} {text}", (text, f"{text}.")))


def plant(profile: Profile, texts: Sequence[str]) -> None:
    """Write texts over their placeholders, wherever those stand in what the fold has made, and
    make them searchable as they are now."""
    meant = dict(enumerate(texts))
    raw = sqlite3.connect(profile.replica)
    try:
        rows = raw.execute("SELECT place, seq, key, value FROM cell").fetchall()
        written = [
            (at, seq, _swapped_key(key, meant), swapped_bytes(value, meant))
            for at, seq, key, value in rows
        ]
        with raw:
            raw.execute("DELETE FROM cell")
            raw.executemany("INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?)", written)
            raw.execute("INSERT INTO text_index (text_index) VALUES ('delete-all')")
            raw.execute("DELETE FROM text")
            raw.execute("DELETE FROM indexed")
    finally:
        raw.close()
    store = SqliteReplicaStore.open(str(profile.replica))
    index = TextIndex(store, store.sql)
    streams = {row.stream: row for row in store.boot(frozenset()).streams}
    while index.advance(streams):
        pass
    store.close()


def swapped_bytes(data: bytes, texts: Mapping[int, str]) -> bytes:
    """A value as the codec packs it, with texts in their places."""
    return encode(swapped(decode(data, VALUE_BYTES_MAX), texts))


def swapped(value: Wire, texts: Mapping[int, str]) -> Wire:
    """The same of a value."""
    if isinstance(value, str):
        return _PLACE.sub(lambda at: texts.get(int(at[1]), at[0]), value)
    if isinstance(value, tuple):
        return tuple(swapped(each, texts) for each in value)
    return value


def _swapped_key(key: bytes, texts: Mapping[int, str]) -> bytes:
    """The key of a reaction holds its emoji, of a profile's field its name."""
    found = _PLACE_AT_END.search(key)
    named = texts.get(int(found[1])) if found else None
    return key if found is None or named is None else key[: found.start()] + named.encode()


def call(profile: Profile, handle: str, text: str) -> None:
    """Let whoever has a handle be called something that no hub would let them be called."""
    raw = sqlite3.connect(profile.replica)
    try:
        with raw:
            raw.execute(
                """
                UPDATE cell SET key = ?
                WHERE place IN (SELECT place FROM place WHERE noun = ?) AND key = ?
                """,
                (text.encode(), nouns.HANDLE, handle.encode()),
            )
    finally:
        raw.close()


def say(profile: Profile, texts: Sequence[str]) -> list[str]:
    """Say in #general what the protocol lets one say; those texts. All of it waits."""
    return asyncio.run(_say(profile, texts))


async def _say(profile: Profile, texts: Sequence[str]) -> list[str]:
    said: list[str] = []
    async with Engine(profile, keyring.load(profile), connect=False) as engine:
        general = engine.reader.channel("general")
        assert general is not None
        for text in texts:
            with suppress(UsageError):
                await engine.compose(general.stream, Post(text))
                said.append(text)
    return said


def refuse(profile: Profile, codes: Sequence[str]) -> None:
    """Refuse of what waits as much as there are reasons for."""
    raw = sqlite3.connect(profile.replica)
    try:
        waiting = raw.execute("SELECT n FROM outbox ORDER BY n").fetchall()
        with raw:
            for (n,), code in zip(waiting, codes, strict=False):
                raw.execute(
                    """
                    INSERT INTO tray (n, stream, id, event, code, said)
                    SELECT n, stream, id, event, ?, said FROM outbox WHERE n = ?
                    """,
                    (code, n),
                )
                raw.execute("DELETE FROM outbox WHERE n = ?", (n,))
    finally:
        raw.close()


def rank(profile: Profile, texts: Sequence[str]) -> None:
    """Let a hub have told of sorts of deeds that are called so, and of badges: the device keeps
    both. What is not printable no answer can hold."""
    asyncio.run(_rank(profile, [text for text in texts if text.isprintable()]))


async def _rank(profile: Profile, texts: Sequence[str]) -> None:
    async with Engine(profile, keyring.load(profile), connect=False) as engine:
        reader = engine.reader
        olga = next(each for each, _ in reader.everybody() if reader.role(each) == "owner")
        row = BoardRow(olga, 1, 10, tuple(Part(text, 1, 10) for text in texts))
        worths = tuple(Worth(text, 1) for text in texts)
        rules = Rules(1, 1, 1, worths)
        board = BoardAnswer(1, 1, 1, 1, 1, 1, True, rules, (row,), None, None, ())
        badges = tuple(
            Badge(text, (Words("en", text, text),), 1, nth, 1, 1, (), None)
            for nth, text in enumerate(texts)
        )
        for question, answer in (
            (BoardQuestion("season"), board),
            (BadgesQuestion(olga), BadgesAnswer(1, True, badges)),
        ):
            await engine.note(kept.name_of(question), encode_answer(answer))


def begin(profile: Profile, texts: Sequence[str]) -> None:
    """Have begun to write a text in each of the first channels made by `settle`."""
    store = SqliteReplicaStore.open(str(profile.replica))
    drafts = PrivateTable(store.sql)
    for nth, text in enumerate(texts):
        name = encode_draft(Draft(channel_stream(_channel_id(nth))))
        drafts.edit(name, text.encode(errors="replace"), nth + 1)
    store.close()


def _channel_id(nth: int) -> ChannelId:
    return ChannelId(nth.to_bytes(16, "big"))
