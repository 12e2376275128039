"""A hub in a directory, archives beside it, and the two verbs as a person calls them."""

import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

from hobnob_protocol import chain
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.event import NOTHING_SEEN, Author, compose
from hobnob_protocol.frames import Ack, Join, Push, Pushed
from hobnob_protocol.ids import ReplicaId, StreamId, TargetId, account_id, device_id, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.login import sign_request
from hobnob_protocol.registry import STANDARD
from hobnob_server.cli import serve
from hobnob_server.datadir import DataDir
from hobnob_server.founding import found
from hobnob_server.interchange.held import entries, opened
from hobnob_server.interchange.stepper import Stepper
from hobnob_server.settings import Config
from hobnob_server.store import SqliteEventStore
from hobnob_sync.hub_engine.inputs import HubSettings, Login, MakeInvite, Received, Send
from hobnob_sync.hub_engine.state import HubState

Record: TypeAlias = dict[str, Any]
NOW_MS = 1_800_000_000_000
SAID = bytes(32)


class FixedClock:
    """It is always the same moment."""

    def wall_ms(self) -> int:
        """Since 1970."""
        return NOW_MS

    def monotonic_ms(self) -> int:
        """Since some moment."""
        return 0


def entropy() -> Any:
    """Bytes that look drawn, the same in every run."""
    count = 0

    def draw(length: int) -> bytes:
        nonlocal count
        count += 1
        return (sha256(count.to_bytes(8, "big")).digest() * 3)[:length]

    return draw


def member(name: str, **more: object) -> Record:
    """A member's record."""
    return {"id": name, "name": name.title(), "bot": False, **more}


def channel(name: str, **more: object) -> Record:
    """A channel's record; its id is `c-` and its name."""
    return {"id": f"c-{name}", "name": name, **more}


def message(name: str, ts: float, text: str = "hello", **more: object) -> Record:
    """A message's record, by ada in garden if nothing else is said."""
    return {"id": name, "ts": ts, "channel": "c-garden", "author": "ada", "text": text, **more}


def written(
    directory: Path,
    messages: Iterable[Record | str],
    members: Iterable[Record] = (member("ada"), member("bob")),
    channels: Iterable[Record] = (channel("garden"),),
) -> Path:
    """An archive of these records; a text is a line as it is."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in (("members", members), ("channels", channels), ("messages", messages)):
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (directory / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return directory


def read(directory: Path, name: str) -> list[Record]:
    """The records of one plain file of an archive."""
    lines = (directory / f"{name}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def spelled(rows: Iterable[Record]) -> list[str]:
    """Records in one spelling, in one order: what must be equal after a round trip."""
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


class Hub:
    """One hub's directory; it never runs."""

    def __init__(self, path: Path) -> None:
        self.directory = DataDir(path)
        self.path = path
        self.talk = ""

    def call(self, *argv: str) -> int:
        """One verb; how it ended. What it said is in `talk`."""
        return self._call(argv)[0]

    def told(self, *argv: str) -> Record:
        """The answer of one verb that must go well."""
        code, out = self._call((*argv, "--json"))
        assert code == 0, self.talk
        found: Record = json.loads(out)
        return found

    def _call(self, argv: tuple[str, ...]) -> tuple[int, str]:
        out, talk = StringIO(), StringIO()
        code = serve((*argv, "--data", str(self.path)), {}, out, talk)
        self.talk = talk.getvalue()
        return code, out.getvalue()

    def export(self, directory: Path) -> Path:
        """The whole hub as an archive."""
        self.told("export", str(directory))
        return directory

    # What is in it.

    @contextmanager
    def opened(self) -> Generator[tuple[HubState, SqliteEventStore]]:
        """Its state and its store, for looking."""
        founded = found(self.directory, Config(), entropy(), NOW_MS, HubSettings())
        with closing(founded.store):
            yield founded.boot(0).state, founded.store

    def stream(self, name: str) -> StreamId:
        """A public channel's stream."""
        with self.opened() as (state, _):
            return state.names[name]

    def bodies(self, name: str) -> list[tuple[TargetId, Body]]:
        """What was said in a channel, in the order of its log, with how it is named."""
        stream = self.stream(name)
        with self.opened() as (_, store):
            found: list[tuple[TargetId, Body]] = []
            for entry in entries(store, stream):
                number, data = opened(entry)
                kind = STANDARD.get(number)
                assert kind is not None
                found.append((target_of(entry.event_id), decode_body(kind.body, data)))
            return found

    def imported(self, name: str) -> dict[str, tuple[TargetId, Imported]]:
        """The imported messages of a channel, by their ids there."""
        return {
            body.source_id: (target, body)
            for target, body in self.bodies(name)
            if isinstance(body, Imported)
        }

    def events(self) -> int:
        """All events of its log."""
        with self.opened() as (state, _):
            return sum(row.seq for row in state.streams.values())

    @contextmanager
    def people(self, *names: str) -> Generator[list["Person"]]:
        """Members who are logged in while the block runs."""
        founded = found(self.directory, Config(), entropy(), NOW_MS, HubSettings())
        with (
            closing(founded.store),
            closing(Stepper(founded, self.directory, FixedClock())) as stepper,
        ):
            yield [Person(stepper, nth, name) for nth, name in enumerate(names, 10)]


class Person:
    """A member of a hub, who joined it just now."""

    def __init__(self, stepper: Stepper, conn: int, handle: str) -> None:
        self._stepper = stepper
        self._conn = conn
        self._signer = Ed25519Signer(sha256(handle.encode()).digest())
        self._sent = 0
        link, signature = chain.genesis(self._signer, stepper.hub, NOW_MS // 1_000)
        key, secret = self._signer.public_key, sha256(b"invite" + handle.encode()).digest()
        self.author = Author(account_id(link), device_id(key), key)
        wish = Join(secret, link, signature, handle, None, ReplicaId(bytes(8)), bytes(64))
        ends_ms = NOW_MS + 1_000
        stepper.step([MakeInvite(sha256(secret).digest(), 1, ends_ms, owner=handle == "olga")])
        stepper.step([Login(conn, sign_request(SAID, wish, self._signer), SAID)])

    def say(self, stream: StreamId, body: Body) -> TargetId:
        """Something that must be accepted; how it is named."""
        self._sent += 1
        number, data = STANDARD.encode(body)
        event, event_id = compose(
            self._stepper.hub,
            stream,
            self.author,
            self._signer,
            number,
            data,
            self._sent,
            0,
            NOTHING_SEEN,
            NOW_MS // 1_000,
            sha256(f"{self._conn} {self._sent}".encode()).digest()[:16],
        )
        push = Push((Pushed(self._sent, stream, event),))
        outputs = self._stepper.step([Received(self._conn, push, 0)])
        frames = [output.frame for output in outputs if isinstance(output, Send)]
        (ack,) = [frame for frame in frames if isinstance(frame, Ack)]
        assert [answer.code for answer in ack.answers] == [""]
        return target_of(event_id)


def counts(told: Mapping[str, Any], sort: str) -> tuple[int, int, int]:
    """Added, present and bad of one sort of record."""
    added, present, bad = (told[f"{sort}_{what}"] for what in ("added", "present", "bad"))
    return added, present, bad
