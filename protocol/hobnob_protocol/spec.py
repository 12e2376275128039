"""The specification's table of kinds, written from the registry so that it cannot be wrong."""

from hobnob_protocol.bodies import layout_of
from hobnob_protocol.kind import Kind, ObjectRule, TargetRule
from hobnob_protocol.registry import Registry

_COLUMNS = ("No.", "Kind", "Streams", "Signer", "Body", "Right", "Target", "Cost", "Meaning")


def markdown_table(registry: Registry) -> str:
    """One Markdown row for each kind, in the order of numbers; ends with a newline."""
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *(_row(kind) for kind in registry)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _row(kind: Kind) -> tuple[str, ...]:
    return (
        str(kind.number),
        f"`{kind.name}`",
        # Sorted: a frozenset's own order differs from run to run.
        " ".join(sorted(f"`{stream.value}`" for stream in kind.streams)),
        kind.signer.value,
        _body(kind),
        f"`{kind.capability}`",
        _target(kind),
        str(kind.cost),
        kind.doc,
    )


def _body(kind: Kind) -> str:
    layout = layout_of(kind.body)
    parts = zip(layout.names, layout.described, layout.defaults, strict=True)
    return "; ".join(
        f"`{name}`{'' if at < layout.required else f' = {_said(default)}'}: {described}"
        for at, (name, described, default) in enumerate(parts)
    )


def _said(default: object) -> str:
    """What an absent field holds."""
    if default is None:
        return "nil"
    if isinstance(default, bool):
        return str(default).lower()
    return f'"{default}"' if isinstance(default, str) else "[]"


def _target(kind: Kind) -> str:
    """What must hold of the event and the account that the body names, as far as anything must."""
    said: list[str] = []
    if kind.target_rule is not TargetRule.NONE:
        said.append(kind.target_rule.value)
    if kind.object_rule is not ObjectRule.ANY:
        said.append(kind.object_rule.value.replace("_", " "))
    return ", ".join(said)
