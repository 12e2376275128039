"""The tables of protocol/README.md, made from the code: `python -m tests.protocol.specification`
writes them anew between their markers."""

import re
from pathlib import Path
from textwrap import fill
from typing import Final

from hobnob_protocol import (
    bodies,
    chain,
    codec,
    event,
    handle,
    invite_link,
    layout,
    limits,
    login,
    wire_spec,
)
from hobnob_protocol.connection import states
from hobnob_protocol.errors import ByeCode, Refusal, Unopened
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing import (
    body,
    group,
    keeping,
    message,
    own,
    padding,
    ratchet,
    receiving,
    record,
    roster,
    said,
    seal_key,
    slices,
)
from hobnob_protocol.spec import markdown_table
from hobnob_protocol.ssh import keys as ssh_keys
from hobnob_sync.policy import spec as policy_spec
from tests.repository.marked import renewed

README: Final = Path(__file__).parents[2] / "protocol" / "README.md"
ROOT: Final = README.parents[1]


RULES: Final[dict[str, str]] = {
    **codec.RULES,
    **event.RULES,
    **bodies.RULES,
    **{f"body.{name}": text for kind in STANDARD for name, text in kind.body.rules.items()},
    **ssh_keys.RULES,
    **chain.RULES,
    **layout.RULES,
    **states.RULES,
    **login.RULES,
    **invite_link.RULES,
    **seal_key.RULES,
    **record.RULES,
    **keeping.RULES,
    **group.RULES,
    **body.RULES,
    **padding.RULES,
    **receiving.RULES,
    **roster.RULES,
    **slices.RULES,
    **ratchet.RULES,
    **message.RULES,
    **said.RULES,
    **own.RULES,
}
"""Every rule by its name, from bytes to logins, invite links and what is sealed."""


def rows(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in lines)


def rules() -> str:
    """Every rule by its name."""
    return rows(("rule", "what must hold"), [(f"`{name}`", text) for name, text in RULES.items()])


def frames() -> str:
    """Every frame, then every value inside one; fields in brackets may be absent."""
    table: list[tuple[str, ...]] = []
    for row in wire_spec.describe():
        senders = ", ".join(row.senders)
        name = row.name.upper()
        table.append((str(row.op), name, senders, row.when, told(row.fields), row.meaning))
    values: list[tuple[str, ...]] = [
        (row.name, told(row.fields), row.meaning) for row in wire_spec.describe_values()
    ]
    first = rows(("op", "frame", "from", "when", "fields", "meaning"), table)
    return f"{first}\n{rows(('value', 'fields', 'meaning'), values)}"


def told(fields: tuple[wire_spec.FieldDescription, ...]) -> str:
    """Fields with what they hold."""
    each = [(f"`{field.name}`: {field.wire}", field.optional) for field in fields]
    return ", ".join(f"[{text}]" if optional else text for text, optional in each)


def codes() -> str:
    """Refusals and BYEs, and why something sealed stays closed, which never travels."""
    source = (ROOT / "protocol/hobnob_protocol/errors.py").read_text()
    found = dict(re.findall(r'^    [A-Z_]+ = "(\w+)"\n    """(.+?)"""', source, re.M | re.S))
    refusals = [("refused", f"`{code.value}`", found[code.value]) for code in Refusal]
    byes = [("BYE", f"`{code.value}`", found[code.value]) for code in ByeCode]
    kept = [("not opened", f"`{code.value}`", found[code.value]) for code in Unopened]
    return rows(("where", "code", "meaning"), [*refusals, *byes, *kept])


def offices() -> str:
    """Names nobody may take, in lines."""
    return f"{fill(', '.join(sorted(handle.OFFICES)), 48)}.\n"


def bounds() -> str:
    """Every limit with its reason."""
    source = (ROOT / "protocol/hobnob_protocol/limits.py").read_text()
    found = re.findall(r'^([A-Z_]+): Final = [^\n]+\n"""(.+?)"""', source, re.M | re.S)
    return rows(
        ("limit", "value", "why"),
        [
            (name.lower(), f"{getattr(limits, name):,}", " ".join(why.split()))
            for name, why in found
        ],
    )


SECTIONS: Final = {
    "rules": rules,
    "frames": frames,
    "kinds": lambda: markdown_table(STANDARD),
    "rights": policy_spec.markdown_table,
    "offices": offices,
    "codes": codes,
    "limits": bounds,
}


def generated(text: str) -> str:
    """The document with every table made anew."""
    return renewed(text, SECTIONS)


if __name__ == "__main__":
    README.write_text(generated(README.read_text()))
