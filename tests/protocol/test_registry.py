"""The registry: a kind is one file, and everything about it follows from there."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from hobnob_protocol import fields, kinds
from hobnob_protocol.codec import decode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, EventId, StreamType, channel_stream
from hobnob_protocol.ids import ChannelId as Channel
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Signer, TargetRule, Write
from hobnob_protocol.kinds.messages import Delete, Post
from hobnob_protocol.limits import KIND_MAX
from hobnob_protocol.registry import STANDARD, Registry, discover
from hobnob_protocol.spec import markdown_table

TABLE = """
 1 post            c     member post           -      none    any           -        2 root
 2 edit            c     member edit_own       target live    author        -        2 -
 3 delete          c,d   member delete_own     target present author        -        1 -
 4 react           c     member react          target live    any           -        1 -
 5 thread_title    c     member thread         target live    any           -        1 -
 6 thread_resolve  c     member thread         target live    any           -        1 -
 7 thread_move     c     member thread         target live    author_or_mod -        1 -
 8 purpose         c,dir either manage_channel -      none    any           -        1 -
 9 pin             c     member pin            target live    any           -        1 -
10 save            u     member personal       -      none    self          -        1 -
11 read_cursor     u     member personal       -      none    self          -        1 -
12 profile_field   ppl   member profile        -      none    self          -        1 -
13 channel_create  c,dir either create_channel -      none    any           -       40 -
14 channel_archive c,dir either manage_channel -      none    any           -        1 -
15 channel_set     c,dir either manage_channel -      none    any           -        1 -
16 join            c     either join           -      none    any           account  1 -
17 leave           c     member leave          -      none    any           -        1 -
18 invite          c     member invite         -      none    any           account 20 -
19 kick            c     member kick           -      none    below         account  1 -
20 ban             c,mod either ban            -      none    below         account  1 -
21 role_grant      dir   either roles          -      none    below         account  1 -
22 poll            c     member poll           -      none    any           -        2 root
23 vote            c     member vote           target live    open_poll     -        1 -
24 poll_close      c     member poll           target live    author_or_mod -        1 -
25 accept_answer   c     member accept         target live    author_or_mod -        1 -
26 report          mod   member report         -      none    any           -        1 -
27 hide            c     either hide           target present any           -        1 -
28 block           u     member personal       -      none    self          -        1 -
29 erase           c,d   member erase          target present author_or_mod -        1 -
30 imported        c     member import         -      none    any           -        2 root
31 sealed          d     member seal           -      none    any           -        2 root+opaque
32 conversation    d     member converse       -      none    any           -        1 -
33 imported_members ppl member import         -      none    any           -        2 -
34 imported_channel c  member import         -      none    any           -        2 -
35 claim           ppl   hub    hub            -      none    any           -        1 -
40 grant           u     hub    hub            -      none    any           -        1 -
41 revoke          u     hub    hub            -      none    any           -        1 -
42 enrol           ppl   hub    hub            -      none    any           -        1 -
43 device          ppl   member devices        -      none    self          -        1 -
44 bootstrap       dir   hub    hub            -      none    any           -        1 -
45 mute            u     member personal       -      none    self          -        1 -
46 hub_invite      u     member invite         -      none    self          -       20 -
47 hub_invite_revoke u   member invite         -      none    self          -        1 -
48 group           d     member group          -      none    any           -        1 -
49 admit           ppl   hub    hub            -      none    any           -        1 -
50 device_name     u     member personal       -      none    self          -        1 -
51 accept          u     member personal       -      none    self          -        1 -
52 verify          u     member personal       -      none    self          -        1 -
53 report_sealed   mod   member report         -      none    any           -        1 -
54 private         u     member personal       -      none    self          -        1 -
55 own_key         u     member personal       -      none    self          -        1 -
56 reseat          ppl   hub    hub            -      none    any           -        1 -
57 consent         ppl   member profile        -      none    self          -        1 -
58 thanks          c     member react          target live    others        -        1 -
"""


def row(kind: Kind) -> tuple[str, ...]:
    """A kind's rules as one row of the table above."""
    flags = [name for name in ("root", "opaque") if getattr(kind, name)]
    return (
        str(kind.number),
        kind.name,
        ",".join(sorted(kind.streams)),
        kind.signer,
        kind.capability,
        kind.target or "-",
        kind.target_rule,
        kind.object_rule.replace("moderator", "mod"),
        kind.about or "-",
        str(kind.cost),
        "+".join(flags) or "-",
    )


def test_the_standard_kinds_are_these() -> None:
    """In the order of their numbers; a change here is a change of the protocol."""
    assert [row(kind) for kind in STANDARD] == [
        tuple(line.split()) for line in TABLE.strip().splitlines()
    ]
    assert len(STANDARD) == 54


def test_a_kind_is_found_by_number_name_and_body() -> None:
    """All three say the same."""
    for kind in STANDARD:
        assert STANDARD.get(kind.number) is kind
        assert STANDARD.named(kind.name) is kind
        assert STANDARD.of(kind.body) is kind
    assert STANDARD.get(0) is None


def test_asking_for_no_kind_is_a_bug() -> None:
    """By name and by body; a number may come from a newer peer."""
    with pytest.raises(UsageError, match="no kind has the name wave"):
        STANDARD.named("wave")
    with pytest.raises(UsageError, match="no kind has the body Body"):
        STANDARD.of(Body)


def test_a_body_travels_under_its_number() -> None:
    """And comes back; what breaks a rule does not."""
    number, data = STANDARD.encode(Post("hello"))
    assert (number, decode(data, 100)) == (1, ("hello",))
    assert STANDARD.decode(number, data) == Post("hello")
    with pytest.raises(ProtocolError):
        STANDARD.decode(3, data)


def test_an_unknown_kinds_body_is_not_looked_at() -> None:
    """It is kept raw until an upgrade."""
    assert STANDARD.decode(KIND_MAX, b"\xc1") is None


def test_an_older_version_lacks_kinds() -> None:
    """It reads all others as before."""
    older = STANDARD.without("post", "delete")
    assert len(older) == len(STANDARD) - 2
    assert older.get(1) is None
    assert older.decode(1, STANDARD.encode(Post("hello"))[1]) is None
    assert [kind.number for kind in older][:3] == [2, 4, 5]
    with pytest.raises(UsageError):
        older.of(Delete)
    with pytest.raises(UsageError, match="no kind has the name wave"):
        STANDARD.without("wave")


def test_a_registry_is_a_value() -> None:
    """Equal by what it holds, whatever it was made from."""
    again = STANDARD.without("post").with_kind(STANDARD.named("post"))
    assert again == STANDARD
    assert hash(again) == hash(STANDARD)
    assert STANDARD.without("post") != STANDARD
    assert list(STANDARD) != STANDARD
    assert Registry(reversed(list(STANDARD))) == STANDARD


@fields.body
class Wave(Body):
    """A member waves to another."""

    account: AccountId = fields.account()
    times: int = fields.integer(1, 9, default=1)


def _wave(fact: Fact) -> tuple[Write, ...]:
    assert isinstance(fact.body, Wave)
    return (Write("wave", fact.account + fact.body.account, fact.body.times),)


WAVE = Kind(
    number=900,
    name="wave",
    body=Wave,
    streams=frozenset({StreamType.CHANNEL}),
    capability="wave",
    writes=_wave,
    about="account",
    cost=3,
)


@fields.body
class Hush(Body):
    """An opaque thing."""

    sealed: bytes = fields.opaque()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (replace(WAVE, number=1), "two kinds have the number 1"),
        (replace(WAVE, name="post"), "two kinds have the name post"),
        (replace(WAVE, body=Post, about=""), "two kinds have the body Post"),
        (replace(WAVE, number=0), "kind wave: its number is out of range"),
        (replace(WAVE, number=KIND_MAX + 1), "kind wave: its number is out of range"),
        (replace(WAVE, name="a wave"), "kind a wave: its name is no identifier"),
        (replace(WAVE, streams=frozenset()), "kind wave: it has no stream"),
        (replace(WAVE, capability=""), "kind wave: it asks for no capability"),
        (replace(WAVE, cost=0), "kind wave: it costs nothing"),
        (replace(WAVE, about="who"), "kind wave: the account it is about is no field"),
        (
            replace(WAVE, target="what", target_rule=TargetRule.LIVE),
            "kind wave: its target is no field",
        ),
        (
            replace(WAVE, target="account"),
            "kind wave: its target rule does not fit its target",
        ),
        (
            replace(WAVE, target_rule=TargetRule.PRESENT),
            "kind wave: its target rule does not fit its target",
        ),
        (replace(WAVE, opaque=True), "kind wave: it and its body disagree on being opaque"),
        (
            replace(WAVE, body=Hush, about=""),
            "kind wave: it and its body disagree on being opaque",
        ),
    ],
)
def test_a_registry_refuses_a_kind_that_makes_no_sense(kind: Kind, said: str) -> None:
    """It says what is wrong, at start-up."""
    STANDARD.with_kind(WAVE)
    with pytest.raises(UsageError) as broken:
        STANDARD.with_kind(kind)
    assert str(broken.value) == said


def test_a_kind_must_say_what_it_means() -> None:
    """The specification prints its body's docstring."""

    @fields.body
    class Mute(Body):
        account: AccountId = fields.account()

    with pytest.raises(UsageError, match="kind wave: its body has no docstring"):
        STANDARD.with_kind(replace(WAVE, body=Mute))


def test_the_bounds_of_numbers_are_kinds() -> None:
    """The least and the greatest number both pass."""
    assert Registry([replace(WAVE, number=1)]).get(1) is not None
    assert Registry([replace(WAVE, number=KIND_MAX, cost=1)]).get(KIND_MAX) is not None


FILE = '''
"""A kind nobody else has heard of."""

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write


@fields.body
class Chime(Body):
    """The hub's bell rings; everybody hears it."""

    strokes: int = fields.integer(1, 12)
    tune: str = fields.text(max=8, default="")


def _chime(fact: Fact, body: Chime) -> tuple[Write, ...]:
    return (Write("bell", b"", body.strokes),)


KINDS = (
    Kind(
        number=901,
        name="chime",
        body=Chime,
        streams=frozenset({StreamType.CHANNEL, StreamType.DIRECTORY}),
        capability="hub",
        writes=writing.acts(Chime, _chime),
        signer=Signer.HUB,
        cost=5,
    ),
)
'''


@pytest.fixture
def package(tmp_path: Path) -> Iterator[ModuleType]:
    """A folder of kinds with one file in it."""
    folder = tmp_path / "more_kinds"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""More kinds."""\n')
    (folder / "bells.py").write_text(FILE)
    sys.path.insert(0, str(tmp_path))
    yield import_module("more_kinds")
    sys.path.remove(str(tmp_path))
    del sys.modules["more_kinds"], sys.modules["more_kinds.bells"]


def test_one_new_file_is_a_whole_new_kind(package: ModuleType) -> None:
    """Validation, bytes, cells, right, signer, cost and its row of the specification."""
    (kind,) = discover(package)
    registry = STANDARD.with_kind(kind)
    assert (kind.signer, kind.cost, kind.capability) == (Signer.HUB, 5, "hub")

    body = kind.body(3, "ding")  # type: ignore[call-arg]  # Its class came from the file.
    assert decode(registry.encode(body)[1], 100) == (3, "ding")
    assert registry.decode(*registry.encode(body)) == body
    with pytest.raises(ProtocolError, match=r"^body\.short: strokes$"):
        registry.decode(901, b"\x90")
    with pytest.raises(UsageError, match=r"body\.integer: strokes"):
        registry.encode(kind.body(13))  # type: ignore[call-arg]  # Its class came from the file.

    fact = Fact(
        stream=channel_stream(Channel(bytes(16))),
        seq=1,
        at_ms=1,
        event=EventId(bytes(32)),
        account=AccountId(bytes(20)),
        device=DeviceId(bytes(8)),
        kind=901,
        ts_seconds=1,
        body=body,
    )
    assert kind.writes(fact) == (Write("bell", b"", 3),)
    assert kind.writes(replace(fact, body=None)) == ()

    expected = (
        "| 901 | `chime` | `c` `dir` | hub | `strokes`: integer 1 to 12; "
        '`tune` = "": text of 1 to 8 | `hub` |  | 5 | The hub\'s bell rings; everybody hears it. |'
    )
    assert expected in markdown_table(registry).splitlines()


def test_the_folder_is_the_registry() -> None:
    """Nothing lists the files."""
    assert discover(kinds) == STANDARD
    assert STANDARD.named("vote").object_rule is ObjectRule.OPEN_POLL
