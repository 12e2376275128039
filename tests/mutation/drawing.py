"""Which mutations are tried: random ones, or a few that stay the same."""

from dataclasses import replace
from random import Random
from typing import Final

from tests.mutation.operators import Mutation, mutations
from tests.mutation.parts import PARTS, Source

Drawn = tuple[Source, Mutation]

FIXED: Final = (
    ("fold/merge.py", "return seq > present.seq", "seq <= present.seq"),
    ("fold/cells.py", "found.pop(key, None)", "pass"),
    ("policy/roles.py", "return _PLACES[role] > _PLACES[other]", "_PLACES[role] >= _PLACES[other]"),
    ("policy/spec.py", 'marks = ("yes" if role in roles else "-" for role in ROLES)', "'yes~'"),
    ("client_engine/pushing.py", "step.state.next_push_no += 1", "2"),
    ("hub_engine/pushing.py", "step.state.devices[session.device] = device", "pass"),
    ("hobnob_protocol/wire.py", "op = value[0]", "1"),
    ("hobnob_protocol/bodies.py", "count -= 1", "2"),
)
"""The end of a path, the whole line, and what stands there instead: two of each part, whose first
test file kills them."""


def draw(count: int, seed: int) -> list[Drawn]:
    """So many different mutations, each part of the source its fair share."""
    rng = Random(seed)
    found: list[Drawn] = []
    for nth, sources in enumerate(PARTS.values()):
        every = [(source, each) for source in sources for each in mutations(source.text)]
        share = (count - len(found)) // (len(PARTS) - nth)
        found.extend(rng.sample(every, min(share, len(every))))
    rng.shuffle(found)
    return found


def fixed() -> list[Drawn]:
    """The mutations of `FIXED`, all made by the operators too, each with its first test file."""
    found = [_find(*each) for each in FIXED]
    return [(replace(source, tests=source.tests[:1]), each) for source, each in found]


def _find(path: str, line: str, new: str) -> Drawn:
    for sources in PARTS.values():
        for source in sources:
            if source.path.endswith(path):
                lines = source.text.splitlines()
                for each in mutations(source.text):
                    if lines[each.line - 1].strip() == line and each.new == new:
                        return source, each
    raise LookupError(f"no mutation makes {new!r} of {line!r} in {path}")
