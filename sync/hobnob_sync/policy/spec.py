"""The table of rights as documents show it, written from the table so that it cannot be wrong."""

from hobnob_protocol.kinds.roles import ROLES
from hobnob_sync.policy.table import RIGHTS


def markdown_table() -> str:
    """One Markdown row for each row of the table, in its order; ends with a newline."""
    head = ("Right", "Stream", "Membership", *ROLES)
    rows = [head, ("---",) * len(head)]
    for (capability, stream, membership), roles in RIGHTS.items():
        marks = ("yes" if role in roles else "-" for role in ROLES)
        rows.append((f"`{capability}`", f"`{stream.value}`", membership.value, *marks))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)
